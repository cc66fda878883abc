"""JSON read strictly (RFC 8259): UTF-8, no member twice, no endless number. Whoever reads a request guesses nothing."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from workflow.law.invalid import InvalidRequest, MemberError

_LONGEST_NUMBER = 1_000
_TWICE = "stands twice in one object; keep one"
_MOST_NAMED = 20
"""How many members that stand twice are named at once: their paths may each be as long as the text."""

_Place = tuple["_Place", str | int] | None
"""Where a value stands: in the place before, under this name or number. Only what is named gets its path written."""


class NotJSON(ValueError):
    """These bytes are no JSON; the text says why, and where."""


def read_json(raw: bytes) -> Any:
    """Read a JSON text, with or without the mark that some editors write before it.

    NotJSON for what is none. InvalidRequest with the paths of the first members that stand twice in one
    object: readers differ in which of the two they take.
    """
    twice: dict[int, tuple[dict[str, Any], list[str]]] = {}

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            times = Counter(name for name, _ in pairs)
            # With the object itself, so that no other comes to have its id.
            twice[id(found)] = found, [name for name in times if times[name] > 1]
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
        # An object that a second member of the same name replaced is in no place any more; that member is named.
        places = ((place, name) for place, each in _objects(value) if id(each) in twice for name in twice[id(each)][1])
        named = islice(places, _MOST_NAMED)
        raise InvalidRequest(*(MemberError(_path((place, name)), _TWICE) for place, name in named))
    return value


def _no_number(name: str) -> Any:
    raise NotJSON(f"{name} is no number of JSON")


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise NotJSON(f"a number of {len(digits)} digits is in it")
    return int(digits)


def _objects(value: Any) -> Iterator[tuple[_Place, dict[str, Any]]]:
    """Every object inside some JSON, with its place, in the order of the text."""
    below: list[tuple[_Place, Any]] = [(None, value)] if isinstance(value, dict | list) else []
    while below:
        place, each = below.pop()
        if isinstance(each, dict):
            yield place, each
        inside = each.items() if isinstance(each, dict) else enumerate(each)
        below += [((place, name), one) for name, one in inside if isinstance(one, dict | list)][::-1]


def _path(place: _Place) -> str:
    """The JSON pointer of a place."""
    steps: list[str] = []
    while place is not None:
        place, name = place
        steps.append(str(name).replace("~", "~0").replace("/", "~1"))
    return "".join(f"/{step}" for step in reversed(steps))
