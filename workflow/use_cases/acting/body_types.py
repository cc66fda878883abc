"""Members of requests: dates, whole numbers, amounts and words, read strictly."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StringConstraints
from pydantic import ValidationError as BodyError

from workflow.law.invalid import InvalidRequest, MemberError
from workflow.law.money import Money, NotMoney, decimals
from workflow.use_cases.acting.body_errors import AMOUNT_PATTERN, member_errors, shown

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAKS = re.compile(r"[\t\n\r]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows: with one of them a program reads like a harmless document."""


def _iso_date(value: Any) -> date:
    """Lax readers take 0 for 1970 and 20221019 for a date; a legal date is written out."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError(f"a date like 2022-12-20, not {shown(value)}")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{value} is no day of the calendar") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"a day from {_FIRST_YEAR} to {_LAST_YEAR}; check the year of {value}")
    return day


def _currency(value: Any) -> str:
    try:
        decimals(value)
    except NotMoney as unknown:
        raise ValueError(f"{unknown}; not {shown(value)}") from None
    return str(value)


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("words, not blanks")
    return value


def _text(value: str) -> str:
    """What one of the databases could not keep as text is refused for both."""
    if _CONTROLS.search(value):
        raise ValueError("text without control characters")
    return value


def _one_line(value: str) -> str:
    if _BREAKS.search(value):
        raise ValueError("one line, without tabs and line breaks")
    if _TURNS.search(value):
        raise ValueError("words without marks that turn the direction of writing")
    return _text(value)


IsoDate = Annotated[date, BeforeValidator(_iso_date)]
Number = Annotated[StrictInt, Field(ge=1, le=1_000_000)]
Words = Annotated[
    str, StringConstraints(min_length=1, max_length=10_000), AfterValidator(_not_blank), AfterValidator(_text)
]
OneLine = Annotated[str, StringConstraints(max_length=300), AfterValidator(_one_line)]
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=200), AfterValidator(_not_blank), AfterValidator(_one_line)
]
Amount = Annotated[str, StringConstraints(pattern=AMOUNT_PATTERN)]
Currency = Annotated[str, BeforeValidator(_currency), Field(json_schema_extra={"pattern": "^[A-Z]{3}$"})]


class Body(BaseModel):
    """A JSON object that refuses members it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class MoneyBody(Body):
    """A sum: a decimal string with the currency's own decimals, and the currency."""

    amount: Amount
    currency: Currency

    def money(self, at: str) -> Money:
        """The sum; raises InvalidRequest at this path for an unknown currency or too many decimals."""
        return read_money(self.amount, self.currency, f"{at}/amount")


def read_money(amount: str, currency: str, at: str) -> Money:
    """A sum; raises InvalidRequest at `at` for an unknown currency or more decimals than it has."""
    try:
        return Money.parse(amount, currency)
    except ValueError as error:
        raise InvalidRequest(MemberError(at, str(error))) from None


def read_body(model: type[Body], json: Mapping[str, Any], at: str = "") -> Any:
    """A body read from JSON; raises InvalidRequest with every wrong member below `at`."""
    try:
        return model.model_validate(json)
    except BodyError as error:
        raise InvalidRequest(*member_errors(error.errors(include_url=False), model, at)) from None
