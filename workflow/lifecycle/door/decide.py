"""The one door: may it happen, and what then happened?

`decide` is pure: facts, a command, who asks and today in; events or a `Refusal` out. The order of its checks is that of
the API: the trigger, the role, the version, the step, the state, the guards.
"""

from datetime import date
from functools import cache
from typing import Any

from workflow.law.invalid import invalid
from workflow.lifecycle.case.case import blank
from workflow.lifecycle.case.contents import CaseContent, check_case
from workflow.lifecycle.decision.contents import DraftContent
from workflow.lifecycle.decision.draft_faults import check_draft
from workflow.lifecycle.door.contents import content_of
from workflow.lifecycle.door.due import step_of
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.door.four_eyes import (
    ConfirmationContent,
    chosen,
    confirming_roles,
    decline,
    has_second,
    may_confirm,
    not_the_proposer,
    propose,
    waits_already,
)
from workflow.lifecycle.door.kinds import Standing, find
from workflow.lifecycle.door.machine import SECOND, fire, may_pull, permits, roles_of, rows_of, rows_on
from workflow.lifecycle.door.openings import open_triggers
from workflow.lifecycle.facts import CaseFacts, PendingAct
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, Subject
from workflow.lifecycle.kernel.faults import check_assumed, errors_below
from workflow.lifecycle.kernel.refusals import (
    Denial,
    GuardRefused,
    IllegalTransition,
    NotDue,
    RoleNotPermitted,
    UnknownTrigger,
    VersionConflict,
    VersionMissing,
)
from workflow.lifecycle.kernel.rules import Actor, Command, Denied, Row, Situation, Taken
from workflow.lifecycle.kernel.step import Step
from workflow.lifecycle.proceedings.content_faults import check_members
from workflow.lifecycle.proceedings.rulings import with_what_rests_on_it
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger


def find_trigger(kind: SubjectKind, name: str) -> Trigger:
    """The trigger of this name on this kind of thing; raises UnknownTrigger. Effects of other acts have none here."""
    known = triggers_on(kind)
    if name not in known:
        raise UnknownTrigger(kind.value, name, tuple(known))
    return known[name]


@cache
def triggers_on(kind: SubjectKind) -> dict[str, Trigger]:
    """The triggers that can be posted on this kind of thing, by name; not those that only other acts pull."""
    known = {row.trigger.value: row.trigger for _, row in rows_on(kind) if row.effect_of is None}
    return known | ({trigger.value: trigger for trigger in SECOND} if has_second(kind) else {})


def permit(facts: CaseFacts | None, subject: Subject, trigger: Trigger, actor: Actor, today: date) -> None:
    """Raise RoleNotPermitted unless one of the actor's roles stands on a row of this trigger, as the regime has it."""
    _permit(facts, find(facts, subject) if facts is not None else None, subject, trigger, actor, today)


def _permit(
    facts: CaseFacts | None, standing: Standing | None, subject: Subject, trigger: Trigger, actor: Actor, today: date
) -> None:
    if trigger in SECOND:
        allowed = confirming_roles(None if actor.is_counsel else facts, subject)
        if not allowed.isdisjoint(actor.roles) and Role.SCHEDULER not in actor.roles:
            return
    else:
        rules = standing.regime(today) if standing is not None else None
        rows = [row for _, row in rows_of(subject.kind, trigger)]
        if any(permits(row, actor.roles, rules) for row in rows):
            return
        allowed = frozenset(role for row in rows for role in roles_of(row, rules))
    who = actor if actor.is_counsel else None  # what is open to others is nothing to counsel
    offered = open_triggers(facts, subject, who, today) if facts is not None else []
    raise RoleNotPermitted(trigger.value, sorted(allowed), sorted(actor.roles), offered)


def decide(facts: CaseFacts | None, command: Command, actor: Actor, today: date) -> list[Event]:
    """The events of one act, in order; raises a `Refusal`, or `InvalidRequest` for members that contradict it.

    `facts` is None for the opening of a case alone. `today` is the register's day in the authority's zone. Of what the
    scheduler posts the step's key must be the one derived from these facts on this day.
    """
    standing = find(facts, command.subject) if facts is not None else None
    _permit(facts, standing, command.subject, command.trigger, actor, today)
    if facts is None:
        facts = blank(_opening(command))
        standing = find(facts, command.subject)
    if standing is None:
        raise LookupError(f"no {command.subject.kind} {command.subject.id} in case {facts.reference}")
    _check_content(facts, command)
    rows = [row for _, row in rows_of(command.subject.kind, command.trigger)]
    _check_version(facts, command, actor, rows, today)
    if command.trigger in SECOND:
        return _second(command, actor, today, standing)
    step = _step(facts, command, actor, rows, today)
    return _pull(_situation(command, actor, today, standing, step))


