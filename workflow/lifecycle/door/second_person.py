"""Four eyes, for every machine: which acts wait on a thing, and who may confirm or decline them.

The proposer never confirms. Confirming asks the same guards again: what was possible when it was proposed may not be
now.
"""

from workflow.lifecycle.door.machine import rows_of, rows_on
from workflow.lifecycle.facts import CaseFacts, PendingAct
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger

SECOND = (Trigger.CONFIRM, Trigger.DECLINE)


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
