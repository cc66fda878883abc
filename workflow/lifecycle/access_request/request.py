"""What happens to an access request. Each event says from which state to which: the order counts without the requests.

Of its requests a case has those loaded that the command at hand is about; only they are moved here.
"""

from collections import Counter
from dataclasses import fields
from datetime import date
from typing import Any

from workflow.law.access_request import answer_by
from workflow.lifecycle.access_request.contents import ExtensionNoticeContent, RequestContent
from workflow.lifecycle.facts import AccessRequest, CaseFacts, Order, request_id
from workflow.lifecycle.facts.frozen import copied, frozen, replace
from workflow.lifecycle.kernel.events import Event, Payload, Subject, event
from workflow.lifecycle.kernel.rules import Act, Situation
from workflow.lifecycle.kernel.tree import with_order
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.vocabulary import AccessRequestState, Audience, SubjectKind


@event("access_request.registered", Audience.INTERNAL)
class RequestRegistered(Payload):
    """A request came under its order, with the last day by law: the clock ran from its receipt."""

    n: int
    order: str
    reference: str
    received_on: date
    statutory_by: date
    to: AccessRequestState

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with one request more."""
        made = copied(AccessRequest, self, id=event.subject.id, state=self.to)
        return replace(_counted(case, self.order, None, self.to), requests=(*case.requests, made))


@frozen(kw_only=True)
class OfRequest(Payload):
    """An event of a request that was registered: it goes from one state to another."""

    order: str
    from_: AccessRequestState
    to: AccessRequestState

    def on(self, request: AccessRequest, event: Event) -> AccessRequest:
        """The request, in its new state already, with what else is known of it now: by default nothing."""
        return request

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with the request as it then is, if it is loaded, and counted anew in any case."""
        requests = tuple(
            self.on(replace(each, state=self.to), event) if each.id == event.subject.id else each
            for each in case.requests
        )
        return replace(_counted(case, self.order, self.from_, self.to), requests=requests)


def _counted(case: CaseFacts, id: str, from_: AccessRequestState | None, to: AccessRequestState) -> CaseFacts:
    """The case with the counts of an order after a move; a state with no request in it is not named."""
    decision, order = case.order(id)
    counts = Counter(order.requests)
    counts[to.value] += 1
    if from_ is not None:
        counts[from_.value] -= 1
    return with_order(case, decision, replace(order, requests={state: n for state, n in counts.items() if n}))


@event("access_request.begun", Audience.INTERNAL)
class RequestBegun(OfRequest):
    """The respondent works on it."""


@event("access_request.identity_asked", Audience.INTERNAL)
class RequestIdentityAsked(OfRequest):
    """The person was asked who they are."""


@event("access_request.identity_known", Audience.INTERNAL)
class RequestIdentityKnown(OfRequest):
    """The person said who they are."""


@event("access_request.extended", Audience.INTERNAL)
class RequestExtended(OfRequest):
    """The respondent told the person that it needs more time; the law gives it a later last day."""

    told_on: date
    statutory_by: date

    def on(self, request: AccessRequest, event: Event) -> AccessRequest:
        """With a later last day."""
        return replace(request, extended_on=self.told_on, statutory_by=self.statutory_by)


@event("access_request.answered", Audience.INTERNAL)
class RequestAnswered(OfRequest):
    """The respondent answered."""

    answered_on: date

    def on(self, request: AccessRequest, event: Event) -> AccessRequest:
        """Dealt with."""
        return replace(request, dealt_with_on=self.answered_on)


@event("access_request.refused", Audience.INTERNAL)
class RequestRefused(OfRequest):
    """The respondent refused, relying on an article."""

    refused_on: date
    ground: str

    def on(self, request: AccessRequest, event: Event) -> AccessRequest:
        """Dealt with."""
        return replace(request, dealt_with_on=self.refused_on)


@event("access_request.no_data_held", Audience.INTERNAL)
class RequestNoDataHeld(OfRequest):
    """The respondent said that it holds no data of the person."""

    found_on: date

    def on(self, request: AccessRequest, event: Event) -> AccessRequest:
        """Dealt with."""
        return replace(request, dealt_with_on=self.found_on)


@event("access_request.disputed", Audience.INTERNAL)
class RequestDisputed(OfRequest):
    """The person said that this was no answer."""

    disputed_on: date

    def on(self, request: AccessRequest, event: Event) -> AccessRequest:
        """Disputed, and verified no longer."""
        return replace(request, disputed_on=self.disputed_on, verified_on=None)


@event("access_request.verified", Audience.INTERNAL)
class RequestVerified(OfRequest):
    """The authority found that it was dealt with as it should be."""

    def on(self, request: AccessRequest, event: Event) -> AccessRequest:
        """Verified."""
        return replace(request, verified_on=event.effective_on)


@event("access_request.set_aside", Audience.INTERNAL)
class RequestSetAside(OfRequest):
    """It no longer counts under the order."""


@event("access_request.closed", Audience.INTERNAL)
class RequestClosed(OfRequest):
    """Nothing is left of it to do."""


def register(at: Situation[Order, RequestContent]) -> list[Event]:
    """`access_request.registered` under its order."""
    order, content = at.thing, at.content
    registered = RequestRegistered(
        n=sum(order.requests.values()) + 1,
        order=order.id,
        reference=content.reference,
        received_on=content.received_on,
        statutory_by=answer_by(content.received_on, at.regime),
        to=at.target,
    )
    made = Subject(SubjectKind.ACCESS_REQUEST, request_id(order.id, content.reference))
    return [written(at, registered, subject=made, parent=order.subject)]


def moved(said: type[OfRequest]) -> Act:
    """The act whose event says from where to where the request goes, and what the content has under its own names."""
    own = {each.name for each in fields(said)} - {each.name for each in fields(OfRequest)}

    def move(at: Situation[AccessRequest, Any]) -> list[Event]:
        members = {name: getattr(at.content, name) for name in own}
        return [written(at, said(order=at.thing.order, from_=at.thing.state, to=at.target, **members))]

    return move


def extend(at: Situation[AccessRequest, ExtensionNoticeContent]) -> list[Event]:
    """`access_request.extended`, with the later last day by law."""
    request = at.thing
    extended = RequestExtended(
        order=request.order,
        from_=request.state,
        to=at.target,
        told_on=at.content.told_on,
        statutory_by=answer_by(request.received_on, at.regime, extended=True),
    )
    return [written(at, extended)]
