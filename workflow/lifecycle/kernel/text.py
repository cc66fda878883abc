"""Which members of a content are free text, at any depth: they are kept beside the chain, by where they stand in it."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Annotated, Any, cast, get_args, get_origin, get_type_hints

from workflow.lifecycle.kernel.codec import unstructure

Text = Annotated[str, "free text, kept beside the chain"]


def texts_of(content: Any) -> dict[str, str]:
    """The free text of a content, by where it stands (`proof`, `findings/0/evidence`); nothing for no content."""
    return {} if content is None else {path: text for path, text in _texts(content, "") if text}


def without_texts(content: Any) -> dict[str, Any]:
    """The content as JSON, without its free text."""
    json: dict[str, Any] = {} if content is None else unstructure(content)
    for path in texts_of(content):
        holder, name = _holder(json, path)
        del holder[name]
    return json


def with_texts(json: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """A content as JSON with its free text in its places, as far as it is there, but for the reason of the act."""
    whole: dict[str, Any] = deepcopy(dict(json))
    for path, text in texts.items():
        if path != "reason":
            holder, name = _holder(whole, path)
            holder[name] = text
    return whole


def with_blanks(type_: type[Any], json: Mapping[str, Any]) -> dict[str, Any]:
    """A content as JSON with nothing in the place of each free text, to be read without it."""
    kind: Any = type_
    whole = dict.fromkeys(_text_members(kind), "") | dict(json)
    for name, inner in _nested(kind).items():
        if name in whole:
            whole[name] = [with_blanks(inner, each) for each in whole[name]]
    return whole


def _texts(content: Any, at: str) -> Iterator[tuple[str, str]]:
    kind: Any = type(content)
    for name in _text_members(kind):
        yield f"{at}{name}", getattr(content, name)
    for name in _nested(kind):
        for i, each in enumerate(getattr(content, name)):
            yield from _texts(each, f"{at}{name}/{i}/")


def _holder(json: Any, path: str) -> tuple[Any, str]:
    *way, name = path.split("/")
    for key in way:
        json = json[int(key)] if isinstance(json, list) else json[key]
    return json, name


def facts_of(content: type[Any]) -> frozenset[str]:
    """The members of a content that are no free text."""
    kind: Any = content
    return frozenset(each.name for each in fields(kind)) - frozenset(_text_members(kind))


@cache
def _text_members(content: Any) -> tuple[str, ...]:
    hints = get_type_hints(content, include_extras=True)
    return tuple(each.name for each in fields(content) if _is_text(hints[each.name]))


@cache
def _nested(content: Any) -> dict[str, Any]:
    """The members that are lists of what holds free text itself."""
    hints = get_type_hints(content, include_extras=True)
    items: dict[str, Any] = {each.name: (get_args(hints[each.name]) or (None,))[0] for each in fields(content)}
    return {name: item for name, item in items.items() if is_dataclass(item) and _text_members(cast("Any", item))}


def _is_text(hint: Any) -> bool:
    if get_origin(hint) is Annotated:
        return bool(hint == Text)
    return get_origin(hint) is not tuple and any(_is_text(each) for each in get_args(hint))
