"""How a decision comes out: published, withdrawn with all that hangs on it; a formal notice closed or referred."""

from datetime import date
from typing import Any

from workflow.lifecycle.debt import effects as debt_effects
from workflow.lifecycle.decision.contents import PublicationContent, WithdrawalContent
from workflow.lifecycle.decision.events import OfDecision
from workflow.lifecycle.facts import CaseFacts, Decision
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, Payload, event, told
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.kernel.tree import with_decision
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.order.clock import started
from workflow.lifecycle.order.ruled import lift_order
from workflow.lifecycle.penalty_clause.ruled import lift_clause
from workflow.lifecycle.vocabulary import Audience, DecisionState, Form, OrderState, Retroactivity

ENDED = frozenset({OrderState.COMPLIED, OrderState.CLOSED, OrderState.LIFTED, OrderState.LAPSED, OrderState.ANNULLED})
"""The states of an order that binds no more, or was met."""


@event("decision.published", Audience.INTERNAL)
class DecisionPublished(Payload):
    """The decision was made public."""

    published_on: date

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with the decision published."""
        return with_decision(case, replace(case.decision(event.subject.id), published_on=self.published_on))


@event("decision.withdrawn", Audience.SERVED)
class DecisionWithdrawn(OfDecision):
    """The authority took the decision back, from a day on or as if it had never been; a draft without effect."""

    effect: Retroactivity | None = told("What it does to the days before.", Retroactivity.EX_NUNC, default=None)

    def on(self, decision: Decision, event: Event) -> Decision:
        """Withdrawn."""
        day = event.effective_on
        return replace(decision, state=DecisionState.WITHDRAWN, withdrawn_on=day, withdrawn_as=self.effect)


@event("decision.closed", Audience.INTERNAL)
class DecisionClosed(OfDecision):
    """A formal notice was followed."""

    def on(self, decision: Decision, event: Event) -> Decision:
        """Closed."""
        return replace(decision, state=DecisionState.CLOSED)


@event("decision.referred", Audience.INTERNAL)
class DecisionReferred(OfDecision):
    """A formal notice goes to the deciding body."""

    def on(self, decision: Decision, event: Event) -> Decision:
        """Referred."""
        return replace(decision, state=DecisionState.REFERRED)


def record_publication(at: Situation[Decision, PublicationContent]) -> list[Event]:
    """`decision.published`, and the clocks that run from publication start."""
    day = at.content.published_on
    return [written(at, DecisionPublished(published_on=day)), *started(at, replace(at.thing, published_on=day))]


def withdraw(at: Situation[Decision, WithdrawalContent | None]) -> list[Event]:
    """`decision.withdrawn`, and the end of all that hangs on it: orders, clauses, and ex tunc what is owed.

    A draft is withdrawn without more. Ex nunc what was owed stays owed.
    """
    decision, effect = at.thing, at.content.effect if at.content is not None else None
    if decision.adopted_on is None or effect is None:
        return [written(at, DecisionWithdrawn())]
    events = [written(at, DecisionWithdrawn(effect=effect))]
    for order in decision.orders:
        events += lift_order(at, order, effect)
    for clause in decision.clauses:
        events += lift_clause(at, clause, effect)
    if effect is Retroactivity.EX_TUNC:
        events += debt_effects.adjust(at, decision.subject, None)
    return events


def _formal_notice(at: Situation[Decision, Any]) -> Denial | None:
    if at.thing.form is Form.FORMAL_NOTICE:
        return None
    return Denial(
        detail="This is a corrective decision: it becomes final, its orders are closed one by one.",
        reference="a formal notice alone is closed or referred as a whole",
        satisfied_by="record_finality, and close on each order",
        who=("registrar", "case_officer"),
    )


def _orders_ended(at: Situation[Decision, Any]) -> Denial | None:
    open_ = [order for order in at.thing.orders if order.state not in ENDED]
    if not open_:
        return None
    named = ", ".join(f"{order.n} ({order.state.value})" for order in open_)
    return Denial(
        detail=f"Of the orders of this notice these are not met, lifted or lapsed: {named}.",
        reference="a formal notice is closed when what it demands is done",
        satisfied_by="accept_compliance, lift or record_lapse on each; or refer the matter",
        who=("case_officer", "decision_maker", "head_of_enforcement"),
    )


def _says_the_effect(at: Situation[Decision, WithdrawalContent]) -> Denial | None:
    if at.content.effect is not None:
        return None
    return Denial(
        detail="The withdrawal of an adopted decision says whether it ends from now on or as if it had never been.",
        reference="a withdrawal states its effect in time",
        satisfied_by="data.effect: ex_nunc or ex_tunc",
        who=("decision_maker",),
    )


def _not_published(at: Situation[Decision, Any]) -> Denial | None:
    if at.thing.published_on is None:
        return None
    return Denial(
        detail=f"The decision was published on {at.thing.published_on}.",
        reference="publication is recorded once",
        satisfied_by="nothing",
    )


def _not_before_adoption(at: Situation[Decision, PublicationContent]) -> Denial | None:
    adopted_on = at.thing.adopted_on
    if adopted_on is None or at.effective_on >= adopted_on:
        return None
    return Denial(
        detail=f"The decision was adopted on {adopted_on}; it was not published on {at.effective_on}.",
        reference="an act is published after it was adopted",
        satisfied_by=f"a date not before {adopted_on}",
    )


FORMAL_NOTICE = Guard("formal_notice", nature=_formal_notice)
ORDERS_ENDED = Guard("orders_ended", state=_orders_ended)
SAYS_THE_EFFECT = Guard("says_the_effect", content=_says_the_effect, needs=("effect",))
CAN_BE_PUBLISHED = Guard("can_be_published", state=_not_published, content=_not_before_adoption)
