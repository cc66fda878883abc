"""`decide` for every state, trigger and role: refused for the role first, then for the state, and nothing is made."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.workflow.lifecycle.register import (
    CASE,
    DECIDER,
    OFFICER,
    REGISTRAR,
    Register,
    a_draft,
    adopted,
    drafted,
    opened,
    served,
    submitted,
)
from tests.workflow.lifecycle.test_matrix import MATRICES, MAY, cells
from workflow.law.invalid import InvalidRequest
from workflow.lifecycle.decide import decide, find_trigger
from workflow.lifecycle.events import Subject
from workflow.lifecycle.refusals import (
    GuardRefused,
    IllegalTransition,
    NotDue,
    RoleNotPermitted,
    UnknownTrigger,
    VersionConflict,
    VersionMissing,
)
from workflow.lifecycle.rules import Actor, Command
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger
from workflow.use_cases.bodies import read_content


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
    SubjectKind.DECISION: Register.decision,
    SubjectKind.ORDER: lambda register: register.order(1),
    SubjectKind.PENALTY_DECISION: Register.penalty,
}
DATA = {
    "revise": a_draft(),
    "record_service": {"addressee": 1, "served_on": "2022-10-18", "channel": "courier"},
    "accept_compliance": {"complied_on": "2022-11-01"},
}
POSTED_ELSEWHERE = {"draft", "propose_penalty"}
REACHED = [
    (kind, state)
    for kind, states in (
        (SubjectKind.DECISION, DECISIONS),
        (SubjectKind.ORDER, ORDERS),
        (SubjectKind.PENALTY_DECISION, PENALTIES),
    )
    for state in states
]


@pytest.mark.parametrize(("kind", "state"), REACHED)
def test_the_door_answers_as_the_table_says(kind: SubjectKind, state: str) -> None:
    made = {SubjectKind.DECISION: DECISIONS, SubjectKind.ORDER: ORDERS, SubjectKind.PENALTY_DECISION: PENALTIES}
    register = made[kind][state]()
    subject = SUBJECTS[kind](register)
    targets = {trigger: target for each, trigger, target in cells(MATRICES[kind]) if each == state}
    for trigger, target in targets.items():
        if trigger in POSTED_ELSEWHERE or trigger == "enter_into_force":
            continue
        for role in Role:
            answer = _answer(register, subject, trigger, role)
            if role.value not in MAY[trigger]:
                assert answer is RoleNotPermitted, (trigger, role)
            elif role is Role.SCHEDULER:
                assert answer is NotDue, (trigger, role)
            elif target == "-":
                assert answer is IllegalTransition, (trigger, role)
            else:
                assert answer in (None, GuardRefused), (trigger, role)


def _answer(register: Register, subject: Subject, trigger: str, role: Role) -> type[Exception] | None:
    scheduler = role is Role.SCHEDULER
    command = Command(
        subject=subject,
        trigger=Trigger(trigger),
        content=read_content(subject.kind, Trigger(trigger), DATA.get(trigger, {})),
        version=None if scheduler else register.case.versions[subject.id],
        step="a step of no day" if scheduler else None,
    )
    try:
        events = decide(register.case, command, Actor("somebody", frozenset({role})), register.today)
    except (RoleNotPermitted, NotDue, IllegalTransition, GuardRefused) as refused:
        return type(refused)
    assert events
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


@pytest.mark.parametrize("kind", [SubjectKind.DECISION, SubjectKind.ORDER, SubjectKind.PENALTY_DECISION])
def test_no_trigger_without_a_row_can_be_pulled(kind: SubjectKind) -> None:
    own = {trigger for _, trigger, _ in cells(MATRICES[kind])} - POSTED_ELSEWHERE - {"enter_into_force"}
    for trigger in Trigger:
        if trigger.value in own:
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
