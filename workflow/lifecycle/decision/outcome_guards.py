"""When a decision can be published, withdrawn, and a formal notice closed or referred."""

from typing import Any

from workflow.lifecycle.facts import Decision
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.proceedings.contents import PublicationContent, WithdrawalContent
from workflow.lifecycle.vocabulary import Form, OrderState

ENDED = frozenset({OrderState.COMPLIED, OrderState.CLOSED, OrderState.LIFTED, OrderState.LAPSED, OrderState.ANNULLED})
"""The states of an order that binds no more, or was met."""


def _formal_notice(at: Situation[Any, Any]) -> Denial | None:
    decision: Decision = at.thing
    if decision.form is Form.FORMAL_NOTICE:
        return None
    return Denial(
        detail="This is a corrective decision: it becomes final, its orders are closed one by one.",
        reference="a formal notice alone is closed or referred as a whole",
        satisfied_by="record_finality, and close on each order",
        who=("registrar", "case_officer"),
    )


def _orders_ended(at: Situation[Any, Any]) -> Denial | None:
    decision: Decision = at.thing
    open_ = [order for order in decision.orders if order.state not in ENDED]
    if not open_:
        return None
    named = ", ".join(f"{order.n} ({order.state.value})" for order in open_)
    return Denial(
        detail=f"Of the orders of this notice these are not met, lifted or lapsed: {named}.",
        reference="a formal notice is closed when what it demands is done",
        satisfied_by="accept_compliance, lift or record_lapse on each; or refer the matter",
        who=("case_officer", "decision_maker", "head_of_enforcement"),
    )


def _says_the_effect(at: Situation[Any, Any]) -> Denial | None:
    content: WithdrawalContent | None = at.command.content
    if content is None or content.effect is not None:
        return None
    return Denial(
        detail="The withdrawal of an adopted decision says whether it ends from now on or as if it had never been.",
        reference="a withdrawal states its effect in time",
        satisfied_by="data.effect: ex_nunc or ex_tunc",
        who=("decision_maker",),
    )


def _not_before_adoption(at: Situation[Any, Any]) -> Denial | None:
    decision: Decision = at.thing
    if decision.adopted_on is None or at.effective_on >= decision.adopted_on:
        return None
    return Denial(
        detail=f"The decision was adopted on {decision.adopted_on}; it was not published on {at.effective_on}.",
        reference="an act is published after it was adopted",
        satisfied_by=f"a date not before {decision.adopted_on}",
    )


def _can_be_published(at: Situation[Any, Any]) -> Denial | None:
    decision: Decision = at.thing
    content: PublicationContent | None = at.command.content
    if decision.published_on is not None:
        return Denial(
            detail=f"The decision was published on {decision.published_on}.",
            reference="publication is recorded once",
            satisfied_by="nothing",
        )
    return None if content is None else _not_before_adoption(at)


FORMAL_NOTICE = Guard("formal_notice", _formal_notice)
ORDERS_ENDED = Guard("orders_ended", _orders_ended)
SAYS_THE_EFFECT = Guard("says_the_effect", _says_the_effect)
CAN_BE_PUBLISHED = Guard("can_be_published", _can_be_published)
