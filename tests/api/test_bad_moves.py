"""Moves not to be made: the wrong role, version, state or condition. Each says what helps; nothing is written."""

from typing import Any

import pytest

from tests.api.conftest import Desk, Roles
from tests.api.refusals import refused
from tests.support.register import a_clause, a_draft
from workflow.lifecycle.vocabulary import Role

OFFICER, HEAD, DECIDER = Role.CASE_OFFICER, Role.HEAD_OF_ENFORCEMENT, Role.DECISION_MAKER
COMPLIED = {"trigger": "accept_compliance", "data": {"complied_on": "2022-10-19"}}


@pytest.fixture(scope="module")
def orders(shared_desk: Desk) -> list[str]:
    decision = shared_desk.serve(in_case="MOVE-1")
    return [f"/v1/orders/{order['id']}/transitions" for order in decision["orders"]]


def test_a_role_on_no_row_of_the_trigger_is_told_whose_it_is(shared_desk: Desk, orders: list[str]) -> None:
    found = refused(shared_desk, orders[2], COMPLIED, HEAD, 2, status=403, code="role_not_permitted")
    assert found["roles"] == ["case_officer"]
    assert found["detail"] == "accept_compliance is for case_officer; you are head_of_enforcement."
    assert {"remind (scheduler)", "accept_compliance (case_officer)"} <= set(found["open"])


def test_a_change_without_a_version_is_told_the_current_one(shared_desk: Desk, orders: list[str]) -> None:
    found = refused(shared_desk, orders[2], COMPLIED, OFFICER, None, status=428, code="version_missing")
    assert found["current"] == 2


def test_a_stale_version_is_told_who_changed_what(shared_desk: Desk, orders: list[str]) -> None:
    found = refused(shared_desk, orders[2], COMPLIED, OFFICER, 1, status=412, code="version_conflict")
    (change,) = found["changes"]
    assert (change["type"], change["actor"]["name"]) == ("order.entered_into_force", "registrar")
    assert (found["yours"], found["current"], found["still_open"]) == (1, 2, True)


def test_a_stale_version_of_a_step_that_is_closed_meanwhile_says_so(shared_desk: Desk) -> None:
    decision = shared_desk.draft(in_case="MOVE-2")
    path = f"/v1/decisions/{decision['id']}"
    shared_desk.pull(path, "submit", OFFICER)
    body = {"trigger": "submit"}
    found = refused(shared_desk, f"{path}/transitions", body, OFFICER, 1, status=412, code="version_conflict")
    assert found["still_open"] is False
    assert [change["type"] for change in found["changes"]] == ["decision.submitted"]


def test_a_version_nobody_can_have_read_yet_is_a_conflict(shared_desk: Desk, orders: list[str]) -> None:
    found = refused(shared_desk, orders[2], COMPLIED, OFFICER, 999_999_999, status=412, code="version_conflict")
    assert found["changes"] == []


def test_from_the_wrong_state_it_says_what_is_open_instead(shared_desk: Desk) -> None:
    decision = shared_desk.draft(in_case="MOVE-3")
    path = f"/v1/decisions/{decision['id']}/transitions"
    found = refused(shared_desk, path, {"trigger": "adopt"}, DECIDER, 1, status=409, code="illegal_transition")
    assert found["detail"] == "adopt is for a decision that is in_review; this one is draft; open now: withdraw."
    roles = (OFFICER, DECIDER)
    found = refused(shared_desk, path, {"trigger": "adopt"}, roles, 1, status=409, code="illegal_transition")
    assert found["open"] == ["revise", "submit", "withdraw"]


@pytest.mark.parametrize(
    ("rate", "per", "sentence"),
    [
        ("100000.01", "P1D", "Clause 1 asks for EUR 100000.01 per P1D; fr-cnil allows at most EUR 100000.00 per P1D."),
        ("700000.01", "P7D", "Clause 1 asks for EUR 700000.01 per P7D; fr-cnil allows at most EUR 100000.00 per P1D."),
    ],
)
def test_a_clause_above_the_limit_can_be_drafted_but_not_submitted(
    shared_desk: Desk, rate: str, per: str, sentence: str
) -> None:
    clause = a_clause(rate=rate, per=per)
    decision = shared_desk.draft(in_case=f"MOVE-4-{per}-{shared_desk.writer.engine.name}", clauses=[clause])
    path = f"/v1/decisions/{decision['id']}"
    closed = next(each for each in shared_desk.get(path).json()["open_transitions"] if each["trigger"] == "submit")
    assert (closed["open"], closed["why"]) == (False, sentence)
    body = {"trigger": "submit"}
    found = refused(shared_desk, f"{path}/transitions", body, OFFICER, 1, status=409, code="guard_refused")
    assert (found["guard"], found["detail"], found["who"]) == ("clauses_within_limit", sentence, ["case_officer"])
    assert found["open"] == ["revise"]


def test_at_the_limit_a_clause_is_submitted(shared_desk: Desk) -> None:
    decision = shared_desk.draft(in_case="MOVE-5")
    assert shared_desk.pull(f"/v1/decisions/{decision['id']}", "submit", OFFICER).status_code == 200


