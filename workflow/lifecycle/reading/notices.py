"""What counsel is told of an event, and which parties are: references and dates, no personal data.

`sequence` is added by the outbox, which counts the messages of each endpoint under the case's lock.
"""

from datetime import datetime
from typing import Any

from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.facts import (
    AccessRequest,
    CaseFacts,
    Clause,
    Debt,
    Filing,
    Order,
    PenaltyDecision,
)
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.vocabulary import Audience

_MEMBERS: dict[EventType, tuple[str, ...]] = {
    EventType.DECISION_SERVED: ("served_on", "channel", "basis", "fine", "assumed"),
    EventType.DECISION_SERVICE_FAILED: ("attempted_on", "channel", "outcome"),
    EventType.DECISION_SERVICE_CORRECTED: ("served_on", "channel", "basis", "was", "never_served"),
    EventType.DECISION_RULING_RECORDED: ("appeal", "ruled_on", "court", "final"),
    EventType.DECISION_FINE_RULED: ("amount",),
    EventType.DECISION_FINAL: ("final_on",),
    EventType.DECISION_ANNULLED: (),
    EventType.DECISION_REINSTATED: (),
    EventType.DECISION_WITHDRAWN: ("effect",),
    EventType.ORDER_CLOCK_MOVED: ("starts_on", "last_day", "first_late_day", "ends_at", "was", "superseded"),
    EventType.ORDER_IN_FORCE: ("starts_on", "last_day", "first_late_day", "ends_at", "assumed"),
    EventType.ORDER_REMINDED: ("last_day", "days_left", "in_place_of"),
    EventType.ORDER_PERIOD_EXPIRED: ("last_day", "finding"),
    EventType.ORDER_FOUND_NON_COMPLIANT: ("limbs",),
    EventType.ORDER_LIMB_ACCEPTED: ("limb", "met_on"),
    EventType.ORDER_COMPLIED: ("complied_on",),
    EventType.ORDER_RELAPSED: ("relapsed_on", "limbs"),
    EventType.ORDER_PREMATURE_DELETION: ("deleted_on",),
    EventType.ORDER_CLOSED: (),
    EventType.ORDER_EXTENDED: ("last_day", "first_late_day", "ends_at", "undoes_accrued", "grace_from", "request"),
    EventType.ORDER_SUSPENDED: ("scope", "effect", "from", "limb", "request"),
    EventType.ORDER_RESUMED: ("resumed_on", "last_day", "first_late_day", "ends_at", "grace_from"),
    EventType.ORDER_LIFTED: ("effect", "ended_on"),
    EventType.ORDER_LAPSED: ("ended_on",),
    EventType.ORDER_ANNULLED: ("annulled_on",),
    EventType.ORDER_LIMB_ANNULLED: ("limb", "annulled_on"),
    EventType.ORDER_REINSTATED: ("state",),
    EventType.ORDER_LIMB_REINSTATED: ("limb",),
    EventType.CLAUSE_RATE_CHANGED: ("rate", "from"),
    EventType.CLAUSE_ACCRUAL_STARTED: ("from",),
    EventType.CLAUSE_SUSPENDED: ("effect", "from"),
    EventType.CLAUSE_RESUMED: ("resumed_on",),
    EventType.CLAUSE_LIFTED: ("effect", "ended_on"),
    EventType.CLAUSE_ANNULLED: ("annulled_on",),
    EventType.CLAUSE_REINSTATED: ("state",),
    EventType.PENALTY_WINDOW_EXTENDED: ("window_ends_on", "request"),
    EventType.PENALTY_GROUNDS_NOTIFIED: ("notified_on", "from", "to", "units", "amount", "window_ends_on"),
    EventType.PENALTY_REDUCED: ("from", "to", "units", "amount", "replaces"),
    EventType.PENALTY_SERVED: ("served_on", "channel", "basis", "assumed"),
    EventType.PENALTY_SERVICE_FAILED: ("attempted_on", "channel", "outcome"),
    EventType.PENALTY_SERVICE_CORRECTED: ("served_on", "channel", "basis", "was", "never_served"),
    EventType.PENALTY_RULING_RECORDED: ("appeal", "ruled_on", "court", "final"),
    EventType.PENALTY_SUM_RULED: ("amount",),
    EventType.PENALTY_FINAL: ("final_on",),
    EventType.PENALTY_ANNULLED: (),
    EventType.PENALTY_REINSTATED: (),
    EventType.PENALTY_CLOSED: ("days",),
    EventType.PENALTY_WITHDRAWN: (),
    EventType.PENALTY_VOID: (),
    EventType.FILING_RECEIVED: ("kind", "received_on", "in_time", "file_by", "asks_for", "until"),
    EventType.FILING_ATTACHED: ("sha256", "size", "media_type", "received_on", "in_time", "file_by"),
    EventType.FILING_UNDER_ASSESSMENT: (),
    EventType.FILING_ACCEPTED: (),
    EventType.FILING_PARTLY_ACCEPTED: (),
    EventType.FILING_REJECTED: (),
    EventType.FILING_REPLIED: ("replied_on", "outcome"),
    EventType.FILING_GRANTED: (),
    EventType.FILING_REFUSED: (),
    EventType.FILING_WITHDRAWN: (),
    EventType.DEBT_PAYMENT_RECORDED: ("paid_on", "amount"),
    EventType.DEBT_REFUND_RECORDED: ("refunded_on", "amount"),
}


