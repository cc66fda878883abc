"""When an order can be said to be breached again, or to have been carried out too early."""

from typing import Any

from workflow.lifecycle.facts import Order
from workflow.lifecycle.facts.access_request import is_pseudonym
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.order.compliance_guards import holds_up
from workflow.lifecycle.order.contents import PrematureDeletionContent, RelapseContent
from workflow.lifecycle.order.limbs import LIMBS, limb_of, named_once, not_ahead
from workflow.lifecycle.vocabulary import Nature


def _can_be_breached_again(at: Situation[Order, Any]) -> Denial | None:
    if at.thing.nature is not Nature.RESULT:
        return None
    return Denial(
        detail="This duty is one of result: it was discharged once and cannot be breached again.",
        reference="nature of the order",
        satisfied_by="nothing on this order; a new breach is for a new decision",
    )


def _relapsed_limbs(at: Situation[Order, RelapseContent]) -> Denial | None:
    order, content = at.thing, at.content
    if (denial := named_once(order, content.limbs)) is not None:
        return denial
    if (denial := not_ahead(at, content.relapsed_on, "The relapse would be on")) is not None:
        return denial
    for n in content.limbs:
        met_on = limb_of(order, n).met_on or order.complied_on
        if met_on is not None and content.relapsed_on <= met_on:
            return Denial(
                detail=f"Limb {n} is met from {met_on}; it cannot be unmet again from {content.relapsed_on}.",
                reference=LIMBS,
                satisfied_by=f"a day after {met_on}",
            )
    return None


def _is_to_delete(at: Situation[Order, Any]) -> Denial | None:
    if at.thing.kind == "delete_data":
        return None
    return Denial(
        detail=f"This order is of kind {at.thing.kind}; early deletion is recorded on an order to delete.",
        reference="operative part of the decision",
        satisfied_by="record it on the order of kind delete_data",
    )


def _something_waits(at: Situation[Order, Any]) -> Denial | None:
    order = at.thing
    decision = at.case.decision_of(order.id)
    waiting = [each for each in map(decision.order, order.after) if holds_up(each)]
    if not waiting:
        return Denial(
            detail="No order that this one comes after is unmet, so no deletion is early."
            if order.after
            else "This order comes after no other, so no deletion is early.",
            reference="operative part of the decision",
            satisfied_by="nothing: what was ordered may be deleted",
        )
    return None


def _deletes_too_early(at: Situation[Order, PrematureDeletionContent]) -> Denial | None:
    content = at.content
    if not content.requests:
        return Denial(
            detail="No request is named whose data were deleted.",
            reference="an act adverse to a party states its reasons",
            satisfied_by="the reference of each request in requests",
        )
    if not all(map(is_pseudonym, content.requests)):
        return Denial(
            detail="A reference is not a pseudonym of the form the journal keeps: letters, digits, point, underscore, "
            "slash and hyphen, with a digit, at most 60.",
            reference="no name of a natural person enters the journal; GDPR art. 5(1)(c)",
            satisfied_by="references like R-0417",
        )
    return not_ahead(at, content.deleted_on, "The data would have been deleted on")


CAN_BE_BREACHED_AGAIN = Guard("can_be_breached_again", nature=_can_be_breached_again)
RELAPSED_LIMBS = Guard("relapsed_limbs", content=_relapsed_limbs)
DELETES_TOO_EARLY = Guard("deletes_too_early", nature=_is_to_delete, state=_something_waits, content=_deletes_too_early)
