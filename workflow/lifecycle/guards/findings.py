"""When an order can be found unmet, a limb be accepted, a relapse or an early deletion be recorded."""

from collections.abc import Sequence
from datetime import date

from workflow.lifecycle.contents import (
    ComplianceContent,
    LimbContent,
    NonComplianceContent,
    PrematureDeletionContent,
    RelapseContent,
)
from workflow.lifecycle.facts import Limb, Order
from workflow.lifecycle.guards.compliance import holds_up
from workflow.lifecycle.refusals import Denial
from workflow.lifecycle.rules import Guard, Situation
from workflow.lifecycle.vocabulary import Nature

_LIMBS = "operative part of the decision, limbs of the order"
_REASONS = "an act adverse to a party states its reasons"
_LATE = "the last day still counts"


def _last_day_over(at: Situation) -> Denial | None:
    order: Order = at.thing
    if order.last_day is None or order.last_day < at.effective_on:
        return None
    return Denial(
        detail=f"The last day is {order.last_day} and still counts; on {at.effective_on}, the day of this act, nothing "
        "is late.",
        reference=_LATE,
        satisfied_by=f"wait until after {order.last_day}",
    )


def _unmet_limbs(at: Situation) -> Denial | None:
    order: Order = at.thing
    content: NonComplianceContent | None = at.command.content
    if content is None:
        return None
    if (denial := _named_once(order, [each.n for each in content.limbs])) is not None:
        return denial
    for each in content.limbs:
        limb = _limb(order, each.n)
        if each.from_ is not None and (denial := _found_from(at, order, each.from_)) is not None:
            return denial
        if (denial := _met_before(order, limb, each.from_)) is not None:
            return denial
    looked_at = {finding.limb for finding in content.findings}
    silent = [each.n for each in content.limbs if each.n not in looked_at]
    if silent:
        return Denial(
            detail=f"Nothing says what was looked at for limb {_and(silent)}.",
            reference=_REASONS,
            satisfied_by="a line in findings for each limb found unmet: what was claimed, the evidence, the method, "
            "the finding",
        )
    return None


def _found_from(at: Situation, order: Order, day: date) -> Denial | None:
    if order.first_late_day is not None and day < order.first_late_day:
        return Denial(
            detail=f"A limb would be unmet from {day}; the first late day of the order is {order.first_late_day}.",
            reference=_LATE,
            satisfied_by=f"a day not before {order.first_late_day}, or none: then it is unmet from that day",
        )
    return _not_ahead(at, day, "A limb would be unmet from")


def _met_before(order: Order, limb: Limb, day: date | None) -> Denial | None:
    """A limb that was accepted is unmet again only if its duty can be breached again, and from a later day."""
    met_on = max((spell.met_on for spell in limb.spells if spell.met_on is not None), default=None)
    if met_on is None:
        return None
    if order.nature is Nature.RESULT:
        return Denial(
            detail=f"Limb {limb.n} was accepted as met from {met_on}; a duty of result is discharged once.",
            reference=_LIMBS,
            satisfied_by="leave this limb out",
        )
    if (day is None and limb.met_on is not None) or (day is not None and day <= met_on):
        return Denial(
            detail=f"Limb {limb.n} was accepted as met from {met_on}; it can be unmet again from a later day only.",
            reference=_LIMBS,
            satisfied_by=f"a from after {met_on}, or leave this limb out",
        )
    return None


def _findings_on_limbs(at: Situation) -> Denial | None:
    """Each line of the sheet is about a limb that stands."""
    order: Order = at.thing
    content: NonComplianceContent | LimbContent | ComplianceContent | RelapseContent | None = at.command.content
    if content is None:
        return None
    for finding in content.findings:
        if (denial := _stands(order, finding.limb)) is not None:
            return denial
    return None


def _one_unmet_limb(at: Situation) -> Denial | None:
    order: Order = at.thing
    content: LimbContent | None = at.command.content
    unmet = [limb.n for limb in order.standing if limb.met_on is None]
    if content is not None:
        if (denial := _stands(order, content.limb)) is not None:
            return denial
        if content.limb not in unmet:
            return Denial(
                detail=f"Limb {content.limb} was accepted as met from {_limb(order, content.limb).met_on} already.",
                reference=_LIMBS,
                satisfied_by=f"limb {_and(unmet)}" if unmet else "accept compliance with the order",
            )
    if len(unmet) > 1:
        return None
    last = f"Limb {unmet[0]} is the last that is unmet" if unmet else "No limb is unmet"
    return Denial(
        detail=f"{last}; with it the order itself is complied with.",
        reference="an order is complied with when all its limbs are",
        satisfied_by="accept_compliance",
    )


