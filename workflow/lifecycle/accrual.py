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
from workflow.lifecycle.frozen import frozen
from workflow.lifecycle.vocabulary import AccruesFrom

if TYPE_CHECKING:
    from workflow.lifecycle.rules import Situation


@frozen
class Span:
    """The days on which an order is unmet: from its first late day to its last, None while it still is."""

    order: Order
    first: date
    last: date | None


@frozen
class Lateness:
    """What a clause makes of the facts: `start` is its first late day, `unfixed` the first that nothing has reserved.

    Both are None while no covered order is in force, or while accrual waits for an act that has not come. Until a
    finding a limb is presumed unmet from the first late day; the day of compliance is not late.
    """

    start: date | None
    unfixed: date | None
    spans: tuple[Span, ...]

    @property
    def lasts(self) -> bool:
        """Whether an order is still unmet, so that there will be further late days."""
        return any(span.last is None for span in self.spans)

    def holds_late_days(self, first: date, last: date) -> bool:
        """Whether an order is unmet on a day between first and last, both included."""
        return any(span.first <= last and (span.last is None or span.last >= first) for span in self.spans)


def lateness(case: CaseFacts, decision: Decision, clause: Clause) -> Lateness:
    """The lateness under a clause, as the facts have it."""
    covered = decision.covered_by(clause)
    start = _first_late_day(clause, [order.first_late_day for order in covered if order.first_late_day is not None])
    if start is None:
        return Lateness(None, None, ())
    reserved = [penalty.to for penalty in case.penalties_of(clause.id)]
    unfixed = max(start, day_after(max(reserved))) if reserved else start
    return Lateness(start, unfixed, tuple(_spans(covered, start)))


def _first_late_day(clause: Clause, late: list[date]) -> date | None:
    """The earliest among the covered orders in force, or the date the decision fixed."""
    if not late:
        return None
    match clause.accrues_from:
        case AccruesFrom.DAY_AFTER_LAST_DAY:
            return min(late)
        case AccruesFrom.FIXED_DATE:
            return clause.accrues_from_on
        case AccruesFrom.AFTER_FINALITY | AccruesFrom.LATER_ACT:
            return None


def _spans(covered: tuple[Order, ...], start: date) -> Iterator[Span]:
    for order in covered:
        if order.first_late_day is None:
            continue
        first = max(start, order.first_late_day)
        if order.complied_on is None:
            yield Span(order, first, None)
        elif order.complied_on > first:
            yield Span(order, first, day_before(order.complied_on))


def slice_end(at: "Situation") -> date:
    """The last day a proposal assesses: the day before a step's day, else what the officer named, else yesterday."""
    if at.step is not None:
        return day_before(at.step.due_on)
    content = at.command.content
    if isinstance(content, ProposalContent) and content.assessed_to is not None:
        return content.assessed_to
    return day_before(at.today)


def has_units(case: CaseFacts, late: Lateness, clause: Clause, assessed_to: date, rules: Regime) -> bool:
    """Whether late days up to `assessed_to` make a unit; each does where a day is a unit and no cap is set."""
    if clause.per == "P1D" and clause.cap is None:
        return True
    stated = statement(case, late, clause, assessed_to, rules)
    return stated is not None and stated["result"]["units"] > 0


def statement(
    case: CaseFacts, late: Lateness, clause: Clause, assessed_to: date, rules: Regime
) -> dict[str, Any] | None:
    """The receipt of the penalty over the late days up to `assessed_to` that are not fixed yet.

    None when no covered order is late by then: there is nothing to state.
    """
    obligations = [
        {"name": f"order {span.order.n}, limb {limb.n}", "unmet": [_unmet(span)]}
        for span in late.spans
        if span.first <= assessed_to
        for limb in span.order.limbs
    ]
    if late.start is None or not obligations:
        return None
    request: dict[str, Any] = {
        "currency": clause.rate.currency,
        "rate": clause.rate.amount,
        "per": clause.per,
        "assessed_to": assessed_to.isoformat(),
        "scope": "whole",
        "obligations": obligations,
        "regime": rules.pin,
    }
    if clause.accrues_from is AccruesFrom.DAY_AFTER_LAST_DAY:
        request["deadline"] = day_before(late.start).isoformat()
    else:
        request["accrual_from"] = late.start.isoformat()
    if clause.partial_unit is not None:
        request["partial_unit"] = clause.partial_unit
    if clause.cap is not None:
        request["cap"] = _cap(clause.cap)
    if fixed := case.penalties_of(clause.id):
        request["already_liquidated"] = [
            {"from": penalty.from_.isoformat(), "to": penalty.to.isoformat()} for penalty in fixed
        ]
    return receipt(request, rules, compute_penalty(request))


def _unmet(span: Span) -> dict[str, str]:
    first = {"from": span.first.isoformat()}
    return first if span.last is None else first | {"to": span.last.isoformat()}


def _cap(cap: Cap) -> dict[str, Any]:
    members: dict[str, Any] = {}
    if cap.amount is not None:
        members["amount"] = cap.amount.amount
    if cap.units is not None:
        members["units"] = cap.units
    if cap.until is not None:
        members["until"] = cap.until.isoformat()
    return members
