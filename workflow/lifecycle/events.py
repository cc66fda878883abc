"""Events: what happened, to what, by whom, with what legal date. The journal is a list of them.

An event type names its audience here, with no default: forgetting it is an error at import.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from workflow.lifecycle.frozen import frozen
from workflow.lifecycle.vocabulary import Audience, SubjectKind

AUTHORITY = "authority"
"""The stream of what belongs to no case: accounts, keys, endpoints, and each case opened."""


class EventType(StrEnum):
    """Every event type, dotted as it goes over the wire."""

    audience: Audience

    def __new__(cls, value: str, audience: Audience) -> "EventType":
        """Take the audience beside the name; there is no default."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.audience = audience
        return member

    CASE_OPENED = "case.opened", Audience.INTERNAL
    DECISION_DRAFTED = "decision.drafted", Audience.INTERNAL
    DECISION_REVISED = "decision.revised", Audience.INTERNAL
    DECISION_SUBMITTED = "decision.submitted", Audience.INTERNAL
    DECISION_RETURNED = "decision.returned_to_draft", Audience.INTERNAL
    DECISION_ADOPTED = "decision.adopted", Audience.INTERNAL
    DECISION_SERVED = "decision.served", Audience.SERVED
    ORDER_DRAFTED = "order.drafted", Audience.INTERNAL
    ORDER_REVISED = "order.revised", Audience.INTERNAL
    ORDER_DISCARDED = "order.discarded", Audience.INTERNAL
    ORDER_IN_FORCE = "order.entered_into_force", Audience.SERVED
    ORDER_REMINDED = "order.reminded", Audience.SERVED
    ORDER_PERIOD_EXPIRED = "order.period_expired", Audience.SERVED
    ORDER_COMPLIED = "order.complied", Audience.SERVED
    CLAUSE_DRAFTED = "penalty_clause.drafted", Audience.INTERNAL
    CLAUSE_REVISED = "penalty_clause.revised", Audience.INTERNAL
    CLAUSE_DISCARDED = "penalty_clause.discarded", Audience.INTERNAL
    PENALTY_PROPOSED = "penalty_decision.proposed", Audience.INTERNAL
    PENALTY_TAKEN_UP = "penalty_decision.taken_up", Audience.INTERNAL
    PENALTY_ADOPTED = "penalty_decision.adopted", Audience.INTERNAL
    ACT_PROPOSED = "act.proposed", Audience.INTERNAL
    ACT_DECLINED = "act.declined", Audience.INTERNAL
    CASE_REGISTERED = "case.registered", Audience.INTERNAL
    ACCOUNT_CREATED = "account.created", Audience.INTERNAL
    KEY_CREATED = "key.created", Audience.INTERNAL
    KEY_REVOKED = "key.revoked", Audience.INTERNAL
    ENDPOINT_REGISTERED = "endpoint.registered", Audience.INTERNAL


@frozen
class Subject:
    """The one thing an event is about."""

    kind: SubjectKind
    id: str


@frozen(kw_only=True)
class Event:
    """What `decide` returns: everything but the place in the journal.

    `data` is JSON (dates and amounts as strings, no floats). `text` holds free text and names of natural persons,
    which the journal keeps beside the chain so that they can be erased. `parent` is the thing a creating trigger
    was posted on: its version moves too. `late_by` is an ISO duration, given with `step` alone.
    """

    subject: Subject
    type: EventType
    actor: str
    effective_on: date
    data: Mapping[str, Any]
    parent: Subject | None = None
    text: Mapping[str, str] = field(default_factory=dict)
    step: str | None = None
    late_by: str | None = None


@frozen(kw_only=True)
class Recorded:
    """An event with its place in the journal of one case (`case` may be `authority`)."""

    case: str
    seq: int
    id: str
    act: str
    recorded_at: datetime
    hash: str
    event: Event