def _not_before_its_limbs(at: Situation) -> Denial | None:
    order: Order = at.thing
    content: ComplianceContent | None = at.command.content
    later = [limb for limb in order.standing if limb.met_on is not None]
    if content is None or not later:
        return None
    last = max(later, key=lambda limb: limb.met_on or date.min)
    assert last.met_on is not None
    if content.complied_on >= last.met_on:
        return None
    return Denial(
        detail=f"Limb {last.n} is met from {last.met_on}; the order cannot be complied with from "
        f"{content.complied_on}, before that.",
        reference="an order is complied with when all its limbs are",
        satisfied_by=f"a date not before {last.met_on}",
    )


def _can_be_breached_again(at: Situation) -> Denial | None:
    order: Order = at.thing
    if order.nature is not Nature.RESULT:
        return None
    return Denial(
        detail="This duty is one of result: it was discharged once and cannot be breached again.",
        reference="nature of the order",
        satisfied_by="nothing on this order; a new breach is for a new decision",
    )


def _relapsed_limbs(at: Situation) -> Denial | None:
    order: Order = at.thing
    content: RelapseContent | None = at.command.content
    if content is None:
        return None
    if (denial := _named_once(order, content.limbs)) is not None:
        return denial
    if (denial := _not_ahead(at, content.relapsed_on, "The relapse would be on")) is not None:
        return denial
    for n in content.limbs:
        met_on = _limb(order, n).met_on or order.complied_on
        if met_on is not None and content.relapsed_on <= met_on:
            return Denial(
                detail=f"Limb {n} is met from {met_on}; it cannot be unmet again from {content.relapsed_on}.",
                reference=_LIMBS,
                satisfied_by=f"a day after {met_on}",
            )
    return None


def _deletes_too_early(at: Situation) -> Denial | None:
    order: Order = at.thing
    if order.kind != "delete_data":
        return Denial(
            detail=f"This order is of kind {order.kind}; early deletion is recorded on an order to delete.",
            reference="operative part of the decision",
            satisfied_by="record it on the order of kind delete_data",
        )
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
    content: PrematureDeletionContent | None = at.command.content
    if content is None:
        return None
    if not content.requests:
        return Denial(
            detail="No request is named whose data were deleted.",
            reference=_REASONS,
            satisfied_by="the reference of each request in requests",
        )
    return _not_ahead(at, content.deleted_on, "The data would have been deleted on")


def _named_once(order: Order, limbs: Sequence[int]) -> Denial | None:
    if not limbs:
        return Denial(
            detail="No limb is named.",
            reference=_LIMBS,
            satisfied_by=f"limb {_and([limb.n for limb in order.standing])}",
        )
    for place, n in enumerate(limbs):
        if (denial := _stands(order, n)) is not None:
            return denial
        if n in limbs[:place]:
            return Denial(detail=f"Limb {n} is named twice.", reference=_LIMBS, satisfied_by="name each limb once")
    return None


def _stands(order: Order, n: int) -> Denial | None:
    limbs = [limb.n for limb in order.standing]
    if n in limbs:
        return None
    annulled = any(limb.n == n for limb in order.limbs)
    return Denial(
        detail=f"Limb {n} was annulled." if annulled else f"This order has no limb {n}.",
        reference=_LIMBS,
        satisfied_by=f"limb {_and(limbs)}",
    )


def _not_ahead(at: Situation, day: date, said: str) -> Denial | None:
    if day <= at.effective_on:
        return None
    return Denial(
        detail=f"{said} {day}, after {at.effective_on}, the day of this act.",
        reference="a legal date is never after the day it is recorded",
        satisfied_by=f"a date not after {at.effective_on}",
    )


def _limb(order: Order, n: int) -> Limb:
    return next(limb for limb in order.limbs if limb.n == n)


def _and(numbers: Sequence[int]) -> str:
    return " or ".join(map(str, numbers))


LAST_DAY_OVER = Guard("last_day_over", _last_day_over)
UNMET_LIMBS = Guard("unmet_limbs", _unmet_limbs)
FINDINGS_ON_LIMBS = Guard("findings_on_limbs", _findings_on_limbs)
ONE_UNMET_LIMB = Guard("one_unmet_limb", _one_unmet_limb)
NOT_BEFORE_ITS_LIMBS = Guard("not_before_its_limbs", _not_before_its_limbs)
CAN_BE_BREACHED_AGAIN = Guard("can_be_breached_again", _can_be_breached_again)
RELAPSED_LIMBS = Guard("relapsed_limbs", _relapsed_limbs)
DELETES_TOO_EARLY = Guard("deletes_too_early", _deletes_too_early)
