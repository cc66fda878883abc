"""Lists of things, a line each, filtered on named columns: from the current rows, for counsel from what it sees."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, or_, select

from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.reading.seen import seen_by
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.cases import read_cases
from workflow.store.missing import NotFound
from workflow.store.paging import PageOfRows, Paging, page_of, select_page, sorted_page
from workflow.store.projections import TABLES, current_rows
from workflow.use_cases.accounts.representation import represented

_NAMED: dict[str, tuple[SubjectKind, ...]] = {
    "case": (SubjectKind.CASE,),
    "decision": (SubjectKind.DECISION,),
    "order": (SubjectKind.ORDER,),
    "clause": (SubjectKind.PENALTY_CLAUSE,),
    "about": (SubjectKind.ORDER, SubjectKind.PENALTY_DECISION, SubjectKind.DECISION),
    "source": (SubjectKind.DECISION, SubjectKind.PENALTY_DECISION, SubjectKind.DEBT),
}
"""The filters that name a thing, and what it may be."""

_BY_REFERENCE = (SubjectKind.CASE, SubjectKind.DECISION)
_NAMES = ("id", "reference", "title")


def list_rows(
    connection: Connection, kind: SubjectKind, filters: Mapping[str, Any], paging: Paging, actor: Actor
) -> PageOfRows:
    """A page of the rows of a kind that match and that this actor may see.

    What a filter names is given by its id, a case or a decision by its reference too; NotFound when it is not there.
    """
    wanted = {name: _meant(connection, name, value, actor) for name, value in filters.items()}
    table, of = TABLES[kind], [kind, wanted]
    if actor.is_counsel:
        seen = _seen(connection, kind, actor)
        rows = (row for row in seen if all(row[name] in values for name, values in wanted.items()))
        return sorted_page(rows, table, paging, of)
    query = select(table).where(*(table.c[name].in_(values) for name, values in wanted.items()))
    return page_of(connection.execute(select_page(query, table, paging, of)).mappings().all(), paging, of)


def named_by(
    connection: Connection, ids: Mapping[SubjectKind, Collection[str]], actor: Actor
) -> dict[SubjectKind, dict[str, dict[str, str]]]:
    """The `id`, `reference` and `title` of cases and of things in them, by kind and id, as this actor may see them."""
    if not actor.is_counsel:
        return {kind: _names(connection, kind, wanted) for kind, wanted in ids.items()}
    seen = [current_rows(case) for case in _seen_cases(connection, actor, ids[SubjectKind.CASE])]
    return {
        kind: {id: {name: row[name] for name in _NAMES} for rows in seen for id, row in rows[TABLES[kind]].items()}
        for kind in ids
    }


def _names(connection: Connection, kind: SubjectKind, ids: Collection[str]) -> dict[str, dict[str, str]]:
    if not ids:
        return {}
    table = TABLES[kind]
    found = connection.execute(select(*(table.c[name] for name in _NAMES)).where(table.c.id.in_(ids)))
    return {row.id: dict(row._mapping) for row in found}


def case_meant(connection: Connection, text: str, actor: Actor) -> str:
    """The id of the case that is given by its id or its reference; NotFound when this actor sees none."""
    (id,) = _meant(connection, "case", text, actor)
    return str(id)


def _meant(connection: Connection, name: str, value: Any, actor: Actor) -> list[Any]:
    """The values of a column that a filter asks for: a reference may be that of decisions of several cases."""
    kinds = _NAMED.get(name)
    if kinds is None:
        return [value]
    ids = sorted({id for kind in kinds for id in _ids(connection, kind, value, actor)})
    if not ids:
        raise NotFound(kinds[0] if len(kinds) == 1 else " or ".join(kinds), value)
    return ids


def _ids(connection: Connection, kind: SubjectKind, text: str, actor: Actor) -> list[str]:
    names = ("id", "reference") if kind in _BY_REFERENCE else ("id",)
    if "\x00" in text:
        return []  # one of the databases could not even be asked
    if actor.is_counsel:
        return [row["id"] for row in _seen(connection, kind, actor) if text in (row[name] for name in names)]
    table = TABLES[kind]
    return list(connection.scalars(select(table.c.id).where(or_(*(table.c[name] == text for name in names)))))


def _seen(connection: Connection, kind: SubjectKind, actor: Actor) -> Iterator[Mapping[str, Any]]:
    """The rows of a kind that there would be, were there no more in any case than its counsel sees."""
    for case in _seen_cases(connection, actor):
        yield from current_rows(case)[TABLES[kind]].values()


def _seen_cases(connection: Connection, actor: Actor, only: Collection[str] | None = None) -> Iterator[CaseFacts]:
    """The cases of counsel, or only these of them, as counsel sees them."""
    theirs = [(id, party) for id, party in represented(connection, actor.account) if only is None or id in only]
    for case in read_cases(connection, {id for id, _ in theirs}).values():
        yield seen_by(case, frozenset(party for id, party in theirs if id == case.id))
