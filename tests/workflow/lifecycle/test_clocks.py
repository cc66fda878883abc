"""The last day of an order: a period, a fixed day, neither; and the orders a clause covers."""

from datetime import date
from typing import Any

import pytest

from tests.support.register import TWO_PARTIES, Register, a_clause, adopted, an_order, served
from workflow.law.period import compute_deadline
from workflow.lifecycle.facts import Clause
from workflow.lifecycle.penalty_clause.accrual import lateness


def one(on: str = "2022-10-19", **members: Any) -> Register:
    return served(on, orders=[an_order(1, "cease_collection", **members)], clauses=[a_clause(covers=[1])])


def start(register: Register, place: int = 0) -> date | None:
    decision = register.case.decisions[0]
    return lateness(register.case, decision, decision.clauses[place]).start


@pytest.mark.parametrize(
    ("members", "last_day"),
    [
        ({"period": "P2M"}, "2022-12-19"),
        ({"period": "P15D"}, "2022-11-03"),
        ({"period": "P3W"}, "2022-11-09"),
        ({"period": "P1M", "roll": "next_working_day"}, "2022-11-21"),
        ({"period": "P1M", "roll": "none"}, "2022-11-19"),
        ({"period": "P1M"}, "2022-11-19"),
        ({"period": None, "comply_by_fixed": "2022-12-31"}, "2022-12-31"),
        ({"period": None, "comply_by_fixed": "2022-10-19"}, "2022-10-19"),
        ({"period": None}, "2022-10-19"),
    ],
)
def test_the_last_day_follows_from_service_and_the_decision(members: dict[str, Any], last_day: str) -> None:
    order = one(**members).held(1)
    assert order.last_day == date.fromisoformat(last_day)
    assert order.first_late_day is not None
    assert (order.first_late_day - order.last_day).days == 1


def test_a_fixed_day_that_is_over_at_service_makes_no_day_late_before_service() -> None:
    order = one(period=None, comply_by_fixed="2022-10-01").held(1)
    assert (order.last_day, order.first_late_day) == (date(2022, 10, 19), date(2022, 10, 20))


def test_a_period_carries_the_receipt_that_computes_it_again() -> None:
    event = one().events[-1]
    receipt = event.data["receipt"]
    assert compute_deadline(receipt["request"]) == receipt["result"]
    assert (receipt["regime"], receipt["result"]["last_day"]) == ("fr-cnil@1", "2022-12-19")
    assert event.data["ends_at"] == "2022-12-19T23:00:00Z"


def test_what_the_decision_fixed_needs_no_receipt() -> None:
    assert "receipt" not in one(period=None, comply_by_fixed="2022-12-31").events[-1].data
    assert "receipt" not in one(period=None).events[-1].data


TWO_ORDERS = [an_order(1, "cease_collection"), an_order(2, "delete_data", addressee=2), an_order(3, "rectify_data")]


def two(liability: str) -> Register:
    clause = a_clause(covers=[1, 2, 3], liability=liability)
    return adopted(TWO_PARTIES, addressees=[1, 2], orders=TWO_ORDERS, clauses=[clause]).on("2022-11-30")


def clauses(register: Register) -> tuple[Clause, ...]:
    return register.case.decisions[0].clauses


def test_a_clause_with_several_liability_is_one_clause_an_addressee() -> None:
    register = two("several")
    assert [(each.n, each.addressee, each.covers) for each in clauses(register)] == [(1, 1, (1, 3)), (1, 2, (2,))]
    assert len({each.id for each in clauses(register)}) == 2
    register.serve(2, "2022-11-02")
    assert (start(register, 0), start(register, 1)) == (None, date(2023, 1, 3))
    register.serve(1, "2022-11-10")
    assert (start(register, 0), start(register, 1)) == (date(2023, 1, 11), date(2023, 1, 3))


def test_a_joint_clause_is_one_and_begins_with_the_earliest_late_day() -> None:
    register = two("joint")
    assert [(each.addressee, each.covers) for each in clauses(register)] == [(None, (1, 2, 3))]
    assert start(register) is None
    register.serve(2, "2022-11-02")
    assert start(register) == date(2023, 1, 3)
    register.serve(1, "2022-10-19")
    assert start(register) == date(2022, 12, 20)


def test_an_order_complied_with_in_time_does_not_start_the_clock_of_its_clause() -> None:
    orders = [an_order(1, "cease_collection", period="P1M"), an_order(2, "delete_data")]
    register = served(orders=orders, clauses=[a_clause(covers=[1, 2])]).on("2022-11-10")
    assert start(register) == date(2022, 11, 20)
    register.comply(1, "2022-11-09")
    assert start(register) == date(2022, 12, 20)
    register.comply(2, "2022-11-09")
    assert start(register) is None


def test_the_day_of_compliance_is_not_late() -> None:
    register = served().on("2022-12-20")
    for n in (1, 2, 3):
        register.comply(n, "2022-12-20")
    assert start(register) is None


@pytest.mark.parametrize(("fixed", "expected"), [("2023-01-15", "2023-01-15"), ("2022-11-01", "2022-12-20")])
def test_no_day_accrues_before_the_date_fixed_nor_before_the_order_is_late(fixed: str, expected: str) -> None:
    register = served(clauses=[a_clause(accrues_from="fixed_date", accrues_from_on=fixed)])
    assert start(register) == date.fromisoformat(expected)


def test_a_fixed_date_takes_nothing_from_what_came_after() -> None:
    clause = a_clause(accrues_from="fixed_date", accrues_from_on="2023-01-15", assess_after="P10D")
    register = served(clauses=[clause]).on("2023-01-25")
    register.sweep()
    assert register.slices() == [("2023-01-15", "2023-01-24", 10, "1000000.00")]