def _situation(
    command: Command,
    actor: Actor,
    today: date,
    standing: Standing,
    step: Step | None = None,
    confirms: PendingAct | None = None,
) -> Situation[Any, Any]:
    effective_on = _effective_on(command, step, today)
    return Situation(
        case=standing.case,
        kind=standing.kind,
        thing=standing.thing,
        command=command,
        actor=actor,
        today=today,
        effective_on=effective_on,
        regime=standing.regime(effective_on),
        fire=fire,
        step=step,
        confirms=confirms,
    )


def _second(command: Command, actor: Actor, today: date, standing: Standing) -> list[Event]:
    """What a second person makes of a pending act: the act itself, from the same guards again, or its end."""
    facts = standing.case
    content: ConfirmationContent = command.content
    act = chosen(facts, command.subject, content.act)
    if isinstance(act, Denial):
        raise _refused("act_waits", act, facts, command.subject, actor, today)
    roles = may_confirm(command.subject.kind, act)
    if (denial := not_the_proposer(act, actor, roles)) is not None:
        raise _refused("not_the_proposer", denial, facts, command.subject, actor, today)
    if roles.isdisjoint(actor.roles):
        offered = open_triggers(facts, command.subject, None, today)
        raise RoleNotPermitted(command.trigger.value, sorted(roles), sorted(actor.roles), offered)
    if command.trigger is Trigger.DECLINE:
        return decline(_situation(command, actor, today, standing, confirms=act))
    proposed = replace(
        command,
        trigger=act.trigger,
        content=content_of(act),
        effective_on=act.effective_on or command.effective_on,
        assumed=act.assumed,
    )
    return _pull(_situation(proposed, actor, today, standing, confirms=act))


def _pull(at: Situation[Any, Any]) -> list[Event]:
    """Take the row that is open, and do what it stands for; with a second person still to come, propose it."""
    command = at.command
    found = rows_of(command.subject.kind, command.trigger)
    table, first = found[0]
    state = first.sources[0] if first.parent_kind else at.thing.state
    outcome = fire(table.kind, state, command.trigger, at)
    if isinstance(outcome, Taken):
        at = replace(at, target=outcome.target)
        confirmed_by = outcome.row.confirmed_by
        if confirmed_by and at.confirms is None:
            denial = waits_already(at.case, command.subject, command.trigger, confirmed_by)
            if denial is not None:
                raise _refused("already_proposed", denial, at.case, command.subject, at.actor, at.today)
            return propose(at)
        assert outcome.row.act is not None
        return with_what_rests_on_it(at, outcome.row.act(at), fold)
    offered = open_triggers(at.case, command.subject, at.actor, at.today)
    if isinstance(outcome, Denied):
        raise GuardRefused(outcome.guard, outcome.denial, offered)
    from_ = sorted({source.value for _, row in found if may_pull(row, at) for source in row.sources})
    others = sorted({role.value for _, row in found if state in row.sources for role in roles_of(row, at.regime)})
    raise IllegalTransition(table.kind.value, command.trigger.value, state.value, from_, offered, others)


def _refused(guard: str, denial: Denial, facts: CaseFacts, subject: Subject, actor: Actor, today: date) -> GuardRefused:
    return GuardRefused(guard, denial, open_triggers(facts, subject, actor, today))


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
        check_members(command.content)
    check_assumed(command.assumed, command.content)


def _check_version(facts: CaseFacts, command: Command, actor: Actor, rows: list[Row], today: date) -> None:
    if rows and not rows[0].versioned:
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
    """The legal date of the act: a step's own day, the day its content says it happened (`DATED`), else today."""
    dated: tuple[str, str] | None = getattr(type(command.content), "DATED", None)
    if step is not None:
        fixed, why = step.due_on, "the step's own day"
    elif dated is not None:
        member, why = dated
        fixed = getattr(command.content, member) or today
    else:
        return command.effective_on or today
    if command.effective_on not in (None, fixed):
        raise invalid("/effective_on", f"this act is dated {fixed}, {why}: leave it out")
    day: date = fixed
    return day
