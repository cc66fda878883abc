"""The words for the things of a case."""

import pytest

from tests.support.register import TWO_PARTIES, a_clause, an_order, served
from workflow.lifecycle.door.kinds import KINDS
from workflow.lifecycle.facts import case_id, child_id, request_id
from workflow.lifecycle.reading.paths import kind_at, request_at, subject_at
from workflow.lifecycle.vocabulary import SubjectKind


def test_each_thing_is_found_by_its_place() -> None:
    register = served()
    case, decision = register.case, register.case.decisions[0]
    register.on("2023-02-10").sweep()
    expected = {
        "case": case.id,
        "decision": decision.id,
        "decision/1": decision.id,
        "order/2": decision.order(2).id,
        "order/1.2": decision.order(2).id,
        "order": decision.order(3).id,
        "penalty_clause/1": decision.clauses[0].id,
        "penalty_decision": register.case.penalty_decisions[0].id,
        "penalty_decision/1": register.case.penalty_decisions[0].id,
    }
    for path, id in expected.items():
        found = subject_at(register.case, path)
        assert found is not None, path
        assert (found.id, found.kind) == (id, kind_at(path))


@pytest.mark.parametrize(
    "path",
    [
        "decision/2",
        "order/4",
        "order/2.1",
        "penalty_clause/2",
        "filing",
        "filing/1",
        "debt/2",
        "access_request",
        "access_request/1/R7",
    ],
)
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert subject_at(served().case, path) is None


def test_clauses_of_several_addressees_are_counted_through() -> None:
    orders = [an_order(1, "delete_data"), an_order(2, "delete_data", addressee=2)]
    clauses = [a_clause(covers=[1, 2])]
    register = served(case=TWO_PARTIES, addressees=[1, 2], orders=orders, clauses=clauses)
    first, second = (subject_at(register.case, f"penalty_clause/{n}") for n in (1, 2))
    assert [first, second] == [register.clause(0), register.clause(1)]


@pytest.mark.parametrize(
    "path", ["", "orders/1", "order/0", "order/1.", "case/1", "decision/1.1", "account", "order 1", "access_request/7"]
)
def test_words_that_are_no_path_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match="a thing of the case, like decision"):
        kind_at(path)


def test_a_request_is_named_without_looking() -> None:
    case = case_id("X")
    for path, order in (("access_request/2/R/7", "1.2"), ("access_request/2.3/R/7", "2.3")):
        assert kind_at(path) is SubjectKind.ACCESS_REQUEST
        assert request_at(case, path) == request_id(child_id(case, "order", order), "R/7")
    assert [request_at(case, path) for path in ("order/7", "access_request", "")] == [None] * 3
    assert SubjectKind.ACCESS_REQUEST in KINDS
