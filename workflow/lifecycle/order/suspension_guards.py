"""When an order can be stayed, when a stay can end, and when time can be given."""

from typing import Any

from workflow.lifecycle.facts import Order, Suspension
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.order.contents import SuspensionContent
from workflow.lifecycle.vocabulary import SuspensionEffect, SuspensionScope

NO_DEFAULT = "a suspension names its scope and its effect"


def _can_be_suspended(at: Situation[Any, Any]) -> Denial | None:
    order: Order = at.thing
    content: SuspensionContent | None = at.command.content
    if content is None:
        return None
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
    wrong_limb = _of_no_limb(order, content)
    return wrong_limb or _starts_wrongly(order, content)


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


def overlaps(suspensions: tuple[Suspension, ...], content: SuspensionContent) -> Denial | None:
    """Why a suspension cannot begin when it would: an earlier one of the same scope still runs, or ran on that day."""
    for each in suspensions:
        if each.limb != content.limb or (each.to is not None and each.to < content.from_):
            continue
        until = "still runs" if each.to is None else f"ran until {each.to}"
        return Denial(
            detail=f"Suspension {each.n}, from {each.from_}, {until}; another cannot begin on {content.from_}.",
            reference="a day is suspended once",
            satisfied_by="resume first" if each.to is None else f"a day after {each.to}",
        )
    return None


def _of_the_whole(at: Situation[Any, Any]) -> Denial | None:
    content: SuspensionContent | None = at.command.content
    if content is None or content.scope is SuspensionScope.ORDER:
        return None
    return other_row("the suspension is of one limb")


def _one_limb(at: Situation[Any, Any]) -> Denial | None:
    content: SuspensionContent | None = at.command.content
    if content is None or content.scope is SuspensionScope.LIMB:
        return None
    return other_row("the suspension is of the whole order")


def other_row(why: str) -> Denial:
    """Where one row of the trigger or another is taken, by what was said."""
    return Denial(
        detail=f"Another row of this trigger applies: {why}.",
        reference="the machine of an order",
        satisfied_by="nothing: the row that applies is taken",
    )


CAN_BE_SUSPENDED = Guard("can_be_suspended", _can_be_suspended)
OF_THE_WHOLE = Guard("of_the_whole", _of_the_whole)
ONE_LIMB = Guard("one_limb", _one_limb)
