"""The facts of a case as the text in its head, and back.

A head is read and written with every act, so this is the short way: orjson writes the dataclasses as they are, member
by member, and a reader compiled once from the type hints builds them again. It is nobody's contract: a head can be
folded again from the journal at any time. The JSON that the world sees is `workflow.lifecycle.codec`'s.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from operator import itemgetter
from typing import Any, Union, get_args, get_origin, get_type_hints

import orjson

from workflow.lifecycle.facts import CaseFacts
from workflow.store.requests import without_requests

NO_FACTS = "{}"
"""What stands in the head of a stream that is no case's."""

Convert = Callable[[Any], Any]


def dump(facts: CaseFacts) -> str:
    """Write facts as text; equal facts give equal text, whatever order the versions were counted in."""
    return orjson.dumps(without_requests(facts), option=orjson.OPT_SORT_KEYS).decode()


def load(text: str) -> CaseFacts:
    """Build facts from what `dump` wrote. A member added since, with a default, takes its default."""
    facts: CaseFacts = _reader(CaseFacts)(orjson.loads(text))  # type: ignore[misc]
    return facts


@cache
def _reader(type_: Any) -> Convert | None:
    """How to read this type from JSON; None when JSON already holds it as it is."""
    if type_ is Any:
        return None
    origin = get_origin(type_)
    if origin in (Union, types.UnionType):
        return _optional(type_)
    if origin is tuple:
        return _tuple(_reader(get_args(type_)[0]))
    if isinstance(type_, type):
        if issubclass(type_, StrEnum):
            return {member.value: member for member in type_}.__getitem__
        if issubclass(type_, date):
            return type_.fromisoformat
        if is_dataclass(type_):
            return _dataclass(type_)
        if issubclass(type_, (str, int, bool)):
            return None
    if isinstance(origin, type) and issubclass(origin, Mapping) and _reader(get_args(type_)[1]) is None:
        return None
    raise TypeError(f"facts hold no {type_}")


def _optional(type_: Any) -> Convert | None:
    (some,) = [each for each in get_args(type_) if each is not type(None)]
    read = _reader(some)
    if read is None:
        return None
    return lambda json: None if json is None else read(json)


def _tuple(read: Convert | None) -> Convert:
    if read is None:
        return tuple
    return lambda json: tuple([read(each) for each in json])


def _dataclass(type_: type) -> Convert:
    hints = get_type_hints(type_)
    names = [each.name for each in fields(type_)]
    converts = [(n, read) for n, name in enumerate(names) if (read := _reader(hints[name])) is not None]
    pick = itemgetter(*names) if len(names) > 1 else lambda json: (json[names[0]],)

    def build(json: dict[str, Any]) -> Any:
        # Values by position: by name, an object of twenty members takes twice the time.
        try:
            values = list(pick(json))
        except KeyError:
            values = list(pick(_defaults(type_) | json))
        for n, read in converts:
            if (value := values[n]) is not None:
                values[n] = read(value)
        return type_(*values)

    return build


@cache
def _defaults(type_: type) -> dict[str, Any]:
    """What a head written before a member was added says of it: its default, as JSON."""
    plain = {each.name: each.default for each in fields(type_) if each.default is not MISSING}
    made = {each.name: each.default_factory() for each in fields(type_) if each.default_factory is not MISSING}
    defaults: dict[str, Any] = orjson.loads(orjson.dumps(plain | made))
    return defaults
