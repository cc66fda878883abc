"""The current rows of a case, derived from its facts; of two facts, the rows that differ."""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Table, select

from workflow.lifecycle.door.kinds import KINDS
from workflow.lifecycle.facts import CaseFacts
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
    return {
        table: {thing.id: _row(KINDS[of], _values(facts, KINDS[of], thing)) for thing in KINDS[of].things(facts)}
        for of, table in TABLES.items()
    }


def holds(facts: CaseFacts, kind: SubjectKind, id: str) -> bool:
    """Whether the thing is in the case: what was discarded is no longer."""
    return any(thing.id == id for thing in KINDS[kind].things(facts))


def write_changes(connection: Connection, changed: list[tuple[CaseFacts | None, CaseFacts]]) -> None:
    """Bring the current rows from what they were to what they are, writing only what differs."""
    upserts: dict[Table, list[Row]] = {table: [] for table in TABLES.values()}
    gone: dict[Table, list[str]] = {table: [] for table in TABLES.values()}
    for before, after in changed:
        for of, table in TABLES.items():
            kind = KINDS[of]
            old = {} if before is None else {thing.id: thing for thing in kind.things(before)}
            for thing in kind.things(after):
                was = old.pop(thing.id, None)
                if before is not None and was is thing and before.versions[thing.id] == after.versions[thing.id]:
                    continue  # an act leaves most of the tree as it is: the same object, the same row
                values = _values(after, kind, thing)
                if before is None or was is None or values != _values(before, kind, was):
                    upserts[table].append(_row(kind, values))
            gone[table].extend(old)
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


def _row(kind: Kind[Any], values: tuple[Any, ...]) -> Row:
    return dict(zip(_COLUMNS[kind.kind][0], values, strict=True))


def _values(facts: CaseFacts, kind: Kind[Any], thing: Any) -> tuple[Any, ...]:
    """The values of a row, in the order of its columns: dearer to name than to compare, and most are the same."""
    _, members, others = _COLUMNS[kind.kind]
    own = (*members(thing), *[of(thing) for of in others], facts.versions[thing.id])
    if kind.kind is SubjectKind.CASE:
        return own
    if kind.kind not in _IN_A_DECISION:
        return (*own, facts.id)
    decision = kind.decision(facts, thing)
    return (*own, facts.id, decision and decision.id)


def _amount(name: str, of: str) -> Callable[[Any], Any]:
    """This member of the sum that a thing has under a name, None where it has none."""

    def read(thing: Any) -> Any:
        money = getattr(thing, of)
        return None if money is None else getattr(money, name)

    return read


_IN_A_DECISION = frozenset({SubjectKind.ORDER, SubjectKind.PENALTY_CLAUSE})
_OTHERWISE: Mapping[SubjectKind, Mapping[str, str | Callable[[Any], Any]]] = {
    SubjectKind.DECISION: {
        "addressees": lambda decision: len(decision.addressees),
        "served": lambda decision: len({service.addressee for service in decision.services}),
        "served_on": lambda decision: max((service.served_on for service in decision.services), default=None),
        "fine_minor": _amount("minor", "fine"),
        "currency": _amount("currency", "fine"),
    },
    SubjectKind.PENALTY_CLAUSE: {"rate_minor": "rate.minor", "currency": "rate.currency"},
    SubjectKind.PENALTY_DECISION: {
        "from_on": "from_",
        "to_on": "to",
        "amount_minor": "amount.minor",
        "fixed_minor": _amount("minor", "fixed"),
        "currency": "amount.currency",
    },
    SubjectKind.DEBT: {
        "amount_minor": "amount.minor",
        "outstanding_minor": "outstanding",
        "currency": "amount.currency",
    },
}
"""The columns that are not the member of the thing by the same name: where it is instead, or how it is made."""

Columns = tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[Callable[[Any], Any], ...]]


def _columns(kind: SubjectKind, table: Table) -> Columns:
    """The columns of a kind of thing in the order of `_values`; how to read those that are members, and the others."""
    last = ["version"] + ["case"] * (kind is not SubjectKind.CASE) + ["decision"] * (kind in _IN_A_DECISION)
    own = [column.name for column in table.columns if column.name not in last]
    where = dict(zip(own, own, strict=True)) | dict(_OTHERWISE.get(kind, {}))
    members = {name: path for name, path in where.items() if isinstance(path, str)}
    made = {name: of for name, of in where.items() if not isinstance(of, str)}
    return (*members, *made, *last), attrgetter(*members.values()), tuple(made.values())


_COLUMNS: Mapping[SubjectKind, Columns] = {kind: _columns(kind, table) for kind, table in TABLES.items()}
