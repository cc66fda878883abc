"""What acts on other things do to debts: they make them, let them fall due, and change their sum."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from workflow.law import debt_days
from workflow.law.money import Money
from workflow.law.regime import Regime, regime
from workflow.lifecycle.debt.guards import OWED_NOW
from workflow.lifecycle.debt.interest import NoInterest, charge
from workflow.lifecycle.facts import CaseFacts, Debt, child_id
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, EventType, Subject
from workflow.lifecycle.kernel.rules import Situation, Taken
from workflow.lifecycle.kernel.writing import followed
from workflow.lifecycle.vocabulary import DebtKind, DebtState, SubjectKind, Trigger


def arise(
    at: Situation[Any, Any], kind: DebtKind, source: Subject, addressee: int | None, amount: Money, nth: int = 0
) -> list[Event]:
    """`debt.arose`: due at once with its last day of payment, or pending, as the regime says; a sum of zero makes none.

    `nth` counts the debts made before this one in the same act.
    """
    if amount.minor == 0:
        return []
    outcome = at.fire(SubjectKind.DEBT, DebtState.ABSENT, Trigger.ARISE, at, at.command.trigger)
    if not isinstance(outcome, Taken):
        raise AssertionError(f"the machine of debts does not say that {at.command.trigger} makes one")
    state = outcome.target
    n = len(at.case.debts) + nth + 1
    data = beginning(n, kind, source, addressee, amount, at.regime) | {"state": state.value}
    if state is DebtState.DUE:
        data |= clock(at, starts_on(at, kind, source))
    return [followed(at, EventType.DEBT_AROSE, subject_of(at.case, n), data)]


def fall_due(at: Situation[Any, Any], source: Subject) -> list[Event]:
    """`debt.fell_due` for each pending debt of the source that falls due with this act."""
    events = []
    for debt in at.case.debts_of(source.id):
        state = at.effect(SubjectKind.DEBT, debt, Trigger.FALL_DUE)
        if state is not None:
            data = clock(at, at.effective_on) | {"state": state.value}
            events.append(followed(at, EventType.DEBT_FELL_DUE, debt.subject, data))
    return events


def adjust(at: Situation[Any, Any], source: Subject, amount: Money | None) -> list[Event]:
    """`debt.adjusted` for each debt of the source, which now fixes this sum (None: nothing), and for its interest.

    A debt of which more was paid than is owed now is to be refunded; one with nothing owed and nothing paid is
    cancelled. Interest that was charged is computed again over its days.
    """
    return [
        event
        for debt in at.case.debts_of(source.id)
        for event in _adjusted(at, debt, amount or Money(0, debt.amount.currency))
    ]


def move_due(at: Situation[Any, Any], source: Subject, addressee: int | None, day: date) -> list[Event]:
    """`debt.fell_due` again for the debts of one addressee whose clock of payment starts on another day than recorded.

    For a service that is corrected: their days move and their state stays. Debts whose clock does not start with
    service stay as they are.
    """
    return [
        followed(at, EventType.DEBT_FELL_DUE, debt.subject, clock(at, day) | {"moved": True})
        for debt in at.case.debts_of(source.id)
        if debt.addressee == addressee and debt.fell_due_on is not None and _runs_from_service(debt.kind, at.regime)
    ]


def restore(at: Situation[Any, Any], source: Subject, addressee: int | None, amount: Money) -> list[Event]:
    """What a service means for debts that are there: owed again from this day, where an earlier service proved void."""
    if all(debt.amount.minor for debt in at.case.debts_of(source.id)):
        return []
    return [*adjust(at, source, amount), *move_due(at, source, addressee, at.effective_on)]


def _runs_from_service(kind: DebtKind, rules: Regime) -> bool:
    match debt_days.due_event(rules):
        case "service":
            return True
        case "forfeiture":
            return kind is not DebtKind.PENALTY
        case _:
            return False


def _adjusted(at: Situation[Any, Any], debt: Debt, amount: Money) -> Iterator[Event]:
    if amount == debt.amount:
        return
    at.workings[OWED_NOW] = amount
    # The rows of `adjust` follow whatever changed the sum of the source.
    state: DebtState = at.effect(SubjectKind.DEBT, debt, Trigger.ADJUST, cause=Trigger.ADJUST)
    data = {"amount": amount.to_json(), "before": debt.amount.to_json(), "state": state.value}
    yield followed(at, EventType.DEBT_ADJUSTED, debt.subject, data)
    for interest in at.case.debts_of(debt.id):
        assert interest.to is not None
        stated = charge(at.case, replace(debt, amount=amount), interest.to, at.regime, instead_of=interest.n)
        sum_ = Money(0, amount.currency) if isinstance(stated, NoInterest) else stated.amount
        yield from _adjusted(at, interest, sum_)


def beginning(
    n: int, kind: DebtKind, source: Subject, addressee: int | None, amount: Money, rules: Regime
) -> dict[str, Any]:
    """What the event says of any new debt."""
    data: dict[str, Any] = {
        "n": n,
        "kind": kind.value,
        "source_kind": source.kind.value,
        "source": source.id,
        "addressee": addressee,
        "amount": amount.to_json(),
    }
    collected_by = debt_days.collector(rules)
    return data if collected_by is None else data | {"collected_by": collected_by}


def clock(at: Situation[Any, Any], day: date) -> dict[str, Any]:
    """The members of a debt that is due: from which day, until which, with the receipt.

    The clock takes the version of the regime in force on the day that starts it.
    """
    data: dict[str, Any] = {"fell_due_on": day.isoformat()}
    computed = debt_days.payment_clock(day, regime(at.case.regime, day))
    if computed is None:
        return data
    return data | {"due_by": computed["result"]["last_day"], "receipt": computed}


def starts_on(at: Situation[Any, Any], kind: DebtKind, source: Subject) -> date:
    """The day that starts the clock of payment: that of the act, or the last day forfeited where that makes it due."""
    if _runs_from_service(kind, at.regime):
        return at.effective_on
    return at.case.penalty_decision(source.id).to


def subject_of(case: CaseFacts, n: int) -> Subject:
    """The n-th debt of the case."""
    return Subject(SubjectKind.DEBT, child_id(case.id, "debt", n))
