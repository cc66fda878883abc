"""The messages to counsel as models, one an event type: what OpenAPI, docs/webhooks.md and the tests read.

Which members are told, and what each of them is, stands with the event (`told`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model
from pydantic import Field as Member

from workflow.law.money import Money
from workflow.lifecycle.door.events import SERVED
from workflow.lifecycle.kernel.events import Payload, members_told
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.outbox import PING
from workflow.use_cases.views.shared import MoneyView

SERVED_TYPES = tuple(SERVED)
"""The event types that are told, as they go over the wire."""


def known_types(types: Sequence[str]) -> Sequence[str]:
    """These event types, when all of them are told; ValueError names the others."""
    unknown = sorted(set(types) - set(SERVED_TYPES))
    if unknown:
        raise ValueError(f"types of served events, not {', '.join(unknown)[:200]}; docs/webhooks.md lists them")
    return types


_STRICT = ConfigDict(extra="forbid")


def _said(shape: Any, says: str, default: Any = ...) -> Any:
    return shape, Member(default, description=says)


class Told(BaseModel):
    """What every message says. Dates are those of the authority; a message has no legal effect of its own."""

    model_config = _STRICT

    case: Annotated[str, Member(description="The reference of the case.")]
    effective_on: Annotated[date, Member(description="The legal date of what happened.")]
    legal_effect: Literal["none"]


class PingData(BaseModel):
    """What a ping says."""

    model_config = _STRICT

    case: Annotated[str, Member(description="The reference of the case.")]
    endpoint: Annotated[str, Member(description="The id of the endpoint it is for.")]
    legal_effect: Literal["none"]


class Ping(BaseModel):
    """Asks whether somebody answers. It is nothing of the case; any 2xx is an answer."""

    model_config = _STRICT

    type: Literal["endpoint.ping"]
    timestamp: Annotated[datetime, Member(description="When it was asked for.")]
    data: PingData


_ABOUT: Mapping[SubjectKind, Mapping[str, Any]] = {
    SubjectKind.CASE: {},
    SubjectKind.DECISION: {"decision": _said(str, "The reference of the decision.")},
    SubjectKind.ORDER: {
        "order": _said(str, "The decision's reference and the order's number in it."),
        "kind": _said(str, "What is ordered."),
    },
    SubjectKind.PENALTY_CLAUSE: {
        "decision": _said(str, "The reference of the decision."),
        "penalty_clause": _said(int, "The number of the clause in the decision."),
    },
    SubjectKind.PENALTY_DECISION: {
        "decision": _said(str, "The reference of the decision."),
        "penalty_decision": _said(int, "The number of the penalty decision in the case."),
    },
    SubjectKind.FILING: {
        "decision": _said(str, "The reference of the decision it is about, if of one.", None),
        "filing": _said(int, "The number of the filing in the case."),
    },
    SubjectKind.DEBT: {
        "decision": _said(str, "The reference of the decision it arose from."),
        "debt": _said(int, "The number of the debt in the case."),
    },
    SubjectKind.ACCESS_REQUEST: {"access_request": _said(str, "The reference of the access request.")},
}
"""What says which thing a message is about, by its kind."""


def data_model(said: type[Payload], *, pulled: bool = False) -> type[BaseModel]:
    """What the message of one class of events says; what is pulled has no sequence, which is an endpoint's."""
    members = dict(_ABOUT[SubjectKind(said.type.partition(".")[0])])
    members["links"] = _said(dict[str, str], "Where it is, by kind.")
    members["event"] = _said(str, "The id of the event, alike wherever it is told.")
    if not pulled:
        members["sequence"] = _said(int, "1, 2, 3 … for this endpoint, without a gap.")
    return create_model(f"{said.__name__}Data", __base__=Told, **members, **_members(said, members_told(said).values()))


def message_model(said: type[Payload]) -> type[BaseModel]:
    """The whole message of one class of events."""
    members: dict[str, Any] = {
        "type": (Literal[said.type], ...),
        "timestamp": _said(datetime, "When it was recorded."),
        "data": (data_model(said), ...),
    }
    return create_model(said.__name__, __config__=_STRICT, **members)


def _members(holder: Any, told: Iterable[Field[Any]]) -> dict[str, Any]:
    """These members of a dataclass as members of a model; one with a default may be left out."""
    hints = get_type_hints(holder)
    return {
        each.name: (
            _shape(_given(hints[each.name]) if each.default is None else hints[each.name]),
            Member(
                ... if each.default is MISSING else None,
                description=each.metadata.get("says"),
                alias=each.name.rstrip("_") if each.name.endswith("_") else None,
            ),
        )
        for each in told
    }


def _given(hint: Any) -> Any:
    """The type of a member where it is there: one that is None by default is left out then, and never null."""
    return Union[tuple(each for each in get_args(hint) if each is not NoneType)]  # noqa: UP007


def _shape(hint: Any) -> Any:
    """A type as JSON has it: a sum is a `MoneyView`, a tuple a list, a dataclass a model."""
    if hint is Money:
        return MoneyView
    if get_origin(hint) in (Union, UnionType):
        return Union[tuple(map(_shape, get_args(hint)))]  # noqa: UP007
    if get_origin(hint) is tuple:
        return list[_shape(get_args(hint)[0])]  # type: ignore[misc]
    return _part(cast("Any", hint)) if is_dataclass(hint) else hint


@cache
def _part(held: Any) -> type[BaseModel]:
    return create_model(held.__name__, __config__=_STRICT, __doc__=held.__doc__, **_members(held, fields(held)))


@cache
def message_models() -> dict[str, type[BaseModel]]:
    """The messages by event type, the ping first."""
    return {PING: Ping, **{type_: message_model(said) for type_, said in SERVED.items()}}


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
