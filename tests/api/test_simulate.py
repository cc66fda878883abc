"""Simulation through the API: what it answers, for whom, how far, and that nothing at all is written."""

from typing import Any

import pytest

from tests.api.conftest import Desk
from tests.api.refusals import errors_of, nothing_written, problem
from tests.support.register import a_clause
from workflow.lifecycle.reading import simulate as lifecycle
from workflow.lifecycle.vocabulary import Role


def simulate(desk: Desk, order: str, **body: Any) -> dict[str, Any]:
    desk.key(Role.CASE_OFFICER)
    with nothing_written(desk):
        answer = desk.post(f"/v1/orders/{order}/simulate", body)
    assert answer.status_code in (200, 202), answer.text
    found: dict[str, Any] = answer.json()
    return found


def accept(n: int, on: str, complied_on: str) -> dict[str, Any]:
    data = {"complied_on": complied_on}
    return {"on": on, "trigger": "accept_compliance", "subject": f"order/{n}", "data": data}


def test_with_no_acts_the_path_is_the_forecast(desk: Desk) -> None:
    decision = desk.serve()
    found = simulate(desk, decision["orders"][0]["id"], until="2023-02-10")
    query = {"until": "2023-02-10", "case": decision["case"]["id"]}
    forecast = desk.get("/v1/forecast", Role.AUDITOR, params=query).json()["items"]
    assert sorted((each["on"], each["key"]) for each in found["path"]) == sorted(
        (step["on"], step["key"]) for step in forecast
    )
    assert {each["by"] for each in found["path"]} == {"scheduler"}
    (proposed,) = found["proposed"]
    assert (proposed["units"], proposed["amount"]) == (52, {"amount": "5200000.00", "currency": "EUR"})
    assert (proposed["from"], proposed["to"], proposed["day"]) == ("2022-12-20", "2023-02-09", "2023-02-10")
    assert proposed["statement"]["result"]["amount"] == "5200000.00"


def test_acts_are_done_confirmed_and_told(desk: Desk) -> None:
    decision = desk.serve()
    acts = [accept(n, "2022-12-01", "2022-11-30") for n in (1, 2, 3)]
    found = simulate(desk, decision["orders"][0]["id"], until="2023-03-01", acts=acts)
    assert found["proposed"] == []
    done = [each for each in found["path"] if each["act"] is not None]
    assert [(each["act"], each["outcome"]) for each in done] == [(0, "done"), (1, "done"), (2, "done")]
    assert {each["by"] for each in done} == {"hypothetical case_officer"}
    assert {each["confirmed_by"] for each in done} == {"a second hypothetical head_of_enforcement"}
    assert "another hypothetical account" in found["four_eyes"]
    types = [message["type"] for message in found["messages"]]
    assert types == ["order.reminded"] * 3 + ["order.complied"] * 3
    assert {message["party"] for message in found["messages"]} == {1}
    order = desk.get(f"/v1/orders/{decision['orders'][0]['id']}").json()
    assert order["state"] == "in_force"


def test_a_refused_act_is_told_with_its_problem(desk: Desk) -> None:
    decision = desk.serve()
    found = simulate(
        desk,
        decision["orders"][1]["id"],
        until="2022-11-10",
        acts=[
            {"on": "2022-11-01", "trigger": "record_expiry"},
            {"on": "2022-11-02", "trigger": "take_up", "subject": "penalty_decision"},
            {"on": "2022-11-03", "trigger": "adopt", "subject": {"kind": "decision", "id": decision["id"]}},
        ],
    )
    assert [each["refused"]["code"] for each in found["path"]] == ["guard_refused", "not_found", "illegal_transition"]
    assert found["path"][0]["subject"] == {"kind": "order", "id": decision["orders"][1]["id"]}
    assert all(each["refused"]["detail"] for each in found["path"])


def test_access_requests_are_found_answered_and_not_registered_twice(desk: Desk) -> None:
    order = desk.serve()["orders"][0]["id"]
    data = {"reference": "R-1", "received_on": "2022-10-03"}
    assert desk.pull(f"/v1/orders/{order}", "register_request", Role.REGISTRAR, data=data).status_code == 200
    answer = {"trigger": "record_answer", "data": {"answered_on": "2022-10-25"}}
    found = simulate(
        desk,
        order,
        until="2022-11-01",
        acts=[
            {"on": "2022-10-25", "subject": "access_request/1/R-1", **answer},
            {"on": "2022-10-26", "trigger": "register_request", "data": data},
            {"on": "2022-10-26", "trigger": "register_request", "data": data | {"reference": "R-2"}},
            {"on": "2022-10-27", "subject": "access_request/1/R-2", **answer},
        ],
    )
    assert [each["outcome"] for each in found["path"]] == ["done", "refused", "done", "done"]


