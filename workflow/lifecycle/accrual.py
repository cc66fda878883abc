"""What a penalty clause makes of the facts: its first late day, its late days, its statement."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from workflow.law.ladder import day_after, day_before, joined
from workflow.law.receipt import receipt
from workflow.law.regime import Regime
from workflow.lifecycle.facts import Cap, CaseFacts, Clause, Decision, Order
from workflow.lifecycle.frozen import frozen
from workflow.lifecycle.vocabulary import AccruesFrom


@frozen
class Span:
    """The days on which an order is unmet: from its first late day to its last, None while it still is."""

    order: Order
    first: date
    last: date | None


@frozen
class Lateness:
    """What a clause makes of the facts: `start` is its first late day, `unfixed` the first that nothing has reserved.

    Both are None while no covered order is in force, when each was complied with in time, and while accrual waits for
    an act that has not come. `until` is the last day before later ones that are reserved: a service recorded late can
    move the start before them. Until a finding a limb is presumed unmet from the first late day; the day of compliance
    is not late, and no day before the date that a decision fixed.
    """

    start: date | None
    unfixed: date | None
    spans: tuple[Span, ...]
    until: date | None = None

    @property
    def lasts(self) -> bool:
        """Whether an order is still unmet, so that there will be further late days."""
        return any(span.last is None for span in self.spans)

    def capped(self, last: date) -> date:
        """The last day of a slice that would end on this day: sooner where later days are reserved."""
        return last if self.until is None else min(last, self.until)

    def holds_late_days(self, first: date, last: date) -> bool:
        """Whether an order is unmet on a day between first and last, both included."""
        return any(span.first <= last and (span.last is None or span.last >= first) for span in self.spans)


def lateness(case: CaseFacts, decision: Decision, clause: Clause) -> Lateness:
    """The lateness under a clause, as the facts have it."""
    if clause.accrues_from in (AccruesFrom.AFTER_FINALITY, AccruesFrom.LATER_ACT):
        return Lateness(None, None, ())
    spans = tuple(_spans(decision.covered_by(clause), clause.accrues_from_on))
    if not spans:
        return Lateness(None, None, ())
    start = unfixed = min(span.first for span in spans)
    for reserved in sorted(case.penalties_of(clause.id), key=lambda penalty: penalty.from_):
        until = day_before(reserved.from_)
        between = Lateness(start, unfixed, spans, until)
        if unfixed <= until and between.holds_late_days(unfixed, until):
            return between
        unfixed = max(unfixed, day_after(reserved.to))
    return Lateness(start, unfixed, spans)


def _spans(covered: tuple[Order, ...], fixed: date | None) -> Iterator[Span]:
    for order in covered:
        if order.first_late_day is None:
            continue
        first = order.first_late_day if fixed is None else max(fixed, order.first_late_day)
        if order.complied_on is None:
            yield Span(order, first, None)
        elif order.complied_on > first:
            yield Span(order, first, day_before(order.complied_on))


def has_units(case: CaseFacts, late: Lateness, clause: Clause, assessed_to: date, rules: Regime) -> bool:
    """Whether late days up to `assessed_to` make a unit; each does where a day is a unit and no cap is set."""
    if clause.per == "P1D" and clause.cap is None:
        return True
    stated = statement(case, late, clause, assessed_to, rules)
    return stated is not None and stated["result"]["units"] > 0


def statement(
    case: CaseFacts, late: Lateness, clause: Clause, assessed_to: date, rules: Regime
) -> Mapping[str, Any] | None:
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
        **_beginning(late, clause),
        "currency": clause.rate.currency,
        "rate": clause.rate.amount,
        "per": clause.per,
        "assessed_to": assessed_to.isoformat(),
        "scope": "whole",
        "obligations": obligations,
        "regime": rules.pin,
    }
    if clause.partial_unit is not None:
        request["partial_unit"] = clause.partial_unit
    if clause.cap is not None:
        request["cap"] = _cap(clause.cap)
    if fixed := case.penalties_of(clause.id):
        request["already_liquidated"] = [
            {"from": first.isoformat(), "to": last.isoformat()}
            for first, last in joined([(penalty.from_, penalty.to) for penalty in fixed])
        ]
    stated = receipt(request, rules)
    # The recorded last day stands, even where a later release of a calendar would compute another from service.
    recorded = day_before(late.start).isoformat()
    if stated["result"].get("deadline", recorded) != recorded:
        asked = {name: value for name, value in request.items() if name not in _FROM_SERVICE}
        stated = receipt(asked | {"deadline": recorded}, rules)
    return stated


def _beginning(late: Lateness, clause: Clause) -> dict[str, str]:
    """What the first late day rests on: service and period of the order that was late first, or a fixed date."""
    assert late.start is not None
    if clause.accrues_from is not AccruesFrom.DAY_AFTER_LAST_DAY:
        return {"accrual_from": late.start.isoformat()}
    first = next((span.order for span in late.spans if span.first == late.start), None)
    if first is None or first.period is None or first.starts_on is None:
        return {"deadline": day_before(late.start).isoformat()}
    members = {"served_on": first.starts_on.isoformat(), "compliance_period": first.period}
    return members if first.roll is None else members | {"roll": first.roll}


_FROM_SERVICE = ("served_on", "compliance_period", "roll")


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
