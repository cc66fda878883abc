"""When an access request can be registered and moved, and what open requests hold back."""

from datetime import date
from typing import Any

from workflow.lifecycle.access_request.contents import (
    AnswerContent,
    DisputeContent,
    ExtensionNoticeContent,
    NoDataContent,
    RefusalContent,
    RequestContent,
)
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
_Happened = ExtensionNoticeContent | AnswerContent | RefusalContent | NoDataContent | DisputeContent


def _is_to_answer(at: Situation[Order, Any]) -> Denial | None:
    if at.thing.kind == ANSWERS_REQUESTS:
        return None
    return Denial(
        detail=f"This is an order to {at.thing.kind}; access requests are registered under one to {ANSWERS_REQUESTS}.",
        reference="operative part of the decision",
        satisfied_by=f"the order of kind {ANSWERS_REQUESTS} of the same decision",
    )


def _order_takes_requests(at: Situation[Order, Any]) -> Denial | None:
    order = at.thing
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


def _reference_is_a_pseudonym(at: Situation[Order, RequestContent]) -> Denial | None:
    if is_pseudonym(at.content.reference):
        return None
    return Denial(
        detail="The reference is not a pseudonym of the form the journal keeps: letters, digits, point, underscore, "
        "slash and hyphen, with a digit, at most 60.",
        reference="no name of a natural person enters the journal; GDPR art. 5(1)(c)",
        satisfied_by="a reference like R-0417",
    )


def _reference_is_new(at: Situation[Order, RequestContent]) -> Denial | None:
    """Who posts the trigger loads the request that has this reference, if there is one."""
    named = at.thing.id, at.content.reference
    known = next((each for each in at.case.requests if (each.order, each.reference) == named), None)
    if known is None:
        return None
    return Denial(
        detail=f"Request {known.reference} was registered under this order already: received on {known.received_on}, "
        f"now {known.state.value}.",
        reference="a reference names one request under an order",
        satisfied_by="nothing if it is the same request, else another reference",
    )


def _received_on_is_past(at: Situation[Order, RequestContent]) -> Denial | None:
    received_on = at.content.received_on
    if received_on <= at.effective_on:
        return None
    return Denial(
        detail=f"The request is said to be received on {received_on}, after {at.effective_on}, the day of this act.",
        reference="a request is registered once it was received",
        satisfied_by=f"a date not after {at.effective_on}",
    )


def _day_is_possible(at: Situation[AccessRequest, _Happened]) -> Denial | None:
    since, day = _since(at.thing), _day_of(at.content)
    if since <= day <= at.effective_on:
        return None
    return Denial(
        detail=f"It is said to have happened on {day}, after {at.effective_on}, the day of this act."
        if day > at.effective_on
        else f"It is said to have happened on {day}, before {since}, the latest day known of this request.",
        reference="what is written down has happened, after what came before it",
        satisfied_by=f"a date from {since} to {at.effective_on}",
    )


def _day_of(content: _Happened) -> date:
    """The day on which it is said to have happened."""
    match content:
        case (
            ExtensionNoticeContent(told_on=day)
            | AnswerContent(answered_on=day)
            | RefusalContent(refused_on=day)
            | NoDataContent(found_on=day)
            | DisputeContent(disputed_on=day)
        ):
            return day


def _since(request: AccessRequest) -> date:
    """The latest day known of a request."""
    return max(filter(None, (request.received_on, request.dealt_with_on, request.disputed_on)))


def _after_what_is_known(at: Situation[AccessRequest, Any]) -> Denial | None:
    since = _since(at.thing)
    if at.effective_on >= since:
        return None
    return Denial(
        detail=f"The act is dated {at.effective_on}, before {since}, the latest day known of this request.",
        reference="what is written down has happened, after what came before it",
        satisfied_by=f"a date not before {since}",
    )


def _told_in_time(at: Situation[AccessRequest, ExtensionNoticeContent]) -> Denial | None:
    told_on, statutory_by = at.content.told_on, at.thing.statutory_by
    if told_on <= statutory_by:
        return None
    return Denial(
        detail=f"The person was told on {told_on}, after the first period ended on {statutory_by}; the period "
        "was not extended.",
        reference=at.regime.clocks["access_request"].cited["extension"].ref,
        satisfied_by=f"a notice to the person by {statutory_by}",
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


def open_requests(at: Situation[Order, Any], order: Order, before: list[Order]) -> Denial | None:
    """Why compliance with an order cannot be accepted while access requests under it, or before it, are open.

    An order to answer requests is the sum of its requests; data are not deleted while somebody waits for theirs.
    """
    reference = at.case.decision_of(order.id).reference
    if order.kind == ANSWERS_REQUESTS:
        return _still(order, reference, NOT_VERIFIED, "not verified", "verify each of them, or set it aside")
    if order.kind != "delete_data":
        return None
    waiting = "open through the respondent's doing, and deletion destroys what people asked for"
    way_out = "an answer to each of them first"
    denials = (_still(each, reference, WAITING_FOR_ANSWER, waiting, way_out) for each in before)
    return next((denial for denial in denials if denial is not None), None)


ORDER_TAKES_REQUESTS = Guard("order_takes_requests", nature=_is_to_answer, state=_order_takes_requests)
REFERENCE_IS_A_PSEUDONYM = Guard("reference_is_a_pseudonym", content=_reference_is_a_pseudonym)
REFERENCE_IS_NEW = Guard("reference_is_new", content=_reference_is_new)
RECEIVED_ON_IS_PAST = Guard("received_on_is_past", content=_received_on_is_past)
AFTER_WHAT_IS_KNOWN = Guard("after_what_is_known", state=_after_what_is_known)
DAY_IS_POSSIBLE = Guard("day_is_possible", content=_day_is_possible)
TOLD_IN_TIME = Guard("told_in_time", content=_told_in_time)
