"""Naming limbs and days of an order: what every guard that judges one asks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from workflow.lifecycle.facts import Limb, Order
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Situation

LIMBS = "operative part of the decision, limbs of the order"


def named_once(order: Order, limbs: Sequence[int]) -> Denial | None:
    """Why these limbs cannot be meant: there is none, one twice, or one that does not stand."""
    if not limbs:
        return Denial(
            detail="No limb is named.",
            reference=LIMBS,
            satisfied_by=f"limb {either([limb.n for limb in order.standing])}",
        )
    for place, n in enumerate(limbs):
        if (denial := stands(order, n)) is not None:
            return denial
        if n in limbs[:place]:
            return Denial(detail=f"Limb {n} is named twice.", reference=LIMBS, satisfied_by="name each limb once")
    return None


def stands(order: Order, n: int) -> Denial | None:
    """Why limb n cannot be meant: it is not there, or was annulled."""
    limbs = [limb.n for limb in order.standing]
    if n in limbs:
        return None
    annulled = any(limb.n == n for limb in order.limbs)
    return Denial(
        detail=f"Limb {n} was annulled." if annulled else f"This order has no limb {n}.",
        reference=LIMBS,
        satisfied_by=f"limb {either(limbs)}",
    )


def not_ahead(at: Situation[Any, Any], day: date, said: str) -> Denial | None:
    """Why a day cannot be meant: it lies after the act that names it."""
    if day <= at.effective_on:
        return None
    return Denial(
        detail=f"{said} {day}, after {at.effective_on}, the day of this act.",
        reference="a legal date is never after the day it is recorded",
        satisfied_by=f"a date not after {at.effective_on}",
    )


def limb_of(order: Order, n: int) -> Limb:
    """Limb n of the order."""
    return next(limb for limb in order.limbs if limb.n == n)


def either(numbers: Sequence[int]) -> str:
    """These numbers, any of them: `1 or 2`."""
    return " or ".join(map(str, numbers))
