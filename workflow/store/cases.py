"""Finding a thing for a reader, without a lock: the case it is in as its head has it, or as known at an instant."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import takewhile
from json import loads
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from sqlalchemy import ColumnElement, Connection, and_, select

from workflow.lifecycle.case.case import CaseOpened
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.door.four_eyes import ActProposed
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import AUTHORITY
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store import codec, journal
from workflow.store.codec import with_requests
from workflow.store.missing import NotFound
from workflow.store.projections import TABLES
from workflow.store.tables.current import access_requests
from workflow.store.tables.journal import case_head, event_text
from workflow.store.tables.journal import journal as journal_table

_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})")
_SPACED = re.compile(r".*[0-9] [0-9]{2}:[0-9]{2}")
_DISCARDED = frozenset({SubjectKind.ORDER, SubjectKind.PENALTY_CLAUSE})


def _instant(value: Any) -> datetime:
    """Read an instant of a query as UTC. Lax readers take 0 for 1970, and a time without an offset for some zone's."""
    found = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        hint = "; in an address + is written %2B" if isinstance(value, str) and _SPACED.fullmatch(value) else ""
        raise ValueError(f"an instant with its offset like 2022-12-20T08:00:00Z, not {str(value)[:60]!r}{hint}")
    try:
        # Finer than a microsecond nothing is recorded: the rest of a fraction is cut off.
        return datetime.fromisoformat(found[1] + (found[2] or "")[:7] + found[3]).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{value[:60]} is no instant of the calendar") from None


Instant = Annotated[datetime, BeforeValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})]


def read_case(connection: Connection, kind: SubjectKind, id: str) -> CaseFacts:
    """The facts of the case that holds a thing; NotFound when there is no such thing."""
    case = _case_holding(connection, kind, id)
    facts = connection.scalar(select(case_head.c.facts).where(case_head.c.case == case)) if case else None
    if facts is None:
        raise NotFound(kind, id)
    loaded = codec.load(facts)
    if kind is not SubjectKind.ACCESS_REQUEST:
        return loaded
    rows = connection.execute(select(access_requests).where(access_requests.c.id == id)).mappings()
    return with_requests(loaded, rows)


def read_case_as_known(connection: Connection, kind: SubjectKind, id: str, instant: datetime) -> CaseFacts:
    """The facts of the case that holds or held a thing, from what was recorded until an instant.

    NotFound when there never was such a thing, or nothing was recorded of its case by then.
    """
    events = journal.read_case(connection, case_ever_holding(connection, kind, id))
    known = [each.event for each in takewhile(lambda each: each.recorded_at <= instant, events)]
    if not known:
        raise NotFound(kind, id)
    return fold(None, known)


def case_ever_holding(connection: Connection, kind: SubjectKind, id: str) -> str:
    """The case that holds a thing, or held it before it was discarded; NotFound when there never was such a thing."""
    case = _case_holding(connection, kind, id)
    if case is None and kind in _DISCARDED:
        about = journal_table.c.subject_kind == kind, journal_table.c.subject_id == id
        case = connection.scalar(select(journal_table.c.case).where(*about).limit(1))
    if case is None:
        raise NotFound(kind, id)
    return case


def _case_holding(connection: Connection, kind: SubjectKind, id: str) -> str | None:
    if not (id.isascii() and id.isprintable()):
        raise NotFound(kind, id)
    table = TABLES[kind]
    column = table.c.id if kind is SubjectKind.CASE else table.c.case
    case: str | None = connection.scalar(select(column).where(table.c.id == id))
    return None if case == AUTHORITY else case


def read_cases(connection: Connection, ids: set[str]) -> dict[str, CaseFacts]:
    """The facts of many cases, by id."""
    rows = connection.execute(select(case_head.c.case, case_head.c.facts).where(case_head.c.case.in_(ids)))
    return {row.case: codec.load(row.facts) for row in rows}


def _about(case: str, id: str, *types: str) -> ColumnElement[bool]:
    """The events of these types about a thing; by its case too, as the journal has no index by its things."""
    of_thing = journal_table.c.subject_id == id, journal_table.c.type.in_(types)
    return and_(journal_table.c.case == case, *of_thing)


def texts_of(
    connection: Connection, case: str, id: str, *types: str, until: datetime | None = None
) -> Mapping[str, str]:
    """The free text kept beside the event of these types about a thing, by member, as far as not erased.

    With `until`, only beside what was recorded by that instant.
    """
    events = select(journal_table.c.id).where(_about(case, id, *types))
    if until is not None:
        events = events.where(journal_table.c.recorded_at <= until)
    rows = connection.execute(select(event_text.c.field, event_text.c.text).where(event_text.c.event.in_(events)))
    return {row.field: row.text for row in rows}


def words_of_acts(connection: Connection, case: str, id: str) -> Mapping[int, Mapping[str, str]]:
    """The free text of each act proposed on a thing, by the number of the act and where it stands, if not erased."""
    rows = connection.execute(
        select(journal_table.c.body, event_text.c.field, event_text.c.text)
        .join(event_text, event_text.c.event == journal_table.c.id)
        .where(_about(case, id, ActProposed.type))
    )
    words: dict[int, dict[str, str]] = {}
    for row in rows:
        words.setdefault(loads(row.body)["data"]["n"], {})[row.field] = row.text
    return words


def names_in(connection: Connection, case: str) -> Mapping[str, str]:
    """Names of natural persons given when a case opened, by `party/n` and `representative/n`, as far as not erased."""
    opened = select(journal_table.c.id).where(journal_table.c.case == case, journal_table.c.type == CaseOpened.type)
    rows = connection.execute(select(event_text.c.field, event_text.c.text).where(event_text.c.event.in_(opened)))
    return {row.field: row.text for row in rows}
