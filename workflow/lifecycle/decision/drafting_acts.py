"""The orders and clauses of a draft: one event each, by number, against what the draft held before."""

from collections.abc import Iterator, Mapping
from typing import Any

from workflow.lifecycle.decision.contents import ClauseContent, DraftContent, OrderContent
from workflow.lifecycle.facts import CaseFacts, Clause, Decision, Order, child_id
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.codec import structure, unstructure
from workflow.lifecycle.kernel.events import Event, EventType, Subject, Untyped
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import with_clause, with_decision, with_order
from workflow.lifecycle.vocabulary import Liability, SubjectKind


def events(
    at: Situation[Any, Any], decision: str, number: int, content: DraftContent, before: Decision | None
) -> list[Event]:
    """What the new draft makes of the orders and clauses: drafted, revised where the number stood before, discarded."""
    orders = {child_id(at.case.id, "order", f"{number}.{order.n}"): unstructure(order) for order in content.orders}
    clauses = {
        child_id(at.case.id, "penalty_clause", f"{number}.{clause.n}.{addressee or 'all'}"): unstructure(clause)
        | {"covers": list(covers), "addressee": addressee}
        for clause in content.clauses
        for addressee, covers in _debtors(clause, content.orders)
    }
    orders_before = {order.id for order in before.orders} if before else set()
    clauses_before = {clause.id for clause in before.clauses} if before else set()
    return [
        *_changes(at, decision, SubjectKind.ORDER, orders, orders_before),
        *_changes(at, decision, SubjectKind.PENALTY_CLAUSE, clauses, clauses_before),
    ]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after an order or a clause was drafted, revised or discarded."""
    decision = case.decision(event.data["decision"])
    content = {"id": event.subject.id} | {key: value for key, value in event.data.items() if key != "decision"}
    match event.type:
        case EventType.ORDER_DRAFTED | EventType.ORDER_REVISED:
            return with_order(case, decision, structure(Order, content))
        case EventType.CLAUSE_DRAFTED | EventType.CLAUSE_REVISED:
            return with_clause(case, decision, structure(Clause, content))
        case EventType.ORDER_DISCARDED:
            return with_decision(case, _without(decision, orders=event.subject.id))
        case EventType.CLAUSE_DISCARDED:
            return with_decision(case, _without(decision, clauses=event.subject.id))
        case _:
            raise AssertionError(f"{event.type} is not about a draft")


_TYPES = {
    SubjectKind.ORDER: (EventType.ORDER_DRAFTED, EventType.ORDER_REVISED, EventType.ORDER_DISCARDED),
    SubjectKind.PENALTY_CLAUSE: (EventType.CLAUSE_DRAFTED, EventType.CLAUSE_REVISED, EventType.CLAUSE_DISCARDED),
}


def _changes(
    at: Situation[Any, Any], decision: str, kind: SubjectKind, now: Mapping[str, dict[str, Any]], before: set[str]
) -> Iterator[Event]:
    drafted, revised, discarded = _TYPES[kind]
    for id, content in now.items():
        yield _event(at, kind, id, revised if id in before else drafted, {"decision": decision, **content})
    for id in sorted(before - now.keys()):
        yield _event(at, kind, id, discarded, {"decision": decision})


def _event(at: Situation[Any, Any], kind: SubjectKind, id: str, type_: EventType, data: dict[str, Any]) -> Event:
    return Event(
        subject=Subject(kind, id),
        payload=Untyped(of=type_, members=data),
        actor=at.actor.account,
        effective_on=at.effective_on,
    )


def _debtors(clause: ClauseContent, orders: tuple[OrderContent, ...]) -> list[tuple[int | None, tuple[int, ...]]]:
    """Who owes under a clause, with the orders covered: all together when joint, else each addressee for its own."""
    if clause.liability is Liability.JOINT:
        return [(None, clause.covers)]
    addressee_of = {order.n: order.addressee for order in orders}
    addressees = sorted({addressee_of[n] for n in clause.covers})
    return [(each, tuple(n for n in clause.covers if addressee_of[n] == each)) for each in addressees]


def _without(decision: Decision, orders: str = "", clauses: str = "") -> Decision:
    return replace(
        decision,
        orders=tuple(order for order in decision.orders if order.id != orders),
        clauses=tuple(clause for clause in decision.clauses if clause.id != clauses),
    )


FOLDS = dict.fromkeys(
    (
        EventType.ORDER_DRAFTED,
        EventType.ORDER_REVISED,
        EventType.ORDER_DISCARDED,
        EventType.CLAUSE_DRAFTED,
        EventType.CLAUSE_REVISED,
        EventType.CLAUSE_DISCARDED,
    ),
    evolve,
)
