"""Cursors: after which line a page of a list begins, and of which list, so that a cursor fits no other.

A cursor is no secret. What it holds is read as strictly as any query.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from workflow.law.invalid import invalid

Reader = Callable[[Any], Any]
_LARGEST = 2**63 - 1
_WAY_OUT = "take it from `next` of the page before, or leave it out for the first page"


def write_cursor(of: Any, *values: Any) -> str:
    """The cursor after a line with these values. `of` is what tells its list from others: name, filters, order."""
    shown = [value.isoformat() if isinstance(value, date) else value for value in values]
    return urlsafe_b64encode(json.dumps([_digest(of), *shown]).encode()).decode().rstrip("=")


def read_cursor(cursor: str, of: Any, *readers: Reader) -> tuple[Any, ...]:
    """The values of the line a cursor stands after; InvalidRequest for one that is none, or of another list."""
    try:
        list_, *held = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        values = tuple(read(value) for read, value in zip(readers, held, strict=True))
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise invalid("/query/cursor", f"no cursor of this list; {_WAY_OUT}") from None
    if list_ != _digest(of):
        raise invalid("/query/cursor", f"a cursor of this list with these filters and this sort; {_WAY_OUT}")
    return values


def text(value: Any) -> str:
    """Words, as a database can hold them; ValueError."""
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    value.encode()  # half a surrogate pair is none
    return value


def whole(value: Any) -> int:
    """A whole number that a database can hold; ValueError."""
    if type(value) is not int or abs(value) > _LARGEST:
        raise ValueError(value)
    return value


def day(value: Any) -> date:
    """A legal date; ValueError."""
    return date.fromisoformat(text(value))


def instant(value: Any) -> datetime:
    """An instant; ValueError."""
    found = datetime.fromisoformat(text(value))
    if found.tzinfo is None:
        raise ValueError(value)
    return found.astimezone(UTC)


def _digest(of: Any) -> str:
    """Which list it is, in a few characters."""
    return sha256(json.dumps(of, sort_keys=True, default=str).encode()).hexdigest()[:16]
