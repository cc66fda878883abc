"""The machines as a lawyer reads them: where each trigger leads from each state, against what the engine does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.workflow.lifecycle.register import served
from workflow.lifecycle import machine
from workflow.lifecycle.machine import TABLES, Attempt, fire
from workflow.lifecycle.rules import Actor, Command, Guard, Row, Situation, Table
from workflow.lifecycle.standing import find
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger

MATRICES = {
    SubjectKind.CASE: """
                       open
        absent         open
        open           -
    """,
    SubjectKind.DECISION: """
                       draft    revise   submit      return_to_draft   adopt     record_service
        absent         draft    -        -           -                 -         -
        draft          -        draft    in_review   -                 -         -
        in_review      -        -        -           draft             adopted   -
        adopted        -        -        -           -                 -         adopted
    """,
    SubjectKind.ORDER: """
                       enter_into_force   remind     record_expiry   accept_compliance
        pending        in_force           -          -               -
        in_force       -                  in_force   expired         complied
        expired        -                  -          -               complied
        complied       -                  -          -               -
    """,
    SubjectKind.PENALTY_DECISION: """
                          propose_penalty   take_up   adopt
        absent            proposed          -         -
        proposed          -                 draft     -
        draft             -                 -         -
        in_deliberation   -                 -         adopted
        adopted           -                 -         -
    """,
}

ROLES = """
    open                 case_officer
    draft                case_officer
    revise               case_officer
    submit               case_officer
    return_to_draft      decision_maker head_of_enforcement
    adopt                decision_maker
    record_service       registrar
    enter_into_force     -
    remind               scheduler
    record_expiry        case_officer scheduler
    accept_compliance    head_of_enforcement
    propose_penalty      case_officer scheduler
    take_up              case_officer
"""

MAY: dict[str, set[str]] = {
    trigger: set() if roles == ["-"] else set(roles)
    for trigger, *roles in (line.split() for line in ROLES.strip().splitlines())
}


def cells(matrix: str) -> Iterator[tuple[str, str, str]]:
    head, *lines = matrix.strip().splitlines()
    triggers = head.split()
    for line in lines:
        state, *targets = line.split()
        for trigger, target in zip(triggers, targets, strict=True):
            yield state, trigger, target


def unguarded(table: Table) -> list[Row]:
    return [replace(row, guards=()) for row in table.rows]


@pytest.fixture(scope="module")
def at() -> Situation:
    """Any situation in which the dates are possible: the state is given to the engine beside it."""
    register = served()
    standing = find(register.case, register.order(1))
    assert standing is not None
    day = date(2022, 10, 19)
    return Situation(
        case=register.case,
        thing=standing.thing,
        command=Command(subject=register.order(1), trigger=Trigger.REMIND),
        actor=Actor("somebody", frozenset()),
        today=day,
        effective_on=day,
        regime=standing.regime(register.case, day),
    )


@pytest.fixture(scope="module")
def open_machines() -> Iterator[None]:
    """The machines with every guard taken away: what is left is states and roles."""
    bare = {kind: machine._build(Table(kind, tuple(unguarded(table)))) for kind, table in TABLES.items()}
    patch = pytest.MonkeyPatch()
    patch.setattr(machine, "_MACHINES", bare)
    yield
    patch.undo()


@pytest.mark.parametrize("kind", MATRICES)
def test_the_table_names_every_state_and_every_trigger(kind: SubjectKind) -> None:
    table = TABLES[kind]
    states = {state for state, _, _ in cells(MATRICES[kind])}
    triggers = {trigger for _, trigger, _ in cells(MATRICES[kind])}
    assert states == {state.value for state in type(table.rows[0].source)}
    assert triggers == {row.trigger.value for row in table.rows}


@pytest.mark.parametrize("kind", MATRICES)
def test_the_engine_goes_where_the_table_says_for_every_role(
    kind: SubjectKind, at: Situation, open_machines: None
) -> None:
    states = {state.value: state for state in type(TABLES[kind].rows[0].source)}
    for state, trigger, target in cells(MATRICES[kind]):
        for role in Role:
            attempt = Attempt(replace(at, actor=Actor("somebody", frozenset({role}))))
            taken = fire(TABLES[kind], states[state], Trigger(trigger), attempt)
            expected = target if target != "-" and role.value in MAY[trigger] else None
            assert (attempt.row.target.value if attempt.row else None) == expected, (state, trigger, role)
            assert taken is (True if expected else None)


def test_an_order_enters_into_force_as_the_effect_of_service_and_of_nothing_else(
    at: Situation, open_machines: None
) -> None:
    pending = TABLES[SubjectKind.ORDER].rows[0].source
    for effect in Trigger:
        attempt = Attempt(at, effect_of=effect)
        taken = fire(TABLES[SubjectKind.ORDER], pending, Trigger.ENTER_INTO_FORCE, attempt)
        assert bool(taken) is (effect is Trigger.RECORD_SERVICE)


def test_every_trigger_has_its_roles_in_the_table() -> None:
    assert set(MAY) == {trigger.value for trigger in Trigger}
    for table in TABLES.values():
        for row in table.rows:
            assert {role.value for role in row.roles} == MAY[row.trigger.value], row


@pytest.mark.parametrize("kind", TABLES)
def test_no_two_rows_share_a_state_and_a_trigger(kind: SubjectKind) -> None:
    pairs = [(row.source, row.trigger) for row in TABLES[kind].rows]
    assert len(pairs) == len(set(pairs))


def test_the_scheduler_adopts_nothing_and_takes_steps_only() -> None:
    rows = [row for table in TABLES.values() for row in table.rows if Role.SCHEDULER in row.roles]
    assert {row.trigger for row in rows} == {Trigger.REMIND, Trigger.RECORD_EXPIRY, Trigger.PROPOSE_PENALTY}
    assert all(row.step for row in rows)


def test_who_is_the_scheduler_acts_as_nothing_else(at: Situation, open_machines: None) -> None:
    both = Actor("somebody", frozenset({Role.SCHEDULER, Role.DECISION_MAKER, Role.CASE_OFFICER}))
    for kind, table in TABLES.items():
        for row in table.rows:
            taken = fire(table, row.source, row.trigger, Attempt(replace(at, actor=both)))
            assert bool(taken) is (Role.SCHEDULER in row.roles), (kind, row.trigger)


def test_each_row_says_its_label_and_the_ground_it_rests_on() -> None:
    rows: list[Any] = [row for table in TABLES.values() for row in table.rows]
    assert all(row.label and row.ground for row in rows)
    guards: list[Guard] = [guard for row in rows for guard in row.guards]
    assert len({guard.name for guard in guards}) == len({guard.check for guard in guards})