def test_thirty_years_are_within_reach_and_no_more(desk: Desk) -> None:
    order = desk.serve()["orders"][0]["id"]
    assert simulate(desk, order, until="2052-10-19")["until"] == "2052-10-19"
    assert simulate(desk, order)["until"] == "2023-01-19"
    for until in ("2052-10-20", "2022-10-18"):
        answer = desk.post(f"/v1/orders/{order}/simulate", {"until": until})
        assert "30 years ahead" in errors_of(problem(answer, 422, "invalid_request"))["/until"]


def test_too_many_steps_are_refused_with_the_way_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "MOST_STEPS", 50)
    order = desk.serve(clauses=[a_clause(assess_after="P1D", assess_every="P1D")])["orders"][0]["id"]
    answer = desk.post(f"/v1/orders/{order}/simulate", {"until": "2042-10-19"})
    found = errors_of(problem(answer, 422, "invalid_request"))
    assert found == {"/until": "a nearer day: more than 50 steps fire until then"}


@pytest.mark.parametrize(
    ("act", "at"),
    [
        ({"trigger": "accept_complience"}, "/acts/0/trigger"),
        ({"trigger": "enter_into_force"}, "/acts/0/trigger"),
        ({"subject": "orders"}, "/acts/0/subject"),
        ({"roles": ["scheduler"]}, "/acts/0/roles"),
        ({"on": "2022-10-18"}, "/acts/0/on"),
        ({"on": "2030-01-01"}, "/acts/0/on"),
        ({"data": {"complied": "2022-11-01"}}, "/acts/0/data/complied"),
        ({"when": "2022-11-01"}, "/acts/0/when"),
    ],
)
def test_what_nobody_could_do_is_refused_as_a_whole(shared_desk: Desk, act: dict[str, Any], at: str) -> None:
    reference = f"SIM-{abs(hash(repr(act)))}"
    order = shared_desk.serve(in_case=reference, reference=reference)["orders"][0]["id"]
    body = {"until": "2022-12-01", "acts": [accept(1, "2022-11-01", "2022-11-01") | {"subject": "order"} | act]}
    answer = shared_desk.post(f"/v1/orders/{order}/simulate", body)
    assert at in errors_of(problem(answer, 422, "invalid_request"))


def test_a_session_is_held_by_members_that_there_are(desk: Desk) -> None:
    order = desk.serve()["orders"][0]["id"]
    session = {
        "on": "2023-04-13",
        "subject": "penalty_decision",
        "trigger": "deliberate",
        "data": {"session_on": "2023-04-13", "present": ["a-stranger"]},
    }
    answer = desk.post(f"/v1/orders/{order}/simulate", {"until": "2023-05-01", "acts": [session]})
    said = {"/acts/0/data/present/0": "no such account; give an account by its id: `enjoin key list` shows the ids"}
    assert errors_of(problem(answer, 422, "invalid_request")) == said


def test_more_acts_than_a_hundred_are_refused(shared_desk: Desk) -> None:
    order = shared_desk.serve(in_case="SIM-MANY", reference="SIM-MANY")["orders"][0]["id"]
    acts = [accept(1, "2022-11-01", "2022-11-01")] * 101
    answer = shared_desk.post(f"/v1/orders/{order}/simulate", {"acts": acts})
    assert set(errors_of(problem(answer, 422, "invalid_request"))) == {"/acts"}


def test_an_unknown_order_is_not_found_whatever_the_body(shared_desk: Desk) -> None:
    bodies: list[dict[str, Any]] = [{}, {"until": 0}, {"acts": [{}]}]
    for body in bodies:
        problem(shared_desk.post("/v1/orders/nothing/simulate", body), 404, "not_found")


@pytest.mark.parametrize("role", [Role.SCHEDULER, Role.COUNSEL, Role.ADMINISTRATOR])
def test_it_is_for_staff_alone(shared_desk: Desk, role: Role) -> None:
    problem(shared_desk.post("/v1/orders/nothing/simulate", {}, role), 403, "role_not_permitted")
