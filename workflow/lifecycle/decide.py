"""The one door: may it happen, and what then happened?

`decide` is pure: facts, a command, who asks and today in; events or a `Refusal` out. The order of its checks is that of
the API: the trigger, the role, the version, the step, the state, the guards.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from workflow.law.invalid import invalid
from workflow.lifecycle.acts import case, decision, order, penalty
from workflow.lifecycle.contents import CaseContent, DraftContent, ServiceContent
from workflow.lifecycle.drafts import check_assumed, check_case, check_draft, errors_below
from workflow.lifecycle.due import Step, step_of
from workflow.lifecycle.events import Event, Subject
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.machine import Attempt, fire, permits, rows_of, rows_on
from workflow.lifecycle.openings import open_triggers
from workflow.lifecycle.refusals import (
    GuardRefused,
    IllegalTransition,
    NotDue,
    RoleNotPermitted,
    UnknownTrigger,
    VersionConflict,
    VersionMissing,
)
from workflow.lifecycle.rules import Actor, Command, Row, Situation, Table
from workflow.lifecycle.standing import Standing, find
from workflow.lifecycle.vocabulary import Role, State, SubjectKind, Trigger

_ACTS: dict[tuple[SubjectKind, Trigger], Callable[[Situation], list[Event]]] = {
    (SubjectKind.CASE, Trigger.OPEN): case.open_case,
    (SubjectKind.DECISION, Trigger.DRAFT): decision.draft,
    (SubjectKind.DECISION, Trigger.REVISE): decision.revise,
    (SubjectKind.DECISION, Trigger.SUBMIT): decision.submit,
    (SubjectKind.DECISION, Trigger.RETURN_TO_DRAFT): decision.return_to_draft,
    (SubjectKind.DECISION, Trigger.ADOPT): decision.adopt,
    (SubjectKind.DECISION, Trigger.RECORD_SERVICE): decision.record_service,
    (SubjectKind.ORDER, Trigger.REMIND): order.remind,
    (SubjectKind.ORDER, Trigger.RECORD_EXPIRY): order.record_expiry,
    (SubjectKind.ORDER, Trigger.ACCEPT_COMPLIANCE): order.accept_compliance,
    (SubjectKind.PENALTY_DECISION, Trigger.PROPOSE_PENALTY): penalty.propose,
    (SubjectKind.PENALTY_DECISION, Trigger.TAKE_UP): penalty.take_up,
    (SubjectKind.PENALTY_DECISION, Trigger.ADOPT): penalty.adopt,
}


def find_trigger(kind: SubjectKind, name: str) -> Trigger:
    """The trigger of this name on this kind of thing; raises UnknownTrigger. Effects of other acts have none here."""
    known = {row.trigger.value: row.trigger for _, row in rows_on(kind) if row.effect_of is None}
    if name not in known:
        raise UnknownTrigger(kind.value, name, tuple(known))
    return known[name]


def permit(facts: CaseFacts | None, subject: Subject, trigger: Trigger, actor: Actor, today: date) -> None:
    """Raise RoleNotPermitted unless one of the actor's roles stands on a row of this trigger."""
    rows = rows_of(subject.kind, trigger)
    if any(permits(row, actor.roles) for _, row in rows):
        return
    roles = sorted({role for _, row in rows for role in row.roles})
    offered = open_triggers(facts, subject, None, today) if facts is not None else []
    raise RoleNotPermitted(trigger.value, roles, sorted(actor.roles), offered)


