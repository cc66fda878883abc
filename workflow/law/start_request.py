"""From what a penalty runs: a first late day fixed by a decision, a last timely day, or service and a period."""

from datetime import date

from workflow.law.counting import count_days
from workflow.law.explanation import FIRST_LATE_DAY, REQUEST, entry
from workflow.law.members import Members
from workflow.law.regime import Regime
from workflow.law.rules_request import check_period, name_regime, name_start, read_clock, read_rules
from workflow.law.terms import LUMP_SUM, Terms

_CLOCK = "compliance"


def read_start(members: Members, terms: Terms, found: Regime | None) -> None:
    """Read the start into the terms: the first late day, and the deadline when it is computed or replaced.

    The first late day is the day after the last timely one. Two members that give the same thing are refused.
    """
    for one, other in (
        ("accrual_from", "deadline"),
        ("accrual_from", "served_on"),
        ("deadline", "served_on"),
        ("accrual_from", "extended_to"),
    ):
        if one in members and other in members:
            for name in (one, other):
                members.fail(name, f"{one} and {other} both give the start; leave one out")
    accrual_from, deadline = members.date("accrual_from"), members.date("deadline")
    extended_to = members.date("extended_to")
    if "served_on" in members or "compliance_period" in members:
        deadline = _computed(members, terms, found, deadline)
    elif "roll" in members or "calendar" in members:
        # Checked although they cannot matter here: a calendar that does not exist is never accepted.
        read_rules(members, None)
    if extended_to is not None:
        if deadline is None and not members.errors:
            members.fail("extended_to", "replaces a deadline: give deadline, or served_on with compliance_period")
        before = None if deadline is None else deadline.isoformat()
        terms.explanation.append(entry("extended", REQUEST, before, extended_to.isoformat()))
        deadline = extended_to
        terms.deadline = extended_to.isoformat()
    if accrual_from is not None:
        terms.first = accrual_from.toordinal()
    elif deadline is not None:
        _begin_after(members, terms, deadline)
    elif not any(name in members for name in ("accrual_from", "deadline", "served_on", "compliance_period")):
        _need_start(members, terms)


def _begin_after(members: Members, terms: Terms, deadline: date) -> None:
    if deadline == date.max:
        name = (
            "extended_to" if "extended_to" in members else "deadline" if "deadline" in members else "compliance_period"
        )
        members.fail(name, "is the last day there is; no day is late")
        return
    terms.first = deadline.toordinal() + 1
    terms.computed_first = True
    first = date.fromordinal(terms.first).isoformat()
    terms.explanation.append(entry(FIRST_LATE_DAY, REQUEST, deadline.isoformat(), first))


def _computed(members: Members, terms: Terms, found: Regime | None, deadline: date | None) -> date | None:
    served_on, period = members.date("served_on"), members.duration("compliance_period")
    if "served_on" not in members:
        members.fail("compliance_period", "runs from service: give served_on, or leave it out")
    if "compliance_period" not in members:
        members.fail("compliance_period", "is needed beside served_on, like P2M")
    if period is not None and period.hours:
        members.fail("compliance_period", "a period in hours has no last day: compute it first and give accrual_from")
        period = None
    clock = read_clock(members, found, _CLOCK, "regime") if found is not None else None
    rules = read_rules(members, clock)
    if period is not None:
        check_period(members, period, rules, "compliance_period")
    if served_on is None or period is None or members.errors:
        return deadline
    if found is not None:
        name_regime(members, found, terms.explanation)
        name_start(clock, terms.explanation)
    try:
        deadline = count_days(served_on, period, rules, terms.explanation)
    except OverflowError:
        members.fail("compliance_period", "the period ends after year 9999; shorten it")
        return None
    terms.deadline = deadline.isoformat()
    return deadline


def _need_start(members: Members, terms: Terms) -> None:
    """Refuse a request without a start, unless it is of lump sums of which each says whether it was met."""
    duties = terms.obligations
    needs_days = [
        name
        for name in ("assessed_to", "complied_on", "suspensions", "excused", "already_liquidated", "rate_changes")
        if members.source.get(name)
    ]
    if terms.unit.text == LUMP_SUM and duties and all(duty.met is not None for duty in duties):
        if any(cap is not None and cap.until is not None for cap in (terms.cap, *(duty.cap for duty in duties))):
            needs_days.append("cap")
        if not needs_days:
            return
        problem = f"is needed, since {needs_days[0]} speaks of days"
    else:
        problem = "is needed: the first late day; or give deadline, or served_on with compliance_period"
    members.fail("accrual_from", problem)
