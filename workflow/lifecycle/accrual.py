"""What a penalty clause makes of the facts: its first late day, its late days, its statement."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from workflow.law.ladder import day_after, day_before
from workflow.law.penalty import compute_penalty
from workflow.law.regime import Regime
from workflow.lifecycle.clocks import receipt
from workflow.lifecycle.contents import ProposalContent
from workflow.lifecycle.facts import Cap, CaseFacts, Clause, Decision, Order
from workflow.lifecycle.vocabulary import AccruesFrom

if TYPE_CHECKING:
    from workflow.lifecycle.rules import Situation


def first_late_day(decision: Decision, clause: Clause) -> date | None:
    """The clause's first late day: the earliest among its orders in force, or the date the decision fixed.

    None while no covered order is in force, or while accrual waits for an act that has not come.
    """
    late = [order.first_late_day for order in decision.covered_by(clause) if order.first_late_day is not None]
    if not late:
        return None
    match clause.accrues_from:
        case AccruesFrom.DAY_AFTER_LAST_DAY:
            return min(late)
        case AccruesFrom.FIXED_DATE:
            return clause.accrues_from_on
        case AccruesFrom.AFTER_FINALITY | AccruesFrom.LATER_ACT:
            return None


def slice_end(at: "Situation") -> date:
    """The last day a proposal assesses: the day before a step's day, else what the officer named, else yesterday."""
    if at.step is not None:
        return day_before(at.step.due_on)
    content = at.command.content
    if isinstance(content, ProposalContent) and content.assessed_to is not None:
        return content.assessed_to
    return day_before(at.today)


def unmet_spans(decision: Decision, clause: Clause) -> Iterator[tuple[Order, date, date | None]]:
    """For each covered order that was ever late: its first late day and its last, None while it is still unmet.

    Until a finding a limb is presumed unmet from the first late day; the day of compliance is not late.
    """
    start = first_late_day(decision, clause)
    for order in decision.covered_by(clause):
        if start is None or order.first_late_day is None:
            continue
        first = max(start, order.first_late_day)
        if order.complied_on is None:
            yield order, first, None
        elif order.complied_on > first:
            yield order, first, day_before(order.complied_on)


def is_late_within(decision: Decision, clause: Clause, first: date, last: date) -> bool:
    """Whether any covered order is unmet on a day between first and last, both included."""
    return any(begins <= last and (ends is None or ends >= first) for _, begins, ends in unmet_spans(decision, clause))


def first_unfixed_day(case: CaseFacts, decision: Decision, clause: Clause) -> date | None:
    """The first late day that no penalty decision has reserved or fixed yet."""
    start = first_late_day(decision, clause)
    reserved = [penalty.to for penalty in case.penalties_of(clause.id)]
    if start is None or not reserved:
        return start
    return max(start, day_after(max(reserved)))


def has_units(case: CaseFacts, decision: Decision, clause: Clause, assessed_to: date, regime: Regime) -> bool:
    """Whether late days up to `assessed_to` make a unit; each does where a day is a unit and no cap is set."""
    if clause.per == "P1D" and clause.cap is None:
        return True
    stated = statement(case, decision, clause, assessed_to, regime)
    return stated is not None and stated["result"]["units"] > 0


def statement(
    case: CaseFacts, decision: Decision, clause: Clause, assessed_to: date, regime: Regime
) -> dict[str, Any] | None:
    """The receipt of the penalty over the late days up to `assessed_to` that are not fixed yet.

    None when no covered order is late by then: there is nothing to state.
    """
    start = first_late_day(decision, clause)
    obligations = [
        {
            "name": _name(order, limb.n),
            "unmet": [{"from": begins.isoformat()} | ({"to": ends.isoformat()} if ends else {})],
        }
        for order, begins, ends in unmet_spans(decision, clause)
        for limb in order.limbs
    ]
    if start is None or not obligations or assessed_to < start:
        return None
    request: dict[str, Any] = {
        "currency": clause.rate.currency,
        "rate": clause.rate.amount,
        "per": clause.per,
        "assessed_to": assessed_to.isoformat(),
        "scope": "whole",
        "obligations": obligations,
        "regime": regime.pin,
    }
    if clause.accrues_from is AccruesFrom.DAY_AFTER_LAST_DAY:
        request["deadline"] = day_before(start).isoformat()
    else:
        request["accrual_from"] = start.isoformat()
    if clause.partial_unit is not None:
        request["partial_unit"] = clause.partial_unit
    if clause.cap is not None:
        request["cap"] = _cap(clause.cap)
    if fixed := case.penalties_of(clause.id):
        request["already_liquidated"] = [
            {"from": penalty.from_.isoformat(), "to": penalty.to.isoformat()} for penalty in fixed
        ]
    return receipt(request, regime, compute_penalty(request))


def _name(order: Order, limb: int) -> str:
    return f"order {order.n}, limb {limb}"


def _cap(cap: Cap) -> dict[str, Any]:
    members: dict[str, Any] = {}
    if cap.amount is not None:
        members["amount"] = cap.amount.amount
    if cap.units is not None:
        members["units"] = cap.units
    if cap.until is not None:
        members["until"] = cap.until.isoformat()
    return members
