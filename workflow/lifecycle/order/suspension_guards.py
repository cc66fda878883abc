"""When an order can be suspended."""

from workflow.lifecycle.facts import Order
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.kernel.suspension import NO_DEFAULT, SuspensionContent, overlaps
from workflow.lifecycle.vocabulary import SuspensionEffect, SuspensionScope


def _can_be_suspended(at: Situation[Order, SuspensionContent]) -> Denial | None:
    content = at.content
    if content.scope not in (SuspensionScope.ORDER, SuspensionScope.LIMB):
        return Denial(
            detail=f"A suspension of scope {content.scope} is not one of an order.",
            reference=NO_DEFAULT,
            satisfied_by="scope order, or limb with its number; a clause and the collection of a debt are suspended "
            "on the clause and on the debt",
        )
    if content.effect is SuspensionEffect.COLLECTION_ONLY:
        return Denial(
            detail="There is nothing to collect of an order: collection_only leaves every day of it as it is.",
            reference=NO_DEFAULT,
            satisfied_by="no_accrual, period_stops, period_restarts or new_last_day; or suspend the debt",
        )
    return _of_no_limb(at.thing, content) or _starts_wrongly(at.thing, content)


def _of_no_limb(order: Order, content: SuspensionContent) -> Denial | None:
    if content.scope is SuspensionScope.ORDER:
        if content.limb is None:
            return None
        return Denial(
            detail=f"The suspension is of the whole order, yet names limb {content.limb}.",
            reference=NO_DEFAULT,
            satisfied_by="scope limb with the number, or scope order without it",
        )
    limbs = [limb.n for limb in order.standing]
    if content.limb not in limbs:
        numbers = " or ".join(map(str, limbs))
        said = "no limb" if content.limb is None else f"limb {content.limb}, which does not stand in it"
        return Denial(
            detail=f"The suspension is of one limb of this order and names {said}.",
            reference=NO_DEFAULT,
            satisfied_by=f"limb {numbers}",
        )
    if content.effect is not SuspensionEffect.NO_ACCRUAL:
        return Denial(
            detail=f"A limb has no period of its own, so {content.effect} can do nothing to it.",
            reference="the last day is that of the order",
            satisfied_by="no_accrual for the limb, or a suspension of the whole order",
        )
    return None


def _starts_wrongly(order: Order, content: SuspensionContent) -> Denial | None:
    if order.starts_on is not None and content.from_ < order.starts_on:
        return Denial(
            detail=f"The suspension would begin on {content.from_}; the order binds from {order.starts_on} on.",
            reference="an order binds from service",
            satisfied_by=f"a day not before {order.starts_on}",
        )
    return overlaps(order.suspensions, content)


CAN_BE_SUSPENDED = Guard("can_be_suspended", content=_can_be_suspended)
