"""When the sweep runs changes no legal date and no sum: two registers of one case, swept at different times."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.register import DECIDER, OFFICER, TWO_PARTIES, Register, opened
from tests.workflow.lifecycle.random_case import drafts
from workflow.lifecycle.kernel.refusals import GuardRefused
from workflow.lifecycle.penalty_decision.proposal import PenaltyProposed
from workflow.lifecycle.vocabulary import OrderState, Trigger

FIRST = date(2022, 10, 17)
DAYS = 75


def live(draft: dict[str, Any], served: dict[int, int], complied: dict[int, int], swept: set[int]) -> Register:
    """Live a case day by day; services and compliance are recorded on their day, whenever the sweep runs."""
    register = opened(**TWO_PARTIES).on("2022-10-13")
    register.pull(OFFICER, Trigger.DRAFT, data=draft)
    register.pull(OFFICER, Trigger.SUBMIT, register.decision())
    register.on("2022-10-17").pull(DECIDER, Trigger.ADOPT, register.decision())
    for day in range(DAYS + 1):
        register.today = FIRST + timedelta(days=day)
        for addressee in (each for each, on in served.items() if on == day):
            register.serve(addressee, register.today.isoformat())
        for n in (each for each, on in complied.items() if on == day):
            comply(register, n)
        if day in swept or day == DAYS:
            register.sweep()
    return register


def comply(register: Register, n: int) -> None:
    """Accept compliance from today, where the order is in force and nothing comes before it."""
    if register.held(n).state in (OrderState.IN_FORCE, OrderState.EXPIRED):
        try:
            register.comply(n, register.today.isoformat())
        except GuardRefused:
            assert n == 2


def legal(register: Register) -> dict[str, Any]:
    """Everything that has legal effect: dates of orders, and every step but reminders with its date and sum."""
    steps = {
        event.step: (event.effective_on, event.data.get("from"), event.data.get("to"), event.data.get("amount"))
        for event in register.events
        if event.step is not None and event.type == PenaltyProposed.type
    }
    clocks = {
        order.n: (order.starts_on, order.last_day, order.first_late_day, order.complied_on)
        for order in register.case.decisions[0].orders
    }
    expiries = {
        order.n: order.expiry_recorded_on for order in register.case.decisions[0].orders if order.complied_on is None
    }
    return {"clocks": clocks, "expiries": expiries, "steps": steps, "slices": sorted(register.slices())}


@given(
    draft=drafts(),
    served=st.fixed_dictionaries({1: st.integers(0, 10), 2: st.integers(0, 10)}),
    complied=st.dictionaries(st.integers(1, 3), st.integers(3, DAYS), max_size=3),
    swept=st.sets(st.integers(0, DAYS), max_size=6),
)
@settings(max_examples=40)
def test_an_outage_changes_no_legal_date_and_no_sum(
    draft: dict[str, Any], served: dict[int, int], complied: dict[int, int], swept: set[int]
) -> None:
    daily = live(draft, served, complied, set(range(DAYS + 1)))
    seldom = live(draft, served, complied, swept)
    assert legal(seldom) == legal(daily)
    dates = {event.step: event.effective_on for event in daily.events if event.step}
    for event in seldom.events:
        if event.step is not None:
            assert event.effective_on == dates[event.step]
