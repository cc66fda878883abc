"""The triggers in the OpenAPI document: for each kind of thing a union, told apart by `trigger`."""

from typing import Any

from api.v1.transitions import TransitionBody
from workflow.lifecycle.door.contents import CONTENT
from workflow.lifecycle.door.decide import triggers_on
from workflow.lifecycle.door.machine import SECOND, rows_of
from workflow.lifecycle.vocabulary import SubjectKind, Trigger
from workflow.use_cases.acting.bodies import body_class
from workflow.use_cases.acting.fields import example_of

_COMPONENT = "#/components/schemas/{model}"
_ELSEWHERE = (Trigger.OPEN, Trigger.ATTACH)
"""These have an address of their own."""


def transitions(schemas: dict[str, Any], kind: SubjectKind) -> dict[str, Any]:
    """What may be posted to a thing of this kind; the schemas it is made of are added to `schemas`.

    TypeError for a part that has the name of another one.
    """
    posted = [trigger for trigger in triggers_on(kind).values() if trigger not in _ELSEWHERE]
    named = {trigger: _transition(schemas, kind, trigger) for trigger in posted}
    name = f"{_words(kind)}Transition"
    references = {trigger.value: _COMPONENT.format(model=each) for trigger, each in named.items()}
    schemas[name] = {
        "title": name,
        "description": f"A trigger on a {kind.value.replace('_', ' ')}, with its data.",
        "oneOf": [{"$ref": each} for each in references.values()],
        "discriminator": {"propertyName": "trigger", "mapping": references},
    }
    return {"$ref": _COMPONENT.format(model=name)}


def _transition(schemas: dict[str, Any], kind: SubjectKind, trigger: Trigger) -> str:
    label, confirmed = _label(kind, trigger)
    name = f"{_words(kind)}{_words(trigger)}"
    data = _data(schemas, kind, trigger, f"{name}Data")
    members = dict(TransitionBody.model_json_schema()["properties"])
    members["trigger"] = {"type": "string", "const": trigger.value, "description": "The trigger that is pulled."}
    example: dict[str, Any] = {"trigger": trigger.value}
    if data is None:
        del members["data"]
    else:
        members["data"] = {"$ref": _COMPONENT.format(model=data)}
        example["data"] = example_of(kind, trigger)
    schemas[name] = {
        "title": name,
        "description": label + (f" A second person confirms it ({confirmed})." if confirmed else ""),
        "type": "object",
        "properties": members,
        "required": ["trigger", *(["data"] if data is not None and schemas[data].get("required") else [])],
        "additionalProperties": False,
        "example": example,
    }
    return name


def _data(schemas: dict[str, Any], kind: SubjectKind, trigger: Trigger, name: str) -> str | None:
    """The name of the schema of a trigger's data; None where it takes none."""
    content = CONTENT.get((kind, trigger))
    if content is None:
        return None
    schema = body_class(content).model_json_schema(ref_template=_COMPONENT)
    for part, said in schema.pop("$defs", {}).items():
        if tidy(schemas.setdefault(part, said)) != tidy(said):
            raise TypeError(f"two schemas are called {part}: rename one of the classes")
    schemas[name] = schema | {"title": name}
    return name


def tidy(part: Any) -> Any:
    """A document with whole numbers written whole, and without defaults that say nothing."""
    if isinstance(part, list):
        return [tidy(each) for each in part]
    if isinstance(part, dict):
        return {name: tidy(value) for name, value in part.items() if not (name == "default" and value is None)}
    return int(part) if isinstance(part, float) and part.is_integer() else part


def _label(kind: SubjectKind, trigger: Trigger) -> tuple[str, str]:
    """What the trigger does, and the roles of the second person it needs, if one."""
    if trigger in SECOND:
        return f"{trigger.value.capitalize()} an act that waits for a second person.", ""
    rows = [row for _, row in rows_of(kind, trigger)]
    roles = sorted({role.value for row in rows for role in row.confirmed_by})
    return f"{rows[0].label}.", ", ".join(roles)


def _words(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
