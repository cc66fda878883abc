"""Requests for time: asked for by a party, granted by the act asked for, or refused with reasons."""

from typing import Any

from workflow.lifecycle.facts import Filing, Order, PenaltyDecision
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.filing.contents import RequestContent, TimeRequestContent
from workflow.lifecycle.filing.filing import received
from workflow.lifecycle.filing.guards import heard
from workflow.lifecycle.filing.requests_guards import G, named_request
from workflow.lifecycle.kernel.events import Event, event
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import followed
from workflow.lifecycle.vocabulary import Audience, FilingKind, FilingState, RequestKind, SubjectKind, Trigger


@event("filing.granted", Audience.SERVED)
class FilingGranted(Of[Filing]):
    """The time asked for was given, by an act of its own."""

    def on(self, filing: Filing, event: Event) -> Filing:
        """Granted."""
        return replace(filing, state=FilingState.GRANTED, replied_on=event.effective_on)


@event("filing.refused", Audience.SERVED)
class FilingRefused(Of[Filing]):
    """The time asked for was not given."""

    def on(self, filing: Filing, event: Event) -> Filing:
        """Refused."""
        return replace(filing, state=FilingState.REFUSED, replied_on=event.effective_on)


def record_request(at: Situation[Order, RequestContent]) -> list[Event]:
    """`filing.received` on an order: what is asked for, and whether the last day was over."""
    asks_for, until = at.content.asks_for, at.content.until
    return [received(at, FilingKind.REQUEST, at.thing.addressee, asks_for=asks_for, until=until)]


def record_window_request(at: Situation[PenaltyDecision, TimeRequestContent]) -> list[Event]:
    """`filing.received` on a penalty decision: until when observations may come, and whether the window was open."""
    party = at.content.party or heard(at.case, at.thing)[0]
    return [received(at, FilingKind.REQUEST, party, asks_for=RequestKind.EXTENSION, until=at.content.until)]


def grant(at: Situation[Any, G]) -> list[Event]:
    """`filing.granted` for the request that an act names; nothing where it names none.

    A suspension may begin before it was asked for; the request is granted on the day it came in at the earliest.
    """
    filing = named_request(at)
    if filing is None:
        return []
    assert at.effect(SubjectKind.FILING, filing, Trigger.GRANT) is FilingState.GRANTED
    granted = followed(at, FilingGranted(), filing.subject)
    return [replace(granted, effective_on=max(at.effective_on, filing.received_on))]
