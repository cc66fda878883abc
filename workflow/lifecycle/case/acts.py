"""Opening, closing and reopening a case."""

from typing import Any

from workflow.lifecycle.decision.contents import CaseContent
from workflow.lifecycle.facts import CaseFacts, Party, Representative, case_id, child_id
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.codec import structure, unstructure
from workflow.lifecycle.kernel.events import Event, EventType, Subject, Untyped
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.vocabulary import CaseState, PartyKind, SubjectKind, Trigger


def blank(content: CaseContent) -> CaseFacts:
    """The case as it would be before it is opened: what the guards of `open` look at."""
    id = case_id(content.reference)
    return CaseFacts(
        id=id,
        reference=content.reference,
        regime=content.regime,
        opened_on=content.opened_on,
        state=CaseState.ABSENT,
        parties=tuple(
            Party(n, child_id(id, "party", n), party.kind, _public_name(party.name, party.kind), party.country)
            for n, party in enumerate(content.parties, start=1)
        ),
        representatives=tuple(
            Representative(n, child_id(id, "representative", n), each.party, each.role)
            for n, each in enumerate(content.representatives, start=1)
        ),
    )


def open_case(at: Situation[Any, Any]) -> list[Event]:
    """`case.opened`; names of natural persons go beside the chain as `party/n` and `representative/n`."""
    content: CaseContent = at.command.content
    names = {
        f"party/{n}": party.name
        for n, party in enumerate(content.parties, start=1)
        if party.kind is PartyKind.NATURAL_PERSON
    } | {f"representative/{n}": each.name for n, each in enumerate(content.representatives, start=1)}
    return [
        Event(
            subject=Subject(SubjectKind.CASE, at.case.id),
            actor=at.actor.account,
            effective_on=at.effective_on,
            payload=Untyped(
                of=EventType.CASE_OPENED,
                members={
                    "reference": content.reference,
                    "regime": content.regime,
                    "opened_on": content.opened_on.isoformat(),
                    "parties": [unstructure(party) for party in at.case.parties],
                    "representatives": [unstructure(each) for each in at.case.representatives],
                },
            ),
            text=names,
        )
    ]


def opened(event: Event) -> CaseFacts:
    """The facts of a case that was just opened."""
    data: dict[str, Any] = dict(event.data)
    return structure(CaseFacts, {"id": event.subject.id, "state": CaseState.OPEN.value, **data})


def close(at: Situation[Any, Any]) -> list[Event]:
    """`case.closed`: nothing in it is left to do."""
    return [written(at, EventType.CASE_CLOSED)]


def reopen(at: Situation[Any, Any]) -> list[Event]:
    """`case.reopened`; why is the event's text."""
    return [written(at, EventType.CASE_REOPENED)]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after it was closed or reopened."""
    if event.type is EventType.CASE_CLOSED:
        return replace(case, state=CaseState.CLOSED, closed_on=event.effective_on)
    return replace(case, state=CaseState.REOPENED, closed_on=None)


def _public_name(name: str, kind: PartyKind) -> str:
    return name if kind is PartyKind.LEGAL_PERSON else ""


ACTS = {
    (SubjectKind.CASE, Trigger.OPEN): open_case,
    (SubjectKind.CASE, Trigger.CLOSE): close,
    (SubjectKind.CASE, Trigger.REOPEN): reopen,
}
FOLDS = {EventType.CASE_CLOSED: evolve, EventType.CASE_REOPENED: evolve}
