"""The machines as a lawyer reads them: where each trigger leads from each state, against what the engine does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.support.register import served
from tests.workflow.lifecycle import golden_matrix
from workflow.lifecycle.door import machine
from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.door.machine import TABLES, fire, roles_of
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.rules import Actor, Chosen, Command, Guard, Row, Situation, Table, Taken
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger


def unguarded(table: Table) -> list[Row]:
    return [replace(row, guards=(), target=_first(row)) for row in table.rows]


def _first(row: Row) -> Any:
    """Where a row leads when nothing is known of the situation."""
    return row.target.among[0] if isinstance(row.target, Chosen) else row.target


@pytest.fixture(scope="module")
def at() -> Situation[Any, Any]:
    """Any situation in which the dates are possible: the state is given to the engine beside it."""
    register = served()
    standing = find(register.case, register.order(1))
    assert standing is not None
    day = date(2022, 10, 19)
    return Situation(
        case=register.case,
        kind=standing.kind,
        thing=standing.thing,
        command=Command(subject=register.order(1), trigger=Trigger.REMIND),
        actor=Actor("somebody", frozenset()),
        today=day,
        effective_on=day,
        regime=standing.regime(day),
        fire=fire,
    )


@pytest.fixture(scope="module")
def open_machines() -> Iterator[None]:
    """The machines with every guard taken away: what is left is states and roles."""
    bare = {kind: machine._build(Table(kind, tuple(unguarded(table)))) for kind, table in TABLES.items()}
    patch = pytest.MonkeyPatch()
    patch.setattr(machine, "_MACHINES", bare)
    yield
    patch.undo()


def pulling(at: Situation[Any, Any], actor: Actor, on: SubjectKind | None) -> Situation[Any, Any]:
    """A try by somebody; a thing that is made is made by an act on another kind of thing."""
    subject = at.command.subject if on is None else Subject(on, "somewhere")
    return replace(at, actor=actor, command=replace(at.command, subject=subject))


@pytest.mark.parametrize("kind", TABLES)
def test_the_table_is_the_golden_matrix(kind: SubjectKind) -> None:
    assert golden_matrix.render(TABLES[kind]) == golden_matrix.read(kind)


@pytest.mark.parametrize("kind", TABLES)
def test_the_engine_goes_where_the_table_says_for_every_role(
    kind: SubjectKind, at: Situation[Any, Any], open_machines: None
) -> None:
    table = TABLES[kind]
    for state in type(table.rows[0].sources[0]):
        for trigger, on in {(row.trigger, row.parent_kind) for row in table.rows}:
            for role in Role:
                outcome = fire(kind, state, trigger, pulling(at, Actor("somebody", frozenset({role})), on))
                rows = [
                    row
                    for row in table.rows
                    if state in row.sources
                    and (row.trigger, row.parent_kind) == (trigger, on)
                    and row.effect_of is None
                    and role in roles_of(row, at.regime)
                ]
                # Of several rows the guards choose; here they are taken away, and the first is left.
                if not rows:
                    assert outcome is None, (state, trigger, role)
                    continue
                assert isinstance(outcome, Taken), (state, trigger, role)
                assert outcome.row == replace(rows[0], guards=(), target=_first(rows[0]))
                assert outcome.target in rows[0].targets(state)


def test_an_order_enters_into_force_as_the_effect_of_an_act_and_is_never_posted(
    at: Situation[Any, Any], open_machines: None
) -> None:
    table = TABLES[SubjectKind.ORDER]
    causes = {row.effect_of for row in table.rows if row.trigger is Trigger.ENTER_INTO_FORCE}
    assert Trigger.RECORD_SERVICE in causes
    assert None not in causes
    for effect in Trigger:
        outcome = fire(table.kind, table.rows[0].sources[0], Trigger.ENTER_INTO_FORCE, at, effect)
        assert isinstance(outcome, Taken) is (effect in causes)


def test_the_scheduler_adopts_nothing_and_takes_steps_only() -> None:
    rows = [row for table in TABLES.values() for row in table.rows if Role.SCHEDULER in row.roles]
    assert Trigger.ADOPT not in {row.trigger for row in rows}
    assert all(row.step and not row.confirmed_by for row in rows)


def test_who_is_the_scheduler_acts_as_nothing_else(at: Situation[Any, Any], open_machines: None) -> None:
    both = Actor("somebody", frozenset({Role.SCHEDULER, Role.DECISION_MAKER, Role.CASE_OFFICER}))
    for kind, table in TABLES.items():
        for row in table.rows:
            source = row.sources[0]
            taken = fire(kind, source, row.trigger, pulling(at, both, row.parent_kind))
            same = [each for each in table.rows if source in each.sources and each.trigger is row.trigger]
            assert isinstance(taken, Taken) is any(Role.SCHEDULER in each.roles for each in same), (kind, row.trigger)


def test_each_row_says_its_label_and_the_ground_it_rests_on() -> None:
    rows: list[Any] = [row for table in TABLES.values() for row in table.rows]
    assert all(row.label and row.ground for row in rows)
    guards: list[Guard] = [guard for row in rows for guard in row.guards]
    asked = {(guard.nature, guard.person, guard.state, guard.content) for guard in guards}
    assert len({guard.name for guard in guards}) == len(asked)
