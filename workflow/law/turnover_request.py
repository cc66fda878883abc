"""Reading a rate that is a share of the average daily turnover, and refusing what does not go with it.

Regulation (EU) 2022/2065 art. 76 and Reg. 1/2003 art. 24(1): per cent of the average daily turnover, for each day.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from workflow.law.explanation import REQUEST, Explanation, entry
from workflow.law.members import Members, shown
from workflow.law.money import decimal, decimal_text, grouped
from workflow.law.terms import TurnoverShare

MOST_DAYS = 1_000
_SHARE = frozenset(("percent", "turnover", "days"))
_BESIDE = ("tiers", "growth", "rate_changes")
_PARTIES = ("obligations", "addressees")


def is_share(rate: Any) -> bool:
    """Tell whether a rate is written as a share of turnover."""
    return isinstance(rate, Mapping)


def read_share(members: Members, currency: str | None) -> TurnoverShare | None:
    """Read a rate that is a share of turnover; None for any other, and for one that is wrong."""
    if not is_share(members.source.get("rate")):
        return None
    _refuse_beside(members)
    rate = members.object("rate", _SHARE)
    assert rate is not None
    for name, meaning in (
        ("percent", "of the average daily turnover"),
        ("turnover", "the whole turnover of the period"),
        ("days", "the days in which it was made, like 365"),
    ):
        if name not in rate:
            rate.fail(name, f"is needed: {meaning}")
    percent, turnover = _percent(rate), rate.minor("turnover", currency)
    days = rate.whole("days", 1, MOST_DAYS)
    if turnover == 0:
        rate.fail("turnover", "is above zero; without a turnover give the rate as a sum")
    return TurnoverShare(percent, turnover, days) if percent and turnover and days else None


def _percent(rate: Members) -> Fraction | None:
    percent = rate.percent("percent")
    if percent is not None and not 0 < percent <= 100:
        rate.fail("percent", f"is above 0, to 100, not {shown(rate.source['percent'])}")
        return None
    return percent


def _refuse_beside(members: Members) -> None:
    given = members.source
    for name in _BESIDE:
        if given.get(name):
            for each in (name, "rate"):
                members.fail(each, f"a share of turnover is one rate for every day: leave {name} out, or give a sum")
    if "per" in members and given["per"] != "P1D":
        members.fail("per", "a share of the average daily turnover is for one day: P1D, or give the rate as a sum")
    reduction = given.get("reduction")
    if isinstance(reduction, Mapping) and "rate" in reduction:
        members.fail("reduction/rate", "does not go with a share of turnover: give fraction or amount instead")
    for name in _PARTIES:
        parties = given.get(name)
        for n, party in enumerate(parties if isinstance(parties, list | tuple) else ()):
            if isinstance(party, Mapping) and "rate" in party:
                members.fail(f"{name}/{n}/rate", "does not go with a share of turnover: leave one out")


def name_share(share: TurnoverShare, currency: str, places: int, steps: Explanation) -> None:
    """Note how the daily rate comes about."""
    turnover = f"{currency} {grouped(decimal_text(share.turnover, places))}"
    exact = f"{currency} {share.rate / 10**places}"
    made = f"{turnover} in {share.days} day{'s' if share.days > 1 else ''}"
    rule = f"one day costs {decimal(share.percent)} % of the average daily turnover: {made}, exactly {exact}"
    steps.append(entry(rule, REQUEST))
    steps.append(
        entry("a share of turnover is multiplied by the days of a line, and the product rounded once", REQUEST)
    )
