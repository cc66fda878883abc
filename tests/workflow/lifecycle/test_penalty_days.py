"""Slices of one delay sum to the whole, and no day is fixed twice, whatever is withdrawn, closed or adopted between."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.penalties import Penalties, as_penalties
from tests.support.register import DECIDER, HEAD, OFFICER, REGISTRAR, a_clause, an_order, served
from workflow.law.regime import regime
from workflow.lifecycle.facts import PenaltyDecision
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.refusals import GuardRefused
from workflow.lifecycle.penalty_clause import accrual
from workflow.lifecycle.penalty_decision.sums import outdated, stated
from workflow.lifecycle.vocabulary import Trigger

CAPS = st.none() | st.sampled_from(
    [{"amount": "1250000.00"}, {"units": 12}, {"until": "2023-01-15"}, {"units": 30, "amount": "2000000.00"}]
)
ENDS: dict[str, tuple[Trigger, dict[str, Any]]] = {
    "withdraw": (Trigger.WITHDRAW, {"reasons": "why"}),
    "left_open": (Trigger.CLOSE_WITHOUT_PENALTY, {"days": "left_open"}),
    "released": (Trigger.CLOSE_WITHOUT_PENALTY, {"days": "released"}),
}
MOVES = st.lists(
    st.tuples(st.sampled_from(["wait", "wait", "propose", "propose", "adopt", *ENDS]), st.integers(1, 25)), max_size=25
)


def late(cap: dict[str, Any] | None) -> Penalties:
    """One order late since 20 December 2022, under a clause that nobody assesses by itself for a year."""
    clause = a_clause(covers=[1], cap=cap, assess_after="P1Y")
    case = {"regime": "be-apd"}
    return as_penalties(served(case=case, orders=[an_order(1, "cease_collection")], clauses=[clause]).on("2022-12-22"))


def subject(penalty: PenaltyDecision) -> Subject:
    return penalty.subject


def adopt(register: Penalties, penalty: PenaltyDecision) -> None:
    """Hear the party and adopt a proposal, in a window that was waived at once."""
    at, today = subject(penalty), register.today.isoformat()
    register.pull(OFFICER, Trigger.TAKE_UP, at)
    notice = {"notified_on": today, "channel": "courier"}
    register.pull(HEAD, Trigger.NOTIFY_GROUNDS, at, notice)
    register.pull(REGISTRAR, Trigger.RECORD_WAIVER, at, {"waived_on": today, "proof": "letter"})
    register.pull(DECIDER, Trigger.DELIBERATE, at, {"session_on": today})
    register.pull(DECIDER, Trigger.ADOPT, at)


def move(register: Penalties, what: str, n: int) -> None:
    """One move of the life of this clause; what is not possible now is left."""
    open_ = [each for each in register.case.penalty_decisions if each.holds_days and each.days_after is None]
    if what == "wait":
        register.today += timedelta(days=n)
    elif what == "propose":
        try:
            register.propose((register.today - timedelta(days=n)).isoformat())
        except GuardRefused:
            return
    elif open_:
        penalty = open_[n % len(open_)]
        if what == "adopt" and penalty.adopted_on is None:
            adopt(register, penalty)
        elif what == "withdraw" or (what in ENDS and penalty.adopted_on is None):
            trigger, data = ENDS[what]
            register.pull(DECIDER, trigger, subject(penalty), data)


def whole(register: Penalties, last: date) -> int:
    """What the whole delay comes to up to a day, as if nothing had been proposed."""
    untouched = replace(register.case, penalty_decisions=())
    decision, clause = next(untouched.clauses())
    lateness = accrual.lateness(untouched, decision, clause)
    made = accrual.statement(untouched, lateness, clause, last, regime(decision.regime or ""))
    return 0 if made is None else int(made["result"]["amount"].replace(".", ""))


@settings(max_examples=60)
@given(cap=CAPS, moves=MOVES)
def test_no_day_is_fixed_twice_and_the_slices_sum_to_the_whole(cap: dict[str, Any] | None, moves: Any) -> None:
    register = late(cap)
    for what, n in moves:
        move(register, what, n)
        holding = [each for each in register.case.penalty_decisions if each.holds_days]
        days = [day for each in holding for day in range(each.from_.toordinal(), each.to.toordinal() + 1)]
        assert len(days) == len(set(days))
        assert all(outdated(register.case, each) is None for each in holding)
    register.today += timedelta(days=40)
    end = register.today - timedelta(days=1)
    for _ in range(len(register.case.penalty_decisions) + 1):
        move(register, "propose", 1)
    holding = [each for each in register.case.penalty_decisions if each.holds_days]
    assert sum(each.amount.minor for each in holding) == whole(register, end)
    _, clause = next(register.case.clauses())
    owed = sum(each.owed.minor for each in holding if each.owed is not None)
    assert clause.cap is None or clause.cap.amount is None or owed <= clause.cap.amount.minor
    for each in holding:
        assert stated(register.case, each)["result"]["amount"] == each.amount.amount
