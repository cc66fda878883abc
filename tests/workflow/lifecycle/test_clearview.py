"""CNIL v Clearview AI in memory: every date and sum of the first case."""

from datetime import date

from tests.support.register import OFFICER, served
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.order.clock import OrderPeriodExpired, OrderReminded
from workflow.lifecycle.vocabulary import OrderState, PenaltyDecisionState, Trigger


def test_the_case_runs_to_a_draft_penalty_of_5_200_000_euros() -> None:
    register = served()
    for day in ("2022-11-19", "2022-12-12", "2022-12-18"):
        reminders = register.on(day).sweep()
        assert [event.type for event in reminders] == [OrderReminded.type] * 3
    expiries = register.on("2022-12-20").sweep()
    assert [event.type for event in expiries] == [OrderPeriodExpired.type] * 3
    assert register.on("2023-02-09").sweep() == []
    (proposed,) = register.on("2023-02-10").sweep()
    register.pull(OFFICER, Trigger.TAKE_UP, register.penalty())

    (penalty,) = register.case.penalty_decisions
    assert (penalty.from_, penalty.to) == (date(2022, 12, 20), date(2023, 2, 9))
    assert (penalty.units, penalty.amount.amount, penalty.state) == (52, "5200000.00", PenaltyDecisionState.DRAFT)
    assert proposed.step == f"penalty_clause/{register.clause().id}/propose_penalty/2022-12-20/1"
    assert {order.state for order in register.case.decisions[0].orders} == {OrderState.EXPIRED}
    assert len(register.events) == 26
    assert fold(None, register.events) == register.case


def test_an_order_has_one_event_for_each_thing_that_happened_to_it() -> None:
    register = served()
    for day in ("2022-11-19", "2022-12-12", "2022-12-18", "2022-12-20"):
        register.on(day).sweep()
    assert register.case.versions[register.order(2).id] == 6


def test_three_days_of_outage_change_no_legal_date() -> None:
    register = served().on("2022-12-23")
    events = register.sweep()
    assert {(event.effective_on, event.late_by) for event in events} == {(date(2022, 12, 20), "P3D")}
    assert all(event.data["reminders_not_sent"] == ["2022-11-19", "2022-12-12", "2022-12-18"] for event in events)
