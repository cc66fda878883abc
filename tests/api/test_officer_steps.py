"""Steps of the ladder as an officer takes them by hand, and as the scheduler must not."""

from typing import Any

import pytest

from tests.api.conftest import Desk
from tests.api.refusals import errors_of, refused
from workflow.lifecycle.vocabulary import Role

OFFICER = Role.CASE_OFFICER


@pytest.fixture(scope="module")
def decision(shared_desk: Desk) -> dict[str, Any]:
    return shared_desk.serve(in_case="STEP-1")


def test_an_expiry_is_not_recorded_on_the_last_day(shared_desk: Desk, decision: dict[str, Any]) -> None:
    path = f"/v1/orders/{decision['orders'][0]['id']}/transitions"
    shared_desk.clock.jump("2022-12-19")
    found = refused(shared_desk, path, {"trigger": "record_expiry"}, OFFICER, 2, status=409, code="guard_refused")
    assert found["guard"] == "period_over"
    assert found["detail"] == "The last day is 2022-12-19; expiry can be recorded on the day after it."


def test_an_expiry_recorded_by_an_officer_takes_the_step_and_its_day(shared_desk: Desk) -> None:
    decision = shared_desk.serve(in_case="STEP-2")
    order = f"/v1/orders/{decision['orders'][0]['id']}"
    shared_desk.clock.jump("2022-12-22")
    assert shared_desk.pull(order, "record_expiry", OFFICER).json()["state"] == "expired"
    journal = shared_desk.get(f"/v1/cases/{decision['case']['id']}/journal").json()["items"]
    last = journal[-1]
    assert (last["type"], last["effective_on"], last["late_by"]) == ("order.period_expired", "2022-12-20", "P2D")
    assert last["step"].endswith("/record_expiry/2022-12-19/1")
    due = shared_desk.get("/v1/due").json()["items"]
    assert decision["orders"][0]["id"] not in {item["subject"]["id"] for item in due}


def test_nothing_is_proposed_while_nothing_is_late(shared_desk: Desk, decision: dict[str, Any]) -> None:
    path = f"/v1/penalty-clauses/{decision['clauses'][0]['id']}/transitions"
    shared_desk.clock.jump("2022-12-20")
    found = refused(shared_desk, path, {"trigger": "propose_penalty"}, OFFICER, 1, status=409, code="guard_refused")
    assert found["guard"] == "late_days_unfixed"
    assert "the first late day is 2022-12-20" in found["detail"]


def test_nothing_is_proposed_before_service(shared_desk: Desk) -> None:
    clause = shared_desk.adopt(in_case="STEP-3")["clauses"][0]
    path = f"/v1/penalty-clauses/{clause['id']}/transitions"
    found = refused(shared_desk, path, {"trigger": "propose_penalty"}, OFFICER, 1, status=409, code="guard_refused")
    assert found["detail"] == "No order under this clause is in force, so no day can be late."


@pytest.mark.parametrize("day", ["2023-01-10", "2023-01-11"])
def test_a_slice_ends_on_a_day_that_is_over(shared_desk: Desk, decision: dict[str, Any], day: str) -> None:
    path = f"/v1/penalty-clauses/{decision['clauses'][0]['id']}/transitions"
    shared_desk.clock.jump("2023-01-10")
    body = {"trigger": "propose_penalty", "data": {"assessed_to": day}}
    found = refused(shared_desk, path, body, OFFICER, 1, status=409, code="guard_refused")
    assert found["guard"] == "late_days_unfixed"
    assert found["detail"].startswith(f"The slice would end on {day}, ")
    assert found["satisfied_by"].startswith("an assessed_to before 2023-01-10")


def test_an_officers_proposal_answers_the_child_and_moves_the_version_of_the_clause(shared_desk: Desk) -> None:
    clause = f"/v1/penalty-clauses/{shared_desk.serve(in_case='STEP-4')['clauses'][0]['id']}"
    shared_desk.clock.jump("2023-01-10")
    body = {"trigger": "propose_penalty", "data": {"assessed_to": "2023-01-08"}}
    where = f"{clause}/transitions"
    assert refused(shared_desk, where, body, OFFICER, 7, status=412, code="version_conflict")["changes"] == []
    answer = shared_desk.post(where, body, OFFICER, 1)
    proposed = answer.json()
    assert (answer.status_code, answer.headers["etag"]) == (200, '"1"')
    assert (proposed["state"], proposed["slice"]) == ("proposed", {"from": "2022-12-20", "to": "2023-01-08"})
    assert proposed["units"] == 20
    assert proposed["amount"] == {"amount": "2000000.00", "currency": "EUR"}
    assert shared_desk.get(clause).json()["version"] == 2
    conflict = refused(shared_desk, where, body, OFFICER, 1, status=412, code="version_conflict")
    assert [change["type"] for change in conflict["changes"]] == ["penalty_decision.proposed"]
    again = refused(shared_desk, where, body, OFFICER, 2, status=409, code="guard_refused")
    assert again["guard"] == "late_days_unfixed"
    shared_desk.clock.jump("2023-02-10")
    (item,) = [
        each
        for each in shared_desk.get("/v1/due").json()["items"]
        if each["trigger"] == "propose_penalty" and clause.endswith(each["subject"]["id"])
    ]
    assert item["due_on"] == "2023-02-10"


def test_a_step_from_a_person_is_refused(shared_desk: Desk, decision: dict[str, Any]) -> None:
    clause = decision["clauses"][0]["id"]
    body = {"trigger": "propose_penalty", "step": f"penalty_clause/{clause}/propose_penalty/2022-12-20/1"}
    path = f"/v1/penalty-clauses/{clause}/transitions"
    found = refused(shared_desk, path, body, OFFICER, 1, status=422, code="invalid_request")
    assert errors_of(found) == {"/step": "a step is the scheduler's; a person sends `version`"}


def test_the_scheduler_names_the_step(shared_desk: Desk, decision: dict[str, Any]) -> None:
    path = f"/v1/penalty-clauses/{decision['clauses'][0]['id']}/transitions"
    body = {"trigger": "propose_penalty"}
    found = refused(shared_desk, path, body, Role.SCHEDULER, status=422, code="invalid_request")
    assert errors_of(found) == {"/step": "the scheduler names the step, as GET /v1/due gave it"}


def test_a_step_has_its_own_day(shared_desk: Desk, decision: dict[str, Any]) -> None:
    shared_desk.clock.jump("2022-12-20")
    order = decision["orders"][0]["id"]
    body = {
        "trigger": "record_expiry",
        "step": f"order/{order}/record_expiry/2022-12-19/1",
        "effective_on": "2022-12-19",
    }
    found = refused(
        shared_desk, f"/v1/orders/{order}/transitions", body, Role.SCHEDULER, status=422, code="invalid_request"
    )
    assert errors_of(found) == {"/effective_on": "this act is dated 2022-12-20, the step's own day: leave it out"}
