"""The acts on access requests. Each event says from which state to which, so that the order can count without them."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.access_request import answer_by
from workflow.lifecycle.access_request.contents import RequestContent
from workflow.lifecycle.facts import AccessRequest, CaseFacts, Order, request_id
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, EventType, Subject
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import with_order
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.vocabulary import AccessRequestState, SubjectKind, Trigger

_TYPES = {
    Trigger.BEGIN: EventType.REQUEST_BEGUN,
    Trigger.ASK_IDENTITY: EventType.REQUEST_IDENTITY_ASKED,
    Trigger.RECORD_IDENTITY: EventType.REQUEST_IDENTITY_KNOWN,
    Trigger.EXTEND: EventType.REQUEST_EXTENDED,
    Trigger.RECORD_ANSWER: EventType.REQUEST_ANSWERED,
    Trigger.RECORD_REFUSAL: EventType.REQUEST_REFUSED,
    Trigger.RECORD_NO_DATA: EventType.REQUEST_NO_DATA,
    Trigger.DISPUTE: EventType.REQUEST_DISPUTED,
    Trigger.VERIFY: EventType.REQUEST_VERIFIED,
    Trigger.SET_ASIDE: EventType.REQUEST_SET_ASIDE,
    Trigger.CLOSE: EventType.REQUEST_CLOSED,
}
_DAYS = {
    EventType.REQUEST_ANSWERED: "answered_on",
    EventType.REQUEST_REFUSED: "refused_on",
    EventType.REQUEST_NO_DATA: "found_on",
}


def register(at: Situation[Any, Any]) -> list[Event]:
    """`access_request.registered` under its order, with the last day by law: the clock ran from its receipt."""
    order: Order = at.thing
    content: RequestContent = at.command.content
    data = {
        "n": sum(order.requests.values()) + 1,
        "order": order.id,
        "reference": content.reference,
        "received_on": content.received_on.isoformat(),
        "statutory_by": answer_by(content.received_on, at.regime).isoformat(),
        "to": at.target.value,
    }
    made = Subject(SubjectKind.ACCESS_REQUEST, request_id(order.id, content.reference))
    return [written(at, EventType.REQUEST_REGISTERED, data, subject=made, parent=at.command.subject)]


def move(at: Situation[Any, Any]) -> list[Event]:
    """The event of a request's next state, with the day the content gives."""
    request: AccessRequest = at.thing
    content = at.command.content
    data = {"order": request.order, "from": request.state.value, "to": at.target.value}
    match at.command.trigger:
        case Trigger.EXTEND:
            data["told_on"] = content.told_on.isoformat()
            data["statutory_by"] = answer_by(request.received_on, at.regime, extended=True).isoformat()
        case Trigger.RECORD_ANSWER:
            data["answered_on"] = content.answered_on.isoformat()
        case Trigger.RECORD_REFUSAL:
            data |= {"refused_on": content.refused_on.isoformat(), "ground": content.ground}
        case Trigger.RECORD_NO_DATA:
            data["found_on"] = content.found_on.isoformat()
        case Trigger.DISPUTE:
            data["disputed_on"] = content.disputed_on.isoformat()
    return [written(at, _TYPES[at.command.trigger], data)]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after an event about an access request: its order counts it elsewhere, itself it moves if loaded."""
    decision = case.decision_of(event.data["order"])
    order = next(each for each in decision.orders if each.id == event.data["order"])
    case = with_order(case, decision, replace(order, requests=_counted(order.requests, event.data)))
    if event.type is EventType.REQUEST_REGISTERED:
        return replace(case, requests=(*case.requests, _made(event)))
    place = next((i for i, each in enumerate(case.requests) if each.id == event.subject.id), None)
    if place is None:
        return case
    moved = _moved(case.requests[place], event)
    return replace(case, requests=(*case.requests[:place], moved, *case.requests[place + 1 :]))


def _counted(requests: Mapping[str, int], data: Mapping[str, Any]) -> dict[str, int]:
    """The counts after a move; a state with none in it is not named."""
    counts = Counter(requests)
    counts[data["to"]] += 1
    if "from" in data:
        counts[data["from"]] -= 1
    return {state: n for state, n in counts.items() if n}


def _made(event: Event) -> AccessRequest:
    data = event.data
    return AccessRequest(
        id=event.subject.id,
        n=data["n"],
        order=data["order"],
        reference=data["reference"],
        received_on=date.fromisoformat(data["received_on"]),
        state=AccessRequestState(data["to"]),
        statutory_by=date.fromisoformat(data["statutory_by"]),
    )


def _moved(request: AccessRequest, event: Event) -> AccessRequest:
    data = event.data
    after = replace(request, state=AccessRequestState(data["to"]))
    match event.type:
        case EventType.REQUEST_EXTENDED:
            told_on, by = date.fromisoformat(data["told_on"]), date.fromisoformat(data["statutory_by"])
            return replace(after, extended_on=told_on, statutory_by=by)
        case EventType.REQUEST_ANSWERED | EventType.REQUEST_REFUSED | EventType.REQUEST_NO_DATA:
            return replace(after, dealt_with_on=date.fromisoformat(data[_DAYS[event.type]]))
        case EventType.REQUEST_DISPUTED:
            return replace(after, disputed_on=date.fromisoformat(data["disputed_on"]), verified_on=None)
        case EventType.REQUEST_VERIFIED:
            return replace(after, verified_on=event.effective_on)
        case _:
            return after


ACTS = {(SubjectKind.ACCESS_REQUEST, Trigger.REGISTER_REQUEST): register} | {
    (SubjectKind.ACCESS_REQUEST, trigger): move for trigger in _TYPES
}
FOLDS = dict.fromkeys((EventType.REQUEST_REGISTERED, *_TYPES.values()), evolve)
