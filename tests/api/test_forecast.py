"""The forecast through the API: what it lists, for whom, how far, and that the scheduler then does exactly that."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.api.conftest import Desk
from tests.api.refusals import errors_of, nothing_written, problem
from tests.support.register import a_clause
from workflow.lifecycle.vocabulary import Role
from workflow.use_cases.reading import forecast

PATH = "/v1/forecast"


def ask(desk: Desk, **query: Any) -> dict[str, Any]:
    answer = desk.get(PATH, Role.AUDITOR, params=query)
    assert answer.status_code in (200, 202), answer.text
    found: dict[str, Any] = answer.json()
    return found


def days_of(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(step["on"], step["trigger"]) for step in found["items"]]


def test_it_lists_every_step_with_its_reason_and_what_would_stop_it(desk: Desk) -> None:
    decision = desk.serve()
    desk.key(Role.AUDITOR)
    with nothing_written(desk):
        found = ask(desk, until="2023-02-10")
    ladder = [("2022-11-19", "remind"), ("2022-12-12", "remind"), ("2022-12-18", "remind")]
    ladder.append(("2022-12-20", "record_expiry"))
    assert days_of(found) == [step for step in ladder for _ in range(3)] + [("2023-02-10", "propose_penalty")]
    assert (found["until"], found["truncated"]) == ("2023-02-10", False)
    for step in found["items"]:
        assert set(step) == {"subject", "case", "trigger", "key", "on", "why", "stopped_by"}
        assert step["why"]
        assert step["stopped_by"]
        assert step["case"] == decision["case"]
    assert found["items"][-1]["subject"] == {"kind": "penalty_clause", "id": decision["clauses"][0]["id"]}
    assert "assess_after P52D" in found["items"][-1]["why"]


def test_the_scheduler_then_does_exactly_that(desk: Desk) -> None:
    clauses = [a_clause(assess_after="P20D", assess_every="P1M")]
    for reference in ("FORE-1", "FORE-2"):
        decision = desk.serve(in_case=reference, reference=reference, clauses=clauses)
    order = f"/v1/orders/{decision['orders'][0]['id']}"
    desk.clock.jump("2022-12-15")
    complied = desk.accept_compliance(order, "2022-12-01")
    assert complied.status_code == 200, complied.text
    expected = [step["key"] for step in ask(desk, until="2023-03-31")["items"]]
    day, taken = date(2022, 12, 15), []
    while day <= date(2023, 3, 31):
        desk.clock.jump(day.isoformat())
        due = [item["step"] for item in desk.get("/v1/due", Role.SCHEDULER).json()["items"]]
        assert [result["outcome"] for result in desk.sweep()] == ["done"] * len(due)
        taken += due
        day += timedelta(days=1)
    assert len(expected) == len(set(expected)) > 15
    assert sorted(taken) == sorted(expected)


def test_what_was_missed_fires_at_once_with_its_own_date(desk: Desk) -> None:
    decision = desk.serve()
    desk.clock.jump("2023-03-01")
    found = ask(desk, until="2023-03-01", case=decision["case"]["id"])
    assert days_of(found) == [("2022-12-20", "record_expiry")] * 3 + [("2023-02-10", "propose_penalty")]


def test_one_case_or_all_in_order_of_day(desk: Desk) -> None:
    first = desk.serve(in_case="FORE-1", reference="FORE-1")
    second = desk.serve(in_case="FORE-2", reference="FORE-2")
    assert {step["case"]["reference"] for step in ask(desk, case=first["case"]["id"])["items"]} == {"FORE-1"}
    both = ask(desk, until="2023-02-10")["items"]
    assert both == sorted(both, key=lambda step: (step["on"], step["case"]["reference"]))
    assert len(both) == len(ask(desk, until="2023-02-10", case=second["case"]["id"])["items"]) * 2


@pytest.mark.parametrize("page", [1, 3])
def test_above_the_limit_the_nearest_are_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch, page: int) -> None:
    monkeypatch.setattr(forecast, "PAGE", page)
    for n in range(4):
        desk.serve(in_case=f"FORE-{n}", reference=f"FORE-{n}")
    everything = ask(desk, until="2023-02-10")
    assert (len(everything["items"]), everything["truncated"]) == (52, False)
    for limit in (1, 12, 13, 50, 51, 52):
        monkeypatch.setattr(forecast, "LIMIT", limit)
        found = ask(desk, until="2023-02-10")
        assert found["items"] == everything["items"][:limit]
        assert found["truncated"] is (limit < 52)


def test_daily_slices_of_years_end_at_the_limit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecast, "LIMIT", 80)
    desk.serve(clauses=[a_clause(assess_after="P1D", assess_every="P1D")])
    found = ask(desk, until="2027-10-19")
    assert (len(found["items"]), found["truncated"]) == (80, True)
    assert found["items"][-1]["trigger"] == "propose_penalty"


def test_without_a_day_it_looks_three_months_ahead(shared_desk: Desk) -> None:
    shared_desk.clock.jump("2022-11-30")
    assert ask(shared_desk)["until"] == "2023-02-28"


@pytest.mark.parametrize("until", ["2022-11-29", "2027-12-01", "0", "2022-02-30", "", "2022-12-01T00:00:00Z"])
def test_a_day_that_is_over_too_far_or_none_is_refused(shared_desk: Desk, until: str) -> None:
    shared_desk.clock.jump("2022-11-30")
    found = problem(shared_desk.get(PATH, params={"until": until}), 422, "invalid_request")
    assert set(errors_of(found)) == {"/query/until"}
    problem(shared_desk.get(PATH, params={"until": until, "case": "nothing"}), 404, "not_found")


def test_the_first_and_the_last_day_are_within_reach(shared_desk: Desk) -> None:
    shared_desk.clock.jump("2022-11-30")
    for until in ("2022-11-30", "2027-11-30"):
        assert ask(shared_desk, until=until)["until"] == until


def test_an_unknown_name_is_refused(shared_desk: Desk) -> None:
    found = problem(shared_desk.get(PATH, params={"untill": "2022-12-01"}), 422, "invalid_request")
    assert "until" in errors_of(found)["/query/untill"]


@pytest.mark.parametrize("role", [Role.SCHEDULER, Role.COUNSEL, Role.ADMINISTRATOR])
def test_it_is_for_staff_alone(shared_desk: Desk, role: Role) -> None:
    for query in ({}, {"until": "0"}, {"case": "nothing"}):
        problem(shared_desk.get(PATH, role, params=query), 403, "role_not_permitted")