def members_told(type_: EventType) -> tuple[str, ...]:
    """The members of such an event that counsel is told."""
    return _MEMBERS[type_]


_OF_THE_GROUNDS = frozenset(
    {
        EventType.PENALTY_GROUNDS_NOTIFIED,
        EventType.PENALTY_WINDOW_EXTENDED,
        EventType.PENALTY_CLOSED,
        EventType.PENALTY_WITHDRAWN,
        EventType.PENALTY_VOID,
    }
)
"""Told to whom the grounds were notified: that they were, until when to answer, and that nothing came of them."""


def told(case: CaseFacts, event: Event) -> frozenset[int]:
    """The numbers of the parties an event is for: nobody for an internal one, else those it concerns who know of it.

    Of a penalty decision a party learns nothing between the grounds and its service, but that nothing comes of them:
    not of the session, not of the adoption, not of a service that failed.
    """
    if event.type.audience is not Audience.SERVED:
        return frozenset()
    standing = find(case, event.subject)
    if standing is None:
        return frozenset()
    parties = standing.told
    if event.data.get("addressee") is not None:
        parties &= {event.data["addressee"]}
    if isinstance(standing.thing, PenaltyDecision) and event.type not in _OF_THE_GROUNDS:
        parties &= standing.thing.reached
    return parties


def notice(case: CaseFacts, event: Event, recorded_at: datetime) -> dict[str, Any]:
    """The body of the webhook, but for `data.sequence`. A webhook is a courtesy copy: it has no legal effect."""
    members = {key: event.data[key] for key in _MEMBERS[event.type] if key in event.data}
    return {
        "type": event.type.value,
        "timestamp": recorded_at.isoformat().replace("+00:00", "Z"),
        "data": {
            "case": case.reference,
            **_about(case, event),
            "effective_on": event.effective_on.isoformat(),
            "legal_effect": "none",
            **members,
        },
    }


def _about(case: CaseFacts, event: Event) -> dict[str, Any]:
    """The thing a notice is about, in the numbers people use, and where it can be read."""
    standing = find(case, event.subject)
    assert standing is not None
    thing, decision = standing.thing, standing.decision
    kind, id = event.subject.kind.value, event.subject.id
    about: dict[str, Any] = {"links": {kind: f"/v1/{kind.replace('_', '-')}s/{id}"}}
    match thing:
        case Order() if decision is not None:
            return {"order": decision.number_of(thing), "kind": thing.kind, **about}
        case PenaltyDecision() | Filing() | Debt():
            of = {"decision": decision.reference} if decision is not None else {}
            return {**of, kind: thing.n, **about}
        case Clause() if decision is not None:
            return {"decision": decision.reference, "penalty_clause": thing.n, **about}
        case AccessRequest():
            return {"access_request": thing.reference, **about}
        case _ if decision is not None:
            return {"decision": decision.reference, **about}
        case _:
            return about
