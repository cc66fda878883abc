"""First answers by key: read under the locks of a batch, written with it, and gone after seven days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, bindparam, delete, select

from workflow.store.bulk import one_of
from workflow.store.tables.answers import first_answers

KEPT = timedelta(days=7)

_OVER = delete(first_answers).where(first_answers.c.made_at <= bindparam("over"))
_READ = select(first_answers).where(one_of(first_answers.c.id, "ids"))


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """What was asked first under a key, as a digest, and its outcome as JSON, at an instant of the register."""

    request: str
    outcome: str
    at: datetime


def answer_id(account: str, key: str, part: int) -> str:
    """Where the answer to a part of a request lies: two accounts with the same key never meet."""
    return sha256(f"{account}\n{part}\n{key}".encode()).hexdigest()


def read_answers(connection: Connection, ids: Collection[str], machine_now: datetime) -> dict[str, FirstAnswer]:
    """The answers that are kept under these ids, once those that were kept long enough are removed."""
    connection.execute(_OVER, {"over": machine_now - KEPT})
    rows = connection.execute(_READ, {"ids": list(ids)})
    return {row.id: FirstAnswer(row.request, row.outcome, row.at) for row in rows}
