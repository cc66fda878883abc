"""What is wrong with a body, member by member: where it is, what it should be, and what stands there instead.

The sentences are made from pydantic's findings and from the schema of the body, which knows what belongs where.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from pydantic import BaseModel

from workflow.law.invalid import MemberError, nearest

AMOUNT_PATTERN = r"^[0-9]{1,30}(\.[0-9]{1,3})?$"
_MEMBER_OF_ENUM = re.compile(r"<[\w.]+: ('[^']*')>")
_DEFS = "#/$defs/"
_FEW = 15
_SURE = 0.75
"""How alike two names are where one is taken for the other misspelt."""
_PATTERNS = {
    AMOUNT_PATTERN: "an amount like 100000.00: digits, a point and decimals; no sign, no exponent, no separators",
    r"^[A-Z]{2}$": "a country by two capitals, like FR",
    r"^[a-z]{2}$": "a language by two small letters, like fr",
    r"^[A-Za-z0-9][A-Za-z0-9./-]{0,59}$": "a reference of 1 to 60 letters without accents, digits, points, slashes "
    "and hyphens, that begins with a letter or a digit",
}
"""Patterns in words."""

Schema = Mapping[str, Any]


class Shape:
    """What belongs where in the JSON of a model."""

    def __init__(self, model: type[BaseModel]) -> None:
        self._whole: Schema = model.model_json_schema()
        self._parts: Schema = self._whole.get("$defs", {})

    def names(self) -> frozenset[str]:
        """Every member of the model and of what is in it: what a misspelt one may have meant."""
        return frozenset(name for each in (self._whole, *self._parts.values()) for name in each.get("properties", {}))

    def members(self, path: tuple[Any, ...]) -> tuple[str, ...]:
        """The members of the object at a path, none where there is no object."""
        return tuple(self._at(path).get("properties", {}))

    def items(self, path: tuple[Any, ...]) -> tuple[str, ...]:
        """The members of each item of the list at a path."""
        return self.members((*path, 0))

    def places(self, name: str) -> list[str]:
        """The paths at which a member of this name belongs, `*` for the number of an item."""
        return list(self._places(self._whole, name, ""))

    def is_text(self, path: tuple[Any, ...]) -> bool:
        """Whether the member at a path is a string."""
        return bool(self._at(path).get("type") == "string")

    def _at(self, path: tuple[Any, ...]) -> Schema:
        found = self._whole
        for part in path:
            found = self._given(found)
            inner = found.get("items") if isinstance(part, int) else found.get("properties", {}).get(part)
            if inner is None:
                return {}
            found = inner
        return self._given(found)

    def _given(self, schema: Schema) -> Schema:
        """A schema without null, and without a reference."""
        for branch in schema.get("anyOf", ()):
            if branch.get("type") != "null":
                return self._given(branch)
        reference = schema.get("$ref")
        return self._given(self._parts[reference.removeprefix(_DEFS)]) if reference else schema

    def _places(self, schema: Schema, name: str, at: str) -> Iterator[str]:
        given = self._given(schema)
        for member, said in given.get("properties", {}).items():
            if member == name:
                yield f"{at}/{member}"
            yield from self._places(said, name, f"{at}/{member}")
        if "items" in given:
            yield from self._places(given["items"], name, f"{at}/*")


@cache
def shape_of(model: Any) -> Shape:
    """The shape of a model's JSON."""
    return Shape(model)


def member_errors(errors: Any, model: type[BaseModel] | None, at: str = "") -> Iterator[MemberError]:
    """Pydantic's findings as paths and sentences that name the way out."""
    for error in errors:
        place = tuple(part for part in error["loc"] if not _is_branch(part))
        path = at + "".join(f"/{part}" for part in place)
        shape = None if model is None else shape_of(model)
        yield MemberError(path or "/", _sentence(error, place, shape, at))


def _is_branch(part: Any) -> bool:
    """The name of a type in a union, which is no place in the JSON."""
    return isinstance(part, str) and "[" in part


