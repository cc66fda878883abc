"""Lists of things, a line each, filtered on named columns: from the current rows, for counsel from what it sees."""

from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, select

from workflow.lifecycle.rules import Actor
from workflow.lifecycle.seen import seen_by
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.projections import TABLES, current_rows
from workflow.use_cases.counsel import is_counsel, represented
from workflow.use_cases.reading import read_cases


def list_rows(
    connection: Connection, kind: SubjectKind, filters: Mapping[str, Any], limit: int, actor: Actor
) -> tuple[list[Mapping[str, Any]], bool]:
    """At most `limit` rows of a kind that match and that this actor may see, by id, and whether there are more."""
    if is_counsel(actor):
        seen = (row for row in _seen(connection, kind, actor) if all(row[name] == filters[name] for name in filters))
        found = sorted(seen, key=itemgetter("id"))
        return found[:limit], len(found) > limit
    table = TABLES[kind]
    query = select(table).where(*(table.c[name] == value for name, value in filters.items()))
    rows = connection.execute(query.order_by(table.c.id).limit(limit + 1)).mappings().all()
    return [dict(row) for row in rows[:limit]], len(rows) > limit


def _seen(connection: Connection, kind: SubjectKind, actor: Actor) -> Iterator[Mapping[str, Any]]:
    """The rows of a kind that there would be, were there no more in any case than its counsel sees."""
    theirs = represented(connection, actor.account)
    for case in read_cases(connection, {id for id, _ in theirs}).values():
        seen = seen_by(case, frozenset(party for id, party in theirs if id == case.id))
        yield from current_rows(seen)[TABLES[kind]].values()
