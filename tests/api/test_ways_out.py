"""Each refusal says how to go on: where a member belongs, what is missing, from which state, by whom."""

from typing import Any

import pytest

from tests.api.conftest import Desk
from tests.api.refusals import errors_of, problem
from tests.support.register import a_clause, a_draft, an_order
from workflow.lifecycle.vocabulary import Role

HEARING = {"grounds_notified_on": "2022-07-14", "window_ended_on": "2022-08-14", "observations": "none_received"}


def drafted(desk: Desk, members: dict[str, Any]) -> dict[str, str]:
    """What is wrong with a draft, by member."""
    case = desk.open_case()
    desk.clock.jump("2022-10-13")
    answer = desk.post("/v1/decisions", {"case": case["id"], **a_draft(), **members})
    return errors_of(problem(answer, 422, "invalid_request"))


def test_an_act_before_the_last_one_names_both_ways_to_the_true_date(desk: Desk) -> None:
    path = f"/v1/decisions/{desk.draft()['id']}"
    answer = desk.pull(path, "submit", Role.CASE_OFFICER, effective_on="2022-10-12")
    found = problem(answer, 409, "guard_refused")
    assert found["satisfied_by"] == (
        "an effective_on of 2022-10-13 or later; if this act did come first, the act of 2022-10-13 has the wrong date: "
        "give it its own effective_on, in a new draft where it made one"
    )


def test_a_reference_in_use_says_how_it_is_freed(desk: Desk) -> None:
    decision = desk.draft()
    again = {"case": decision["case"]["id"], **a_draft()}
    found = problem(desk.post("/v1/decisions", again), 409, "guard_refused")
    assert "withdraw it, and its reference is free again" in found["satisfied_by"]


def test_a_hearing_that_is_not_complete_names_its_members_and_who_may_change_them(desk: Desk) -> None:
    path = f"/v1/decisions/{desk.draft(hearing=None, assumed=[])['id']}"
    desk.pull(path, "submit", Role.CASE_OFFICER)
    found = problem(desk.pull(path, "adopt", Role.DECISION_MAKER), 409, "guard_refused")
    assert found["satisfied_by"].startswith("return_to_draft (head_of_enforcement or decision_maker), then revise")
    for member in (*HEARING, "waived_on", "urgency_ground"):
        assert f"hearing.{member}" in found["satisfied_by"]


def test_a_member_in_the_wrong_place_says_where_it_belongs(desk: Desk) -> None:
    found = drafted(desk, {"orders": [an_order(1, "delete_data") | {"text": "Delete"}]})
    assert found == {"/orders/0/text": "text belongs at /orders/*/limbs/*/text; leave it out here"}


def test_a_member_that_is_like_none_names_those_there_are(desk: Desk) -> None:
    order = f"/v1/orders/{desk.serve()['orders'][0]['id']}"
    data = {"complied_on": "2022-10-19", "findings": [{"limb": 1, "finding": "met", "met": True}]}
    answer = desk.pull(order, "accept_compliance", Role.CASE_OFFICER, data=data)
    assert errors_of(problem(answer, 422, "invalid_request")) == {
        "/data/findings/0/met": "unknown member; did you mean method? the members here are limb, finding, claimed, "
        "evidence, method"
    }


@pytest.mark.parametrize(
    ("members", "path", "sentence"),
    [
        ({"orders": 2}, "/orders", "a list of objects with "),
        ({"orders": [an_order(1, "delete_data") | {"limbs": ["ok"]}]}, "/orders/0/limbs/0", "with n, text, not 'ok'"),
        ({"reference": "x" * 201}, "/reference", "at most 200 characters, not 201"),
        ({"addressees": [1] * 101}, "/addressees", "at most 100 entries, not 101"),
        ({"hearing": HEARING | {"session_on": 5}}, "/hearing/session_on", "a date like 2022-12-20, not the number 5"),
        ({"language": "French"}, "/language", "a language by two small letters, like fr, not 'French'"),
        ({"addressees": [0]}, "/addressees/0", "a number of at least 1, not the number 0"),
    ],
)
def test_a_value_of_the_wrong_kind_says_what_belongs_there(
    desk: Desk, members: dict[str, Any], path: str, sentence: str
) -> None:
    assert sentence in drafted(desk, {"assumed": [], **members})[path]


def test_every_wrong_member_of_a_draft_comes_in_one_answer(desk: Desk) -> None:
    order = an_order(1, "cease_collection") | {"period": "30 days"}
    clause = a_clause(covers=[1]) | {"per": "day", "rate": 5, "assess_after": "soon", "cap": {"amount": 1}}
    assert drafted(desk, {"orders": [order], "clauses": [clause], "language": "x"}).keys() == {
        "/language",
        "/orders/0/period",
        "/clauses/0/per",
        "/clauses/0/rate",
        "/clauses/0/assess_after",
        "/clauses/0/cap/amount",
    }


def test_a_trigger_that_is_not_for_this_state_names_the_states_it_is_for(desk: Desk) -> None:
    path = f"/v1/decisions/{desk.draft()['id']}"
    found = problem(desk.pull(path, "adopt", Role.DECISION_MAKER), 409, "illegal_transition")
    assert found["detail"].startswith("adopt is for a decision that is in_review; this one is draft;")
    offered = desk.get(path, Role.DECISION_MAKER).json()["open_transitions"]
    adopt = next(each for each in offered if each["trigger"] == "adopt")
    assert adopt["why"] == "for a decision that is in_review; this one is draft"


def test_a_sum_that_stands_is_said_to_stand(desk: Desk) -> None:
    desk.serve()
    for day in ("2022-12-20", "2023-02-10"):
        desk.clock.jump(day)
        results = desk.sweep()
    penalty = f"/v1/penalty-decisions/{results[0]['subject']['id']}"
    found = problem(desk.pull(penalty, "replace_sum", Role.CASE_OFFICER), 409, "guard_refused")
    assert found["detail"].startswith("The sum stands: it is 52 units, EUR 5200000.00, which is what the facts")
