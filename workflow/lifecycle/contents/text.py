"""Which members of a content are free text."""

from dataclasses import fields
from functools import cache
from typing import Annotated, Any, cast, get_args, get_origin, get_type_hints

Text = Annotated[str, "free text, kept beside the chain"]


def text_members(content: type[Any]) -> tuple[str, ...]:
    """The members of a content that stand beside the chain."""
    found: tuple[str, ...] = _members(cast("Any", content))
    return found


@cache
def _members(content: Any) -> tuple[str, ...]:
    hints = get_type_hints(content, include_extras=True)
    return tuple(each.name for each in fields(content) if _is_text(hints[each.name]))


def texts_of(content: Any) -> dict[str, str]:
    """The free text of a content, by member; nothing for no content."""
    if content is None:
        return {}
    members = {name: getattr(content, name) for name in text_members(type(content))}
    return {name: text for name, text in members.items() if text}


def _is_text(hint: Any) -> bool:
    if get_origin(hint) is Annotated:
        return bool(hint == Text)
    return any(_is_text(each) for each in get_args(hint))
