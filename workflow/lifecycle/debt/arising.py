"""How a debt arises and falls due: with the act that fixes it, at finality, or by the decision of a court."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law import debt_days
from workflow.law.money import Money
from workflow.law.regime import regime
from workflow.lifecycle.debt.contents import DueContent
from workflow.lifecycle.debt.guards import AFTER_IT_AROSE
from workflow.lifecycle.debt.states import claimed
from workflow.lifecycle.facts import CaseFacts, Debt, child_id
from workflow.lifecycle.facts.frozen import copied, frozen, replace
from workflow.lifecycle.kernel.events import Event, Payload, Subject, event
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import REGISTRAR, SAME, Chosen, Guard, Row, Situation, effect
from workflow.lifecycle.kernel.tree import Of, with_debt
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.vocabulary import Audience, DebtKind, DebtState, SubjectKind, Trigger

Receipt = Mapping[str, Any]


@frozen(kw_only=True)
class InterestDays:
    """The days that interest is for, both included."""

    from_: date
    to: date


@event("debt.arose", Audience.INTERNAL)
class DebtArose(Payload):
    """A fine, a penalty or interest is owed: due with its last day of payment, or pending.

    `addressee` is None for a joint debt. `receipt` is that of the last day of payment, `statement` that of interest.
    """

    n: int
    kind: DebtKind
    source_kind: SubjectKind
    source: str
    addressee: int | None
    amount: Money
    state: DebtState
    collected_by: str | None = None
    fell_due_on: date | None = None
    due_by: date | None = None
    receipt: Receipt | None = None
    days: InterestDays | None = None
    statement: Receipt | None = None

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with a new debt."""
        debt = copied(Debt, self, id=event.subject.id, arose_on=event.effective_on)
        days = self.days
        return with_debt(case, debt if days is None else replace(debt, from_=days.from_, to=days.to))


@event("debt.fell_due", Audience.INTERNAL)
class DebtFellDue(Of[Debt]):
    """It can be claimed from a day on, and must be paid by another; where it is `moved`, its days alone change."""

    fell_due_on: date
    due_by: date | None = None
    receipt: Receipt | None = None
    state: DebtState | None = None
    moved: bool = False

    def on(self, debt: Debt, event: Event) -> Debt:
        """With its days; while its collection is suspended it is due when that ends."""
        days = replace(debt, due_by=self.due_by, fell_due_on=self.fell_due_on)
        if self.state is None:
            return days
        before = DebtState.DUE if debt.state is DebtState.SUSPENDED else None
        return replace(days, state=self.state, before=before)


def new_debt(
    at: Situation[Any, Any],
    kind: DebtKind,
    source: Subject,
    addressee: int | None,
    amount: Money,
    state: DebtState,
    due_from: date | None,
    nth: int = 0,
) -> DebtArose:
    """What the event says of a new debt, due from this day on if it is due; `nth` counts those before it in one act."""
    arose = DebtArose(
        n=len(at.case.debts) + nth + 1,
        kind=kind,
        source_kind=source.kind,
        source=source.id,
        addressee=addressee,
        amount=amount,
        state=state,
        collected_by=debt_days.collector(at.regime),
    )
    if due_from is None:
        return arose
    due_by, receipt = _last_day(at, due_from)
    return replace(arose, fell_due_on=due_from, due_by=due_by, receipt=receipt)


def fallen_due(at: Situation[Any, Any], day: date, state: DebtState | None) -> DebtFellDue:
    """What the event says of a debt due from this day on; without a state its days alone move."""
    due_by, receipt = _last_day(at, day)
    return DebtFellDue(fell_due_on=day, due_by=due_by, receipt=receipt, state=state, moved=state is None)


def subject_of(case: CaseFacts, n: int) -> Subject:
    """The n-th debt of the case."""
    return Subject(SubjectKind.DEBT, child_id(case.id, "debt", n))


def due_at_once(at: Situation[Any, Any]) -> bool:
    """Whether a debt is due from the day it arises."""
    return debt_days.due_event(at.regime) in debt_days.AT_ONCE


def fall_due(at: Situation[Debt, DueContent]) -> list[Event]:
    """`debt.fell_due` from the day of the court's decision."""
    return [written(at, fallen_due(at, at.effective_on, at.target))]


def _last_day(at: Situation[Any, Any], day: date) -> tuple[date | None, Receipt | None]:
    """The last day of payment with its receipt, under the version of the regime in force on the day that starts it."""
    computed = debt_days.payment_clock(day, regime(at.case.regime, day))
    return (None, None) if computed is None else (date.fromisoformat(computed["result"]["last_day"]), computed)


def _no_effect(detail: str) -> Denial:
    return Denial(detail=detail, reference="the sums and days recorded", satisfied_by="nothing: another row fits")


def _due_at_finality(at: Situation[Debt, Any]) -> Denial | None:
    if debt_days.due_event(at.regime) == "finality":
        return None
    return _no_effect(f"Under {at.regime.pin} a debt does not fall due at finality.")


def _was_pending(at: Situation[Debt, Any]) -> Denial | None:
    return None if at.thing.before is DebtState.PENDING else _no_effect("It was not pending when it was suspended.")


def _due_by_court(at: Situation[Debt, Any]) -> Denial | None:
    cited = at.regime.values["debt.due"]
    if cited.value == "court_decision":
        return None
    return Denial(
        detail=f"Under {at.regime.pin} a debt falls due at {str(cited.value).replace('_', ' ')}; nobody records that "
        "by hand.",
        reference=cited.ref,
        satisfied_by="record the finality of the decision it arose from",
        who=("registrar",),
    )


DUE_AT_FINALITY = Guard("due_at_finality", state=_due_at_finality)
DUE_BY_COURT = Guard("due_by_court", state=_due_by_court)
WAS_PENDING = Guard("was_pending", state=_was_pending)

ROWS: tuple[Row, ...] = (
    *(
        effect(
            cause,
            trigger=Trigger.ARISE,
            sources=(DebtState.ABSENT,),
            target=Chosen(
                (DebtState.DUE, DebtState.PENDING), lambda at: DebtState.DUE if due_at_once(at) else DebtState.PENDING
            ),
            label="Arises",
            ground="what an adopted act fixes is owed from its service on",
        )
        for cause in (Trigger.RECORD_SERVICE, Trigger.RECORD_RULING)
    ),
    Row(
        trigger=Trigger.FALL_DUE,
        sources=(DebtState.PENDING,),
        target=Chosen((DebtState.PARTLY_PAID, DebtState.DUE), claimed),
        roles=REGISTRAR,
        label="Record the court's decision that makes it due",
        ground="a court decides what is due",
        guards=(DUE_BY_COURT, AFTER_IT_AROSE),
        takes=DueContent,
        act=fall_due,
    ),
    effect(
        Trigger.RECORD_FINALITY,
        trigger=Trigger.FALL_DUE,
        sources=(DebtState.PENDING,),
        target=Chosen((DebtState.PARTLY_PAID, DebtState.DUE), claimed),
        label="Falls due",
        ground="the act it arose from is final",
        guards=(DUE_AT_FINALITY,),
    ),
    effect(
        Trigger.RECORD_FINALITY,
        trigger=Trigger.FALL_DUE,
        sources=(DebtState.SUSPENDED,),
        target=SAME,
        label="Falls due while collection is suspended",
        ground="the act it arose from is final",
        guards=(DUE_AT_FINALITY, WAS_PENDING),
    ),
)
