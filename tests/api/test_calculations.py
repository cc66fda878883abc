"""The public calculators and the regimes through the API: for anybody, with no key."""

import pytest

from tests.api.conftest import Desk
from tests.support.golden import golden


@pytest.mark.parametrize("kind", ["deadline", "penalty", "interest"])
def test_all_golden_cases_pass_through_the_api(desk: Desk, kind: str) -> None:
    for case in golden(f"{kind}-calculations.json"):
        answer = desk.client.post(f"/v1/calculations/{kind}", json=case["request"])
        if "refused" in case:
            assert answer.status_code == 422, case["id"]
            assert answer.headers["content-type"] == "application/problem+json"
            paths = [error["path"] for error in answer.json()["errors"]]
            assert any(path.startswith(begin) for path in paths for begin in case["refused"]), case["id"]
        else:
            assert answer.status_code in (200, 202), answer.text
            assert case["expect"].items() <= answer.json().items(), case["id"]


def test_a_list_answers_each_request_in_its_place(desk: Desk) -> None:
    cases = golden("deadline-calculations.json")
    answers = desk.client.post("/v1/calculations/deadline", json=[case["request"] for case in cases])
    assert answers.status_code == 200
    for case, answer in zip(cases, answers.json(), strict=True):
        assert ("errors" in answer) is ("refused" in case), case["id"]


@pytest.mark.parametrize("body", ["3", '"P2M"', "null", "{", "[[]]", '[{"period": NaN}]', "[" * 50_000])
def test_what_is_no_request_is_a_problem(desk: Desk, body: str) -> None:
    answer = desk.client.post("/v1/calculations/penalty", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (200, 400, 422)
    if answer.status_code == 200:
        assert all("errors" in each for each in answer.json())
    else:
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_million_requests_are_refused(desk: Desk) -> None:
    answer = desk.client.post("/v1/calculations/deadline", json=[{}] * 1_001)
    assert answer.status_code == 422
    assert "at most 1000" in answer.json()["errors"][0]["problem"]


def test_regimes_are_read_with_their_references(desk: Desk) -> None:
    lines = desk.client.get("/v1/regimes").json()["items"]
    assert {"fr-cnil", "nl-ap", "de-federal"} <= {line["id"] for line in lines}
    shown = desk.client.get("/v1/regimes/fr-cnil").json()
    assert shown["values"]["clock.compliance.roll"] == {
        "value": "none",
        "ref": "observed in Kourou, SAN-2024-009",
        "verified": False,
    }
    assert shown["values"]["clause.max_rate"]["value"] == {"amount": "100000.00", "currency": "EUR", "per": "P1D"}
    rates = desk.client.get("/v1/regimes/eu-commission").json()["values"]["interest.rates"]["value"]
    assert rates[0] == {"from": "2014-09-10", "percent": "0.05"}
    assert "fr-cnil: clock.compliance.roll" in shown["unverified"]
    assert desk.client.get("/v1/regimes/fr-cnil@1").json() == shown
    assert desk.client.get("/v1/regimes/fr-cnli").status_code == 404


def test_readings_of_a_rate_that_grows_are_few(desk: Desk) -> None:
    days = [f"2022-10-{day:02}" for day in range(1, 21)]
    request = {"accrual_from": days, "rate": "1", "currency": "EUR", "per": "P1D", "assessed_to": "2023-02-09"}
    assert desk.client.post("/v1/calculations/readings", json=request).status_code == 200
    answer = desk.client.post("/v1/calculations/readings", json=request | {"growth": {"factor": "1.1"}})
    assert answer.status_code == 422
    assert "at most 16" in answer.json()["errors"][0]["problem"]
