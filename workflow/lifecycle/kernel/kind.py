"""What the house asks about a kind of thing: one object a kind, in the thing's own folder."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Generic, TypeVar

from workflow.law.regime import Regime, regime
from workflow.lifecycle.facts import AdoptedAct, CaseFacts, Decision
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.kernel.rules import Row
from workflow.lifecycle.vocabulary import SubjectKind

T = TypeVar("T")

Parties = frozenset[int]
"""Numbers of parties."""

NOBODY: Parties = frozenset()


@frozen(kw_only=True)
class Kind(Generic[T]):
    """A kind of thing of a case.

    `rows` is its machine. `things` gives the things of the kind in a case, in the order they came to be, and `decision`
    the one that holds a thing or that it is about, None where there is none. `concerns` gives the parties a thing is
    about, `told` those of them who were told of it: who was told once, is for good. `last_dates` are the legal dates of
    what was done to a thing so far: no act of the authority on it is dated before them.
    """

    kind: SubjectKind
    rows: tuple[Row, ...]
    things: Callable[[CaseFacts], Iterable[T]]
    decision: Callable[[CaseFacts, T], Decision | None]
    concerns: Callable[[CaseFacts, T], Parties]
    told: Callable[[CaseFacts, T], Parties]
    last_dates: Callable[[T], tuple[date | None, ...]]


def dates_of_an_act(act: AdoptedAct) -> tuple[date | None, ...]:
    """The last dates of a decision or a penalty decision: acts of the authority, services, rulings, finality."""
    served = (service.served_on for service in act.services)
    return (act.acted_on, *served, *(ruling.ruled_on for ruling in act.rulings), act.final_on)


def rules_under(case: CaseFacts, decision: Decision | None, day: date) -> Regime:
    """The version of the rules a decision was adopted under; before adoption, the one in force on this day."""
    if decision is not None and decision.regime is not None:
        return regime(decision.regime)
    return regime(case.regime, day)