def decide(facts: CaseFacts | None, command: Command, actor: Actor, today: date) -> list[Event]:
    """The events of one act, in order; raises a `Refusal`, or `InvalidRequest` for members that contradict it.

    `facts` is None for the opening of a case alone. `today` is the register's day in the authority's zone. Of what the
    scheduler posts the step's key must be the one derived from these facts on this day.
    """
    permit(facts, command.subject, command.trigger, actor, today)
    if facts is None:
        facts = case.blank(_opening(command))
    table, rows = _rows(command)
    standing = Standing(facts, None) if command.trigger is Trigger.OPEN else find(facts, command.subject)
    if standing is None:
        raise LookupError(f"no {command.subject.kind} {command.subject.id} in case {facts.reference}")
    _check_content(facts, command)
    _check_version(facts, command, actor, rows, today)
    step = _step(facts, command, actor, rows, today)
    effective_on = _effective_on(command, step, today)
    situation = Situation(
        case=facts,
        thing=standing.thing,
        command=command,
        actor=actor,
        today=today,
        effective_on=effective_on,
        regime=standing.regime(facts, effective_on),
        step=step,
    )
    state = rows[0].source if rows[0].posted_on else standing.state
    assert state is not None
    return _pull(table, rows, situation, state)


def _pull(table: Table, rows: list[Row], at: Situation, state: State) -> list[Event]:
    command = at.command
    attempt = Attempt(at)
    taken = fire(table, state, command.trigger, attempt)
    if taken:
        return _ACTS[table.kind, command.trigger](at)
    offered = open_triggers(at.case, command.subject, at.actor, at.today)
    if taken is None:
        raise IllegalTransition(
            table.kind.value, command.trigger.value, state.value, sorted({row.source.value for row in rows}), offered
        )
    assert attempt.denial is not None
    assert attempt.refused_by is not None
    raise GuardRefused(attempt.refused_by, attempt.denial, offered)


def _rows(command: Command) -> tuple[Table, list[Row]]:
    found = rows_of(command.subject.kind, command.trigger)
    return found[0][0], [row for _, row in found]


def _opening(command: Command) -> CaseContent:
    if not isinstance(command.content, CaseContent):
        raise TypeError("a case begins with its opening")
    return command.content


def _check_content(facts: CaseFacts, command: Command) -> None:
    with errors_below(command.content_at):
        if isinstance(command.content, CaseContent):
            check_case(command.content)
        if isinstance(command.content, DraftContent):
            check_draft(command.content, facts)
            check_assumed(command.content.assumed, command.content)
    check_assumed(command.assumed, command.content)


def _check_version(facts: CaseFacts, command: Command, actor: Actor, rows: list[Row], today: date) -> None:
    if not rows[0].versioned:
        return
    if Role.SCHEDULER in actor.roles:
        if command.step is None:
            raise invalid("/step", "the scheduler names the step, as GET /v1/due gave it")
        return
    if command.step is not None:
        raise invalid("/step", "a step is the scheduler's; a person sends `version`")
    current = facts.versions.get(command.subject.id, 0)
    if command.version is None:
        raise VersionMissing(current)
    if command.version != current:
        offered = open_triggers(facts, command.subject, actor, today)
        raise VersionConflict(command.version, current, command.trigger.value in offered)


def _step(facts: CaseFacts, command: Command, actor: Actor, rows: list[Row], today: date) -> Step | None:
    """The step this act takes: the scheduler's must be due; an officer who records an expiry takes its step too."""
    if not rows[0].step:
        return None
    open_step = step_of(facts, command.subject, today)
    due = open_step if open_step is not None and open_step.due_on <= today else None
    if Role.SCHEDULER in actor.roles:
        if due is None or due.key != command.step or due.trigger is not command.trigger:
            ahead = open_step.due_on if open_step is not None and open_step.trigger is command.trigger else None
            raise NotDue(command.step or "", ahead)
        return due
    takes_it = due is not None and due.trigger is command.trigger and command.trigger is Trigger.RECORD_EXPIRY
    return due if takes_it else None


def _effective_on(command: Command, step: Step | None, today: date) -> date:
    """The legal date of the act: a step's own day, the day of service, the day a case opened, else today."""
    content: Any = command.content
    if step is not None:
        fixed, why = step.due_on, "the step's own day"
    elif isinstance(content, ServiceContent):
        fixed, why = content.served_on, "the day of service"
    elif isinstance(content, CaseContent):
        fixed, why = content.opened_on, "the day the case opened"
    else:
        return command.effective_on or today
    if command.effective_on not in (None, fixed):
        raise invalid("/effective_on", f"this act is dated {fixed}, {why}: leave it out")
    return fixed
