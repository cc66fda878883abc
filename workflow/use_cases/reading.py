"""Finding a thing for a reader: the case it is in, as its head has it, without a lock."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from workflow.lifecycle.events import EventType
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store import codec
from workflow.store.missing import NotFound
from workflow.store.projections import TABLES
from workflow.store.tables.journal import case_head, event_text, journal


def read_case(connection: Connection, kind: SubjectKind, id: str) -> CaseFacts:
    """The facts of the case that holds a thing; NotFound when there is no such thing."""
    if not (id.isascii() and id.isprintable()):
        raise NotFound(kind, id)
    case: str | None = id
    if kind is not SubjectKind.CASE:
        table = TABLES[kind]
        case = connection.scalar(select(table.c.case).where(table.c.id == id))
    facts = connection.scalar(select(case_head.c.facts).where(case_head.c.case == case)) if case else None
    if facts is None or case == "authority":
        raise NotFound(kind, id)
    return codec.load(facts)


def read_cases(connection: Connection, ids: set[str]) -> dict[str, CaseFacts]:
    """The facts of many cases, by id."""
    rows = connection.execute(select(case_head.c.case, case_head.c.facts).where(case_head.c.case.in_(ids)))
    return {row.case: codec.load(row.facts) for row in rows}


def names_in(connection: Connection, case: str) -> Mapping[str, str]:
    """Names of natural persons given when a case opened, by `party/n` and `representative/n`, as far as not erased."""
    opened = select(journal.c.id).where(journal.c.case == case, journal.c.type == EventType.CASE_OPENED)
    rows = connection.execute(select(event_text.c.field, event_text.c.text).where(event_text.c.event.in_(opened)))
    return {row.field: row.text for row in rows}
