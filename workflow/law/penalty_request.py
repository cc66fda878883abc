"""Reading a penalty request: every member with its type, what excludes what, and what a clause cannot do without."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from workflow.law.duration import Duration
from workflow.law.explanation import REQUEST, entry, not_applied
from workflow.law.intervals import Run, union
from workflow.law.members import Members, as_date, shown
from workflow.law.money import NotMoney, decimals
from workflow.law.parties_request import read_addressees, read_obligations
from workflow.law.regime import Regime
from workflow.law.regime_limits import check_regime
from workflow.law.rules_request import read_regime
from workflow.law.start_request import read_start
from workflow.law.tariff_request import read_cap, read_reduction, read_tariff
from workflow.law.terms import BREACH, LUMP_SUM, Terms, Unit

MOST_SPANS = 1_000
MOST_BREACHES = 10_000

_MEMBERS = frozenset(
    {
        "accrual_from",
        "deadline",
        "served_on",
        "compliance_period",
        "extended_to",
        "regime",
        "roll",
        "calendar",
        "assessed_to",
        "complied_on",
        "compliance_day_counts",
        "currency",
        "rate",
        "per",
        "breaches",
        "partial_unit",
        "rate_changes",
        "tiers",
        "growth",
        "cap",
        "suspensions",
        "excused",
        "already_liquidated",
        "reduction",
        "obligations",
        "scope",
        "addressees",
        "liability",
    }
)
_SPAN = frozenset(("from", "to", "reason"))
_SLICE = frozenset(("from", "to"))
_LISTS = (
    "breaches",
    "rate_changes",
    "tiers",
    "suspensions",
    "excused",
    "already_liquidated",
    "obligations",
    "addressees",
)


def read_penalty(request: Mapping[str, Any]) -> Terms:
    """Read a penalty request; InvalidRequest names every member that is wrong."""
    members = Members(request, "", _MEMBERS, [])
    currency = _currency(members)
    places = decimals(currency) if currency else 0
    unit = _unit(members)
    cap = read_cap(members, currency)
    terms = Terms(
        currency=currency or "",
        places=places,
        unit=unit or Unit(""),
        started=members.choice("partial_unit", ("completed", "started")) == "started",
        tariff=read_tariff(members, currency),
        cap=cap,
        assessed_to=_ordinal(members.date("assessed_to")),
        complied_on=_ordinal(members.date("complied_on")),
        compliance_day_counts=members.flag("compliance_day_counts") or False,
        stopped=union(_spans(members, "suspensions", _SPAN) + _spans(members, "excused", _SPAN)),
        fixed=_slices(members),
        breaches=_breaches(members),
        reduction=read_reduction(members, currency),
    )
    read_obligations(members, terms)
    read_addressees(members, terms)
    on = members.date("served_on") if "served_on" in members else _any_date(members, "accrual_from", "deadline")
    found = read_regime(members, on)
    _check_unit(members, terms)
    read_start(members, terms, found)
    _check_end(members, terms)
    _check_rates(members, terms)
    if found is not None and currency and unit:
        check_regime(members, terms, found)
    members.raise_errors()
    _note_not_applied(members, terms, found)
    return terms


def undated(terms: Terms) -> bool:
    """Tell whether the request is of lump sums of obligations that say met or not, which need no dates."""
    return (
        terms.unit.text == LUMP_SUM
        and bool(terms.obligations)
        and all(duty.met is not None for duty in terms.obligations)
    )


def _currency(members: Members) -> str | None:
    if "currency" not in members:
        members.fail("currency", "is needed, like EUR")
        return None
    value = members.source["currency"]
    try:
        decimals(value)
    except NotMoney as wrong:
        members.fail("currency", f"{wrong}; not {shown(value)}")
        return None
    return str(value)


def _unit(members: Members) -> Unit | None:
    if "per" not in members:
        members.fail("per", "is needed: a period like P1D, or lump_sum, or breach")
        return None
    value = members.source["per"]
    if value in (LUMP_SUM, BREACH):
        return Unit(value)
    period: Duration | None = members.duration("per")
    if period is None:
        return None
    if period.hours:
        members.fail("per", "a unit in hours is not billed: give days, weeks, months or years")
        return None
    if period.all_days and period.all_months:
        members.fail("per", "a unit is of days and weeks or of months and years, not of both")
        return None
    return Unit(value, period.all_days, period.all_months)


def _check_unit(members: Members, terms: Terms) -> None:
    if "per" not in members:
        return
    if terms.unit.text == BREACH and "breaches" not in members:
        members.fail("breaches", "are needed with per breach: the date of each")
    if terms.unit.text != BREACH and terms.breaches:
        members.fail("breaches", "go with per breach only")
    parties = len(terms.obligations) if not terms.whole else len(terms.addressees)
    if len(terms.breaches) * parties > 10 * MOST_BREACHES:
        members.fail("breaches", "too many breaches for so many parties; split the request")


def _check_end(members: Members, terms: Terms) -> None:
    if "assessed_to" not in members and not undated(terms):
        members.fail("assessed_to", "is needed: the last day assessed, inclusive")


def _check_rates(members: Members, terms: Terms) -> None:
    """Refuse a request in which some unit may have no rate at all."""
    tariff = terms.tariff
    if any(name in members for name in ("rate", "tiers")) and (
        tariff.rate is not None or tariff.tiers or members.errors
    ):
        return
    parties = terms.obligations if terms.obligations and not terms.whole else terms.addressees
    if parties and any(party.rate is not None for party in parties):
        for party in parties:
            if party.rate is None:
                members.fail(
                    f"{party.at.removeprefix('/')}/rate", "is needed: neither this party nor the request has a rate"
                )
    elif not tariff.changes or (terms.first is not None and tariff.changes[0][0] > terms.first):
        members.fail("rate", 'is needed: what one unit costs, a decimal string like "100000"')


def _spans(members: Members, name: str, known: frozenset[str]) -> list[Run]:
    spans: list[Run] = []
    for span in members.objects(name, MOST_SPANS, known) or ():
        first, last = span.date("from"), span.date("to")
        if "reason" in span:
            span.text("reason")
        for member in ("from", "to"):
            if member not in span and isinstance(span.source, Mapping):
                span.fail(member, "is needed: a date, inclusive")
        if first is not None and last is not None:
            if last < first:
                span.fail("to", f"is before from ({first}): a span ends on or after the day it begins")
            else:
                spans.append((first.toordinal(), last.toordinal()))
    return spans


def _slices(members: Members) -> list[Run]:
    slices = _spans(members, "already_liquidated", _SLICE)
    written = list(slices)
    slices.sort()
    for earlier, later in pairwise(slices):
        if later[0] <= earlier[1]:
            n = written.index(later)
            day = date.fromordinal(later[0])
            members.fail(f"already_liquidated/{n}/from", f"{day} lies in another slice: no date is fixed twice")
    return slices


def _breaches(members: Members) -> list[int]:
    days: list[int] = []
    for n, value in enumerate(members.items("breaches", MOST_BREACHES) or ()):
        day = as_date(value)
        if day is None:
            members.fail(f"breaches/{n}", f"a date like 2022-12-20, not {shown(value)}")
        else:
            days.append(day.toordinal())
    return sorted(days)


def _any_date(members: Members, *names: str) -> date | None:
    """Read the first date given, without noting errors: whoever owns the member does."""
    return next((day for name in names if (day := as_date(members.source.get(name))) is not None), None)


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _note_not_applied(members: Members, terms: Terms, found: Regime | None) -> None:
    """Name what was accepted although it cannot matter."""
    notes = terms.explanation
    if "served_on" not in members:
        why = "the start is fixed"
        notes.extend(not_applied(name, why) for name in ("roll", "calendar") if name in members)
        if found is not None:
            notes.append(not_applied(f"the compliance clock of {found.pin}", why))
    notes.extend(not_applied(name, "the list is empty") for name in _LISTS if members.source.get(name) in ([], ()))
    if (
        "compliance_day_counts" in members
        and terms.complied_on is None
        and not any(duty.complied_on for duty in terms.obligations)
    ):
        notes.append(not_applied("compliance_day_counts", "there is no day of compliance"))
    if terms.assessed_to is not None and terms.complied_on is not None and terms.assessed_to > terms.complied_on:
        notes.append(not_applied("assessed_to", "it lies after the day of compliance"))
    if terms.unit.text in (LUMP_SUM, BREACH):
        if "partial_unit" in members:
            notes.append(not_applied("partial_unit", "the rate is not for a length of time"))
    elif "partial_unit" not in members and (terms.unit.days > 1 or terms.unit.months):
        notes.append(entry(f"only completed units of {terms.unit.text} count (default)", REQUEST))
