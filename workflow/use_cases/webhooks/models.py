"""The messages to counsel as models, one an event type: what OpenAPI, docs/webhooks.md and the tests read.

Which members of an event are told stands in `lifecycle/reading/notices.py`, what each of them is in `members.py`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from workflow.lifecycle.kernel.events import EventType
from workflow.lifecycle.reading.notices import members_told
from workflow.lifecycle.vocabulary import Audience, SubjectKind
from workflow.store.outbox import PING
from workflow.use_cases.webhooks.members import ABOUT, MEMBERS, OTHERWISE, number, text

_SERVED = sorted((each for each in EventType if each.audience is Audience.SERVED), key=lambda each: each.value)
SERVED_TYPES = tuple(each.value for each in _SERVED)
"""The event types that are told, as they go over the wire."""


def known_types(types: Sequence[str]) -> Sequence[str]:
    """These event types, when all of them are told; ValueError names the others."""
    unknown = sorted(set(types) - set(SERVED_TYPES))
    if unknown:
        raise ValueError(f"types of served events, not {', '.join(unknown)[:200]}; docs/webhooks.md lists them")
    return types


_STRICT = ConfigDict(extra="forbid")


class Told(BaseModel):
    """What every message says. Dates are those of the authority; a message has no legal effect of its own."""

    model_config = _STRICT

    case: Annotated[str, Field(description="The reference of the case.")]
    effective_on: Annotated[date, Field(description="The legal date of what happened.")]
    legal_effect: Literal["none"]


class PingData(BaseModel):
    """What a ping says."""

    model_config = _STRICT

    case: Annotated[str, Field(description="The reference of the case.")]
    endpoint: Annotated[str, Field(description="The id of the endpoint it is for.")]
    legal_effect: Literal["none"]


class Ping(BaseModel):
    """Asks whether somebody answers. It is nothing of the case; any 2xx is an answer."""

    model_config = _STRICT

    type: Literal["endpoint.ping"]
    timestamp: Annotated[datetime, Field(description="When it was asked for.")]
    data: PingData


def data_model(type_: EventType, *, pulled: bool = False) -> type[BaseModel]:
    """What the message of one event type says; what is pulled has no sequence, which is an endpoint's."""
    kind = SubjectKind(type_.value.partition(".")[0])
    fields: dict[str, Any] = {name: (annotation, ...) for name, annotation in ABOUT[kind].items()}
    if kind is SubjectKind.FILING:
        fields["decision"] = (ABOUT[kind]["decision"], None)
    links = Annotated[dict[str, str], Field(description="Where it is, by kind.")]
    fields |= {"links": (links, ...), "event": (text("The id of the event, alike wherever it is told."), ...)}
    if not pulled:
        fields["sequence"] = (number("1, 2, 3 … for this endpoint, without a gap."), ...)
    for name in members_told(type_):
        fields[name] = (OTHERWISE.get((type_, name), MEMBERS.get(name)), None)
        if fields[name][0] is None:
            raise KeyError(f"{type_.value} tells of {name!r}, and nothing here says what that is")
    name = "".join(part.capitalize() for part in type_.value.replace(".", "_").split("_"))
    made: type[BaseModel] = create_model(f"{name}Data", __base__=Told, **_safe(fields))
    return made


def message_model(type_: EventType) -> type[BaseModel]:
    """The whole message of one event type."""
    data = data_model(type_)
    at = Annotated[datetime, Field(description="When it was recorded.")]
    fields: dict[str, Any] = {"type": (Literal[type_.value], ...), "timestamp": (at, ...), "data": (data, ...)}
    made: type[BaseModel] = create_model(data.__name__.removesuffix("Data"), __config__=_STRICT, **fields)
    return made


@cache
def message_models() -> dict[str, type[BaseModel]]:
    """The messages by event type, the ping first."""
    return {PING: Ping, **{each.value: message_model(each) for each in _SERVED}}


def schema_of(type_: str, ref_template: str = "#/$defs/{model}") -> dict[str, Any]:
    """The JSON Schema of one message. What it does not name may be added one day, and is to be ignored."""
    schema: dict[str, Any] = _without(message_models()[type_].model_json_schema(ref_template=ref_template))
    parts = schema.pop("$defs")
    said = schema["properties"]["data"]["$ref"].rpartition("/")[2]
    schema["properties"]["data"] = parts.pop(said)
    return schema | ({"$defs": parts} if parts else {})


def _without(part: Any) -> Any:
    """What says nothing to a receiver: titles, defaults, and that nothing else may be there."""
    if isinstance(part, list):
        return [_without(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        name: {each: _without(value) for each, value in under.items()} if name == "properties" else _without(under)
        for name, under in part.items()
        if not (name in ("title", "default") or (name == "additionalProperties" and under is False))
    }


def _safe(fields: dict[str, Any]) -> dict[str, Any]:
    """`from` is a word of Python: it is `from_` inside and `from` in JSON."""
    return {
        f"{name}_" if name == "from" else name: (Annotated[annotation, Field(alias="from")], default)
        if name == "from"
        else (annotation, default)
        for name, (annotation, default) in fields.items()
    }
