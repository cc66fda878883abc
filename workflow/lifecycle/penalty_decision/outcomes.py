"""How a penalty decision ends without a sum, or waits."""

from typing import Any

from workflow.lifecycle.debt import effects as debt_effects
from workflow.lifecycle.facts import PenaltyDecision
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, event, told
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import DECIDER, Guard, Row, Situation, before
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import Says, written
from workflow.lifecycle.penalty_clause.basis import basis_gone
from workflow.lifecycle.penalty_decision.contents import NoPenaltyContent, ReasonsContent
from workflow.lifecycle.vocabulary import Audience, DaysAfter, Role, Trigger
from workflow.lifecycle.vocabulary import PenaltyDecisionState as State


@event("penalty_decision.closed_without_penalty", Audience.SERVED)
class PenaltyClosed(Of[PenaltyDecision]):
    """There is no sum for these days, which stay open to another proposal or are released for good."""

    days: DaysAfter = told("What becomes of its days.", DaysAfter.RELEASED)

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """Closed."""
        closed = State.CLOSED_WITHOUT_PENALTY
        return replace(penalty, state=closed, days_after=self.days, acted_on=event.effective_on)


@event("penalty_decision.put_in_abeyance", Audience.INTERNAL)
class PenaltyPutInAbeyance(Of[PenaltyDecision]):
    """It waits where it is; its window for observations runs on."""

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """In abeyance; it remembers the state it was in."""
        waiting = State.IN_ABEYANCE
        return replace(penalty, state=waiting, before=penalty.state, acted_on=event.effective_on)


@event("penalty_decision.resumed", Audience.INTERNAL)
class PenaltyResumed(Of[PenaltyDecision]):
    """It goes on where it was."""

    state: State

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """On again."""
        return replace(penalty, state=self.state, before=None, acted_on=event.effective_on)


@event("penalty_decision.withdrawn", Audience.SERVED)
class PenaltyWithdrawn(Of[PenaltyDecision]):
    """It fixes nothing, its days are free, and what was paid is given back."""

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """Withdrawn."""
        return replace(penalty, state=State.WITHDRAWN, acted_on=event.effective_on)


@event("penalty_decision.declared_void", Audience.SERVED)
class PenaltyDeclaredVoid(Of[PenaltyDecision]):
    """What it rested on fell away, and it with it."""

    because: str

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """Void."""
        return replace(penalty, state=State.VOID, acted_on=event.effective_on)


def withdraw(at: Situation[PenaltyDecision, ReasonsContent]) -> list[Event]:
    """`penalty_decision.withdrawn`, and `debt.adjusted` where something is owed by it."""
    return [written(at, PenaltyWithdrawn()), *debt_effects.adjust(at, at.thing.subject, None)]


def declare_void(at: Situation[PenaltyDecision, ReasonsContent]) -> list[Event]:
    """`penalty_decision.declared_void`, and `debt.adjusted` where something is owed by it."""
    gone = at.work_out(_gone)
    assert gone is not None
    return [written(at, PenaltyDeclaredVoid(because=gone)), *debt_effects.adjust(at, at.thing.subject, None)]


def _gone(at: Situation[PenaltyDecision, Any]) -> str | None:
    return basis_gone(at.case, at.thing)


def _basis_is_gone(at: Situation[PenaltyDecision, Any]) -> Denial | None:
    if at.work_out(_gone) is not None:
        return None
    return Denial(
        detail="What it rests on still stands: the decision, the clause, and an order under it.",
        reference="a penalty decision falls with its order",
        satisfied_by="record what made its basis fall away first, or withdraw it with reasons",
        who=("registrar", "decision_maker"),
    )


BASIS_IS_GONE = Guard("basis_is_gone", state=_basis_is_gone)

_KEEPS_TIME = frozenset({Role.DECISION_MAKER, Role.HEAD_OF_ENFORCEMENT, Role.COMMITTEE_SECRETARY})
_BUSINESS = "the body orders its own business"
_IN_WORK = (State.DRAFT, State.GROUNDS_NOTIFIED, State.IN_DELIBERATION)
_BEFORE_ADOPTION = (State.PROPOSED, *_IN_WORK)
_ALIVE = (*_BEFORE_ADOPTION, State.IN_ABEYANCE, State.ADOPTED, State.REDUCED, State.FINAL)

ROWS: tuple[Row, ...] = (
    Row(
        trigger=Trigger.CLOSE_WITHOUT_PENALTY,
        sources=_BEFORE_ADOPTION,
        target=State.CLOSED_WITHOUT_PENALTY,
        roles=DECIDER,
        label="Close without a penalty",
        ground="a penalty is fixed, not owed, by the clause",
        guards=(NOT_BACKWARDS,),
        takes=NoPenaltyContent,
        act=Says(PenaltyClosed),
    ),
    Row(
        trigger=Trigger.PUT_IN_ABEYANCE,
        sources=_IN_WORK,
        target=State.IN_ABEYANCE,
        roles=_KEEPS_TIME,
        label="Put in abeyance",
        ground=_BUSINESS,
        guards=(NOT_BACKWARDS,),
        act=Says(PenaltyPutInAbeyance),
    ),
    Row(
        trigger=Trigger.RESUME,
        sources=(State.IN_ABEYANCE,),
        target=before(*_IN_WORK),
        roles=_KEEPS_TIME,
        label="Resume",
        ground=_BUSINESS,
        guards=(NOT_BACKWARDS,),
        act=Says(PenaltyResumed),
    ),
    Row(
        trigger=Trigger.WITHDRAW,
        sources=_ALIVE,
        target=State.WITHDRAWN,
        roles=DECIDER,
        label="Withdraw; its days are free again",
        ground="who decides may undo what burdens a party",
        guards=(NOT_BACKWARDS,),
        takes=ReasonsContent,
        act=withdraw,
    ),
    Row(
        trigger=Trigger.DECLARE_VOID,
        sources=_ALIVE,
        target=State.VOID,
        roles=DECIDER,
        label="Declare void: what it rested on fell away",
        ground="a penalty decision falls with its order",
        guards=(NOT_BACKWARDS, BASIS_IS_GONE),
        takes=ReasonsContent,
        act=declare_void,
    ),
)
