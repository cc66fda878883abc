"""When an access request can be registered and moved, and what open requests hold back."""

from datetime import date
from typing import Any

from workflow.lifecycle.facts import AccessRequest, Order
from workflow.lifecycle.facts.access_request import NOT_VERIFIED, WAITING_FOR_ANSWER, is_pseudonym
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.vocabulary import AccessRequestState, OrderState

ANSWERS_REQUESTS = "answer_access_requests"

_BINDING = frozenset(
    {
        OrderState.PENDING,
        OrderState.IN_FORCE,
        OrderState.EXPIRED,
        OrderState.NON_COMPLIANT,
        OrderState.SUSPENDED,
    }
)
_DAYS = ("told_on", "answered_on", "refused_on", "found_on", "disputed_on")


def _order_takes_requests(at: Situation[Any, Any]) -> Denial | None:
    order: Order = at.thing
    if order.kind != ANSWERS_REQUESTS:
        return Denial(
            detail=f"This is an order to {order.kind}; access requests are registered under one to {ANSWERS_REQUESTS}.",
            reference="operative part of the decision",
            satisfied_by=f"the order of kind {ANSWERS_REQUESTS} of the same decision",
        )
    decision = at.case.decision_of(order.id)
    if decision.adopted_on is not None and order.state in _BINDING:
        return None
    return Denial(
        detail="The decision is not adopted yet, so its orders may still be discarded."
        if decision.adopted_on is None
        else f"The order is {order.state.value}: nothing is left to be answered under it.",
        reference="a request is answered under an order that stands",
        satisfied_by="adopt the decision first"
        if decision.adopted_on is None
        else "a finding of relapse, where the duty goes on; otherwise nothing",
    )


def _reference_is_a_pseudonym(at: Situation[Any, Any]) -> Denial | None:
    content = at.command.content
    if content is None or is_pseudonym(content.reference):
        return None
    return Denial(
        detail="The reference is not a pseudonym of the form the journal keeps: letters, digits, point, underscore, "
        "slash and hyphen, with a digit, at most 60.",
        reference="no name of a natural person enters the journal; GDPR art. 5(1)(c)",
        satisfied_by="a reference like R-0417",
    )


def _reference_is_new(at: Situation[Any, Any]) -> Denial | None:
    """Who posts the trigger loads the request that has this reference, if there is one (`request_named`)."""
    order: Order = at.thing
    content = at.command.content
    if content is None:
        return None
    known = request_named(at, order.id, content.reference)
    if known is None:
        return None
    return Denial(
        detail=f"Request {known.reference} was registered under this order already: received on {known.received_on}, "
        f"now {known.state.value}.",
        reference="a reference names one request under an order",
        satisfied_by="nothing if it is the same request, else another reference",
    )


def request_named(at: Situation[Any, Any], order: str, reference: str) -> AccessRequest | None:
    """The request with this reference, as far as requests are loaded."""
    return next((each for each in at.case.requests if (each.order, each.reference) == (order, reference)), None)


def _received_on_is_past(at: Situation[Any, Any]) -> Denial | None:
    content = at.command.content
    if content is None or content.received_on <= at.effective_on:
        return None
    return Denial(
        detail=f"The request is said to be received on {content.received_on}, after {at.effective_on}, the day of "
        "this act.",
        reference="a request is registered once it was received",
        satisfied_by=f"a date not after {at.effective_on}",
    )


def _day_is_possible(at: Situation[Any, Any]) -> Denial | None:
    request: AccessRequest = at.thing
    if at.command.content is None:
        return None
    day = next(getattr(at.command.content, name) for name in _DAYS if hasattr(at.command.content, name))
    since = _since(request)
    if since <= day <= at.effective_on:
        return None
    return Denial(
        detail=f"It is said to have happened on {day}, after {at.effective_on}, the day of this act."
        if day > at.effective_on
        else f"It is said to have happened on {day}, before {since}, the latest day known of this request.",
        reference="what is written down has happened, after what came before it",
        satisfied_by=f"a date from {since} to {at.effective_on}",
    )


