"""The kinds of value a regime file holds, each read strictly: a ValueError says what it should have been."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from workflow.law.calendar import calendar
from workflow.law.duration import read_duration
from workflow.law.instants import zone
from workflow.law.money import Money, decimals, percent
from workflow.law.recess import recess

Kind = Callable[[Any], Any]
"""Reads a value as TOML gives it."""


class MaxRate(NamedTuple):
    """The highest rate: a sum, and the unit it is for."""

    money: Money
    per: str


class YearlyRate(NamedTuple):
    """A yearly rate of interest in per cent, from a day on."""

    day: date
    percent: Fraction


def one_of(*words: str) -> Kind:
    """One of a few words."""

    def read(value: Any) -> Any:
        if value not in words:
            raise ValueError(f"one of {', '.join(words)}")
        return value

    return read


def list_of(kind: Kind) -> Kind:
    """A list of such values that is not empty."""

    def read(value: Any) -> Any:
        return tuple(kind(entry) for entry in _listed(value))

    return read


def of_type(kind: type) -> Kind:
    """A value of exactly one type of TOML."""

    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise ValueError(f"a value of type {kind.__name__}")
        return value

    return read


text, flag, day, number = of_type(str), of_type(bool), of_type(date), of_type(int)


def duration(value: Any) -> str:
    """Read an ISO 8601 length."""
    read_duration(text(value))
    return str(value)


def calendar_code(value: Any) -> str:
    """Read the code of a calendar that exists."""
    return calendar(text(value)).code


def recess_name(value: Any) -> str:
    """Read the name of a recess that exists."""
    return recess(text(value)).name


def timezone(value: Any) -> str:
    """Read the name of a time zone that exists."""
    return zone(text(value)).key


def currency(value: Any) -> str:
    """Read a currency of ISO 4217."""
    decimals(value)
    return str(value)


def money(value: Any) -> Money:
    """Read a table of amount and currency."""
    return Money.from_json(value)


def max_rate(value: Any) -> MaxRate:
    """Read a table of amount, currency and the unit they are for."""
    if not isinstance(value, dict) or set(value) != {"amount", "currency", "per"}:
        raise ValueError("a table of amount, currency and per")
    most = Money.from_json({"amount": value["amount"], "currency": value["currency"]})
    return MaxRate(most, duration(value["per"]) if value["per"] != "lump_sum" else "lump_sum")


def yearly_rates(value: Any) -> tuple[YearlyRate, ...]:
    """Read yearly rates in per cent, each from its day on: `[{ from = 2024-01-01, percent = "7" }]`."""
    found: list[YearlyRate] = []
    for each in _listed(value):
        if not isinstance(each, dict) or set(each) != {"from", "percent"} or type(each["from"]) is not date:
            raise ValueError("a table of from and percent")
        if found and found[-1].day >= each["from"]:
            raise ValueError("rates from day to day, earliest first")
        found.append(YearlyRate(each["from"], percent(each["percent"])))
    return tuple(found)


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ValueError("a list that is not empty")
    return value
