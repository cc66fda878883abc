"""The rulings of courts on an adopted act, and what each item of one does to the act, its parts and what is owed.

What is owed under a penalty decision also changes when the decision, the clause or the orders it rests on fall away or
come back, by a ruling or otherwise.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.debt import effects as debt_effects
from workflow.lifecycle.facts import AdoptedAct, CaseFacts, Decision, PenaltyDecision, Ruling, RulingItem
from workflow.lifecycle.facts.frozen import copied, replace
from workflow.lifecycle.kernel.events import Event, Payload, event, shared, told
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import Of, with_decision, with_penalty
from workflow.lifecycle.kernel.writing import followed, written
from workflow.lifecycle.order.ruled import (
    annul_limb,
    annul_order,
    reinstate_limb,
    reinstate_order,
    suspend_limb,
    suspend_order,
)
from workflow.lifecycle.penalty_clause.basis import basis_gone
from workflow.lifecycle.penalty_clause.ruled import annul_clause, reinstate_clause, suspend_clause
from workflow.lifecycle.proceedings.adopted import in_state, sum_of
from workflow.lifecycle.proceedings.contents import RulingContent
from workflow.lifecycle.proceedings.rulings_guards import clauses_of
from workflow.lifecycle.vocabulary import (
    Audience,
    DecisionState,
    ItemKind,
    PenaltyDecisionState,
    RulingOutcome,
    State,
    Trigger,
)

_MOVES_A_BASIS = frozenset({Trigger.RECORD_RULING, Trigger.RECORD_ANNULMENT, Trigger.LIFT, Trigger.WITHDRAW})
_EXAMPLE = Money(10_000_000, "EUR")

Ruled = Situation[AdoptedAct, RulingContent]


@shared
class RulingRecorded(Of[AdoptedAct]):
    """A court ruled on an appeal, item by item; it is for the party that appealed."""

    addressee: int
    n: int
    appeal: int = told("The number of the appeal.", 1)
    ruled_on: date = told("The day of the ruling.", date(2023, 5, 9))
    court: str = told("The court.", "Conseil d'État")
    final: bool = told("Whether no further appeal is open.", True)
    items: tuple[RulingItem, ...]

    def on(self, act: AdoptedAct, event: Event) -> AdoptedAct:
        """With one ruling more; a final one ends the appeal."""
        ruling = copied(Ruling, self)
        appeals = tuple(
            replace(each, open=False) if self.final and each.n == self.appeal else each for each in act.appeals
        )
        return replace(act, rulings=(*act.rulings, ruling), appeals=appeals)


@event("decision.ruling_recorded", Audience.SERVED)
class DecisionRulingRecorded(RulingRecorded):
    """A court ruled on the appeal against the decision."""


@event("penalty_decision.ruling_recorded", Audience.SERVED)
class PenaltyRulingRecorded(RulingRecorded):
    """A court ruled on the appeal against the penalty decision."""


@shared
class AnnulledOrReinstated(Of[AdoptedAct]):
    """A court annulled an act as a whole, or reversed that: it is not final."""

    state: State

    def on(self, act: AdoptedAct, event: Event) -> AdoptedAct:
        """In its new state."""
        return replace(in_state(act, self.state), final_on=None)


@event("decision.annulled", Audience.SERVED)
class DecisionAnnulled(AnnulledOrReinstated):
    """A court annulled the decision: its orders, its clauses and its fine go with it."""

    state: DecisionState


@event("decision.reinstated", Audience.SERVED)
class DecisionReinstated(AnnulledOrReinstated):
    """The annulment of the decision was reversed: what went with it comes back."""

    state: DecisionState


@event("penalty_decision.annulled", Audience.SERVED)
class PenaltyAnnulled(AnnulledOrReinstated):
    """A court annulled the penalty decision: nothing is owed under it."""

    state: PenaltyDecisionState


@event("penalty_decision.reinstated", Audience.SERVED)
class PenaltyReinstated(AnnulledOrReinstated):
    """The annulment of the penalty decision was reversed."""

    state: PenaltyDecisionState


@event("decision.fine_ruled", Audience.SERVED)
class DecisionFineRuled(Payload):
    """A court changed the fine of the decision: this sum is left of it."""

    state: DecisionState
    amount: Money = told("The sum.", _EXAMPLE)

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with that fine."""
        decision = case.decision(event.subject.id)
        return with_decision(case, replace(decision, state=self.state, fine_after_rulings=self.amount))


