"""Lists of things from their current rows: a line each, filtered on named columns."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.projections import TABLES


def list_rows(
    connection: Connection, kind: SubjectKind, filters: Mapping[str, Any], limit: int
) -> tuple[list[Mapping[str, Any]], bool]:
    """At most `limit` rows of a kind that match, by id, and whether there are more."""
    table = TABLES[kind]
    query = select(table).where(*(table.c[name] == value for name, value in filters.items()))
    rows = connection.execute(query.order_by(table.c.id).limit(limit + 1)).mappings().all()
    return [dict(row) for row in rows[:limit]], len(rows) > limit
