"""What counsel is told of an event, and which parties are: references and dates, no personal data.

`sequence` is added by the outbox, which counts the messages of each endpoint under the case's lock.
"""

from datetime import datetime
from typing import Any

from workflow.lifecycle.events import Event, EventType
from workflow.lifecycle.facts import CaseFacts, Decision, Order
from workflow.lifecycle.vocabulary import Audience

_MEMBERS: dict[EventType, tuple[str, ...]] = {
    EventType.DECISION_SERVED: ("served_on", "channel", "fine", "assumed"),
    EventType.ORDER_IN_FORCE: ("starts_on", "last_day", "first_late_day", "ends_at", "assumed"),
    EventType.ORDER_REMINDED: ("last_day", "days_left", "in_place_of"),
    EventType.ORDER_PERIOD_EXPIRED: ("last_day", "finding"),
    EventType.ORDER_COMPLIED: ("complied_on",),
}


def told(case: CaseFacts, event: Event) -> frozenset[int]:
    """The numbers of the parties an event is for: nobody for an internal one, else the addressee it concerns."""
    if event.type.audience is not Audience.SERVED:
        return frozenset()
    if event.type is EventType.DECISION_SERVED:
        return frozenset({event.data["addressee"]})
    _, order = _order(case, event.subject.id)
    return frozenset({order.addressee})


def notice(case: CaseFacts, event: Event, recorded_at: datetime) -> dict[str, Any]:
    """The body of the webhook, but for `data.sequence`. A webhook is a courtesy copy: it has no legal effect."""
    about = _about_decision if event.type is EventType.DECISION_SERVED else _about_order
    members = {key: event.data[key] for key in _MEMBERS[event.type] if key in event.data}
    return {
        "type": event.type.value,
        "timestamp": recorded_at.isoformat().replace("+00:00", "Z"),
        "data": {
            "case": case.reference,
            **about(case, event),
            "effective_on": event.effective_on.isoformat(),
            "legal_effect": "none",
            **members,
        },
    }


def _about_decision(case: CaseFacts, event: Event) -> dict[str, Any]:
    decision = case.decision(event.subject.id)
    return {"decision": decision.reference, "links": {"decision": f"/v1/decisions/{decision.id}"}}


def _about_order(case: CaseFacts, event: Event) -> dict[str, Any]:
    decision, order = _order(case, event.subject.id)
    return {"order": number_of(decision, order), "kind": order.kind, "links": {"order": f"/v1/orders/{order.id}"}}


def _order(case: CaseFacts, id: str) -> tuple[Decision, Order]:
    return next((decision, order) for decision, order in case.orders() if order.id == id)


def number_of(decision: Decision, order: Order) -> str:
    """The number people use for an order: the decision's reference and its place in it, `SAN-2022-019/2`."""
    return f"{decision.reference}/{order.n}"
