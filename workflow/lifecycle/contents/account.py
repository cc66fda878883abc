"""Which members of a content name an account: a person as the journal knows them, never by name."""

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

Account = Annotated[str, "the id of an account"]


def accounts_in(content: Any) -> Iterator[tuple[str, str]]:
    """Where in a content accounts are named, and which: a member, or one place of a list."""
    kind: Any = type(content)
    for name in () if content is None else _members(kind):
        value = getattr(content, name)
        if isinstance(value, str):
            yield name, value
        else:
            yield from ((f"{name}/{n}", one) for n, one in enumerate(value or ()))


@cache
def _members(content: Any) -> tuple[str, ...]:
    hints = get_type_hints(content, include_extras=True)
    return tuple(each.name for each in fields(content) if _is_account(hints[each.name]))


def _is_account(hint: Any) -> bool:
    if get_origin(hint) is Annotated:
        return bool(hint == Account)
    return any(_is_account(each) for each in get_args(hint))
