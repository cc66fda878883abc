"""Which members of a content name an account: a person as the journal knows them, never by name."""

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

Account = Annotated[str, "the id of an account"]
Member = Annotated[str, "the id of the account of a member of the body that decides"]


def accounts_in(content: Any) -> Iterator[tuple[str, str]]:
    """Where in a content accounts are named, and which: a member, or one place of a list."""
    return _named(content, (Account, Member))


def members_in(content: Any) -> Iterator[tuple[str, str]]:
    """Those of them that are named as members of the body that decides."""
    return _named(content, (Member,))


def _named(content: Any, wanted: tuple[Any, ...]) -> Iterator[tuple[str, str]]:
    kind: Any = type(content)
    for name in () if content is None else _members(kind, wanted):
        value = getattr(content, name)
        if isinstance(value, str):
            yield name, value
        else:
            yield from ((f"{name}/{n}", one) for n, one in enumerate(value or ()))


@cache
def _members(content: Any, wanted: tuple[Any, ...]) -> tuple[str, ...]:
    hints = get_type_hints(content, include_extras=True)
    return tuple(each.name for each in fields(content) if _holds(hints[each.name], wanted))


def _holds(hint: Any, wanted: tuple[Any, ...]) -> bool:
    if get_origin(hint) is Annotated:
        return hint in wanted
    return any(_holds(each, wanted) for each in get_args(hint))
