"""The limit of a database: exactly the rows an escalation wrote, by SQLAlchemy Core, with nothing else around them."""

import time
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from workflow.store.database import make_engine
from workflow.store.tables.current import penalty_clauses, penalty_decisions
from workflow.store.tables.journal import case_head, journal
from workflow.store.tables.timers import timers

BATCH = 1_000


def limit_per_second(done: str, fresh: str) -> float:
    """Write what the run in `done` wrote into `fresh`, in batches of 1,000 with a hash a row; proposals a second."""
    engine = make_engine(done)
    with engine.connect() as connection:
        rows = _written(connection)
    engine.dispose()
    engine = make_engine(fresh)
    began = time.perf_counter()
    for first in range(0, len(rows), BATCH):
        with engine.begin() as connection:
            _write(connection, rows[first : first + BATCH])
    took = time.perf_counter() - began
    engine.dispose()
    return len(rows) / took


def _written(connection: Connection) -> list[dict[str, Any]]:
    """For each proposal: its event, its row, and its case's head and clause as they were left."""
    proposals = {row["id"]: dict(row) for row in connection.execute(select(penalty_decisions)).mappings()}
    heads = {row["case"]: dict(row) for row in connection.execute(select(case_head)).mappings()}
    clauses = {row["case"]: dict(row) for row in connection.execute(select(penalty_clauses)).mappings()}
    events = connection.execute(select(journal).where(journal.c.subject_id.in_(select(penalty_decisions.c.id))))
    return [
        {
            "event": dict(event),
            "proposal": proposals[event["subject_id"]],
            "head": heads[event["case"]],
            "clause": clauses[event["case"]],
        }
        for event in events.mappings()
    ]


def _write(connection: Connection, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["event"]["hash"] = sha256(f"{row['head']['hash']}\n{row['event']['body']}".encode()).hexdigest()
    connection.execute(insert(journal), [row["event"] for row in rows])
    connection.execute(insert(penalty_decisions), [row["proposal"] for row in rows])
    connection.execute(
        _update(case_head, "case", ("seq", "hash", "facts")), [_bound(row["head"], "case") for row in rows]
    )
    connection.execute(_update(penalty_clauses, "id", ("version",)), [_bound(row["clause"], "id") for row in rows])
    gone = delete(timers).where(timers.c.subject_id == bindparam("key"))
    connection.execute(gone, [{"key": row["clause"]["id"]} for row in rows])


def _update(table: Table, key: str, names: tuple[str, ...]) -> Any:
    return (
        update(table).where(table.c[key] == bindparam("key")).values({name: bindparam(f"new_{name}") for name in names})
    )


def _bound(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {"key": row[key]} | {f"new_{name}": value for name, value in row.items()}
