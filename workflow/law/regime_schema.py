"""What a regime file may say: its tables, its values, the kind of each. Anything else refuses to load.

Every value is written `name = { value = …, ref = "article", verified = true }`: no law without its source, and none
that passes for checked when it was not.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from workflow.law.calendar import UnknownCalendar, calendar
from workflow.law.duration import NotADuration, read_duration
from workflow.law.instants import NotAnInstant, zone
from workflow.law.money import Money, NotMoney, decimals

_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,6})?")


class RegimeFileError(Exception):
    """A regime file cannot be loaded."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A value of a regime with its legal reference, and whether a lawyer has verified it."""

    value: Any
    ref: str
    verified: bool


@dataclass(frozen=True, slots=True)
class RateLimit:
    """The highest rate of a penalty clause: a sum for a unit, with its article."""

    money: Money
    per: str
    ref: str


def _one_of(*words: str) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if value not in words:
            raise ValueError(f"one of {', '.join(words)}")
        return value

    return check


def _list_of(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def check_all(value: Any) -> Any:
        if not isinstance(value, list) or not value:
            raise ValueError("a list that is not empty")
        return tuple(check(entry) for entry in value)

    return check_all


def _of_type(kind: type) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise ValueError(f"a value of type {kind.__name__}")
        return value

    return check


def _duration(value: Any) -> str:
    read_duration(_of_type(str)(value))
    return str(value)


def _calendar(value: Any) -> str:
    return calendar(_of_type(str)(value)).code


def _timezone(value: Any) -> str:
    return zone(_of_type(str)(value)).key


def _currency(value: Any) -> str:
    decimals(value)
    return str(value)


def _max_rate(value: Any) -> tuple[Money, str]:
    if not isinstance(value, dict) or set(value) != {"amount", "currency", "per"}:
        raise ValueError("a table of amount, currency and per")
    money = Money.from_json({"amount": value["amount"], "currency": value["currency"]})
    return money, _duration(value["per"]) if value["per"] != "lump_sum" else "lump_sum"


def _sum(value: Any) -> Money:
    return Money.from_json(value)


def _rates(value: Any) -> tuple[tuple[date, Fraction], ...]:
    """Read yearly rates in per cent, each from its day on: `[{ from = 2024-01-01, percent = "7" }]`."""
    if not isinstance(value, list) or not value:
        raise ValueError("a list that is not empty")
    found: list[tuple[date, Fraction]] = []
    for each in value:
        if not isinstance(each, dict) or set(each) != {"from", "percent"} or type(each["from"]) is not date:
            raise ValueError("a table of from and percent")
        percent = each["percent"]
        if not isinstance(percent, str) or not _PERCENT.fullmatch(percent):
            raise ValueError('a percent is a decimal string like "7" or "4.25"')
        if found and found[-1][0] >= each["from"]:
            raise ValueError("rates from day to day, earliest first")
        found.append((each["from"], Fraction(percent)))
    return tuple(found)


_text, _flag, _day, _number = _of_type(str), _of_type(bool), _of_type(date), _of_type(int)

CLOCKS = (
    *("compliance", "appeal", "observations", "payment", "access_request"),
    *("uncollected", "unopened", "posted"),
)

_CLOCK: Mapping[str, Callable[[Any], Any]] = {
    "starts": _one_of(
        *("service", "dispatch", "receipt", "finality", "forfeiture", "publication"),
        *("first_presentation", "availability"),
    ),
    "period": _duration,
    "least": _duration,
    "extension": _duration,
    "calendar": _calendar,
    "first_day": _one_of("exclude", "include"),
    "roll": _one_of("none", "next_working_day"),
    "day_kind": _one_of("calendar", "working"),
    "franc": _flag,
    "min_working_days": _number,
    "overseas_months": _number,
    "abroad_months": _number,
    "overseas": _list_of(_text),
}

SECTIONS: Mapping[str, Mapping[str, Callable[[Any], Any]]] = {
    "general": {
        "valid_from": _day,
        "valid_to": _day,
        "timezone": _timezone,
        "currency": _currency,
        "calendar": _calendar,
    },
    **{f"clock.{name}": _CLOCK for name in CLOCKS},
    "clause": {
        "accrual": _one_of("exposure", "forfeited", "one_sum", "none"),
        "units": _list_of(_one_of("days", "weeks", "months", "lump_sum", "breach")),
        "max_rate": _max_rate,
        "max_rate_words": _text,
        "cap_required": _flag,
        "scope": _one_of("whole", "per_obligation", "per_addressee_and_obligation"),
        "accrual_stops": _one_of("complied_on", "evidenced_on"),
        "may_reduce": _flag,
        "refused_bases": _list_of(_text),
        "instead": _text,
    },
    "who": {
        name: _list_of(_text)
        for name in ("notify_grounds", "close", "adopt", "deliberate", "close_without_penalty", "record_lapse")
    },
    "service": {name: _one_of("first_day", "last_day") for name in ("uncollected", "unopened", "posted")},
    "body": {"quorum": _number, "attendance": _flag},
    "suspensive": {"appeal": _one_of("none", "all", "some"), "order_kinds": _list_of(_text)},
    "debt": {
        "due": _one_of("service", "finality", "forfeiture", "court_decision"),
        "collected_by": _one_of("treasury", "authority", "court", "bailiff"),
        "interest": _text,
        "allocation": _one_of("interest", "principal"),
    },
    "interest": {"rates": _rates, "rate_of": _one_of("each_day", "month_of_last_day"), "minimum": _sum},
    "limitation": {"period": _duration, "each_sum": _flag, "suspended_days_added": _flag},
    "ladder": {
        "remind_days_before": _list_of(_number),
        "finality_grace_days": _number,
        "on_deadline_missed": _one_of("alert", "draft", "propose"),
        "limitation_warning_days": _number,
    },
}
"""The tables of a regime file, and the values each may hold."""

REQUIRED = (
    "general.valid_from",
    "general.timezone",
    "general.currency",
    "general.calendar",
    "clock.compliance.roll",
    "clock.access_request.period",
    "clock.access_request.extension",
    "clause.accrual",
    "clause.accrual_stops",
    "suspensive.appeal",
    "debt.due",
    "ladder.remind_days_before",
    "ladder.finality_grace_days",
)
"""The values every regime has."""

IDENTITY: Mapping[str, type] = {"id": str, "version": int, "title": str, "authority": str}
"""What names the file: it is no law and carries no reference."""


def read_values(content: Mapping[str, Any], where: str) -> dict[str, Cited]:
    """Read all values of a regime file, by dotted name; RegimeFileError names the first that is wrong."""
    for name, kind in IDENTITY.items():
        if type(content.get(name)) is not kind:
            raise RegimeFileError(f"{where}: {name} is missing or wrong")
    values: dict[str, Cited] = {}
    for section, table in _tables(content, where):
        if section not in SECTIONS:
            raise RegimeFileError(f"{where}: unknown table [{section}]")
        for name, leaf in table.items():
            values[f"{section}.{name}"] = _leaf(f"{where}: {section}.{name}", SECTIONS[section].get(name), leaf)
    for name in REQUIRED:
        if name not in values:
            raise RegimeFileError(f"{where}: {name} is missing")
    return values


def _tables(content: Mapping[str, Any], where: str) -> list[tuple[str, Mapping[str, Any]]]:
    tables: list[tuple[str, Any]] = []
    for name, table in content.items():
        if name in IDENTITY:
            continue
        if name == "clock" and isinstance(table, dict):
            tables.extend((f"clock.{clock}", rules) for clock, rules in table.items())
        else:
            tables.append((name, table))
    for name, table in tables:
        if not isinstance(table, dict):
            raise RegimeFileError(f"{where}: {name} is no table")
    return tables


def _leaf(where: str, check: Callable[[Any], Any] | None, leaf: Any) -> Cited:
    if check is None:
        raise RegimeFileError(f"{where} is unknown")
    if not isinstance(leaf, dict) or set(leaf) != {"value", "ref", "verified"}:
        raise RegimeFileError(f"{where} is {{ value, ref, verified }}")
    if not isinstance(leaf["ref"], str) or not leaf["ref"].strip() or type(leaf["verified"]) is not bool:
        raise RegimeFileError(f"{where}: ref is the legal source, verified is true or false")
    try:
        value = check(leaf["value"])
    except (ValueError, NotMoney, NotADuration, NotAnInstant, UnknownCalendar) as wrong:
        raise RegimeFileError(f"{where}: {wrong}") from None
    return Cited(value, leaf["ref"], leaf["verified"])