@pytest.mark.parametrize(
    ("n", "hearing", "sentence"),
    [
        (1, None, "The hearing record is not complete: there is none."),
        (2, {"grounds_notified_on": "2022-07-14", "observations": "answered"}, "or was waived in writing."),
        (
            3,
            {"grounds_notified_on": "2022-07-14", "window_ended_on": "2022-08-14", "observations": "open"},
            "it does not say that the observations were answered, or that none were received.",
        ),
        (
            4,
            {"grounds_notified_on": "2022-07-14", "window_ended_on": "2022-10-17", "observations": "none_received"},
            "the window for observations ends on 2022-10-17, not before the day of adoption.",
        ),
    ],
)
def test_adoption_without_a_hearing_is_refused_at_adopt(
    shared_desk: Desk, n: int, hearing: dict[str, Any] | None, sentence: str
) -> None:
    decision = shared_desk.draft(in_case=f"MOVE-6-{n}", hearing=hearing, assumed=[])
    path = f"/v1/decisions/{decision['id']}"
    assert shared_desk.pull(path, "submit", OFFICER).status_code == 200
    shared_desk.clock.jump("2022-10-17")
    body = {"trigger": "adopt"}
    found = refused(shared_desk, f"{path}/transitions", body, DECIDER, 2, status=409, code="guard_refused")
    assert found["guard"] == "heard"
    assert found["detail"].endswith(sentence)
    assert found["open"] == ["return_to_draft", "withdraw"]


BOTH = (Role.CASE_OFFICER, Role.DECISION_MAKER)


@pytest.mark.parametrize(
    ("n", "drafter", "reviser", "submitter"),
    [(1, BOTH, None, OFFICER), (2, OFFICER, BOTH, OFFICER), (3, OFFICER, None, BOTH), (4, OFFICER, BOTH, BOTH)],
)
def test_whoever_drafted_revised_or_submitted_never_adopts(
    shared_desk: Desk, n: int, drafter: Roles, reviser: Roles | None, submitter: Roles
) -> None:
    case = shared_desk.open_case(reference=f"MOVE-7-{n}")
    shared_desk.clock.jump("2022-10-13")
    decision = shared_desk.post("/v1/decisions", {"case": case["id"], **a_draft()}, drafter).json()
    path = f"/v1/decisions/{decision['id']}"
    if reviser is not None:
        assert shared_desk.pull(path, "revise", reviser, data=a_draft(language="en")).status_code == 200
    assert shared_desk.pull(path, "submit", submitter).status_code == 200
    shared_desk.clock.jump("2022-10-17")
    version = shared_desk.get(path).json()["version"]
    body = {"trigger": "adopt"}
    found = refused(shared_desk, f"{path}/transitions", body, BOTH, version, status=409, code="guard_refused")
    assert found["guard"] == "not_the_drafter"
    assert shared_desk.pull(path, "adopt", DECIDER).status_code == 200


def test_deletion_waits_for_the_access_requests_and_is_accepted_after_them(shared_desk: Desk) -> None:
    decision = shared_desk.serve(in_case="MOVE-8")
    answer, delete, _ = [f"/v1/orders/{order['id']}" for order in decision["orders"]]
    shared_desk.clock.jump("2022-12-01")
    body: dict[str, Any] = {"trigger": "accept_compliance", "data": {"complied_on": "2022-11-30"}}
    version = shared_desk.get(delete).json()["version"]
    found = refused(shared_desk, f"{delete}/transitions", body, OFFICER, version, status=409, code="guard_refused")
    assert found["guard"] == "prerequisites_met"
    assert found["satisfied_by"] == "accept compliance with order 1 (answer_access_requests) first"
    assert shared_desk.accept_compliance(answer, "2022-11-30").status_code == 200
    complied = shared_desk.accept_compliance(delete, "2022-11-30")
    assert (complied.status_code, complied.json()["state"]) == (200, "complied")
    assert complied.json()["after"][0]["satisfied"] is True


@pytest.mark.parametrize(
    ("effective_on", "sentence"),
    [
        ("2022-10-20", "The act is dated 2022-10-20, after today, 2022-10-19."),
        ("2022-06-01", "The act is dated 2022-06-01, before the case opened on 2022-06-02."),
    ],
)
def test_no_act_is_dated_after_today_or_before_the_case(
    shared_desk: Desk, orders: list[str], effective_on: str, sentence: str
) -> None:
    shared_desk.clock.jump("2022-10-19")
    body = COMPLIED | {"effective_on": effective_on}
    found = refused(shared_desk, orders[2], body, OFFICER, 2, status=409, code="guard_refused")
    assert (found["guard"], found["detail"]) == ("possible_date", sentence)


def test_compliance_cannot_be_true_from_a_day_to_come(shared_desk: Desk, orders: list[str]) -> None:
    shared_desk.clock.jump("2022-10-19")
    body = {"trigger": "accept_compliance", "data": {"complied_on": "2022-10-20"}}
    found = refused(shared_desk, orders[2], body, OFFICER, 2, status=409, code="guard_refused")
    assert found["guard"] == "complied_on_is_past"


def test_a_reference_names_one_case(shared_desk: Desk, orders: list[str]) -> None:
    body = {"reference": "MOVE-1", "regime": "fr-cnil", "opened_on": "2022-06-02", "parties": [{"name": "Another"}]}
    found = refused(shared_desk, "/v1/cases", body, status=409, code="guard_refused")
    assert found["guard"] == "reference_is_new"
