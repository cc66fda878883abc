"""One row of the journal against its own hashed text.

Rows are read with as little interpretation as can be: a word or a date that somebody wrote by hand is to be named, not
to stop the reading.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy import Connection, Row, Select, String, select, type_coerce

from workflow.lifecycle.door.events import EVENTS
from workflow.store.canonical import chained, instant_text, text_digest
from workflow.store.faults import Fault, Flaw
from workflow.store.journal import event_id, read_row
from workflow.store.tables.journal import journal

Texts = dict[str, dict[str, tuple[str, str]]]


def journal_rows(connection: Connection) -> Select[Any]:
    """All rows by case and number, words and (on SQLite) dates as the bare text that stands there."""
    bare = (sa.Enum, sa.Date, sa.types.TypeDecorator) if connection.dialect.name == "sqlite" else (sa.Enum,)
    columns = [
        type_coerce(column, String).label(column.name) if isinstance(column.type, bare) else column
        for column in journal.columns
    ]
    return select(*columns).order_by(journal.c.case, journal.c.seq).execution_options(yield_per=500)


def check_row(row: Row[Any], previous: str | None, texts: dict[str, tuple[str, str]]) -> Iterator[Fault]:
    """Check the hash (unless what stands before is unknown), the columns and the free text of one row."""
    if previous is not None and row.hash != chained(previous, row.body):
        yield Fault(row.case, row.seq, Flaw.CHANGED_ROW, "the text or the hash is not what was recorded")
    try:
        body = orjson.loads(row.body)
        known = body["type"] in EVENTS
        if known:
            read_row(row.body, row.hash, {})
        digests = dict(body["text"])
    except (ValueError, KeyError, TypeError, AttributeError) as why:
        yield Fault(row.case, row.seq, Flaw.UNREADABLE, f"the text is no event: {why!r}")
        return
    if not known:
        said = (
            f"this release knows no type of event {body['type']!r}, so the case was not folded; "
            "verify it with the release that wrote it"
        )
        yield Fault(row.case, row.seq, Flaw.UNKNOWN_WORD, said)
    differing = [name for name, value in _columns(row).items() if body.get(name) != value]
    if differing:
        yield Fault(row.case, row.seq, Flaw.CHANGED_COLUMN, f"{', '.join(differing)} differs from the text")
    if not _in_its_place(row):
        yield Fault(row.case, row.seq, Flaw.CHANGED_COLUMN, "the id is not that of this place in this case")
    for field, (salt, text) in texts.items():
        if digests.get(field) != text_digest(salt, text):
            said = f"the text of {field} is not the one the event has the digest of"
            yield Fault(row.case, row.seq, Flaw.CHANGED_TEXT, said)


def _in_its_place(row: Row[Any]) -> bool:
    try:
        return bool(row.id == event_id(row.case, row.seq))
    except ValueError:  # the case was changed into what is no id at all
        return False


def _columns(row: Row[Any]) -> dict[str, Any]:
    """The columns beside the text, as the text writes them."""
    parent = None if row.parent_kind is None and row.parent_id is None else (row.parent_kind, row.parent_id)
    return {
        "case": row.case,
        "seq": row.seq,
        "id": row.id,
        "act": row.act,
        "subject": {"kind": row.subject_kind, "id": row.subject_id},
        "parent": None if parent is None else {"kind": parent[0], "id": parent[1]},
        "type": row.type,
        "audience": row.audience,
        "step": row.step,
        "actor": row.actor,
        "effective_on": str(row.effective_on),
        "recorded_at": _instant(row.recorded_at),
        "late_by": row.late_by,
    }


def _instant(stored: datetime | str) -> str:
    """An instant as the text writes it; on SQLite it is stored as UTC without saying so."""
    try:
        return instant_text(
            stored if isinstance(stored, datetime) else datetime.fromisoformat(stored).replace(tzinfo=UTC)
        )
    except ValueError:
        return str(stored)