def _since(request: AccessRequest) -> date:
    """The latest day known of a request."""
    return max(filter(None, (request.received_on, request.dealt_with_on, request.disputed_on)))


def _after_what_is_known(at: Situation[Any, Any]) -> Denial | None:
    since = _since(at.thing)
    if at.effective_on >= since:
        return None
    return Denial(
        detail=f"The act is dated {at.effective_on}, before {since}, the latest day known of this request.",
        reference="what is written down has happened, after what came before it",
        satisfied_by=f"a date not before {since}",
    )


def _told_in_time(at: Situation[Any, Any]) -> Denial | None:
    request: AccessRequest = at.thing
    told_on: date | None = getattr(at.command.content, "told_on", None)
    if told_on is None or told_on <= request.statutory_by:
        return None
    return Denial(
        detail=f"The person was told on {told_on}, after the first period ended on {request.statutory_by}; the period "
        "was not extended.",
        reference=_extension_ref(at),
        satisfied_by=f"a notice to the person by {request.statutory_by}",
    )


def _extension_ref(at: Situation[Any, Any]) -> str:
    return at.regime.clocks["access_request"].cited["extension"].ref


def _extended_before(at: Situation[Any, Any]) -> Denial | None:
    request: AccessRequest = at.thing
    if request.extended_on is not None:
        return None
    return Denial(
        detail="The period of this request was not extended.",
        reference=_extension_ref(at),
        satisfied_by="nothing: it goes on as in progress",
    )


def all_verified(order: Order, decision: str) -> Denial | None:
    """Why the order to answer requests cannot be complied with: it is the sum of its requests."""
    return _still(order, decision, NOT_VERIFIED, "not verified", "verify each of them, or set it aside")


def nobody_waits(order: Order, decision: str) -> Denial | None:
    """Why data cannot be deleted yet: somebody who asked for theirs still waits for the respondent."""
    return _still(
        order,
        decision,
        WAITING_FOR_ANSWER,
        "open through the respondent's doing, and deletion destroys what people asked for",
        "an answer to each of them first",
    )


def _still(
    order: Order, decision: str, states: frozenset[AccessRequestState], what: str, satisfied_by: str
) -> Denial | None:
    found = {state: n for state in AccessRequestState if state in states and (n := order.requests.get(state, 0))}
    if not found:
        return None
    total = sum(found.values())
    counted = ", ".join(f"{n} {state.value}" for state, n in found.items())
    return Denial(
        detail=f"{total} access request{'s' if total > 1 else ''} under order {order.n} "
        f"{'are' if total > 1 else 'is'} {what}: {counted}.",
        reference=f"Order {decision}, operative part; GDPR art. 15",
        satisfied_by=satisfied_by,
        who=("case_officer",),
    )


def open_requests(at: Situation[Any, Any], order: Order, before: list[Order]) -> Denial | None:
    """Why compliance with an order cannot be accepted while access requests under it, or before it, are open."""
    reference = at.case.decision_of(order.id).reference
    if order.kind == ANSWERS_REQUESTS and (denial := all_verified(order, reference)) is not None:
        return denial
    if order.kind != "delete_data":
        return None
    return next((denial for each in before if (denial := nobody_waits(each, reference)) is not None), None)


ORDER_TAKES_REQUESTS = Guard("order_takes_requests", _order_takes_requests)
REFERENCE_IS_A_PSEUDONYM = Guard("reference_is_a_pseudonym", _reference_is_a_pseudonym)
REFERENCE_IS_NEW = Guard("reference_is_new", _reference_is_new)
RECEIVED_ON_IS_PAST = Guard("received_on_is_past", _received_on_is_past)
AFTER_WHAT_IS_KNOWN = Guard("after_what_is_known", _after_what_is_known)
DAY_IS_POSSIBLE = Guard("day_is_possible", _day_is_possible)
TOLD_IN_TIME = Guard("told_in_time", _told_in_time)
EXTENDED_BEFORE = Guard("extended_before", _extended_before)
