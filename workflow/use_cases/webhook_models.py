"""The messages to counsel as models, one an event type: what OpenAPI, docs/webhooks.md and the tests read.

Which members of an event are told stands in `lifecycle/notices.py`; here is only what each of them is.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from workflow.lifecycle.events import EventType
from workflow.lifecycle.notices import members_told
from workflow.lifecycle.vocabulary import (
    Asked,
    Audience,
    Retroactivity,
    ServiceBasis,
    ServiceChannel,
    SubjectKind,
    SuspensionEffect,
    SuspensionScope,
)
from workflow.store.outbox import PING
from workflow.use_cases.views.shared import MoneyView

SERVED_TYPES = tuple(sorted(each.value for each in EventType if each.audience is Audience.SERVED))
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


def _text(says: str) -> Any:
    return Annotated[str, Field(description=says)]


def _number(says: str) -> Any:
    return Annotated[int, Field(description=says)]


def _date(says: str) -> Any:
    return Annotated[date, Field(description=says)]


def _money(says: str) -> Any:
    return Annotated[MoneyView, Field(description=says)]


_ABOUT: dict[SubjectKind, dict[str, Any]] = {
    SubjectKind.CASE: {},
    SubjectKind.DECISION: {"decision": _text("The reference of the decision.")},
    SubjectKind.ORDER: {
        "order": _text("The decision's reference and the order's number in it."),
        "kind": _text("What is ordered."),
    },
    SubjectKind.PENALTY_CLAUSE: {
        "decision": _text("The reference of the decision."),
        "penalty_clause": _number("The number of the clause in the decision."),
    },
    SubjectKind.PENALTY_DECISION: {
        "decision": _text("The reference of the decision."),
        "penalty_decision": _number("The number of the penalty decision in the case."),
    },
    SubjectKind.FILING: {
        "decision": _text("The reference of the decision it is about, if of one."),
        "filing": _number("The number of the filing in the case."),
    },
    SubjectKind.DEBT: {
        "decision": _text("The reference of the decision it arose from."),
        "debt": _number("The number of the debt in the case."),
    },
    SubjectKind.ACCESS_REQUEST: {"access_request": _text("The reference of the access request.")},
}


class Was(BaseModel):
    """The clock of an order as it was before."""

    model_config = _STRICT

    starts_on: date
    last_day: date


class Superseded(BaseModel):
    """What a moved clock makes of the recorded end of the period: another day, or none as it is not over."""

    model_config = _STRICT

    expiry_recorded_on: date
    by: date | None


class UnmetLimb(BaseModel):
    """A limb found unmet, and since when; from the first late day on when that is not said."""

    model_config = _STRICT

    n: int
    from_: Annotated[date | None, Field(alias="from")] = None


class Days(BaseModel):
    """The days that interest is for."""

    model_config = _STRICT

    from_: Annotated[date, Field(alias="from")]
    to: date


class Before(BaseModel):
    """The sum that was stated before."""

    model_config = _STRICT

    units: int
    amount: MoneyView


MEMBERS: dict[str, Any] = {
    "amount": _money("The sum."),
    "appeal": _number("The number of the appeal."),
    "attempted_on": _date("The day of the attempt."),
    "basis": Annotated[ServiceBasis, Field(description="Why it counts as served.")],
    "court": _text("The court."),
    "file_by": _date("The last day on which it would have been in time; left out where there is none."),
    "final": Annotated[bool, Field(description="Whether no further appeal is open.")],
    "final_on": _date("The day from which it is final."),
    "never_served": Annotated[bool, Field(description="Whether it turned out that nothing was served at all.")],
    "ruled_on": _date("The day of the ruling."),
    "superseded": Annotated[Superseded, Field(description="What becomes of the recorded end of the period.")],
    "was": _date("The day it was before."),
    "annulled_on": _date("The day of the annulment."),
    "asks_for": Annotated[Asked, Field(description="What a request is for.")],
    "assumed": Annotated[list[str], Field(description="The members of this that are assumed, not certain.")],
    "channel": Annotated[ServiceChannel, Field(description="How it was delivered.")],
    "complied_on": _date("The day from which the order is complied with."),
    "days": Annotated[Days, Field(description="The days it is for; of interest alone.")],
    "days_left": _number("Days left to the last day."),
    "deleted_on": _date("The day of the deletion."),
    "due_by": Annotated[date | None, Field(description="The last day for payment, null while none is set.")],
    "effect": Annotated[
        SuspensionEffect | Retroactivity, Field(description="What it does to days, or to the days before.")
    ],
    "ended_on": _date("The first day on which it no longer binds."),
    "ends_at": Annotated[datetime, Field(description="The instant at which the last day is over.")],
    "finding": Annotated[
        Any, Field(description="What was found; none, when the passing of the day alone was recorded.")
    ],
    "fine": Annotated[MoneyView | None, Field(description="The fine, if there is one.")],
    "first_late_day": _date("The first day that is late."),
    "from": _date("The first of the days it is about."),
    "grace_from": Annotated[date | None, Field(description="The first day that is no longer late, if any.")],
    "in_place_of": Annotated[list[date], Field(description="The days of earlier reminders that this one stands for.")],
    "in_time": Annotated[bool | None, Field(description="Whether it came in time; null where no day is set.")],
    "kind": _text("What it is."),
    "last_day": _date("The last day that still counts."),
    "limb": Annotated[int | None, Field(description="The limb of the order it is about; null for the whole.")],
    "limbs": Annotated[list[int], Field(description="The limbs of the order it is about.")],
    "media_type": _text("What kind of file it is."),
    "met_on": _date("The day on which the limb was met."),
    "notified_on": _date("The day of the notice."),
    "outcome": _text("How it ended."),
    "paid_on": _date("The day of the payment."),
    "rate": _money("The sum for each unit of delay."),
    "received_on": _date("The day it was received."),
    "refunded_on": _date("The day of the refund."),
    "relapsed_on": _date("The first day on which it was breached again."),
    "replaces": Annotated[Before, Field(description="The sum it takes the place of.")],
    "replied_on": _date("The day of the reply."),
    "request": _number("The number of the filing that this grants; left out when it grants none."),
    "resumed_on": _date("The day from which it runs again."),
    "scope": Annotated[SuspensionScope, Field(description="What is suspended.")],
    "served_on": _date("The legal date of service."),
    "sha256": _text("The SHA-256 of the file, in hexadecimal."),
    "size": _number("The length of the file in bytes."),
    "starts_on": _date("The day that starts the period."),
    "state": _text("The state it is in again."),
    "to": _date("The last of the days it is about."),
    "undoes_accrued": Annotated[bool, Field(description="Whether late days of before no longer count.")],
    "units": _number("How many days, or other units, it is for."),
    "until": _date("The day until which time is asked for."),
    "window_ends_on": _date("The last day for observations."),
}
"""What each member is, by the name under which an event has it."""

_OTHERWISE: dict[tuple[EventType, str], Any] = {
    (EventType.ORDER_CLOCK_MOVED, "was"): Annotated[Was, Field(description="The clock before.")],
    (EventType.ORDER_CLOCK_MOVED, "starts_on"): Annotated[date | None, Field(description="The day that starts it.")],
    (EventType.ORDER_CLOCK_MOVED, "last_day"): Annotated[date | None, Field(description="Null while none is set.")],
    (EventType.ORDER_CLOCK_MOVED, "first_late_day"): Annotated[date | None, Field(description="The day after it.")],
    (EventType.ORDER_FOUND_NON_COMPLIANT, "limbs"): Annotated[
        list[UnmetLimb], Field(description="The limbs that are unmet.")
    ],
}
"""Members that are something else in one type of event."""


def data_model(type_: EventType, *, pulled: bool = False) -> type[BaseModel]:
    """What the message of one event type says; what is pulled has no sequence, which is an endpoint's."""
    kind = SubjectKind(type_.value.partition(".")[0])
    fields: dict[str, Any] = {name: (annotation, ...) for name, annotation in _ABOUT[kind].items()}
    if kind is SubjectKind.FILING:
        fields["decision"] = (_ABOUT[kind]["decision"], None)
    links = Annotated[dict[str, str], Field(description="Where it is, by kind.")]
    fields |= {"links": (links, ...), "event": (_text("The id of the event, alike wherever it is told."), ...)}
    if not pulled:
        fields["sequence"] = (_number("1, 2, 3 … for this endpoint, without a gap."), ...)
    for name in members_told(type_):
        fields[name] = (_OTHERWISE.get((type_, name), MEMBERS.get(name)), None)
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
    served = sorted((each for each in EventType if each.audience is Audience.SERVED), key=lambda each: each.value)
    return {PING: Ping, **{each.value: message_model(each) for each in served}}


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
