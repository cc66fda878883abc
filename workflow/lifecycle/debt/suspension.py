"""Suspension of the collection of a debt, and its end: no day of any clock is dropped."""

from typing import Any

from workflow.law.days import day_before
from workflow.lifecycle.debt.contents import CollectionResumptionContent, CollectionSuspensionContent
from workflow.lifecycle.debt.events import Dealing
from workflow.lifecycle.debt.states import PAYABLE
from workflow.lifecycle.facts import Debt, Suspension
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, event
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Chosen, Guard, Row, Situation
from workflow.lifecycle.kernel.writing import Says, written
from workflow.lifecycle.vocabulary import Audience, DebtState, Role, SuspensionEffect, SuspensionScope, Trigger

_ROLES = frozenset({Role.REGISTRAR, Role.DECISION_MAKER})
_WHO = ("registrar", "decision_maker")
_SUSPENDABLE = (DebtState.PENDING, *PAYABLE, DebtState.SECURED)


@event("debt.collection_suspended", Audience.INTERNAL)
class DebtCollectionSuspended(Dealing):
    """Nothing is collected from a day on."""

    n: int
    scope: SuspensionScope
    effect: SuspensionEffect

    def on(self, debt: Debt, event: Event) -> Debt:
        """Suspended; it remembers the state it was in."""
        begun = Suspension(n=self.n, scope=self.scope, effect=self.effect, from_=event.effective_on)
        return replace(debt, state=DebtState.SUSPENDED, before=debt.state, suspensions=(*debt.suspensions, begun))


@event("debt.collection_resumed", Audience.INTERNAL)
class DebtCollectionResumed(Dealing):
    """It is collected again from a day on: the day before was the last of the suspension."""

    state: DebtState

    def on(self, debt: Debt, event: Event) -> Debt:
        """On again."""
        last = day_before(event.effective_on)
        suspensions = tuple(replace(each, to=last) if each.to is None else each for each in debt.suspensions)
        return replace(debt, state=self.state, before=None, suspensions=suspensions)


def suspend(at: Situation[Debt, CollectionSuspensionContent]) -> list[Event]:
    """`debt.collection_suspended`."""
    n, content = len(at.thing.suspensions) + 1, at.content
    return [written(at, DebtCollectionSuspended(n=n, scope=content.scope, effect=content.effect))]


def _as_before(at: Situation[Debt, Any]) -> DebtState:
    """The state it was found in, unless it was paid in part since."""
    before = at.thing.before
    assert before is not None
    return DebtState.PARTLY_PAID if before is DebtState.DUE and at.thing.paid > 0 else before


def _collection_alone(at: Situation[Debt, CollectionSuspensionContent]) -> Denial | None:
    content = at.content
    if content.scope is SuspensionScope.COLLECTION and content.effect is SuspensionEffect.COLLECTION_ONLY:
        return None
    return Denial(
        detail=f"A debt has no {content.scope} to suspend with the effect {content.effect}; only its "
        "collection can be suspended.",
        reference="suspension of collection drops no day",
        satisfied_by="scope collection and effect collection_only; days are suspended on the order or the clause",
        who=_WHO,
    )


def _after_suspension_began(at: Situation[Debt, Any]) -> Denial | None:
    began = next((each.from_ for each in at.thing.suspensions if each.to is None), None)
    if began is None or at.effective_on > began:
        return None
    return Denial(
        detail=f"Collection would resume on {at.effective_on}; it is suspended from {began}.",
        reference="a suspension ends after it began",
        satisfied_by=f"a day after {began}",
        who=_WHO,
    )


COLLECTION_ALONE = Guard("collection_alone", content=_collection_alone)
AFTER_SUSPENSION_BEGAN = Guard("after_the_stay_began", state=_after_suspension_began)

ROWS: tuple[Row, ...] = (
    Row(
        trigger=Trigger.SUSPEND,
        sources=_SUSPENDABLE,
        target=DebtState.SUSPENDED,
        roles=_ROLES,
        label="Suspend collection",
        ground="a stay of collection; no day is dropped",
        guards=(NOT_BACKWARDS, COLLECTION_ALONE),
        takes=CollectionSuspensionContent,
        act=suspend,
    ),
    Row(
        trigger=Trigger.RESUME,
        sources=(DebtState.SUSPENDED,),
        target=Chosen(_SUSPENDABLE, _as_before, back=True),
        roles=_ROLES,
        label="Resume collection",
        ground="the stay of collection is over",
        guards=(AFTER_SUSPENSION_BEGAN,),
        takes=CollectionResumptionContent,
        act=Says(DebtCollectionResumed),
    ),
)
