"""Members of requests: dates, whole numbers, amounts and words, read strictly; and their errors in our own words."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StringConstraints
from pydantic import ValidationError as BodyError

from workflow.law.invalid import InvalidRequest, MemberError, nearest
from workflow.law.money import Money, NotMoney, decimals

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAKS = re.compile(r"[\t\n\r]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows: with one of them a program reads like a harmless document."""
_MEMBER_OF_ENUM = re.compile(r"<[\w.]+: ('[^']*')>")
AMOUNT_PATTERN = r"^[0-9]{1,30}(\.[0-9]{1,3})?$"


def _iso_date(value: Any) -> date:
    """Lax readers take 0 for 1970 and 20221019 for a date; a legal date is written out."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError(f"a date like 2022-12-20, not {_shown(value)}")
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
        raise ValueError(f"{unknown}; not {_shown(value)}") from None
    return str(value)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):  # a body that was not declared to be JSON
        value = value[:60].decode(errors="replace")
    return f"the number {value}" if isinstance(value, int | float) else repr(value)[:60]


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
        raise InvalidRequest(*member_errors(error.errors(include_url=False), known_members(model), at)) from None


def known_members(model: type[BaseModel]) -> frozenset[str]:
    """Every member name of a model and of the models inside it: what a misspelt one may have meant."""
    names: set[str] = set()
    for schema in (model.model_json_schema(), *model.model_json_schema().get("$defs", {}).values()):
        names.update(schema.get("properties", {}))
    return frozenset(names)


def member_errors(errors: Any, known: frozenset[str], at: str = "") -> Iterator[MemberError]:
    """Pydantic's findings as paths and sentences that name the way out."""
    for error in errors:
        path = at + "".join(f"/{part}" for part in error["loc"] if not _is_branch(part))
        yield MemberError(path or "/", _sentence(error, known))


def _is_branch(part: Any) -> bool:
    """The name of a type in a union, which is no place in the JSON."""
    return isinstance(part, str) and "[" in part


def _sentence(error: Mapping[str, Any], known: frozenset[str]) -> str:
    match error["type"]:
        case "extra_forbidden":
            name = str(error["loc"][-1])
            if name in known:
                return f"{name} does not belong here, but deeper in or further out; leave it out here"
            near = nearest(name, known)
            return f"unknown member; did you mean {near}?" if near else "unknown member; leave it out"
        case "missing":
            return "required; it is missing"
        case "int_type" | "int_parsing" | "int_from_float" | "int_parsing_size":
            return f"a whole number, not {_shown(error['input'])}"
        case "string_type":
            return f"a string, not {_shown(error['input'])}"
        case "string_pattern_mismatch" if error["ctx"]["pattern"] == AMOUNT_PATTERN:
            return "an amount like 100000.00: digits, a point and decimals; no sign, no exponent, no separators"
        case "too_short" | "string_too_short":
            return f"at least {error['ctx']['min_length']}; there is nothing in it"
        case "too_long" | "string_too_long":
            return f"at most {error['ctx']['max_length']}, not {len(error['input'])}"
        case "string_pattern_mismatch":
            return f"text of the form {error['ctx']['pattern']}, not {_shown(error['input'])}"
        case "greater_than_equal":
            return f"at least {error['ctx']['ge']}, not {_shown(error['input'])}"
        case "less_than_equal":
            return f"at most {error['ctx']['le']}, not {_shown(error['input'])}"
        case "bool_parsing" | "bool_type":
            return f"true or false, not {_shown(error['input'])}"
        case "enum" | "literal_error":
            expected = _MEMBER_OF_ENUM.sub(r"\1", error["ctx"]["expected"])
            return f"one of {expected}, not {_shown(error['input'])}"
        case "model_attributes_type" | "model_type" | "dict_type":
            media = "" if error["loc"] else " (content-type: application/json)"
            return f"a JSON object{media}, not {_shown(error['input'])}"
        case "list_type" | "tuple_type":
            return f"a list, not {_shown(error['input'])}"
        case "value_error":
            return str(error["ctx"]["error"])
        case _:
            message: str = error["msg"]
            return message[:1].lower() + message[1:]
