"""Reading a penalty request: every member with its type, what excludes what, and what a clause cannot do without."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from workflow.law.days_request import MOST_BREACHES, read_breaches, read_slices, read_spans
from workflow.law.duration import Duration
from workflow.law.intervals import union
from workflow.law.members import Members, as_date
from workflow.law.money import decimals
from workflow.law.not_applied import note_not_applied
from workflow.law.parties_request import read_addressees, read_obligations
from workflow.law.regime_limits import check_regime
from workflow.law.rules_request import read_regime
from workflow.law.start_request import read_start
from workflow.law.tariff_request import read_cap, read_reduction, read_tariff
from workflow.law.terms import BREACH, LUMP_SUM, Addressee, Obligation, Terms, Unit
from workflow.law.turnover_request import name_share

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


def read_penalty(request: Mapping[str, Any]) -> Terms:
    """Read a penalty request; InvalidRequest names every member that is wrong."""
    members = Members(request, "", _MEMBERS, [])
    currency = members.currency()
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
        spans=read_spans(members, "suspensions") + read_spans(members, "excused"),
        fixed=read_slices(members),
        breaches=read_breaches(members),
        reduction=read_reduction(members, currency),
    )
    terms.stopped = union((span.first, span.last) for span in terms.spans)
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
    if terms.tariff.share is not None:
        name_share(terms.tariff.share, terms.currency, places, terms.explanation)
    note_not_applied(members, terms, found)
    return terms


def undated(terms: Terms) -> bool:
    """Tell whether the request is of lump sums of obligations that say met or not, which need no dates."""
    return (
        terms.unit.text == LUMP_SUM
        and bool(terms.obligations)
        and all(duty.met is not None for duty in terms.obligations)
    )


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
    changes = terms.tariff.changes
    if "rate" in members or terms.tariff.tiers or (changes and (terms.first is None or changes[0].day <= terms.first)):
        return
    own: Sequence[Obligation | Addressee] = terms.addressees
    if terms.obligations and not terms.whole:
        own = terms.obligations
    if not any(party.rate is not None for party in own):
        members.fail("rate", 'is needed: what one unit costs, a decimal string like "100000"')
    for party in own:
        if party.rate is None and not (isinstance(party, Obligation) and party.met):
            members.fail(f"{party.at.removeprefix('/')}/rate", "is needed: neither this party nor the request has one")


def _any_date(members: Members, *names: str) -> date | None:
    """Read the first date given, without noting errors: whoever owns the member does."""
    return next((day for name in names if (day := as_date(members.source.get(name))) is not None), None)


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
