"""What a regime file may say: its tables, its values, the kind of each. Anything else refuses to load.

Every value is written `name = { value = …, ref = "article", verified = true }`: no law without its source, and none
that passes for checked when it was not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workflow.law.calendar import UnknownCalendar, calendar
from workflow.law.duration import NotADuration, read_duration
from workflow.law.instants import NotAnInstant, zone
from workflow.law.money import Money, NotMoney, decimals


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


_text, _flag, _day, _number = _of_type(str), _of_type(bool), _of_type(date), _of_type(int)

CLOCKS = ("compliance", "appeal", "observations", "payment", "access_request", "service")

_CLOCK: Mapping[str, Callable[[Any], Any]] = {
    "starts": _one_of("service", "dispatch", "receipt", "finality", "forfeiture", "publication", "first_presentation"),
    "period": _duration,
    "least": _duration,
    "calendar": _calendar,
    "first_day": _one_of("exclude", "include"),
    "roll": _one_of("none", "next_working_day"),
    "day_kind": _one_of("calendar", "working"),
    "franc": _flag,
    "min_working_days": _number,
    "overseas_months": _number,
    "abroad_months": _number,
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
    "suspensive": {"appeal": _one_of("none", "all", "some"), "order_kinds": _list_of(_text)},
    "debt": {
        "due": _one_of("service", "finality", "forfeiture", "court_decision"),
        "collected_by": _one_of("treasury", "authority", "court", "bailiff"),
        "interest": _text,
    },
    "limitation": {"period": _duration, "each_sum": _flag},
    "ladder": {
        "remind_days_before": _list_of(_number),
        "on_deadline_missed": _one_of("alert", "draft", "propose"),
    },
}
"""The tables of a regime file, and the values each may hold."""

REQUIRED = (
    "general.valid_from",
    "general.timezone",
    "general.currency",
    "general.calendar",
    "clock.compliance.roll",
    "clause.accrual",
    "clause.accrual_stops",
    "suspensive.appeal",
    "ladder.remind_days_before",
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
