"""Four eyes, for every machine: an act that needs a second person is proposed, waits, and is confirmed or declined.

The proposer never confirms. Confirming asks the same guards again: what was possible when it was proposed may not be
now. What is confirmed is the act itself, so there is no event of its own for it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.lifecycle.door.machine import rows_of, rows_on
from workflow.lifecycle.facts import CaseFacts, PendingAct
from workflow.lifecycle.facts.frozen import asks, copied, frozen, replace
from workflow.lifecycle.kernel.events import Event, Payload, Subject, event
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Actor, Situation
from workflow.lifecycle.kernel.text import without_texts
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.vocabulary import Audience, Role, SubjectKind, Trigger


@frozen(kw_only=True)
class ConfirmationContent:
    """`confirm` and `decline`: the number of the act; it may be left out while a single one waits."""

    act: int | None = asks("The number of the act; it may be left out while a single one waits.", 1, default=None)


@event("act.proposed", Audience.INTERNAL)
class ActProposed(Payload):
    """An act that needs a second person was proposed: it waits, and nothing else changes.

    `content` is its data as JSON, of whatever class its trigger takes, without its free text.
    """

    n: int
    trigger: Trigger
    content: Mapping[str, Any]
    effective_on: date | None = None

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with one act more that waits."""
        kind, subject = event.subject.kind, event.subject.id
        by, on = event.actor, event.effective_on
        act = copied(PendingAct, self, subject_kind=kind, subject=subject, proposed_by=by, proposed_on=on)
        return replace(case, pending=(*case.pending, act), acts=act.n)


@event("act.declined", Audience.INTERNAL)
class ActDeclined(Payload):
    """The second person said no to an act that was proposed."""

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """As it is, but that the act waits no longer, as after any event that names one (`settled`)."""
        return case


def propose(at: Situation[Any, Any]) -> list[Event]:
    """`act.proposed`: what was asked, kept until another person confirms or declines."""
    command = at.command
    proposed = ActProposed(
        n=at.case.acts + 1,
        trigger=command.trigger,
        content=without_texts(command.content),
        effective_on=command.effective_on,
    )
    return [written(at, proposed)]


def decline(at: Situation[Any, Any]) -> list[Event]:
    """`act.declined`."""
    return [written(at, ActDeclined())]


def settled(case: CaseFacts, event: Event) -> CaseFacts:
    """The case without the pending act that this event confirms or declines."""
    n = event.payload.act
    if n is None or not case.pending:
        return case
    return replace(case, pending=tuple(act for act in case.pending if act.n != n))


def has_second(kind: SubjectKind) -> bool:
    """Whether an act on this kind of thing may need a second person."""
    return any(row.confirmed_by for _, row in rows_on(kind))


def may_confirm(kind: SubjectKind, act: PendingAct) -> frozenset[Role]:
    """The roles of the second person of an act."""
    return frozenset(role for _, row in rows_of(kind, act.trigger) for role in row.confirmed_by)


def confirming_roles(case: CaseFacts | None, subject: Subject) -> frozenset[Role]:
    """The roles that confirm what waits on a thing; those of all its rows while nothing waits."""
    waiting = case.pending_on(subject.kind, subject.id) if case is not None else ()
    if waiting:
        return frozenset(role for act in waiting for role in may_confirm(subject.kind, act))
    return frozenset(role for _, row in rows_on(subject.kind) for role in row.confirmed_by)


def chosen(case: CaseFacts, subject: Subject, n: int | None) -> PendingAct | Denial:
    """The act a second person speaks of: the one they number, or the only one that waits."""
    waiting = case.pending_on(subject.kind, subject.id)
    if n is None and len(waiting) == 1:
        return waiting[0]
    found = next((act for act in waiting if act.n == n), None)
    if found is not None:
        return found
    if not waiting:
        return Denial(
            detail="No act on this waits for a second person.",
            reference="four eyes: an act is proposed by one person and confirmed by another",
            satisfied_by="propose the act first, by pulling its trigger",
        )
    numbers = ", ".join(f"{act.n} ({act.trigger.value})" for act in waiting)
    said = "Several acts on this wait" if n is None else f"No act {n} on this waits"
    return Denial(
        detail=f"{said}; waiting: {numbers}.",
        reference="four eyes: an act is proposed by one person and confirmed by another",
        satisfied_by=f"name one in data.act: {numbers}",
    )


def not_the_proposer(act: PendingAct, actor: Actor, roles: frozenset[Role]) -> Denial | None:
    """Why this person cannot confirm: they proposed it."""
    if actor.account != act.proposed_by:
        return None
    return Denial(
        detail=f"You proposed act {act.n} ({act.trigger.value}) yourself; another person confirms or declines it.",
        reference="four eyes: the proposer never confirms",
        satisfied_by="confirmation by another person",
        who=tuple(sorted(role.value for role in roles)),
    )


def waits_already(case: CaseFacts, subject: Subject, trigger: Trigger, roles: frozenset[Role]) -> Denial | None:
    """Why an act cannot be proposed: the same one waits."""
    act = next((act for act in case.pending_on(subject.kind, subject.id) if act.trigger is trigger), None)
    if act is None:
        return None
    return Denial(
        detail=f"Act {act.n} ({trigger.value}), proposed on {act.proposed_on}, waits for a second person already.",
        reference="four eyes: an act is proposed by one person and confirmed by another",
        satisfied_by=f"confirm or decline act {act.n} first",
        who=tuple(sorted(role.value for role in roles)),
    )
