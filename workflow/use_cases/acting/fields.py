"""What each trigger takes as `data`, member by member, so that a form or a client can be built from it.

It is derived from the bodies that read `data`: what stands here is what is read.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from workflow.law.regime import Regime
from workflow.lifecycle.door.contents import CONTENT, needs
from workflow.lifecycle.kernel.rules import Row
from workflow.lifecycle.vocabulary import SubjectKind, Trigger
from workflow.use_cases.acting.bodies import body_class
from workflow.use_cases.acting.body_errors import AMOUNT_PATTERN
from workflow.use_cases.acting.body_types import MoneyBody

Type = Literal["date", "whole_number", "amount", "money", "text", "flag", "choice", "list", "object"]
Schema = Mapping[str, Any]

_DEFS = "#/$defs/"
_TYPES: Mapping[str, Type] = {"integer": "whole_number", "boolean": "flag", "array": "list", "object": "object"}


class DataField(BaseModel):
    """One member of `data`: its name, what it is, and whether it must be given.

    An `amount` is a decimal string, `money` one with its currency. A `choice` is one of `choices`. An `object`, and
    each item of a `list` of objects, has `fields` of its own; another list has items of the type `items`. `example` is
    a value that is read.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    says: str
    type: Type
    required: bool
    choices: list[str] | None = None
    items: Type | None = None
    fields: list["DataField"] | None = None
    example: Any


def fields_of(
    kind: SubjectKind, trigger: Trigger, rules: Regime | None = None, row: Row | None = None
) -> list[DataField]:
    """The members of `data` of a trigger posted on this kind of thing, those that are needed first."""
    return _fields_of(kind, trigger, needs(kind, trigger, rules, row))


def example_of(kind: SubjectKind, trigger: Trigger) -> dict[str, Any]:
    """Data that this trigger reads: the members that are needed."""
    return _whole(fields_of(kind, trigger))


@cache
def _fields_of(kind: SubjectKind, trigger: Trigger, needed: tuple[str, ...]) -> list[DataField]:
    content = CONTENT.get((kind, trigger))
    if content is None or trigger is Trigger.ATTACH:
        return []
    schema = body_class(content).model_json_schema()
    found = _members(schema, schema.get("$defs", {}), needed)
    return sorted(found, key=lambda field: not field.required)


def _members(schema: Schema, parts: Schema, needed: tuple[str, ...]) -> Iterator[DataField]:
    for name, member in schema.get("properties", {}).items():
        yield _field(name, member, parts, name in needed)


def _field(name: str, member: Schema, parts: Schema, required: bool) -> DataField:
    said = _given(member, parts)
    type_ = _type(said)
    item = _given(said["items"], parts) if type_ == "list" else said
    has_members = "properties" in item and type_ != "money"
    inner = [*_members(item, parts, tuple(item.get("required", ())))] if has_members else None
    examples = member.get("examples")
    example = examples[0] if examples else _example(type_, inner, said)
    return DataField(
        name=name,
        says=member.get("description") or said.get("description") or "",
        type=type_,
        required=required,
        choices=said.get("enum"),
        items=_type(item) if type_ == "list" and inner is None else None,
        fields=inner,
        example=example,
    )


def _given(member: Schema, parts: Schema) -> Schema:
    """The schema of a member where it is given: without null, and without a reference."""
    for branch in member.get("anyOf", ()):
        if branch.get("type") != "null":
            return _given(branch, parts)
    if "$ref" in member:
        return _given(parts[member["$ref"].removeprefix(_DEFS)], parts)
    return member


def _type(said: Schema) -> Type:
    if "enum" in said:
        return "choice"
    if said.get("format") == "date":
        return "date"
    if said.get("pattern") == AMOUNT_PATTERN:
        return "amount"
    if said.get("title") == MoneyBody.__name__:
        return "money"
    return _TYPES.get(said["type"], "text")


def _example(type_: Type, inner: list[DataField] | None, said: Schema) -> Any:
    """An example made of those of its members, where it has none of its own."""
    if inner is None:
        return said.get("examples", [None])[0]
    return [_whole(inner)] if type_ == "list" else _whole(inner)


def _whole(fields: list[DataField]) -> dict[str, Any]:
    needed = [field for field in fields if field.required]
    return {field.name: field.example for field in needed or fields[:1]} if fields else {}
