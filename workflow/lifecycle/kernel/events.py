"""Events: what happened, to what, by whom, with what legal date. The journal is a list of them.

An event is a class: its type as it goes over the wire, its audience, its members, and what it does to the facts.

    @event("order.extended", Audience.SERVED)
    class OrderExtended(OfOrder):
        state: OrderState
        last_day: date = told("The last day that still counts.", date(2022, 12, 19))

        def on(self, order: Order, event: Event) -> Order:
            return replace(order, state=self.state, last_day=self.last_day)

An audience or an example left out is an error at import, a fold left out one of the type checker.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.facts.ids import Subject as Subject
from workflow.lifecycle.kernel.codec import structure, unstructure
from workflow.lifecycle.vocabulary import Audience

if TYPE_CHECKING:
    from workflow.lifecycle.facts import CaseFacts

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
    CASE_CLOSED = "case.closed", Audience.INTERNAL
    CASE_REOPENED = "case.reopened", Audience.INTERNAL
    DECISION_SERVED = "decision.served", Audience.SERVED
    DECISION_SERVICE_FAILED = "decision.service_failed", Audience.SERVED
    DECISION_SERVICE_CONTESTED = "decision.service_contested", Audience.INTERNAL
    DECISION_SERVICE_CORRECTED = "decision.service_corrected", Audience.SERVED
    DECISION_PUBLISHED = "decision.published", Audience.INTERNAL
    DECISION_APPEALED = "decision.appealed", Audience.INTERNAL
    DECISION_RULING_RECORDED = "decision.ruling_recorded", Audience.SERVED
    DECISION_FINE_RULED = "decision.fine_ruled", Audience.SERVED
    DECISION_FINALITY_PROPOSED = "decision.finality_proposed", Audience.INTERNAL
    DECISION_FINAL = "decision.final", Audience.SERVED
    DECISION_ANNULLED = "decision.annulled", Audience.SERVED
    DECISION_REINSTATED = "decision.reinstated", Audience.SERVED
    DECISION_WITHDRAWN = "decision.withdrawn", Audience.SERVED
    DECISION_CLOSED = "decision.closed", Audience.INTERNAL
    DECISION_REFERRED = "decision.referred", Audience.INTERNAL
    ORDER_DRAFTED = "order.drafted", Audience.INTERNAL
    ORDER_REVISED = "order.revised", Audience.INTERNAL
    ORDER_DISCARDED = "order.discarded", Audience.INTERNAL
    ORDER_IN_FORCE = "order.entered_into_force", Audience.SERVED
    ORDER_CLOCK_MOVED = "order.clock_moved", Audience.SERVED
    ORDER_REMINDED = "order.reminded", Audience.SERVED
    ORDER_PERIOD_EXPIRED = "order.period_expired", Audience.SERVED
    ORDER_FOUND_NON_COMPLIANT = "order.found_non_compliant", Audience.SERVED
    ORDER_LIMB_ACCEPTED = "order.limb_accepted", Audience.SERVED
    ORDER_COMPLIED = "order.complied", Audience.SERVED
    ORDER_RELAPSED = "order.relapsed", Audience.SERVED
    ORDER_PREMATURE_DELETION = "order.premature_deletion", Audience.SERVED
    ORDER_CLOSED = "order.closed", Audience.SERVED
    ORDER_EXTENDED = "order.extended", Audience.SERVED
    ORDER_SUSPENDED = "order.suspended", Audience.SERVED
    ORDER_RESUMED = "order.resumed", Audience.SERVED
    ORDER_LIFTED = "order.lifted", Audience.SERVED
    ORDER_LAPSED = "order.lapsed", Audience.SERVED
    ORDER_ANNULLED = "order.annulled", Audience.SERVED
    ORDER_LIMB_ANNULLED = "order.limb_annulled", Audience.SERVED
    ORDER_REINSTATED = "order.reinstated", Audience.SERVED
    ORDER_LIMB_REINSTATED = "order.limb_reinstated", Audience.SERVED
    CLAUSE_DRAFTED = "penalty_clause.drafted", Audience.INTERNAL
    CLAUSE_REVISED = "penalty_clause.revised", Audience.INTERNAL
    CLAUSE_DISCARDED = "penalty_clause.discarded", Audience.INTERNAL
    CLAUSE_RATE_CHANGED = "penalty_clause.rate_changed", Audience.SERVED
    CLAUSE_ACCRUAL_STARTED = "penalty_clause.accrual_started", Audience.SERVED
    CLAUSE_SUSPENDED = "penalty_clause.suspended", Audience.SERVED
    CLAUSE_RESUMED = "penalty_clause.resumed", Audience.SERVED
    CLAUSE_LIFTED = "penalty_clause.lifted", Audience.SERVED
    CLAUSE_ANNULLED = "penalty_clause.annulled", Audience.SERVED
    CLAUSE_REINSTATED = "penalty_clause.reinstated", Audience.SERVED
    PENALTY_PROPOSED = "penalty_decision.proposed", Audience.INTERNAL
    PENALTY_TAKEN_UP = "penalty_decision.taken_up", Audience.INTERNAL
    PENALTY_GROUNDS_NOTIFIED = "penalty_decision.grounds_notified", Audience.SERVED
    PENALTY_WINDOW_EXTENDED = "penalty_decision.window_extended", Audience.SERVED
    PENALTY_WINDOW_WAIVED = "penalty_decision.window_waived", Audience.INTERNAL
    PENALTY_OBSERVATIONS_CLOSED = "penalty_decision.observations_closed", Audience.INTERNAL
    PENALTY_RECUSED = "penalty_decision.recusal_recorded", Audience.INTERNAL
    PENALTY_DELIBERATED = "penalty_decision.deliberated", Audience.INTERNAL
    PENALTY_RETURNED = "penalty_decision.returned_to_draft", Audience.INTERNAL
    PENALTY_ADOPTED = "penalty_decision.adopted", Audience.INTERNAL
    PENALTY_CLOSED = "penalty_decision.closed_without_penalty", Audience.SERVED
    PENALTY_IN_ABEYANCE = "penalty_decision.put_in_abeyance", Audience.INTERNAL
    PENALTY_RESUMED = "penalty_decision.resumed", Audience.INTERNAL
    PENALTY_WITHDRAWN = "penalty_decision.withdrawn", Audience.SERVED
    PENALTY_VOID = "penalty_decision.declared_void", Audience.SERVED
    PENALTY_SUM_CONFIRMED = "penalty_decision.sum_confirmed", Audience.INTERNAL
    PENALTY_SUM_REPLACED = "penalty_decision.sum_replaced", Audience.INTERNAL
    PENALTY_REDUCED = "penalty_decision.reduced", Audience.SERVED
    PENALTY_SUM_RULED = "penalty_decision.sum_ruled", Audience.SERVED
    PENALTY_SERVED = "penalty_decision.served", Audience.SERVED
    PENALTY_SERVICE_FAILED = "penalty_decision.service_failed", Audience.SERVED
    PENALTY_SERVICE_CONTESTED = "penalty_decision.service_contested", Audience.INTERNAL
    PENALTY_SERVICE_CORRECTED = "penalty_decision.service_corrected", Audience.SERVED
    PENALTY_APPEALED = "penalty_decision.appealed", Audience.INTERNAL
    PENALTY_RULING_RECORDED = "penalty_decision.ruling_recorded", Audience.SERVED
    PENALTY_FINALITY_PROPOSED = "penalty_decision.finality_proposed", Audience.INTERNAL
    PENALTY_FINAL = "penalty_decision.final", Audience.SERVED
    PENALTY_ANNULLED = "penalty_decision.annulled", Audience.SERVED
    PENALTY_REINSTATED = "penalty_decision.reinstated", Audience.SERVED
    DEBT_AROSE = "debt.arose", Audience.INTERNAL
    DEBT_FELL_DUE = "debt.fell_due", Audience.INTERNAL
    DEBT_PAYMENT_RECORDED = "debt.payment_recorded", Audience.SERVED
    DEBT_REFUND_RECORDED = "debt.refund_recorded", Audience.SERVED
    DEBT_ADJUSTED = "debt.adjusted", Audience.INTERNAL
    DEBT_OVERDUE = "debt.overdue", Audience.INTERNAL
    DEBT_LIMITATION_NEAR = "debt.limitation_near", Audience.INTERNAL
    DEBT_HANDED_OVER = "debt.handed_over", Audience.INTERNAL
    DEBT_DEFERRED = "debt.deferred", Audience.INTERNAL
    DEBT_INSTALMENTS_AGREED = "debt.instalments_agreed", Audience.INTERNAL
    DEBT_DEFAULTED = "debt.defaulted", Audience.INTERNAL
    DEBT_SECURED = "debt.secured", Audience.INTERNAL
    DEBT_UNCOLLECTABLE = "debt.uncollectable_abroad", Audience.INTERNAL
    DEBT_WRITTEN_OFF = "debt.written_off", Audience.INTERNAL
    DEBT_TIME_BARRED = "debt.time_barred", Audience.INTERNAL
    DEBT_SUSPENDED = "debt.collection_suspended", Audience.INTERNAL
    DEBT_RESUMED = "debt.collection_resumed", Audience.INTERNAL
    FILING_RECEIVED = "filing.received", Audience.SERVED
    FILING_ATTACHED = "filing.attached", Audience.SERVED
    FILING_UNDER_ASSESSMENT = "filing.under_assessment", Audience.SERVED
    FILING_ACCEPTED = "filing.accepted", Audience.SERVED
    FILING_PARTLY_ACCEPTED = "filing.partly_accepted", Audience.SERVED
    FILING_REJECTED = "filing.rejected", Audience.SERVED
    FILING_REPLIED = "filing.replied", Audience.SERVED
    FILING_GRANTED = "filing.granted", Audience.SERVED
    FILING_REFUSED = "filing.refused", Audience.SERVED
    FILING_WITHDRAWN = "filing.withdrawn", Audience.SERVED
    REQUEST_REGISTERED = "access_request.registered", Audience.INTERNAL
    REQUEST_BEGUN = "access_request.begun", Audience.INTERNAL
    REQUEST_IDENTITY_ASKED = "access_request.identity_asked", Audience.INTERNAL
    REQUEST_IDENTITY_KNOWN = "access_request.identity_known", Audience.INTERNAL
    REQUEST_EXTENDED = "access_request.extended", Audience.INTERNAL
    REQUEST_ANSWERED = "access_request.answered", Audience.INTERNAL
    REQUEST_REFUSED = "access_request.refused", Audience.INTERNAL
    REQUEST_NO_DATA = "access_request.no_data_held", Audience.INTERNAL
    REQUEST_DISPUTED = "access_request.disputed", Audience.INTERNAL
    REQUEST_VERIFIED = "access_request.verified", Audience.INTERNAL
    REQUEST_SET_ASIDE = "access_request.set_aside", Audience.INTERNAL
    REQUEST_CLOSED = "access_request.closed", Audience.INTERNAL
    ACT_PROPOSED = "act.proposed", Audience.INTERNAL
    ACT_DECLINED = "act.declined", Audience.INTERNAL
    WEBHOOK_DEAD_LETTERED = "webhook.dead_lettered", Audience.INTERNAL
    WEBHOOK_ARRIVED = "webhook.arrived", Audience.INTERNAL
    CASE_REGISTERED = "case.registered", Audience.INTERNAL
    ACCOUNT_CREATED = "account.created", Audience.INTERNAL
    KEY_CREATED = "key.created", Audience.INTERNAL
    KEY_REVOKED = "key.revoked", Audience.INTERNAL
    ENDPOINT_REGISTERED = "endpoint.registered", Audience.INTERNAL
    CHECKPOINT_SIGNED = "checkpoint.signed", Audience.INTERNAL
    ENDPOINT_ACTIVATED = "endpoint.activated", Audience.INTERNAL
    ENDPOINT_PAUSED = "endpoint.paused", Audience.INTERNAL
    ENDPOINT_RESUMED = "endpoint.resumed", Audience.INTERNAL
    ENDPOINT_SECRET_ROTATED = "endpoint.secret_rotated", Audience.INTERNAL
    ENDPOINT_DISABLED = "endpoint.disabled", Audience.INTERNAL
    ENDPOINT_REMOVED = "endpoint.removed", Audience.INTERNAL
    REPRESENTATION_RECORDED = "representation.recorded", Audience.INTERNAL
    REPRESENTATION_ENDED = "representation.ended", Audience.INTERNAL
    FEED_CREATED = "feed.created", Audience.INTERNAL
    FEED_REVOKED = "feed.revoked", Audience.INTERNAL


_TYPES = {each.value: each for each in EventType}


def told(says: str, example: Any, *, default: Any = MISSING) -> Any:
    """A member of an event that counsel is told: what it is, in a sentence, and an example as the event holds it."""
    return field(default=default, metadata={"says": says, "example": example})


@frozen(kw_only=True)
class Payload(ABC):
    """What an event says.

    `assumed` names the members that are not certain. An act that a second person confirmed or declined has its number
    (`act`), a confirmed one also who proposed it.
    """

    type: ClassVar[str]
    audience: ClassVar[Audience]

    assumed: tuple[str, ...] = ()
    act: int | None = None
    proposed_by: str | None = None

    @abstractmethod
    def fold(self, case: "CaseFacts", event: "Event") -> "CaseFacts":
        """The case after the event that says this."""


def members_told(said: type[Payload]) -> Mapping[str, Field[Any]]:
    """The members of such an event that counsel is told, by their names in JSON; see `told` for what each has."""
    return {each.name.rstrip("_"): each for each in fields(said) if "says" in each.metadata}


P = TypeVar("P", bound=Payload)

EVENTS: dict[str, type[Payload]] = {}
"""Every event class by its type."""


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(told, field))
def event(type_: str, audience: Audience) -> Callable[[type[P]], type[P]]:
    """Make a class the event of this type; TypeError for a type that another class has."""

    def make(cls: type[P]) -> type[P]:
        made: type[P] = dataclass(slots=True, unsafe_hash=True, kw_only=True)(cls)
        if type_ in EVENTS:
            raise TypeError(f"{type_} is the event {EVENTS[type_].__name__} already")
        made.type, made.audience = type_, audience
        EVENTS[type_] = made
        return made

    return make


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(told, field))
def shared(cls: type[P]) -> type[P]:
    """Make a class of what several events say alike; each of them is a subclass with its own type."""
    return dataclass(slots=True, unsafe_hash=True, kw_only=True)(cls)


@frozen(kw_only=True)
class Untyped(Payload):
    """What an event says whose type has no class."""

    of: EventType
    members: Mapping[str, Any]

    def fold(self, case: "CaseFacts", event: "Event") -> "CaseFacts":
        """Not known here."""
        raise AssertionError(self.of)


@frozen(kw_only=True)
class Event:
    """What `decide` returns: everything but the place in the journal.

    `text` holds free text and names of natural persons, which the journal keeps beside the chain so that they can be
    erased. `parent` is the thing a creating trigger was posted on: its version moves too. `late_by` is an ISO duration,
    given with `step` alone.
    """

    subject: Subject
    payload: Payload
    actor: str
    effective_on: date
    parent: Subject | None = None
    text: Mapping[str, str] = field(default_factory=dict)
    step: str | None = None
    late_by: str | None = None

    @property
    def type(self) -> EventType:
        """The type as it goes over the wire."""
        return self.payload.of if isinstance(self.payload, Untyped) else _TYPES[self.payload.type]

    @property
    def audience(self) -> Audience:
        """Who may learn of it."""
        return self.type.audience

    @property
    def data(self) -> Mapping[str, Any]:
        """What it says, as JSON: dates and amounts as strings, no floats."""
        if isinstance(self.payload, Untyped):
            return self.payload.members
        json: Mapping[str, Any] = unstructure(self.payload)
        return json


def read_payload(type_: str, data: Mapping[str, Any]) -> Payload:
    """What an event of this type says, from JSON; KeyError for a type or a member that is unknown."""
    if type_ in EVENTS:
        return structure(EVENTS[type_], data)
    return Untyped(of=_TYPES[type_], members=data, act=data.get("act"))


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
