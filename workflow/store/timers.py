"""One row a thing: its earliest open step, derived afresh for the whole case after each act."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from workflow.lifecycle.door.due import earliest_steps
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.step import Step
from workflow.store.bulk import Row, delete_rows, one_of, upsert_rows
from workflow.store.tables.timers import timers

_OF_CASES = select(timers).where(one_of(timers.c.case, "cases"))


def write_timers(connection: Connection, changed: Iterable[CaseFacts]) -> None:
    """Bring the timers of these cases in line with their facts.

    What stands in the table is compared, not what the old facts would have given: a new release of the rules then
    mends the timers of a case with its next act. A step that slept sleeps on while it is the same step.
    """
    wanted = {row["subject_id"]: row for facts in changed for row in timer_rows(facts)}
    cases = [facts.id for facts in changed]
    stored = {row["subject_id"]: row for row in connection.execute(_OF_CASES, {"cases": cases}).mappings()}
    delete_rows(connection, timers, [id for id in stored if id not in wanted])
    upsert_rows(connection, timers, [row for id, row in wanted.items() if not _same(stored.get(id), row)])


def timer_rows(facts: CaseFacts) -> list[Row]:
    """The timers a case should have."""
    return [_row(facts.id, step) for step in earliest_steps(facts)]


def _row(case: str, step: Step) -> Row:
    return {
        "subject_id": step.subject.id,
        "subject_kind": step.subject.kind,
        "case": case,
        "trigger": step.trigger,
        "step": step.key,
        "due_on": step.due_on,
        "due_at": step.due_at,
        "sleeps_until": None,
    }


def _same(stored: object, row: Row) -> bool:
    return stored is not None and {**stored, "sleeps_until": None} == row  # type: ignore[dict-item]
