"""JSON read strictly (RFC 8259): UTF-8, no member twice, no endless number. Whoever reads a request guesses nothing."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from workflow.law.invalid import InvalidRequest, MemberError

_LONGEST_NUMBER = 1_000
_TWICE = "stands twice in one object; keep one"


class NotJSON(ValueError):
    """These bytes are no JSON; the text says why, and where."""


def read_json(raw: bytes) -> Any:
    """Read a JSON text, with or without the mark that some editors write before it.

    NotJSON for what is none. InvalidRequest for a member that stands twice in one object, with its path: readers
    differ in which of the two they take.
    """
    twice: list[tuple[dict[str, Any], str]] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            times = Counter(name for name, _ in pairs)
            twice.extend((found, name) for name in times if times[name] > 1)
        return found

    try:
        text = raw.decode("utf-8-sig")
        if not text.strip():
            raise NotJSON("it is empty")
        value = json.loads(text, object_pairs_hook=members, parse_constant=_no_number, parse_int=_whole)
    except UnicodeDecodeError as error:
        raise NotJSON(f"byte {error.start + 1} is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise NotJSON(f"{error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise NotJSON("it is nested too deeply") from None
    if twice:
        objects = list(_objects(value))
        # An object that a second member of the same name replaced is in no place any more; that member is named.
        places = ((path, name) for found, name in twice for path, each in objects if each is found)
        raise InvalidRequest(*(MemberError(f"{path}/{_escaped(name)}", _TWICE) for path, name in places))
    return value


def _no_number(name: str) -> Any:
    raise NotJSON(f"{name} is no number of JSON")


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise NotJSON(f"a number of {len(digits)} digits is in it")
    return int(digits)


def _objects(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object inside some JSON, with its JSON pointer."""
    below = [("", value)]
    while below:
        path, each = below.pop()
        if isinstance(each, dict):
            yield path, each
            below += [(f"{path}/{_escaped(name)}", member) for name, member in each.items()]
        elif isinstance(each, list):
            below += [(f"{path}/{n}", member) for n, member in enumerate(each)]


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
