"""Pulling a trigger on a thing of a case: the one door, for people, pages, bulk and the scheduler alike."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any

from workflow.law.days import local_day
from workflow.law.invalid import InvalidRequest, invalid
from workflow.law.regime import regime
from workflow.lifecycle.decision.review import DecisionAdopted
from workflow.lifecycle.door.decide import decide, find_trigger, permit
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.door.machine import who_decides
from workflow.lifecycle.facts import CaseFacts, request_id
from workflow.lifecycle.facts.access_request import is_pseudonym
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.kernel.refusals import NotDue
from workflow.lifecycle.kernel.rules import Actor, Envelope
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger
from workflow.store.missing import NotFound
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.accounts.named_accounts import check_accounts
from workflow.use_cases.acting.bodies import read_content
from workflow.use_cases.acting.on_behalf import acting
from workflow.use_cases.acting.outcome import Done, Outcome

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@frozen(kw_only=True)
class Transition(Envelope):
    """A trigger to pull, as it was posted: `data` is not read yet. `data_at` is where it stands in the request."""

    trigger: str
    data: Mapping[str, Any] = field(default_factory=dict)
    data_at: str = "/data"


def touched(transition: Transition) -> Iterator[tuple[SubjectKind, str]]:
    """The thing itself, and the access request that may have the reference of one to be registered."""
    subject = transition.subject
    yield subject.kind, subject.id
    reference = transition.data.get("reference")
    registers = (subject.kind, transition.trigger) == (SubjectKind.ORDER, Trigger.REGISTER_REQUEST)
    if registers and isinstance(reference, str):
        yield from named_request(subject.id, reference)


def named_request(order: str, reference: str) -> Iterator[tuple[SubjectKind, str]]:
    """The access request with this reference under an order, as far as one can be: it need not be there."""
    if _ID.fullmatch(order) and is_pseudonym(reference):
        yield SubjectKind.ACCESS_REQUEST, request_id(order, reference)


@touches(
    cases=touched,
    steps=lambda transition: [transition.step] if transition.step else [],
)
def advance(uow: UnitOfWork, transition: Transition, actor: Actor) -> Outcome:
    """Pull the trigger: NotFound, a `Refusal` or InvalidRequest leave nothing behind.

    A step that an event already carries is answered `already_done` with that event.
    """
    subject = transition.subject
    case = uow.case(uow.case_of(subject.kind, subject.id))
    return advance_on(uow, case, transition, actor, today_of(case, uow))


def advance_on(uow: UnitOfWork, case: CaseFacts, transition: Transition, actor: Actor, today: date) -> Outcome:
    """Pull the trigger as on this day: today, or the day of the past that an import tells of."""
    subject = transition.subject
    standing = find(case, subject)
    if standing is None:
        raise NotFound(subject.kind, subject.id)
    actor = acting(uow.connection, case, subject, actor)
    trigger = find_trigger(subject.kind, transition.trigger)
    try:
        deciding = who_decides(subject.kind, standing.regime(today))
        content = _content(uow, transition, trigger, deciding)
    except InvalidRequest:
        # Who may not pull the trigger at all learns nothing of its members.
        permit(case, subject, trigger, actor, today)
        raise
    try:
        events = decide(case, transition.asking(trigger, content, transition.data_at), actor, today)
    except NotDue:
        if (done := already_done(uow, case, transition.step)) is not None:
            return done
        raise
    return append(uow, case, events)


def _content(uow: UnitOfWork, transition: Transition, trigger: Trigger, deciding: frozenset[Role]) -> Any:
    if trigger is Trigger.ATTACH:
        raise invalid("/trigger", "a file is attached by sending it: POST /v1/filings/{id}/attachments")
    content = read_content(transition.subject.kind, trigger, transition.data, transition.data_at)
    check_accounts(uow.connection, content, transition.data_at, deciding)
    return content


def append(uow: UnitOfWork, case: CaseFacts | None, events: Sequence[Event]) -> Outcome:
    """Record the events of one act; the first is about the thing the act was for."""
    after = fold(case, events)
    recorded = uow.append(after.id, after, events)
    for pin in _rested_on(after, events):
        uow.keep_regime(regime(pin))
    subject = events[0].subject
    return Outcome(Done.DONE, subject, after.versions[subject.id], tuple(each.id for each in recorded), after)


def _rested_on(case: CaseFacts, events: Sequence[Event]) -> set[str]:
    """The versions of the rules whose text must be kept: the one a decision is adopted under, on which all its later
    computations rest, and any other that a receipt was made by: a clock takes the version of the day that starts it.
    """
    adopted = {event.payload.regime for event in events if isinstance(event.payload, DecisionAdopted)}
    receipts = {event.data["receipt"]["regime"] for event in events if event.data.get("receipt")}
    return adopted | (receipts - {decision.regime for decision in case.decisions})


def already_done(uow: UnitOfWork, case: CaseFacts, step: str | None) -> Outcome | None:
    """The outcome of a step that an event carries, or None."""
    found = uow.event_with_step(step) if step else None
    if found is None:
        return None
    return Outcome(Done.ALREADY_DONE, found.subject, case.versions[found.subject.id], (found.event,), case)


def today_of(case: CaseFacts, uow: UnitOfWork) -> date:
    """The register's day in the zone of the case's authority."""
    return local_day(uow.now, regime(case.regime).timezone)
