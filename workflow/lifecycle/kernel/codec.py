"""Facts, contents and events to JSON and back, by the types they declare.

Dates, instants and amounts are strings, enums are their values. A member named `from_` is `from` in JSON. A member
left at its default is left out of the JSON, so that a later member added with a default reads old journals unchanged.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_origin

from cattrs import Converter, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from workflow.law.money import Money

T = TypeVar("T")
Convert = Callable[..., Any]

_CONVERTER = Converter(detailed_validation=False, unstruct_collection_overrides={tuple: list})


def structure(type_: type[T], json: Any) -> T:
    """Build a value of this type from JSON that `unstructure` made.

    KeyError for an unknown member or word, TypeError for a missing member, ValueError for a date or a sum that is none.
    """
    try:
        return _CONVERTER.structure(json, type_)
    except ForbiddenExtraKeysError as unknown:
        raise KeyError(*unknown.extra_fields) from None


def unstructure(value: Any) -> Any:
    """Turn a value into JSON."""
    return _CONVERTER.unstructure(value)


def _reader(type_: Any) -> Convert:
    return make_dict_structure_fn(type_, _CONVERTER, _cattrs_forbid_extra_keys=True, **_names(type_))


def _writer(type_: Any) -> Convert:
    return make_dict_unstructure_fn(type_, _CONVERTER, _cattrs_omit_if_default=True, **_names(type_))


def _names(type_: Any) -> dict[str, Any]:
    return {each.name: override(rename=each.name.rstrip("_")) for each in fields(type_) if each.name.endswith("_")}


def _word(json: str, type_: Any) -> StrEnum:
    return _words(type_)[json]


@cache
def _words(type_: Any) -> dict[str, StrEnum]:
    return {word.value: word for word in type_}


def _is_object(type_: Any) -> bool:
    return get_origin(type_) is Mapping


def _is_json(type_: Any) -> bool:
    return type_ in (str, int, bool) or _is_object(type_)


def _same(value: Any, _type: Any = None) -> Any:
    """JSON's own types, and what is JSON already: a receipt, the content of an act that waits."""
    return value


_CONVERTER.register_structure_hook_factory(is_dataclass, _reader)
_CONVERTER.register_unstructure_hook_factory(is_dataclass, _writer)
_CONVERTER.register_structure_hook(StrEnum, _word)
_CONVERTER.register_unstructure_hook(StrEnum, str)
_CONVERTER.register_structure_hook_func(_is_json, _same)
_CONVERTER.register_unstructure_hook_func(_is_object, dict)
_CONVERTER.register_structure_hook(date, lambda json, _: date.fromisoformat(json))
_CONVERTER.register_unstructure_hook(date, date.isoformat)
_CONVERTER.register_structure_hook(datetime, lambda json, _: datetime.fromisoformat(json))
_CONVERTER.register_unstructure_hook(datetime, lambda instant: instant.isoformat().replace("+00:00", "Z"))
_CONVERTER.register_structure_hook(Money, lambda json, _: Money.from_json(json))
_CONVERTER.register_unstructure_hook(Money, Money.to_json)
