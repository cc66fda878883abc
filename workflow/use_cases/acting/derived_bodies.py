"""The body of a trigger, made from the class its content is read into: one declaration for both.

Dates, whole numbers and sums are read as strictly as everywhere; a string is one line, unless it is marked as free
text. A member without a default is required; any member the class does not know is an error.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from pydantic import Field as Bounded
from pydantic import create_model

from workflow.law.money import Money
from workflow.lifecycle.kernel.accounts import Account, Member
from workflow.lifecycle.kernel.codec import unstructure
from workflow.lifecycle.kernel.text import Text
from workflow.use_cases.acting.body_types import Body, IsoDate, MoneyBody, Name, Number, Words

B = TypeVar("B", bound=Body)
C = TypeVar("C")

_MOST = 1_000
_UNIONS = (Union, UnionType)


@cache
def body_of(content: Any) -> type[Body]:
    """The model that reads JSON for this content class."""
    name = content.__name__.removesuffix("Content") + "Body"
    return create_model(name, __base__=Body, __doc__=content.__doc__, **_members(content))


def completes(content: Any) -> Callable[[type[B]], type[B]]:
    """Give a body class the members of this content class that it does not declare, stricter or in another shape.

    Those that it declares get the words and the example of the content's.
    """

    def complete(body: type[B]) -> type[B]:
        missing = {name: member for name, member in _members(content).items() if name not in body.model_fields}
        made = create_model(body.__name__, __base__=body, __module__=body.__module__, __doc__=body.__doc__, **missing)
        return described_by(content)(made)

    return complete


def described_by(content: Any) -> Callable[[type[B]], type[B]]:
    """Give the members of a body class the words and examples that a content class has for them, by their names."""

    def describe(body: type[B]) -> type[B]:
        for each in fields(content):
            member = body.model_fields.get(each.name)
            if member is not None and "says" in each.metadata:
                member.description = member.description or each.metadata["says"]
                member.examples = member.examples or _examples(each)
        body.model_rebuild(force=True)
        return body

    return describe


def content_of(content: type[C], body: Body, at: str = "", **read: Any) -> C:
    """The content a body says, with the members that are read already.

    Raises InvalidRequest below this path for a sum that is none.
    """
    members = {
        name: _value(hint, getattr(body, name), f"{at}/{name}")
        for name, hint in _hints(cast("Any", content)).items()
        if name not in read and name in type(body).model_fields
    }
    return content(**members, **read)


def _members(content: Any) -> dict[str, Any]:
    hints = get_type_hints(content, include_extras=True)
    members: dict[str, Any] = {}
    for each in fields(content):
        kind = _member(hints[each.name])
        alias = each.name.rstrip("_") if each.name.endswith("_") else None
        says, examples = each.metadata.get("says"), _examples(each)
        members[each.name] = (kind, Bounded(_default(each), alias=alias, description=says, examples=examples))
    return members


def _examples(member: Field[Any]) -> list[Any] | None:
    example = member.metadata.get("example")
    return None if example is None else [unstructure(example)]


@cache
def _hints(content: Any) -> dict[str, Any]:
    return get_type_hints(content)


def _default(each: Field[Any]) -> Any:
    if each.default is not MISSING:
        return each.default
    return each.default_factory() if each.default_factory is not MISSING else ...


def _member(hint: Any) -> Any:
    if hint == Text:
        return Words
    if hint in (Account, Member):
        return Name
    if get_origin(hint) in _UNIONS:
        (some,) = [each for each in get_args(hint) if each is not type(None)]
        return _member(some) | None
    if get_origin(hint) is tuple:
        item: Any = _member(get_args(hint)[0])
        return Annotated[tuple[item, ...], Bounded(max_length=_MOST)]
    simple: Mapping[Any, Any] = {date: IsoDate, int: Number, str: Name, bool: bool, Money: MoneyBody}
    if hint in simple:
        return simple[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if is_dataclass(hint):
        made: type[Body] = body_of(cast("Any", hint))
        return made
    raise TypeError(f"no body can be made for {hint}")


def _value(hint: Any, value: Any, at: str) -> Any:
    if value is None:
        return None
    if isinstance(value, MoneyBody):
        return value.money(at)
    if get_origin(hint) in _UNIONS:
        (some,) = [each for each in get_args(hint) if each is not type(None)]
        return _value(some, value, at)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], each, f"{at}/{i}") for i, each in enumerate(value))
    if isinstance(value, Body):
        return content_of(hint, value, at)
    return value
