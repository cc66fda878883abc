"""The one text of an event that is hashed: canonical JSON, the same on every machine and in every year.

UTF-8, no spaces, keys sorted, but for `"v":1` which comes first and says how to read the rest. Whole numbers alone:
a float has more than one text, so sums and dates are strings.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import orjson

_BEGINNING = b'{"v":1,'
_OPTIONS = orjson.OPT_SORT_KEYS
_PLAIN = frozenset({str, int, bool, type(None)})


class NotCanonical(TypeError):
    """This cannot be written down in one way only."""


def canonical_text(members: Mapping[str, Any]) -> str:
    """Write an event down. NotCanonical for a float and for anything that is not JSON."""
    _check(members)
    try:
        return (_BEGINNING + orjson.dumps(members, option=_OPTIONS)[1:]).decode()
    except TypeError as why:  # a lone surrogate, a number beyond 64 bits, a key that is no string
        raise NotCanonical(str(why)) from why


def instant_text(at: datetime) -> str:
    """An instant as it stands in the text: UTC, with fractions only where there are any."""
    return orjson.dumps(at, option=orjson.OPT_UTC_Z).decode()[1:-1]


def chained(previous: str, text: str) -> str:
    """The hash of a text that follows upon another."""
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def first_hash(case: str) -> str:
    """What stands before the first event of a case."""
    return hashlib.sha256(case.encode()).hexdigest()


def text_digest(salt: str, text: str) -> str:
    """What an event holds of its free text."""
    return "sha256:" + hashlib.sha256((salt + text).encode()).hexdigest()


def _check(members: Mapping[str, Any]) -> None:
    # The exact types first: they are nearly all there is, and asking for the abstract ones is slow.
    unread: list[Iterable[Any]] = [members.values()]
    while unread:
        for value in unread.pop():
            kind = type(value)
            if kind in _PLAIN or isinstance(value, str):
                continue
            if kind is dict or isinstance(value, Mapping):
                unread.append(value.values())
            elif kind is list or isinstance(value, list | tuple):
                unread.append(value)
            else:
                raise NotCanonical(f"{value!r} is a {kind.__name__}: the journal holds JSON, and no floats")
