"""An order lived day by day: what was late on a day, as that day ended, is what the spans say when all is over."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.orders import extend, find_unmet, judge, lift, resume, suspend, under_order
from tests.support.register import Register
from workflow.lifecycle.kernel.refusals import Refusal
from workflow.lifecycle.order.unmet import spans
from workflow.lifecycle.vocabulary import OrderState, SuspensionEffect

SERVED = date(2022, 10, 19)
LENGTH = 40
STOPS = [each.value for each in SuspensionEffect if each is not SuspensionEffect.COLLECTION_ONLY]

acts = st.one_of(
    st.tuples(st.just("suspend"), st.sampled_from(STOPS)),
    st.tuples(st.just("resume"), st.integers(0, 15)),
    st.tuples(st.just("extend"), st.integers(0, 15)),
    st.tuples(st.just("find"), st.none()),
    st.tuples(st.just("accept"), st.sampled_from([1, 2])),
    st.tuples(st.just("comply"), st.none()),
    st.tuples(st.just("relapse"), st.sampled_from([1, 2])),
    st.tuples(st.sampled_from(["sweep", "lift"]), st.none()),
)
lives = st.lists(st.tuples(st.integers(0, LENGTH - 1), acts), max_size=14)


def act(register: Register, what: str, how: Any) -> None:
    """Try an act of today; what the door refuses did not happen."""
    today = register.today.isoformat()
    later = (register.today + timedelta(days=how)).isoformat() if isinstance(how, int) else ""
    try:
        match what:
            case "suspend":
                suspend(register, today, how)
            case "resume":
                stay = register.held(1).open_suspension
                named = stay is not None and stay.effect is SuspensionEffect.NEW_LAST_DAY
                members: dict[str, Any] = {"last_day": later} if named else {}
                resume(register, today, **members)
            case "extend":
                extend(register, later)
            case "find":
                find_unmet(register, *(limb.n for limb in register.held(1).limbs if limb.met_on is None))
            case "accept":
                judge(register, "accept_limb", {"limb": how, "met_on": today})
            case "comply":
                register.comply(1, today)
            case "relapse":
                judge(register, "record_relapse", {"relapsed_on": today, "limbs": [how]})
            case "lift":
                lift(register)
            case _:
                register.sweep()
    except Refusal:
        return


def late_today(register: Register) -> bool:
    """Whether this day is late, asked of nothing but the state, the last day and what is met by now."""
    order = register.held(1)
    assert order.last_day is not None
    if order.state in (OrderState.SUSPENDED, OrderState.LIFTED) or register.today <= order.last_day:
        return False
    return any(limb.met_on is None for limb in order.limbs)


@given(life=lives)
@settings(max_examples=150)
def test_a_day_stays_what_it_was_when_it_ended(life: list[tuple[int, tuple[str, Any]]]) -> None:
    limbs = [{"n": 1, "text": "stop"}, {"n": 2, "text": "delete"}]
    register = under_order(period="P10D", limbs=limbs)
    late: set[date] = set()
    for n in range(LENGTH):
        register.on((SERVED + timedelta(days=n)).isoformat())
        for day, (what, how) in life:
            if day == n:
                act(register, what, how)
        if late_today(register):
            late.add(register.today)
    found = {
        day
        for span in spans(register.held(1))
        for day in (SERVED + timedelta(days=k) for k in range(LENGTH))
        if span.first <= day and (span.last is None or day <= span.last)
    }
    assert found == late