def _sentence(error: Mapping[str, Any], place: tuple[Any, ...], shape: Shape | None, at: str) -> str:
    said = error["type"]
    if said == "extra_forbidden":
        return _unknown(place, shape, at)
    if said in ("model_attributes_type", "model_type", "dict_type"):
        media = "" if error["loc"] else " (content-type: application/json)"
        return f"a JSON object{_of(shape, place)}{media}, not {shown(error['input'])}"
    if said in ("list_type", "tuple_type"):
        return f"a list{_of_items(shape, place)}, not {shown(error['input'])}"
    if said in ("too_long", "string_too_long"):
        what = "characters" if said == "string_too_long" else "entries"
        return f"at most {error['ctx']['max_length']} {what}, not {len(error['input'])}"
    return _of_a_value(said, error)


def _of_a_value(said: str, error: Mapping[str, Any]) -> str:
    context = error.get("ctx", {})
    match said:
        case "missing":
            return "required; it is missing"
        case "int_type" | "int_parsing" | "int_from_float" | "int_parsing_size":
            return f"a whole number, not {shown(error['input'])}"
        case "string_type":
            return f"a string, not {shown(error['input'])}"
        case "too_short" | "string_too_short":
            return f"at least {context['min_length']}; there is nothing in it"
        case "string_pattern_mismatch" if context["pattern"] == AMOUNT_PATTERN:
            return _PATTERNS[AMOUNT_PATTERN]
        case "string_pattern_mismatch":
            pattern = context["pattern"]
            return f"{_PATTERNS.get(pattern, f'text of the form {pattern}')}, not {shown(error['input'])}"
        case "greater_than_equal":
            return f"a number of at least {context['ge']}, not {shown(error['input'])}"
        case "less_than_equal":
            return f"a number of at most {context['le']}, not {shown(error['input'])}"
        case "bool_parsing" | "bool_type":
            return f"true or false, not {shown(error['input'])}"
        case "enum" | "literal_error":
            expected = _MEMBER_OF_ENUM.sub(r"\1", context["expected"])
            return f"one of {expected}, not {shown(error['input'])}"
        case "value_error":
            return str(context["error"])
    message: str = error["msg"]
    return message[:1].lower() + message[1:]


def _unknown(place: tuple[Any, ...], shape: Shape | None, at: str) -> str:
    """A member that does not belong where it stands: where it does, what it may mean, or what there is."""
    if shape is None:
        return "unknown member; leave it out"
    name = str(place[-1])
    if elsewhere := shape.places(name):
        return f"{name} belongs at {' or '.join(at + each for each in elsewhere)}; leave it out here"
    here = shape.members(place[:-1])
    near = nearest(name, here) or nearest(name, shape.names())
    if near in here and SequenceMatcher(None, name, near).ratio() > _SURE:
        return f"unknown member; did you mean {near}?"
    advice = f"did you mean {near}?" if near else "leave it out;"
    return f"unknown member; {advice}{_there_are(here)}".removesuffix(";")


def _there_are(members: tuple[str, ...]) -> str:
    return f" the members here are {', '.join(members)}" if 0 < len(members) <= _FEW else ""


def _of(shape: Shape | None, place: tuple[Any, ...]) -> str:
    return _with(shape.members(place)) if shape is not None and place else ""


def _of_items(shape: Shape | None, place: tuple[Any, ...]) -> str:
    members = _with(shape.items(place)) if shape is not None else ""
    return f" of objects{members}" if members else ""


def _with(members: tuple[str, ...]) -> str:
    return f" with {', '.join(members)}" if 0 < len(members) <= _FEW else ""


def shown(value: Any) -> str:
    """A value as a sentence names it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):  # a body that was not declared to be JSON
        value = value[:60].decode(errors="replace")
    return f"the number {value}" if isinstance(value, int | float) else repr(value)[:60]
