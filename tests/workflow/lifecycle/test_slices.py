"""Which slices of late days are proposed, when, and for how much."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.register import TWO_PARTIES, Register, a_clause, adopted, an_order, served
from workflow.law.penalty import compute_penalty
from workflow.lifecycle.door.due import earliest_steps


def one(regime: str = "fr-cnil", **members: Any) -> Register:
    """One order, first late on 20 December 2022, EUR 100,000 a day; slices from the fifth day on."""
    clause = a_clause(covers=[1], **{"assess_after": "P5D", **members})
    return served(case={"regime": regime}, orders=[an_order(1, "cease_collection")], clauses=[clause])


def walk(register: Register, until: str) -> Register:
    """Sweep every day until one."""
    while register.today <= date.fromisoformat(until):
        register.sweep()
        register.today += timedelta(days=1)
    return register


WEEKLY = [
    ("2022-12-20", "2022-12-24", 5, "500000.00"),
    ("2022-12-25", "2022-12-31", 7, "700000.00"),
    ("2023-01-01", "2023-01-07", 7, "700000.00"),
]


def test_slices_follow_each_other_without_gap_or_overlap() -> None:
    assert walk(one(assess_every="P7D"), "2023-01-10").slices() == WEEKLY


def test_a_sweep_after_an_outage_proposes_the_same_slices_with_the_same_dates() -> None:
    daily, once = walk(one(assess_every="P7D"), "2023-01-10"), one(assess_every="P7D").on("2023-01-10")
    once.sweep()
    assert once.slices() == WEEKLY
    dates = [
        [(event.step, event.effective_on) for event in each.events if "propose_penalty" in (event.step or "")]
        for each in (daily, once)
    ]
    assert dates[0] == dates[1]
    assert [event.late_by for event in once.events[-3:]] == ["P16D", "P9D", "P2D"]


def test_a_clause_without_assess_every_is_proposed_once() -> None:
    register = walk(one(), "2023-03-01")
    assert register.slices() == WEEKLY[:1]
    assert [step for step in earliest_steps(register.case) if step.subject == register.clause()] == []


@pytest.mark.parametrize(
    ("cap", "sums"),
    [
        ({"amount": "800000.00"}, [("2022-12-24", 5, "500000.00"), ("2022-12-31", 3, "300000.00")]),
        ({"amount": "850000.00"}, [("2022-12-24", 5, "500000.00"), ("2022-12-31", 4, "350000.00")]),
        ({"amount": "500000.00"}, [("2022-12-24", 5, "500000.00")]),
        ({"units": 6}, [("2022-12-24", 5, "500000.00"), ("2022-12-31", 1, "100000.00")]),
        ({"units": 5}, [("2022-12-24", 5, "500000.00")]),
        ({"until": "2022-12-26"}, [("2022-12-24", 5, "500000.00"), ("2022-12-31", 2, "200000.00")]),
        ({"until": "2022-12-24"}, [("2022-12-24", 5, "500000.00")]),
        ({"until": "2022-12-19"}, []),
        ({"amount": "800000.00", "units": 6}, [("2022-12-24", 5, "500000.00"), ("2022-12-31", 1, "100000.00")]),
    ],
)
def test_no_cap_is_passed_and_nothing_is_due_beyond_it(cap: dict[str, Any], sums: list[tuple[str, int, str]]) -> None:
    register = walk(one(assess_every="P7D", cap=cap), "2023-02-01")
    assert [found[1:] for found in register.slices()] == sums
    assert [step for step in earliest_steps(register.case) if step.subject == register.clause()] == []


def test_compliance_after_twenty_late_days_leaves_twenty_to_propose() -> None:
    register = one(assess_after="P52D").on("2023-01-20")
    register.comply(1, "2023-01-09")
    assert register.step(register.clause()).due_on == date(2023, 2, 10)
    walk(register, "2023-02-10")
    assert [found[2:] for found in register.slices()] == [(20, "2000000.00")]
    assert register.case.penalty_decisions[0].basis == "period expired, complied with late"


def test_the_basis_of_an_order_still_unmet_is_that_no_evidence_came() -> None:
    assert walk(one(), "2022-12-25").case.penalty_decisions[0].basis == "period expired, no evidence received"


def test_compliance_in_time_leaves_nothing_to_propose() -> None:
    register = one(assess_every="P7D").on("2022-12-19")
    register.comply(1, "2022-12-19")
    assert walk(register, "2023-03-01").slices() == []


def test_compliance_in_the_middle_of_a_slice_ends_it() -> None:
    register = one(assess_every="P7D")
    walk(register, "2022-12-28").comply(1, "2022-12-27")
    walk(register, "2023-02-01")
    assert [found[2:] for found in register.slices()] == [(5, "500000.00"), (2, "200000.00")]


def test_an_order_met_in_time_does_not_swallow_the_step_of_the_other() -> None:
    orders = [an_order(1, "cease_collection", period="P1M"), an_order(2, "delete_data")]
    register = served(orders=orders, clauses=[a_clause(covers=[1, 2], assess_after="P5D")]).on("2022-11-10")
    register.comply(1, "2022-11-09")
    assert walk(register, "2023-01-10").slices() == [("2022-12-20", "2022-12-24", 5, "500000.00")]


@pytest.mark.parametrize("sweeping", ["every day", "once, when all is met"])
def test_a_slice_without_late_days_does_not_hide_those_after_it(sweeping: str) -> None:
    orders = [an_order(1, "cease_collection", period="P3D"), an_order(2, "delete_data", period="P1M")]
    clause = a_clause(covers=[1, 2], assess_after="P7D", assess_every="P7D")
    register = served(orders=orders, clauses=[clause])
    register.on("2022-10-26").comply(1, "2022-10-26")
    if sweeping == "every day":
        walk(register, "2022-11-23")
    register.on("2022-11-24").comply(2, "2022-11-24")
    register.on("2022-12-31").sweep()
    assert register.slices() == [
        ("2022-10-23", "2022-10-29", 3, "300000.00"),
        ("2022-10-30", "2022-11-26", 4, "400000.00"),
    ]


def test_compliance_accepted_afterwards_moves_the_step_and_its_days_are_proposed() -> None:
    orders = [an_order(1, "cease_collection", period="P1M"), an_order(2, "delete_data")]
    register = served(orders=orders, clauses=[a_clause(covers=[1, 2], assess_after="P5D")])
    walk(register, "2022-11-30").comply(1, "2022-11-15")
    walk(register, "2023-01-10")
    assert [found[:3] for found in register.slices()] == [
        ("2022-11-20", "2022-11-24", 5),
        ("2022-12-20", "2022-12-24", 5),
    ]


def test_a_service_recorded_late_leaves_no_late_day_out_and_fixes_none_twice() -> None:
    orders = [an_order(1, "cease_collection"), an_order(2, "cease_collection", addressee=2, period="P7D")]
    clause = a_clause(covers=[1, 2], liability="joint", assess_after="P5D", assess_every="P30D")
    register = adopted(TWO_PARTIES, addressees=[1, 2], orders=orders, clauses=[clause]).on("2022-10-19")
    register.serve(1, "2022-10-19")
    walk(register, "2022-12-26").serve(2, "2022-12-01")
    walk(register, "2023-02-12")
    assert sorted(register.slices()) == [
        ("2022-12-09", "2022-12-13", 5, "500000.00"),
        ("2022-12-14", "2022-12-19", 6, "600000.00"),
        ("2022-12-20", "2022-12-24", 5, "500000.00"),
        ("2022-12-25", "2023-02-11", 49, "4900000.00"),
    ]


def test_whole_weeks_are_billed_on_their_last_day() -> None:
    register = one("be-apd", per="P1W", assess_after="P10D", assess_every="P10D", partial_unit="completed")
    walk(register, "2023-01-20")
    assert register.slices() == [
        ("2022-12-20", "2022-12-29", 1, "100000.00"),
        ("2022-12-30", "2023-01-08", 1, "100000.00"),
        ("2023-01-09", "2023-01-18", 2, "200000.00"),
    ]


def test_a_step_waits_for_the_first_whole_week() -> None:
    register = one("be-apd", per="P1W", assess_after="P5D", assess_every="P1D")
    (step,) = (step for step in earliest_steps(register.case) if step.subject == register.clause())
    assert (step.due_on, step.n) == (date(2022, 12, 27), 3)


def test_the_statement_can_be_computed_again_from_its_receipt() -> None:
    register = walk(one(assess_every="P7D"), "2023-01-10")
    for event in register.events:
        if event.type == "penalty_decision.proposed":
            receipt = event.data["receipt"]
            assert compute_penalty(receipt["request"]) == receipt["result"]
            assert receipt["result"]["amount"] == event.data["amount"]["amount"]
