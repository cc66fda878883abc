"""The current rows of a case, derived from its facts; of two facts, the rows that differ."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Table, select

from workflow.lifecycle.door.kinds import KINDS, find
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.kind import Kind
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.bulk import Row, delete_rows, upsert_rows
from workflow.store.tables.current import (
    access_requests,
    cases,
    debts,
    decisions,
    filings,
    orders,
    penalty_clauses,
    penalty_decisions,
)

TABLES: dict[SubjectKind, Table] = {
    SubjectKind.CASE: cases,
    SubjectKind.DECISION: decisions,
    SubjectKind.ORDER: orders,
    SubjectKind.PENALTY_CLAUSE: penalty_clauses,
    SubjectKind.PENALTY_DECISION: penalty_decisions,
    SubjectKind.FILING: filings,
    SubjectKind.ACCESS_REQUEST: access_requests,
    SubjectKind.DEBT: debts,
}
"""Where the things of a case are found by id."""

Rows = dict[Table, dict[str, Row]]


def current_rows(facts: CaseFacts) -> Rows:
    """All rows of a case, by table and id."""
    rows: Rows = {table: {} for table in TABLES.values()}
    for kind, thing in _things(facts):
        row = _row(facts, kind, thing)
        rows[TABLES[kind.kind]][row["id"]] = row
    return rows


def holds(facts: CaseFacts, kind: SubjectKind, id: str) -> bool:
    """Whether the thing is in the case: what was discarded is no longer."""
    return find(facts, Subject(kind, id)) is not None


def write_changes(connection: Connection, changed: list[tuple[CaseFacts | None, CaseFacts]]) -> None:
    """Bring the current rows from what they were to what they are, writing only what differs."""
    upserts: dict[Table, list[Row]] = {table: [] for table in TABLES.values()}
    gone: dict[Table, list[str]] = {table: [] for table in TABLES.values()}
    for before, after in changed:
        old = {} if before is None else {thing.id: (kind, thing) for kind, thing in _things(before)}
        for kind, thing in _things(after):
            _, was = old.pop(thing.id, (kind, None))
            if before is not None and was is thing and before.versions[thing.id] == after.versions[thing.id]:
                continue  # an act leaves most of the tree as it is: the same object, the same row
            row = _row(after, kind, thing)
            if before is None or was is None or row != _row(before, kind, was):
                upserts[TABLES[kind.kind]].append(row)
        for kind, thing in old.values():
            gone[TABLES[kind.kind]].append(thing.id)
    for table in TABLES.values():
        delete_rows(connection, table, gone[table])
        upsert_rows(connection, table, upserts[table])


def stored_rows(connection: Connection, cases: Iterable[str]) -> dict[str, Rows]:
    """The current rows of these cases as they stand in the database, by case."""
    rows: dict[str, Rows] = {case: {table: {} for table in TABLES.values()} for case in cases}
    for kind, table in TABLES.items():
        of_case = table.c.id if kind is SubjectKind.CASE else table.c.case
        for row in connection.execute(select(table).where(of_case.in_(list(rows)))).mappings():
            rows[row[of_case]][table][row["id"]] = dict(row)
    return rows


def _things(facts: CaseFacts) -> Iterator[tuple[Kind[Any], Any]]:
    return ((kind, thing) for kind in KINDS.values() for thing in kind.things(facts))


def _row(facts: CaseFacts, kind: Kind[Any], thing: Any) -> Row:
    names, members, others = _COLUMNS[kind.kind]
    row = dict(zip(names, members(thing), strict=True))
    for name, of in others:
        row[name] = of(thing)
    row["version"] = facts.versions[thing.id]
    if kind.kind is not SubjectKind.CASE:
        row["case"] = facts.id
    if kind.kind in _IN_A_DECISION:
        decision = kind.decision(facts, thing)
        row["decision"] = decision and decision.id
    return row


def _amount(name: str, of: str) -> Callable[[Any], Any]:
    """This member of the sum that a thing has under a name, None where it has none."""

    def read(thing: Any) -> Any:
        money = getattr(thing, of)
        return None if money is None else getattr(money, name)

    return read


_IN_A_DECISION = frozenset({SubjectKind.ORDER, SubjectKind.PENALTY_CLAUSE})
_ELSEWHERE = frozenset({"version", "case"})
_OTHERWISE: Mapping[SubjectKind, Mapping[str, Callable[[Any], Any]]] = {
    SubjectKind.DECISION: {
        "addressees": lambda decision: len(decision.addressees),
        "served": lambda decision: len({service.addressee for service in decision.services}),
        "served_on": lambda decision: max((service.served_on for service in decision.services), default=None),
        "fine_minor": _amount("minor", "fine"),
        "currency": _amount("currency", "fine"),
    },
    SubjectKind.PENALTY_CLAUSE: {"rate_minor": _amount("minor", "rate"), "currency": _amount("currency", "rate")},
    SubjectKind.PENALTY_DECISION: {
        "from_on": attrgetter("from_"),
        "to_on": attrgetter("to"),
        "amount_minor": _amount("minor", "amount"),
        "fixed_minor": _amount("minor", "fixed"),
        "currency": _amount("currency", "amount"),
    },
    SubjectKind.DEBT: {
        "amount_minor": _amount("minor", "amount"),
        "outstanding_minor": attrgetter("outstanding"),
        "currency": _amount("currency", "amount"),
    },
}
"""The columns that are not the member of the thing by the same name."""

Columns = tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[tuple[str, Callable[[Any], Any]], ...]]


def _columns(kind: SubjectKind, table: Table) -> Columns:
    """The columns of a thing that are its own: those that are its members, how to read them all, and the others."""
    others = _OTHERWISE.get(kind, {})
    elsewhere = _ELSEWHERE | ({"decision"} if kind in _IN_A_DECISION else frozenset())
    names = tuple(column.name for column in table.columns if column.name not in elsewhere | others.keys())
    return names, attrgetter(*names), tuple(others.items())


_COLUMNS: Mapping[SubjectKind, Columns] = {kind: _columns(kind, table) for kind, table in TABLES.items()}
