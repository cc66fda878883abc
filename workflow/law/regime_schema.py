"""What a regime file may say: its tables, its values, the kind of each. Anything else refuses to load.

Every value is written `name = { value = …, ref = "article", verified = true }`: no law without its source, and none
that passes for checked when it was not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflow.law import regime_values as kinds
from workflow.law.money import Money, percent


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


CLOCKS = (
    *("compliance", "appeal", "observations", "payment", "access_request"),
    *("uncollected", "unopened", "posted"),
)

_CLOCK: Mapping[str, kinds.Kind] = {
    "starts": kinds.one_of(
        *("service", "dispatch", "receipt", "finality", "forfeiture", "publication"),
        *("first_presentation", "availability"),
    ),
    "period": kinds.duration,
    "least": kinds.duration,
    "extension": kinds.duration,
    "calendar": kinds.calendar_code,
    "first_day": kinds.one_of("exclude", "include"),
    "roll": kinds.one_of("none", "next_working_day"),
    "day_kind": kinds.one_of("calendar", "working"),
    "franc": kinds.flag,
    "min_working_days": kinds.number,
    "overseas_months": kinds.number,
    "abroad_months": kinds.number,
    "overseas": kinds.list_of(kinds.text),
    "recess": kinds.recess_name,
}

SECTIONS: Mapping[str, Mapping[str, kinds.Kind]] = {
    "general": {
        "valid_from": kinds.day,
        "valid_to": kinds.day,
        "timezone": kinds.timezone,
        "currency": kinds.currency,
        "calendar": kinds.calendar_code,
    },
    **{f"clock.{name}": _CLOCK for name in CLOCKS},
    "clause": {
        "accrual": kinds.one_of("exposure", "forfeited", "one_sum", "none"),
        "units": kinds.list_of(kinds.one_of("days", "weeks", "months", "lump_sum", "breach")),
        "max_rate": kinds.max_rate,
        "max_rate_words": kinds.text,
        "max_rate_percent": percent,
        "cap_required": kinds.flag,
        "scope": kinds.one_of("whole", "per_obligation", "per_addressee_and_obligation"),
        "accrual_stops": kinds.one_of("complied_on", "evidenced_on"),
        "may_reduce": kinds.flag,
        "refused_bases": kinds.list_of(kinds.text),
        "instead": kinds.text,
    },
    "who": {
        name: kinds.list_of(kinds.text)
        for name in ("notify_grounds", "close", "adopt", "deliberate", "close_without_penalty", "record_lapse")
    },
    "service": {name: kinds.one_of("first_day", "last_day") for name in ("uncollected", "unopened", "posted")},
    "body": {"quorum": kinds.number, "attendance": kinds.flag},
    "suspensive": {"appeal": kinds.one_of("none", "all", "some"), "order_kinds": kinds.list_of(kinds.text)},
    "debt": {
        "due": kinds.one_of("service", "finality", "forfeiture", "court_decision"),
        "collected_by": kinds.one_of("treasury", "authority", "court", "bailiff"),
        "interest": kinds.text,
        "allocation": kinds.one_of("interest", "principal"),
    },
    "interest": {
        "rates": kinds.yearly_rates,
        "margin": percent,
        "rate_of": kinds.one_of("day", "month_of_last_day"),
        "compounding": kinds.one_of("none", "yearly"),
        "minimum": kinds.money,
    },
    "limitation": {"period": kinds.duration, "suspended_days_added": kinds.flag},
    "ladder": {
        "remind_days_before": kinds.list_of(kinds.number),
        "finality_grace_days": kinds.number,
        "limitation_warning_days": kinds.number,
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


def _leaf(where: str, check: kinds.Kind | None, leaf: Any) -> Cited:
    if check is None:
        raise RegimeFileError(f"{where} is unknown")
    if not isinstance(leaf, dict) or set(leaf) != {"value", "ref", "verified"}:
        raise RegimeFileError(f"{where} is {{ value, ref, verified }}")
    if not isinstance(leaf["ref"], str) or not leaf["ref"].strip() or type(leaf["verified"]) is not bool:
        raise RegimeFileError(f"{where}: ref is the legal source, verified is true or false")
    try:
        value = check(leaf["value"])
    except ValueError as wrong:
        raise RegimeFileError(f"{where}: {wrong}") from None
    return Cited(value, leaf["ref"], leaf["verified"])
