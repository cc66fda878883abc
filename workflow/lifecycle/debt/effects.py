"""What acts on other things do to debts: they make them, let them fall due, and change their sum."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from workflow.law import debt_days
from workflow.law.money import Money
from workflow.law.regime import Regime
from workflow.lifecycle.debt.arising import due_at_once, fallen_due, new_debt, subject_of
from workflow.lifecycle.debt.interest import NoInterest, charge
from workflow.lifecycle.debt.states import GIVEN_UP, OPEN, claimed
from workflow.lifecycle.facts import Debt
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, Subject, event
from workflow.lifecycle.kernel.rules import SAME, Chosen, Row, Same, Situation, Taken, effect
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import followed
from workflow.lifecycle.vocabulary import Audience, DebtKind, DebtState, SubjectKind, Trigger


@event("debt.adjusted", Audience.INTERNAL)
class DebtAdjusted(Of[Debt]):
    """The act it arose from now fixes another sum."""

    amount: Money
    before: Money
    state: DebtState

    def on(self, debt: Debt, event: Event) -> Debt:
        """With the other sum."""
        return replace(debt, state=self.state, amount=self.amount)


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
    state = DebtState(outcome.target)
    due_from = _starts_on(at, kind, source) if state is DebtState.DUE else None
    arose = new_debt(at, kind, source, addressee, amount, state, due_from, nth)
    return [followed(at, arose, subject_of(at.case, arose.n))]


def fall_due(at: Situation[Any, Any], source: Subject) -> list[Event]:
    """`debt.fell_due` for each pending debt of the source that falls due with this act."""
    events = []
    for debt in at.case.debts_of(source.id):
        state = at.effect(SubjectKind.DEBT, debt, Trigger.FALL_DUE)
        if state is not None:
            events.append(followed(at, fallen_due(at, at.effective_on, state), debt.subject))
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
        followed(at, fallen_due(at, day, None), debt.subject)
        for debt in at.case.debts_of(source.id)
        if debt.addressee == addressee and debt.fell_due_on is not None and _runs_from_service(debt.kind, at.regime)
    ]


def restore(at: Situation[Any, Any], source: Subject, addressee: int | None, amount: Money) -> list[Event]:
    """What a service means for debts that are there: owed again from this day, where an earlier service proved void."""
    if all(debt.amount.minor for debt in at.case.debts_of(source.id)):
        return []
    return [*adjust(at, source, amount), *move_due(at, source, addressee, at.effective_on)]


def _starts_on(at: Situation[Any, Any], kind: DebtKind, source: Subject) -> date:
    """The day that starts the clock of payment: that of the act, or the last day forfeited where that makes it due."""
    if _runs_from_service(kind, at.regime):
        return at.effective_on
    return at.case.penalty_decision(source.id).to


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
    # The rows of `adjust` follow whatever changed the sum of the source.
    state: DebtState = at.effect(SubjectKind.DEBT, debt, Trigger.ADJUST, amount, cause=Trigger.ADJUST)
    yield followed(at, DebtAdjusted(amount=amount, before=debt.amount, state=state), debt.subject)
    for interest in at.case.debts_of(debt.id):
        assert interest.to is not None
        stated = charge(at.case, replace(debt, amount=amount), interest.to, at.regime, instead_of=interest.n)
        sum_ = Money(0, amount.currency) if isinstance(stated, NoInterest) else stated.amount
        yield from _adjusted(at, interest, sum_)


def _settled(at: Situation[Debt, Money]) -> DebtState | None:
    """The state of a debt of which all that is owed now was paid, or more; None while something is to pay."""
    if at.thing.paid > at.content.minor:
        return DebtState.REFUND_DUE
    return DebtState.PAID if at.thing.paid == at.content.minor else None


def _owed_otherwise(at: Situation[Debt, Money]) -> DebtState | Same:
    if at.thing.paid == at.content.minor == 0:
        return DebtState.CANCELLED
    return _settled(at) or SAME


def _settled_otherwise(at: Situation[Debt, Money]) -> DebtState:
    return _settled(at) or claimed(at)


def _owed_again(at: Situation[Debt, Money]) -> DebtState:
    """Due where what made it due holds: the court's decision, or the finality of a penalty whose basis was gone."""
    debt = at.thing
    of_penalty = debt.source_kind is SubjectKind.PENALTY_DECISION
    final = of_penalty and at.case.penalty_decision(debt.source).final_on is not None
    due_before = debt.fell_due_on is not None and (final or debt_days.due_event(at.regime) == "court_decision")
    return DebtState.DUE if due_before or due_at_once(at) else DebtState.PENDING


def _adjustment(sources: tuple[DebtState, ...], target: Chosen) -> Row:
    return effect(
        Trigger.ADJUST,
        trigger=Trigger.ADJUST,
        sources=sources,
        target=target,
        label="The act it arose from fixes another sum",
        ground="what a ruling or a withdrawal takes away is not owed",
    )


ADJUSTMENTS: tuple[Row, ...] = (
    _adjustment(
        (*OPEN, *GIVEN_UP),
        Chosen((DebtState.CANCELLED, DebtState.REFUND_DUE, DebtState.PAID, SAME), _owed_otherwise),
    ),
    _adjustment((DebtState.PAID,), Chosen((DebtState.REFUND_DUE, DebtState.PARTLY_PAID), _settled_otherwise)),
    _adjustment(
        (DebtState.REFUND_DUE, DebtState.REFUNDED),
        Chosen((DebtState.REFUND_DUE, DebtState.PAID, DebtState.PARTLY_PAID, DebtState.DUE), _settled_otherwise),
    ),
    _adjustment((DebtState.CANCELLED,), Chosen((DebtState.DUE, DebtState.PENDING), _owed_again)),
)
