"""When an order can be found unmet, a limb be accepted, and the order with its last."""

from datetime import date
from typing import Any

from workflow.lifecycle.facts import Limb, Order
from workflow.lifecycle.kernel.guards import over_after
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.order.compliance_guards import accepted_before_service
from workflow.lifecycle.order.contents import ComplianceContent, LimbContent, NonComplianceContent, RelapseContent
from workflow.lifecycle.order.limbs import LIMBS, either, limb_of, named_once, not_ahead, stands
from workflow.lifecycle.vocabulary import Nature

_REASONS = "an act adverse to a party states its reasons"
_LATE = "the last day still counts"


def _last_day_over(at: Situation[Order, Any]) -> Denial | None:
    order = at.thing
    if order.last_day is None or order.last_day < at.effective_on:
        return None
    way_out, open_on = over_after(at, order.last_day)
    return Denial(
        detail=f"The last day is {order.last_day} and still counts; on {at.effective_on}, the day of this act, nothing "
        "is late.",
        reference=_LATE,
        satisfied_by=way_out,
        open_on=open_on,
    )


def _unmet_limbs(at: Situation[Order, NonComplianceContent]) -> Denial | None:
    order, content = at.thing, at.content
    if (denial := named_once(order, [each.n for each in content.limbs])) is not None:
        return denial
    for each in content.limbs:
        limb = limb_of(order, each.n)
        if each.from_ is not None and (denial := _found_from(at, order, each.from_)) is not None:
            return denial
        if (denial := _met_before(order, limb, each.from_)) is not None:
            return denial
    looked_at = {finding.limb for finding in content.findings}
    silent = [each.n for each in content.limbs if each.n not in looked_at]
    if silent:
        return Denial(
            detail=f"Nothing says what was looked at for limb {either(silent)}.",
            reference=_REASONS,
            satisfied_by="a line in findings for each limb found unmet: what was claimed, the evidence, the method, "
            "the finding",
        )
    return None


def _found_from(at: Situation[Order, Any], order: Order, day: date) -> Denial | None:
    if order.first_late_day is not None and day < order.first_late_day:
        return Denial(
            detail=f"A limb would be unmet from {day}; the first late day of the order is {order.first_late_day}.",
            reference=_LATE,
            satisfied_by=f"a day not before {order.first_late_day}, or none: then it is unmet from that day",
        )
    return not_ahead(at, day, "A limb would be unmet from")


def _met_before(order: Order, limb: Limb, day: date | None) -> Denial | None:
    """A limb that was accepted is unmet again only if its duty can be breached again, and from a later day."""
    met_on = max((spell.met_on for spell in limb.spells if spell.met_on is not None), default=None)
    if met_on is None:
        return None
    if order.nature is Nature.RESULT:
        return Denial(
            detail=f"Limb {limb.n} was accepted as met from {met_on}; a duty of result is discharged once.",
            reference=LIMBS,
            satisfied_by="leave this limb out",
        )
    if (day is None and limb.met_on is not None) or (day is not None and day <= met_on):
        return Denial(
            detail=f"Limb {limb.n} was accepted as met from {met_on}; it can be unmet again from a later day only.",
            reference=LIMBS,
            satisfied_by=f"a from after {met_on}, or leave this limb out",
        )
    return None


def _findings_on_limbs(
    at: Situation[Order, NonComplianceContent | LimbContent | ComplianceContent | RelapseContent],
) -> Denial | None:
    """Each line of the sheet is about a limb that stands."""
    denials = (stands(at.thing, finding.limb) for finding in at.content.findings)
    return next((denial for denial in denials if denial is not None), None)


def _unmet(order: Order) -> list[int]:
    return [limb.n for limb in order.standing if limb.met_on is None]


def _a_limb_is_left(at: Situation[Order, Any]) -> Denial | None:
    """Of the last unmet limb the order itself is accepted, unless an earlier acceptance was overtaken.

    Where a limb is named, what is wrong with it is said first: `_one_unmet_limb` answers then.
    """
    if at.command.content is not None:
        return None
    unmet = _unmet(at.thing)
    if len(unmet) > 1 or (unmet and accepted_before_service(at.thing)):
        return None
    return _with_the_order(unmet)


def _one_unmet_limb(at: Situation[Order, LimbContent]) -> Denial | None:
    order, n = at.thing, at.content.limb
    unmet = _unmet(order)
    if n in [limb.n for limb in accepted_before_service(order)]:
        return None
    if (denial := stands(order, n)) is not None:
        return denial
    if n not in unmet:
        return Denial(
            detail=f"Limb {n} was accepted as met from {limb_of(order, n).met_on} already.",
            reference=LIMBS,
            satisfied_by=f"limb {either(unmet)}" if unmet else "accept compliance with the order",
        )
    return None if len(unmet) > 1 else _with_the_order(unmet)


def _with_the_order(unmet: list[int]) -> Denial:
    last = f"Limb {unmet[0]} is the last that is unmet" if unmet else "No limb is unmet"
    return Denial(
        detail=f"{last}; with it the order itself is complied with.",
        reference="an order is complied with when all its limbs are",
        satisfied_by="accept_compliance",
    )


def _not_before_its_limbs(at: Situation[Order, ComplianceContent]) -> Denial | None:
    met = [(limb.met_on, limb.n) for limb in at.thing.standing if limb.met_on is not None]
    last = max(met, key=lambda each: each[0], default=None)
    if last is None or at.content.complied_on >= last[0]:
        return None
    return Denial(
        detail=f"Limb {last[1]} is met from {last[0]}; the order cannot be complied with from "
        f"{at.content.complied_on}, before that.",
        reference="an order is complied with when all its limbs are",
        satisfied_by=f"a date not before {last[0]}",
    )


LAST_DAY_OVER = Guard("last_day_over", state=_last_day_over)
UNMET_LIMBS = Guard("unmet_limbs", content=_unmet_limbs)
FINDINGS_ON_LIMBS = Guard("findings_on_limbs", content=_findings_on_limbs)
ONE_UNMET_LIMB = Guard("one_unmet_limb", state=_a_limb_is_left, content=_one_unmet_limb)
NOT_BEFORE_ITS_LIMBS = Guard("not_before_its_limbs", content=_not_before_its_limbs)
