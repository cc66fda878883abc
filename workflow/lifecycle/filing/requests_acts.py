"""Answering what a party asked for: granted by the act it asks for, or refused with reasons."""

from datetime import date
from typing import Any

from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.filing.requests_guards import named_request
from workflow.lifecycle.kernel.events import Event, EventType, Untyped
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import with_filing
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.vocabulary import FilingState, SubjectKind, Trigger


def grant(at: Situation[Any, Any]) -> list[Event]:
    """`filing.granted` for the request that an act names; nothing where it names none."""
    return granting(at)[1]


def granting(at: Situation[Any, Any]) -> tuple[dict[str, Any], list[Event]]:
    """What an act that grants a request says of it, and `filing.granted`; nothing where it names none.

    A stay may begin before it was asked for; the request is granted on the day it came in at the earliest.
    """
    filing = named_request(at)
    if filing is None:
        return {}, []
    target = at.effect(SubjectKind.FILING, filing, Trigger.GRANT)
    assert target is FilingState.GRANTED
    granted = Event(
        subject=filing.subject,
        payload=Untyped(of=EventType.FILING_GRANTED, members={}),
        actor=at.actor.account,
        effective_on=max(at.effective_on, filing.received_on),
    )
    return {"request": filing.n}, [granted]


def refuse(at: Situation[Any, Any]) -> list[Event]:
    """`filing.refused`: the time asked for is not given; the reasons are the event's text."""
    return [written(at, EventType.FILING_REFUSED)]


_STATES = {EventType.FILING_GRANTED: FilingState.GRANTED, EventType.FILING_REFUSED: FilingState.REFUSED}


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after a request was answered."""
    filing = next(each for each in case.filings if each.id == event.subject.id)
    answered: date = event.effective_on
    return with_filing(case, replace(filing, state=_STATES[event.type], replied_on=answered))


ACTS = {(SubjectKind.FILING, Trigger.REFUSE): refuse}
FOLDS = dict.fromkeys(_STATES, evolve)
