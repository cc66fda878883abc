"""Facts to JSON and back, by the types they declare: one reader and one writer a type, compiled once.

Knows dataclasses, `tuple[X, ...]`, `Mapping[str, X]`, `X | None`, enums of strings, dates, `Money` and JSON's own
types. A dataclass member `from_` is `from` in JSON; a member left at its default is left out of the JSON, so that a
later member added with a default reads old journals unchanged.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from workflow.law.money import Money

T = TypeVar("T")
Convert = Callable[[Any], Any]


def structure(type_: type[T], json: Any) -> T:
    """Build a value of this type from JSON that `unstructure` made."""
    read: Convert = _reader(cast("Any", type_))
    built: T = read(json)
    return built


def unstructure(value: Any) -> Any:
    """Turn a value into JSON: dates and amounts as strings, enums by value."""
    return _writer(cast("Any", type(value)))(value)


def _same(value: Any) -> Any:
    return value


@cache
def _reader(type_: Any) -> Convert:
    origin = get_origin(type_)
    if origin in (Union, types.UnionType):
        return _optional(_reader(_the_some(type_)))
    if origin is tuple:
        item = _reader(get_args(type_)[0])
        return tuple if item is _same else (lambda json: tuple([item(each) for each in json]))
    if origin is not None and issubclass(origin, Mapping):
        return dict
    if type_ is date:
        return date.fromisoformat
    if type_ is Money:
        return Money.from_json
    if isinstance(type_, type) and issubclass(type_, StrEnum):
        return _enum_reader(type_)
    if is_dataclass(type_):
        return _dataclass_reader(type_)
    return _same


@cache
def _writer(type_: Any) -> Convert:
    if type_ is date:
        return date.isoformat
    if type_ is Money:
        return Money.to_json
    if issubclass(type_, StrEnum):
        return str
    if issubclass(type_, tuple):
        return lambda value: [unstructure(each) for each in value]
    if issubclass(type_, Mapping):
        return lambda value: {key: unstructure(each) for key, each in value.items()}
    if is_dataclass(type_):
        return _dataclass_writer(type_)
    return _same


def _the_some(type_: Any) -> Any:
    """The X of `X | None`."""
    (some,) = [each for each in get_args(type_) if each is not type(None)]
    return some


def _optional(read: Convert) -> Convert:
    if read is _same:
        return _same
    return lambda json: None if json is None else read(json)


def _enum_reader(type_: type[StrEnum]) -> Convert:
    members: dict[str, StrEnum] = {member.value: member for member in type_}
    return members.__getitem__


def _json_name(name: str) -> str:
    return name.rstrip("_")


def _dataclass_reader(type_: Any) -> Convert:
    hints = get_type_hints(type_)
    readers = {_json_name(each.name): (each.name, _reader(hints[each.name])) for each in fields(type_)}

    def read(json: Mapping[str, Any]) -> Any:
        members = {}
        for key, value in json.items():
            name, convert = readers[key]
            members[name] = value if convert is _same else convert(value)
        return type_(**members)

    return read


def _dataclass_writer(type_: Any) -> Convert:
    members = [(each.name, _json_name(each.name), _default(each)) for each in fields(type_)]

    def write(value: Any) -> dict[str, Any]:
        json = {}
        for name, key, default in members:
            member = getattr(value, name)
            if member != default:
                json[key] = unstructure(member)
        return json

    return write


def _default(field: Any) -> Any:
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    return MISSING
