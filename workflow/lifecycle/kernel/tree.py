"""Putting a changed thing back into the frozen tree, and the events that do nothing else."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from workflow.lifecycle.facts import CaseFacts, Clause, Debt, Decision, Filing, Order, PenaltyDecision
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, Payload, Subject
from workflow.lifecycle.vocabulary import SubjectKind


class Numbered(Protocol):
    """What has an id and a number among its kind."""

    @property
    def id(self) -> str:
        """The id."""

    @property
    def n(self) -> int:
        """The number."""


Thing = TypeVar("Thing", bound=Numbered)
T = TypeVar("T")


def with_decision(case: CaseFacts, changed: Decision) -> CaseFacts:
    """The case with this decision in the place of the one with its id, or added."""
    return replace(case, decisions=_put(case.decisions, changed))


def with_order(case: CaseFacts, decision: Decision, changed: Order) -> CaseFacts:
    """The case with this order of the decision replaced or added; orders stay in the order of their numbers."""
    return with_decision(case, replace(decision, orders=_put(decision.orders, changed)))


def with_clause(case: CaseFacts, decision: Decision, changed: Clause) -> CaseFacts:
    """The case with this clause of the decision replaced or added."""
    return with_decision(case, replace(decision, clauses=_put(decision.clauses, changed)))


def with_penalty(case: CaseFacts, changed: PenaltyDecision) -> CaseFacts:
    """The case with this penalty decision replaced or added."""
    return replace(case, penalty_decisions=_put(case.penalty_decisions, changed))


def with_debt(case: CaseFacts, changed: Debt) -> CaseFacts:
    """The case with this debt replaced or added."""
    return replace(case, debts=_put(case.debts, changed))


def with_filing(case: CaseFacts, changed: Filing) -> CaseFacts:
    """The case with this filing replaced or added."""
    return replace(case, filings=_put(case.filings, changed))


def changed(case: CaseFacts, subject: Subject, change: Callable[[Any], Any]) -> CaseFacts:
    """The case with a thing that is there changed, in its place."""
    match subject.kind:
        case SubjectKind.DECISION:
            return with_decision(case, change(case.decision(subject.id)))
        case SubjectKind.ORDER:
            decision, order = case.order(subject.id)
            return with_order(case, decision, change(order))
        case SubjectKind.PENALTY_CLAUSE:
            decision, clause = case.clause(subject.id)
            return with_clause(case, decision, change(clause))
        case SubjectKind.PENALTY_DECISION:
            return with_penalty(case, change(case.penalty_decision(subject.id)))
        case SubjectKind.FILING:
            return with_filing(case, change(case.filing(subject.id)))
        case _:
            return with_debt(case, change(case.debt(subject.id)))


class Of(Payload, Generic[T]):
    """An event of a decision, order, clause, penalty decision, filing or debt that is there: it changes that thing."""

    __slots__ = ()

    @abstractmethod
    def on(self, thing: T, event: Event, /) -> T:
        """The thing after it."""

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with the thing as it then is."""
        return changed(case, event.subject, lambda thing: self.on(thing, event))


def _put(things: tuple[Thing, ...], changed: Thing) -> tuple[Thing, ...]:
    kept = [changed if thing.id == changed.id else thing for thing in things]
    if changed not in kept:
        kept = sorted([*kept, changed], key=lambda thing: thing.n)
    return tuple(kept)
