"""An access request as the API shows it."""

from datetime import date
from typing import Any

from workflow.law.access_request import answer_receipt
from workflow.lifecycle.facts import AccessRequest, CaseFacts
from workflow.lifecycle.facts.access_request import WAITING_FOR_ANSWER
from workflow.lifecycle.vocabulary import AccessRequestState
from workflow.use_cases.views.pending import PendingView
from workflow.use_cases.views.shared import CaseRef, Viewer, explanation, rules_of
from workflow.use_cases.views.thing import NextAct, OpenTransition, ThingView, show_thing, shows


@shows(AccessRequest)
class AccessRequestView(ThingView):
    """One person's request, by its reference, and its two clocks: the law's from receipt, and the order's last day.

    `is_overdue` says that the person waits for the respondent and one of the two is over.
    """

    n: int
    version: int
    case: CaseRef
    order: str
    reference: str
    received_on: date
    state: AccessRequestState
    statutory_by: date
    ordered_by: date | None
    is_overdue: bool
    extended_on: date | None
    dealt_with_on: date | None
    disputed_on: date | None
    verified_on: date | None
    explanation: list[dict[str, Any]]
    pending_acts: list[PendingView]
    open_transitions: list[OpenTransition]
    next_acts: list[NextAct]
    unverified: list[str]


def access_request_view(case: CaseFacts, request: AccessRequest, viewer: Viewer) -> AccessRequestView:
    """Show an access request as of the viewer's day."""
    decision = case.decision_of(request.order)
    order = next(each for each in decision.orders if each.id == request.order)
    today = viewer.today(case)
    rules = rules_of(case, decision, today)
    extended = request.extended_on is not None
    over = [day for day in (request.statutory_by, order.last_day) if day is not None and day < today]
    return show_thing(
        AccessRequestView,
        case,
        request.subject,
        viewer,
        ordered_by=order.last_day,
        is_overdue=bool(over) and request.state in WAITING_FOR_ANSWER,
        explanation=explanation(answer_receipt(request.received_on, rules, extended=extended)["result"]),
        unverified=rules.unverified,
    )
