"""Reading what a unit costs and where it ends: rates, changes, tiers, growth, caps, the reduction."""

import re
from datetime import date
from fractions import Fraction

from workflow.law.members import Members, shown
from workflow.law.terms import Cap, Change, Reduction, Tariff
from workflow.law.turnover_request import is_share, read_share

MOST_STEPS = 1_000
MOST_UNITS = 10_000_000

_CHANGE = frozenset(("from", "rate"))
_TIER = frozenset(("units", "rate"))
_GROWTH = frozenset(("factor",))
_CAP = frozenset(("amount", "units", "until"))
_REDUCTION = frozenset(("rate", "fraction", "amount", "waived", "reason"))
_FACTOR = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?")


def read_tariff(members: Members, currency: str | None) -> Tariff:
    """Read the rate with its changes, or the tiers, and the growth."""
    share = read_share(members, currency)
    rate = members.minor("rate", currency) if share is None and not is_share(members.source.get("rate")) else None
    changes = _changes(members, currency)
    tiers = _tiers(members, currency)
    if tiers:
        for name in ("growth", "rate_changes"):
            if members.source.get(name):
                for each in (name, "tiers"):
                    members.fail(each, f"tiers and {name} both say what later units cost; leave one out")
        if rate is not None and rate != tiers[0][1]:
            members.fail("rate", "differs from the first tier's rate; leave it out or make them equal")
    in_order = tuple(sorted(changes.values(), key=lambda change: change.day))
    price = rate if share is None else share.rate
    return Tariff(price, in_order, tuple(tiers), _growth(members), share)


def _changes(members: Members, currency: str | None) -> dict[int, Change]:
    changes: dict[int, Change] = {}
    for change in members.objects("rate_changes", MOST_STEPS, _CHANGE) or ():
        start, rate = change.date("from"), change.minor("rate", currency)
        for name in ("from", "rate"):
            if name not in change:
                change.fail(name, "is needed: from which day, and the rate from then on")
        if start is not None and rate is not None:
            if start.toordinal() in changes:
                change.fail("from", f"two changes on {start}; keep one")
            changes[start.toordinal()] = Change(start.toordinal(), rate, change.at("rate"))
    return changes


def _tiers(members: Members, currency: str | None) -> list[tuple[int | None, int]]:
    entries = members.objects("tiers", MOST_STEPS, _TIER) or []
    tiers: list[tuple[int | None, int]] = []
    for n, tier in enumerate(entries, start=1):
        units, rate = tier.whole("units", 1, MOST_UNITS), tier.minor("rate", currency)
        if "rate" not in tier:
            tier.fail("rate", "is needed in every tier")
        if n == len(entries) and "units" in tier:
            tier.fail("units", "the last tier has none: it goes on")
        if n < len(entries) and "units" not in tier:
            tier.fail("units", "is needed in every tier but the last")
        tiers.append((units, rate or 0))
    return tiers


def _growth(members: Members) -> Fraction | None:
    growth = members.object("growth", _GROWTH)
    if growth is None:
        return None
    value = growth.source.get("factor")
    factor = Fraction(value) if isinstance(value, str) and _FACTOR.fullmatch(value) else Fraction(0)
    if factor <= 0:
        growth.fail("factor", f'a decimal string above zero like "2" or "1.5", not {shown(value)}')
        return None
    return factor


def read_cap(members: Members, currency: str | None) -> Cap:
    """Read a cap; without the member there is no limit."""
    cap = members.object("cap", _CAP)
    if cap is None:
        return Cap()
    if not cap.source:
        members.fail("cap", "give amount, units or until, or leave the cap out")
    until: date | None = cap.date("until")
    return Cap(
        cap.minor("amount", currency),
        cap.whole("units", 1, MOST_UNITS),
        None if until is None else until.toordinal(),
    )


def read_reduction(members: Members, currency: str | None) -> Reduction | None:
    """Read the reduction: one way to state it, and its reason."""
    found = members.object("reduction", _REDUCTION)
    if found is None:
        return None
    ways = [name for name in ("rate", "fraction", "amount", "waived") if name in found]
    if len(ways) != 1:
        members.fail("reduction", "give exactly one of rate, fraction, amount, waived")
    reason = found.text("reason")
    if "reason" not in found:
        found.fail("reason", "is needed: why the body leaves less to be paid")
    if found.flag("waived") is False:
        found.fail("waived", "is true or left out")
    return Reduction(
        reason or "",
        found.minor("rate", currency),
        found.fraction("fraction", "what remains to be paid"),
        found.minor("amount", currency),
        "waived" in found,
    )