@event("penalty_decision.sum_ruled", Audience.SERVED)
class PenaltySumRuled(Payload):
    """A court changed the sum of the penalty decision."""

    state: PenaltyDecisionState
    amount: Money = told("The sum.", _EXAMPLE)

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with that sum."""
        penalty = case.penalty_decision(event.subject.id)
        return with_penalty(case, replace(penalty, state=self.state, fixed=self.amount))


def record_ruling(at: Ruled) -> list[Event]:
    """`….ruling_recorded` with its items, and what each of them does, told to others thing by thing."""
    act, content = at.thing, at.content
    appellant = next(each.addressee for each in act.appeals if each.n == content.appeal)
    ruled = DecisionRulingRecorded if isinstance(act, Decision) else PenaltyRulingRecorded
    events = [written(at, copied(ruled, content, addressee=appellant, n=len(act.rulings) + 1))]
    for item in content.items:
        if isinstance(act, Decision):
            events += _on_decision(at, act, item, appellant)
        else:
            events += _on_penalty(at, act, item)
    return events


def with_what_rests_on_it(
    at: Situation[Any, Any], events: list[Event], fold: Callable[[CaseFacts, Sequence[Event]], CaseFacts]
) -> list[Event]:
    """The events of an act, and `debt.adjusted` for the penalties whose basis it takes away or brings back.

    What rests on nothing is not asked for, and what was paid is given back; the body still declares it void. Reversed
    on appeal, the basis brings the debt back.
    """
    if at.command.trigger not in _MOVES_A_BASIS or not at.case.penalty_decisions:
        return events
    after = fold(at.case, events)
    adjusted: list[Event] = []
    for penalty in after.penalty_decisions:
        gone = basis_gone(after, penalty) is not None
        if gone is not (basis_gone(at.case, penalty) is not None):
            adjusted += debt_effects.adjust(at, penalty.subject, None if gone else penalty.owed)
    return [*events, *adjusted]


def _on_decision(at: Ruled, decision: Decision, item: RulingItem, appellant: int) -> Iterator[Event]:
    match item.item:
        case ItemKind.DECISION:
            yield from _on_the_whole(at, decision, item, appellant)
        case ItemKind.FINE:
            if (left := _fine_left(decision, item)) is not None:
                yield followed(at, DecisionFineRuled(state=at.target, amount=left), decision.subject)
                yield from debt_effects.adjust(at, decision.subject, left)
        case ItemKind.CLAUSE:
            for clause in clauses_of(decision, item.number, appellant):
                match item.outcome:
                    case RulingOutcome.ANNULLED:
                        yield from annul_clause(at, clause)
                    case RulingOutcome.REINSTATED:
                        yield from reinstate_clause(at, clause)
                    case RulingOutcome.SUSPENDED:
                        yield from suspend_clause(at, clause, at.effective_on)
        case _:
            yield from _on_an_order(at, decision, item)


def _fine_left(decision: Decision, item: RulingItem) -> Money | None:
    """What an item leaves of the fine, None where it leaves it as it is."""
    assert decision.fine is not None
    match item.outcome:
        case RulingOutcome.ANNULLED:
            return Money(0, decision.fine.currency)
        case RulingOutcome.REINSTATED:
            return decision.fine
        case RulingOutcome.REDUCED_TO | RulingOutcome.RAISED_TO:
            return item.amount
        case _:
            return None


def _on_an_order(at: Ruled, decision: Decision, item: RulingItem) -> list[Event]:
    assert item.number is not None
    order, items = decision.order(item.number), at.content.items
    match item.outcome, item.limb:
        case RulingOutcome.ANNULLED, None:
            return annul_order(at, order)
        case RulingOutcome.ANNULLED, limb if limb is not None:
            return annul_limb(at, order, limb, items)
        case RulingOutcome.REINSTATED, None:
            return reinstate_order(at, order)
        case RulingOutcome.REINSTATED, limb if limb is not None:
            return reinstate_limb(at, order, limb, items)
        case RulingOutcome.SUSPENDED, None:
            return suspend_order(at, order, at.effective_on)
        case RulingOutcome.SUSPENDED, limb if limb is not None:
            return suspend_limb(at, order, limb, at.effective_on)
    return []


def _on_the_whole(at: Ruled, decision: Decision, item: RulingItem, appellant: int) -> Iterator[Event]:
    """An annulment takes orders, clauses and the fine with it; its reversal brings them back."""
    match item.outcome:
        case RulingOutcome.ANNULLED:
            yield followed(at, DecisionAnnulled(state=at.target), decision.subject)
            for order in decision.orders:
                yield from annul_order(at, order)
            for clause in decision.clauses:
                yield from annul_clause(at, clause)
            yield from debt_effects.adjust(at, decision.subject, None)
        case RulingOutcome.REINSTATED:
            yield followed(at, DecisionReinstated(state=at.target), decision.subject)
            for order in decision.orders:
                yield from reinstate_order(at, order)
            for clause in decision.clauses:
                yield from reinstate_clause(at, clause)
            yield from debt_effects.adjust(at, decision.subject, sum_of(decision))
        case RulingOutcome.SUSPENDED:
            for order in decision.orders:
                if order.addressee == appellant:
                    yield from suspend_order(at, order, at.effective_on)


def _on_penalty(at: Ruled, penalty: PenaltyDecision, item: RulingItem) -> Iterator[Event]:
    subject = penalty.subject
    match item.outcome:
        case RulingOutcome.ANNULLED:
            yield followed(at, PenaltyAnnulled(state=at.target), subject)
            yield from debt_effects.adjust(at, subject, None)
        case RulingOutcome.REINSTATED:
            yield followed(at, PenaltyReinstated(state=at.target), subject)
            yield from debt_effects.adjust(at, subject, _asked_for(at, penalty, penalty.fixed or penalty.amount))
        case RulingOutcome.REDUCED_TO | RulingOutcome.RAISED_TO if item.amount is not None:
            yield followed(at, PenaltySumRuled(state=at.target, amount=item.amount), subject)
            yield from debt_effects.adjust(at, subject, _asked_for(at, penalty, item.amount))


def _asked_for(at: Ruled, penalty: PenaltyDecision, amount: Money) -> Money | None:
    """The sum, while what it rests on stands."""
    return amount if basis_gone(at.case, penalty) is None else None
