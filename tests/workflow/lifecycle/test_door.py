"""`decide` for every state, trigger and role: refused for the role first, then for the state, and nothing is made."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.support.register import (
    CASE,
    DECIDER,
    OFFICER,
    REGISTRAR,
    Register,
    adopted,
    drafted,
    opened,
    served,
    submitted,
)
from tests.support.samples import sample
from workflow.law.invalid import InvalidRequest
from workflow.lifecycle.door.decide import decide, find_trigger
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.door.machine import TABLES, roles_of, rows_of, rows_on
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.refusals import (
    GuardRefused,
    IllegalTransition,
    NotDue,
    RoleNotPermitted,
    UnknownTrigger,
    VersionConflict,
    VersionMissing,
)
from workflow.lifecycle.kernel.rules import Actor, Command
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger


def complied() -> Register:
    register = served().on("2022-11-02")
    register.comply(1, "2022-11-01")
    return register


def expired() -> Register:
    register = served().on("2022-12-20")
    register.sweep()
    return register


def proposed() -> Register:
    register = expired().on("2023-02-10")
    register.sweep()
    return register


def taken_up() -> Register:
    register = proposed()
    register.pull(OFFICER, Trigger.TAKE_UP, register.penalty())
    return register


DECISIONS: dict[str, Callable[[], Register]] = {"draft": drafted, "in_review": submitted, "adopted": adopted}
ORDERS: dict[str, Callable[[], Register]] = {
    "pending": adopted,
    "in_force": served,
    "expired": expired,
    "complied": complied,
}
PENALTIES: dict[str, Callable[[], Register]] = {"proposed": proposed, "draft": taken_up}
SUBJECTS: dict[SubjectKind, Callable[[Register], Subject]] = {
    SubjectKind.CASE: lambda register: Subject(SubjectKind.CASE, register.case.id),
    SubjectKind.DECISION: Register.decision,
    SubjectKind.ORDER: lambda register: register.order(1),
    SubjectKind.PENALTY_CLAUSE: Register.clause,
    SubjectKind.PENALTY_DECISION: Register.penalty,
}
STATES: dict[SubjectKind, dict[str, Callable[[], Register]]] = {
    SubjectKind.CASE: {"open": opened},
    SubjectKind.DECISION: DECISIONS,
    SubjectKind.ORDER: ORDERS,
    SubjectKind.PENALTY_CLAUSE: {"standing": proposed},
    SubjectKind.PENALTY_DECISION: PENALTIES,
}
REACHED = [(kind, state) for kind, made in STATES.items() for state in made]


@pytest.mark.parametrize(("kind", "state"), REACHED)
def test_the_door_answers_as_the_table_says(kind: SubjectKind, state: str) -> None:
    register = STATES[kind][state]()
    subject = SUBJECTS[kind](register)
    standing = find(register.case, subject)
    assert standing is not None
    assert standing.state.value == state
    rules = standing.regime(register.today)
    for trigger in {row.trigger for _, row in rows_on(kind) if row.effect_of is None}:
        rows = [row for _, row in rows_of(kind, trigger) if row.effect_of is None]
        from_here = [row for row in rows if row.parent_kind is kind or standing.state in row.sources]
        for role in Role:
            answer = _answer(register, subject, trigger, role)
            if not any(role in roles_of(row, rules) for row in rows):
                assert answer is RoleNotPermitted, (trigger, role)
            elif role is Role.SCHEDULER:
                assert answer is NotDue, (trigger, role)
            elif not any(role in roles_of(row, rules) for row in from_here):
                assert answer is IllegalTransition, (trigger, role)
            else:
                assert answer in (None, GuardRefused, InvalidRequest), (trigger, role)


def _answer(register: Register, subject: Subject, trigger: Trigger, role: Role) -> type[Exception] | None:
    """What the door says to a command with every member it needs, whether they make sense together or not."""
    scheduler = role is Role.SCHEDULER
    command = Command(
        subject=subject,
        trigger=trigger,
        content=sample(subject.kind, trigger),
        version=None if scheduler else register.case.versions[subject.id],
        step="a step of no day" if scheduler else None,
    )
    try:
        events = decide(register.case, command, Actor("somebody", frozenset({role})), register.today)
    except (RoleNotPermitted, NotDue, IllegalTransition, GuardRefused, InvalidRequest) as refused:
        return type(refused)
    assert events
    fold(register.case, events)
    return None


def test_entering_into_force_cannot_be_posted() -> None:
    with pytest.raises(UnknownTrigger) as refused:
        find_trigger(SubjectKind.ORDER, "enter_into_force")
    assert "enter_into_force" not in refused.value.facts["known"]
    register = adopted()
    command = Command(subject=register.order(1), trigger=Trigger.ENTER_INTO_FORCE, version=1)
    for role in Role:
        with pytest.raises(RoleNotPermitted):
            decide(register.case, command, Actor("somebody", frozenset({role})), register.today)


@pytest.mark.parametrize("kind", TABLES)
def test_no_trigger_without_a_row_can_be_pulled(kind: SubjectKind) -> None:
    own = {row.trigger for _, row in rows_on(kind) if row.effect_of is None}
    if any(row.confirmed_by for _, row in rows_on(kind)):
        own |= {Trigger.CONFIRM, Trigger.DECLINE}
    for trigger in Trigger:
        if trigger in own:
            assert find_trigger(kind, trigger.value) is trigger
        else:
            with pytest.raises(UnknownTrigger):
                find_trigger(kind, trigger.value)


def test_a_misspelt_trigger_is_told_which_was_meant() -> None:
    with pytest.raises(UnknownTrigger, match="did you mean accept_compliance"):
        find_trigger(SubjectKind.ORDER, "accept_complience")


def test_the_scheduler_is_refused_adoption_with_the_moral() -> None:
    register = proposed()
    command = Command(subject=register.penalty(), trigger=Trigger.ADOPT, step="any")
    with pytest.raises(RoleNotPermitted, match=r"A machine proposes, a person decides\."):
        decide(register.case, command, Actor("scheduler", frozenset({Role.SCHEDULER})), register.today)


def test_a_person_says_which_version_was_read() -> None:
    register = submitted()
    with pytest.raises(VersionMissing) as missing:
        register.pull(DECIDER, Trigger.ADOPT, register.decision(), version=None)
    assert missing.value.facts == {"current": 2}
    with pytest.raises(VersionConflict, match=r"You read version 1; it is at version 2 now\. Your step is still open"):
        register.pull(DECIDER, Trigger.ADOPT, register.decision(), version=1)


def test_a_person_names_no_step_and_the_scheduler_names_one() -> None:
    register = expired()
    with pytest.raises(InvalidRequest, match="a step is the scheduler's"):
        register.pull(OFFICER, Trigger.RECORD_EXPIRY, register.order(1), step="a step")
    command = Command(subject=register.order(1), trigger=Trigger.RECORD_EXPIRY, version=1)
    with pytest.raises(InvalidRequest, match="the scheduler names the step"):
        decide(register.case, command, Actor("scheduler", frozenset({Role.SCHEDULER})), register.today)


@pytest.mark.parametrize(
    ("day", "why"),
    [("2022-10-18", "after today, 2022-10-17"), ("2022-06-01", "before the case opened on 2022-06-02")],
)
def test_no_act_is_dated_after_today_or_before_the_case_opened(day: str, why: str) -> None:
    register = submitted().on("2022-10-17")
    with pytest.raises(GuardRefused, match=f"The act is dated {day}, {why}") as refused:
        register.pull(DECIDER, Trigger.ADOPT, register.decision(), effective_on=date.fromisoformat(day))
    assert refused.value.facts["guard"] == "possible_date"
    assert refused.value.facts["satisfied_by"].startswith("a date not ")


def test_a_case_is_opened_once_and_not_tomorrow() -> None:
    register = opened()
    with pytest.raises(IllegalTransition):
        register.pull(OFFICER, Trigger.OPEN, data={**CASE, "opened_on": "2022-06-02"})
    with pytest.raises(GuardRefused, match="after today"):
        Register().pull(OFFICER, Trigger.OPEN, data={**CASE, "opened_on": "2022-06-03"})


def test_service_is_dated_by_its_own_day() -> None:
    register = adopted().on("2022-10-25")
    with pytest.raises(InvalidRequest, match="this act is dated 2022-10-19, the day of service: leave it out"):
        register.serve(1, "2022-10-19", effective_on=date(2022, 10, 20))
    assert register.serve(1, "2022-10-19")[0].effective_on == date(2022, 10, 19)
    assert REGISTRAR.account == register.events[-1].actor
