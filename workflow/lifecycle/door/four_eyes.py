"""Acts that need a second person: proposing, declining, and how a pending act is kept."""

from datetime import date
from typing import Any

from workflow.lifecycle.door.contents import CONTENT
from workflow.lifecycle.facts import CaseFacts, PendingAct
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.codec import structure
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.text import with_blanks, without_texts
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.vocabulary import Trigger


def propose(at: Situation[Any, Any]) -> list[Event]:
    """`act.proposed`: what was asked, kept until another person confirms or declines; nothing else changes."""
    command = at.command
    data: dict[str, Any] = {
        "n": at.case.acts + 1,
        "trigger": command.trigger.value,
        "content": without_texts(command.content),
    }
    if command.effective_on is not None:
        data["effective_on"] = command.effective_on.isoformat()
    return [written(at, EventType.ACT_PROPOSED, data)]


def decline(at: Situation[Any, Any]) -> list[Event]:
    """`act.declined`: the pending act is gone; nothing else changes."""
    return [written(at, EventType.ACT_DECLINED)]


def content_of(act: PendingAct) -> Any:
    """The content an act was proposed with; its free text stands beside the journal, with the proposal."""
    type_ = CONTENT.get((act.subject_kind, act.trigger))
    if type_ is None:
        return None
    return structure(type_, with_blanks(type_, act.content))


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after an act was proposed; what was declined is dropped with `settled`."""
    if event.type is not EventType.ACT_PROPOSED:
        return case
    data = event.data
    act = PendingAct(
        n=data["n"],
        subject_kind=event.subject.kind,
        subject=event.subject.id,
        trigger=Trigger(data["trigger"]),
        proposed_by=event.actor,
        proposed_on=event.effective_on,
        content=data["content"],
        effective_on=_day(data.get("effective_on")),
        assumed=tuple(data.get("assumed", ())),
    )
    return replace(case, pending=(*case.pending, act), acts=act.n)


def settled(case: CaseFacts, event: Event) -> CaseFacts:
    """The case without the pending act that this event confirms or declines."""
    n = event.payload.act
    if n is None or not case.pending:
        return case
    return replace(case, pending=tuple(act for act in case.pending if act.n != n))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


FOLDS = {EventType.ACT_PROPOSED: evolve, EventType.ACT_DECLINED: evolve}
