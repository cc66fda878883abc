"""What one item of a ruling does to the act, its orders, its clauses and what is owed under it."""

from collections.abc import Iterator
from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.debt import effects as debt_effects
from workflow.lifecycle.facts import Decision, PenaltyDecision, RulingItem
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.writing import followed
from workflow.lifecycle.order.ruled import (
    annul_limb,
    annul_order,
    reinstate_limb,
    reinstate_order,
    suspend_limb,
    suspend_order,
)
from workflow.lifecycle.penalty_clause.ruled import annul_clause, reinstate_clause, suspend_clause
from workflow.lifecycle.penalty_decision.sums import basis_gone
from workflow.lifecycle.proceedings.rulings_guards import clauses_of, sum_of
from workflow.lifecycle.proceedings.served import AdoptedAct
from workflow.lifecycle.vocabulary import ItemKind, RulingOutcome


def of_item(at: Situation[Any, Any], act: AdoptedAct, item: RulingItem, appellant: int) -> Iterator[Event]:
    """The events that follow from one item."""
    return _on_decision(at, act, item, appellant) if isinstance(act, Decision) else _on_penalty(at, act, item)


def _on_decision(at: Situation[Any, Any], decision: Decision, item: RulingItem, appellant: int) -> Iterator[Event]:
    match item.item:
        case ItemKind.DECISION:
            yield from _on_the_whole(at, decision, item, appellant)
        case ItemKind.FINE:
            if (left := _fine_left(decision, item)) is not None:
                ruled_on = {"state": at.target.value, "amount": left.to_json()}
                yield followed(at, EventType.DECISION_FINE_RULED, at.command.subject, ruled_on)
                yield from debt_effects.adjust(at, at.command.subject, left)
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


def _on_an_order(at: Situation[Any, Any], decision: Decision, item: RulingItem) -> list[Event]:
    order = next(order for order in decision.orders if order.n == item.number)
    match item.outcome, item.limb:
        case RulingOutcome.ANNULLED, None:
            return annul_order(at, order)
        case RulingOutcome.ANNULLED, limb if limb is not None:
            return annul_limb(at, order, limb, at.content.items)
        case RulingOutcome.REINSTATED, None:
            return reinstate_order(at, order)
        case RulingOutcome.REINSTATED, limb if limb is not None:
            return reinstate_limb(at, order, limb, at.content.items)
        case RulingOutcome.SUSPENDED, None:
            return suspend_order(at, order, at.effective_on)
        case RulingOutcome.SUSPENDED, limb if limb is not None:
            return suspend_limb(at, order, limb, at.effective_on)
    return []


def _on_the_whole(at: Situation[Any, Any], decision: Decision, item: RulingItem, appellant: int) -> Iterator[Event]:
    """An annulment takes orders, clauses and the fine with it; its reversal brings them back."""
    match item.outcome:
        case RulingOutcome.ANNULLED:
            yield followed(at, EventType.DECISION_ANNULLED, at.command.subject, {"state": at.target.value})
            for order in decision.orders:
                yield from annul_order(at, order)
            for clause in decision.clauses:
                yield from annul_clause(at, clause)
            yield from debt_effects.adjust(at, at.command.subject, None)
        case RulingOutcome.REINSTATED:
            yield followed(at, EventType.DECISION_REINSTATED, at.command.subject, {"state": at.target.value})
            for order in decision.orders:
                yield from reinstate_order(at, order)
            for clause in decision.clauses:
                yield from reinstate_clause(at, clause)
            yield from debt_effects.adjust(at, at.command.subject, sum_of(decision))
        case RulingOutcome.SUSPENDED:
            for order in decision.orders:
                if order.addressee == appellant:
                    yield from suspend_order(at, order, at.effective_on)


def _on_penalty(at: Situation[Any, Any], penalty: PenaltyDecision, item: RulingItem) -> Iterator[Event]:
    subject = at.command.subject
    state = {"state": at.target.value}
    match item.outcome:
        case RulingOutcome.ANNULLED:
            yield followed(at, EventType.PENALTY_ANNULLED, subject, state)
            yield from debt_effects.adjust(at, subject, None)
        case RulingOutcome.REINSTATED:
            yield followed(at, EventType.PENALTY_REINSTATED, subject, state)
            yield from debt_effects.adjust(at, subject, _asked_for(at, penalty, penalty.fixed or penalty.amount))
        case RulingOutcome.REDUCED_TO | RulingOutcome.RAISED_TO if item.amount is not None:
            amount = {"amount": item.amount.to_json()}
            yield followed(at, EventType.PENALTY_SUM_RULED, subject, state | amount)
            yield from debt_effects.adjust(at, subject, _asked_for(at, penalty, item.amount))


def _asked_for(at: Situation[Any, Any], penalty: PenaltyDecision, amount: Money) -> Money | None:
    """The sum, while what it rests on stands."""
    return amount if basis_gone(at.case, penalty) is None else None
