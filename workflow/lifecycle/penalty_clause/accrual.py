"""What a penalty clause makes of the facts: its first late day, its late days, its statement."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from workflow.law.days import day_after, day_before
from workflow.law.intervals import joined, without
from workflow.law.receipt import receipt
from workflow.law.regime import Regime
from workflow.lifecycle.facts import Cap, CaseFacts, Clause, Decision, PenaltyDecision
from workflow.lifecycle.facts.frozen import frozen, replace
from workflow.lifecycle.order.unmet import Span, spans, suspended_days
from workflow.lifecycle.vocabulary import AccruesFrom, Retroactivity


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

    def lasts_after(self, day: date) -> bool:
        """Whether an order is unmet on a day after this one."""
        return any(span.last is None or span.last > day for span in self.spans)

    def capped(self, last: date) -> date:
        """The last day of a slice that would end on this day: sooner where later days are reserved."""
        return last if self.until is None else min(last, self.until)

    def holds_late_days(self, first: date, last: date) -> bool:
        """Whether an order is unmet on a day between first and last, both included."""
        return any(span.first <= last and (span.last is None or span.last >= first) for span in self.spans)


def lateness(case: CaseFacts, decision: Decision, clause: Clause) -> Lateness:
    """The lateness under a clause, as the facts have it."""
    found = tuple(_spans(decision, clause))
    if not found:
        return Lateness(None, None, ())
    start = unfixed = min(span.first for span in found)
    for reserved in sorted(_reserved(case, clause), key=lambda penalty: penalty.from_):
        until = day_before(reserved.from_)
        between = Lateness(start, unfixed, found, until)
        if unfixed <= until and between.holds_late_days(unfixed, until):
            return between
        unfixed = max(unfixed, day_after(reserved.to))
    return Lateness(start, unfixed, found)


def accrues_from(decision: Decision, clause: Clause) -> tuple[bool, date | None]:
    """Whether accrual has begun to run at all, and the day before which no day counts, if the decision set one."""
    match clause.accrues_from:
        case AccruesFrom.AFTER_FINALITY:
            return decision.final_on is not None, day_after(decision.final_on) if decision.final_on else None
        case AccruesFrom.LATER_ACT:
            return clause.accrual_started_on is not None, clause.accrual_started_on
        case _:
            return True, clause.accrues_from_on


def _spans(decision: Decision, clause: Clause) -> Iterator[Span]:
    runs, not_before = accrues_from(decision, clause)
    if not runs or clause.annulled_on is not None or clause.ended_as is Retroactivity.EX_TUNC:
        return
    gaps = suspended_days(clause.suspensions)
    end = day_before(clause.ended_on) if clause.ended_on is not None else None
    for order in decision.covered_by(clause):
        found = spans(order, not_before)
        if end is None and not gaps:
            yield from found
            continue
        for span in found:
            last = span.last if end is None else min(span.last or end, end)
            if last is not None and last < span.first:
                continue
            for first, to in without(span.first, last, gaps):
                yield replace(span, first=first, last=to)


def _reserved(case: CaseFacts, clause: Clause) -> tuple[PenaltyDecision, ...]:
    """The penalty decisions whose days no other may be about."""
    return tuple(penalty for penalty in case.penalties_of(clause.id) if penalty.holds_days)


def has_units(case: CaseFacts, late: Lateness, clause: Clause, assessed_to: date, rules: Regime) -> bool:
    """Whether late days up to `assessed_to` make a unit; each does where a day is a unit and no cap is set."""
    if clause.per == "P1D" and clause.cap is None:
        return True
    stated = statement(case, late, clause, assessed_to, rules)
    return stated is not None and stated["result"]["units"] > 0


def statement(
    case: CaseFacts,
    late: Lateness,
    clause: Clause,
    assessed_to: date,
    rules: Regime,
    fixed: Sequence[tuple[date, date]] | None = None,
) -> Mapping[str, Any] | None:
    """The receipt of the penalty over the late days up to `assessed_to` that are not fixed yet.

    `fixed` are days taken as fixed in the place of those that are. None when no covered order is late by then: there
    is nothing to state.
    """
    if fixed is None:
        fixed = [(penalty.from_, penalty.to) for penalty in _reserved(case, clause)]
    obligations = _obligations(late, assessed_to)
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
    if clause.rates:
        request["rate_changes"] = [{"from": each.from_.isoformat(), "rate": each.rate.amount} for each in clause.rates]
    if fixed:
        request["already_liquidated"] = [
            {"from": first.isoformat(), "to": last.isoformat()} for first, last in joined(fixed)
        ]
    stated = receipt(request, rules)
    # The recorded last day stands, even where a later release of a calendar would compute another from service.
    recorded = day_before(late.start).isoformat()
    if stated["result"].get("deadline", recorded) != recorded:
        asked = {name: value for name, value in request.items() if name not in _FROM_SERVICE}
        stated = receipt(asked | {"deadline": recorded}, rules)
    return stated


def _obligations(late: Lateness, assessed_to: date) -> list[dict[str, Any]]:
    """Each limb that is late by then, with the days on which it is unmet."""
    unmet: dict[str, list[dict[str, str]]] = {}
    for span in late.spans:
        if span.first <= assessed_to:
            name = f"order {span.order.n}, limb {span.limb.n}"
            unmet.setdefault(name, []).append(_unmet(span))
    return [{"name": name, "unmet": days} for name, days in unmet.items()]


def _beginning(late: Lateness, clause: Clause) -> dict[str, str]:
    """What the first late day rests on: service and period of the order that was late first, or a day found or fixed.

    A day later than the order's own first late day was found, or decided: it is given as it stands.
    """
    assert late.start is not None
    first = next((span.order for span in late.spans if span.first == late.start), None)
    if clause.accrues_from is not AccruesFrom.DAY_AFTER_LAST_DAY or first is None or first.first_late_day != late.start:
        return {"accrual_from": late.start.isoformat()}
    if first.period is None or first.starts_on is None:
        return {"deadline": day_before(late.start).isoformat()}
    members = {"served_on": first.starts_on.isoformat(), "compliance_period": first.period}
    if first.extended_to is not None and first.extended_to == day_before(late.start):
        members["extended_to"] = first.extended_to.isoformat()
    return members if first.roll is None else members | {"roll": first.roll}


_FROM_SERVICE = ("served_on", "compliance_period", "roll", "extended_to")


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
