"""Frozen values: what the type checker keeps frozen need not be paid for at run time.

A frozen dataclass sets each member through `object.__setattr__`, eight times slower than a plain one, and facts are
built and rebuilt with every act. So these classes are plain underneath, and `mypy --strict`, which every change must
pass, refuses an assignment to any of their members (docs/decisions/0003).
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")


def asks(says: str, example: Any = None, *, default: Any = MISSING) -> Any:
    """A member that a person is asked for: what it is, in a sentence, and an example; none where it has members."""
    return field(default=default, metadata={"says": says, "example": example})


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(*, kw_only: bool = False) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(asks, field))
def frozen(cls: type[T] | None = None, /, *, kw_only: bool = False) -> type[T] | Callable[[type[T]], type[T]]:
    """Make a class of frozen values: compared and hashed by their members, with slots."""
    make: Callable[[type[T]], type[T]] = dataclass(slots=True, unsafe_hash=True, kw_only=kw_only)
    return make if cls is None else make(cls)


if TYPE_CHECKING:
    from dataclasses import replace as replace
else:

    def replace(value: Any, **changes: Any) -> Any:
        """A copy of a frozen value with some members changed; the type checker knows it as `dataclasses.replace`."""
        places, members, make = _shape(type(value))
        copied = list(members(value))
        for name, member in changes.items():
            copied[places[name]] = member
        return make(copied)


def copied(type_: type[T], source: Any, /, **others: Any) -> T:
    """A value of a type with the members that another value has under the same names, and these others."""
    kind: Any = type_
    other: Any = type(source)
    names, members = _alike(kind, other)
    return type_(**dict(zip(names, members(source), strict=True)) | others)


def updated(value: T, source: Any, /, **others: Any) -> T:
    """A copy of a frozen value with the members that another value has under the same names, and these others."""
    before: Any = value
    kind: Any = type(value)
    other: Any = type(source)
    names, members = _alike(kind, other)
    changed: T = replace(before, **dict(zip(names, members(source), strict=True)) | others)
    return changed


@cache
def _alike(type_: Any, other: Any) -> tuple[list[str], Callable[[Any], tuple[Any, ...]]]:
    there = {each.name for each in fields(other)}
    names = [each.name for each in fields(type_) if each.init and each.name in there]
    return names, _reader(names)


@cache
def _shape(type_: Any) -> tuple[dict[str, int], Callable[[Any], tuple[Any, ...]], Callable[[list[Any]], Any]]:
    names = [each.name for each in fields(type_) if each.init]
    by_name = any(each.kw_only for each in fields(type_))

    def make(members: list[Any]) -> Any:
        return type_(**dict(zip(names, members, strict=True))) if by_name else type_(*members)

    return {name: place for place, name in enumerate(names)}, _reader(names), make


def _reader(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Reads these members, also where there is but one: alone, `attrgetter` gives it bare."""
    return attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)
