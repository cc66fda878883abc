"""Events as rows of the journal, each chained to the one before in its case, and back.

Free text never enters the hashed text: it lies beside it, salted, and the event holds its digest. So it can be erased
one day, and the chain still verifies.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, select
from sqlalchemy.engine import Row

from workflow.lifecycle.facts.ids import URL_NAMESPACE, derived_id
from workflow.lifecycle.filing.filing import FilingAttached
from workflow.lifecycle.kernel.authority import CaseRegistered, CheckpointSigned
from workflow.lifecycle.kernel.events import AUTHORITY, Event, Recorded, Subject, read_payload
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.canonical import canonical_text, chained, instant_text, text_digest
from workflow.store.tables.journal import event_text, journal

# Those that the store itself looks for.
CASE_REGISTERED: str = CaseRegistered.type
FILING_ATTACHED: str = FilingAttached.type
CHECKPOINT_SIGNED: str = CheckpointSigned.type

_AUTHORITY_NAMESPACE = derived_id(URL_NAMESPACE, "urn:enjoin:authority")


@dataclass(frozen=True, slots=True)
class Entry:
    """An event ready to be written: the row of the journal and its rows of free text."""

    recorded: Recorded
    row: dict[str, Any]
    texts: list[dict[str, Any]]


def event_id(case: str, seq: int) -> str:
    """The id of an event: pure, and equal on replay."""
    return derived_id(_namespace(case), str(seq))


def act_id(case: str, first_seq: int) -> str:
    """The id of an act, from the place of its first event."""
    return derived_id(_namespace(case), f"act/{first_seq}")


def entry(case: str, seq: int, act: str, previous: str, event: Event, recorded_at: datetime) -> Entry:
    """Write an event down as number `seq` of its case, after the one whose hash is `previous`."""
    id = event_id(case, seq)
    texts = [_text_row(id, field, text) for field, text in event.text.items()]
    parent = event.parent
    body = canonical_text(
        {
            "case": case,
            "seq": seq,
            "id": id,
            "act": act,
            "subject": {"kind": event.subject.kind, "id": event.subject.id},
            "parent": None if parent is None else {"kind": parent.kind, "id": parent.id},
            "type": event.type,
            "audience": event.audience,
            "step": event.step,
            "actor": event.actor,
            "effective_on": event.effective_on.isoformat(),
            "recorded_at": instant_text(recorded_at),
            "late_by": event.late_by,
            "data": event.data,
            "text": {row["field"]: text_digest(row["salt"], row["text"]) for row in texts},
        }
    )
    hash = chained(previous, body)
    row = {
        "case": case,
        "seq": seq,
        "id": id,
        "act": act,
        "subject_kind": event.subject.kind,
        "subject_id": event.subject.id,
        "parent_kind": None if parent is None else parent.kind,
        "parent_id": None if parent is None else parent.id,
        "type": event.type,
        "audience": event.audience,
        "step": event.step,
        "actor": event.actor,
        "effective_on": event.effective_on,
        "recorded_at": recorded_at,
        "late_by": event.late_by,
        "body": body,
        "hash": hash,
    }
    return Entry(
        Recorded(case=case, seq=seq, id=id, act=act, recorded_at=recorded_at, hash=hash, event=event), row, texts
    )


def read_case(connection: Connection, case: str) -> list[Recorded]:
    """All events of a case in their order, with the free text that is still there."""
    rows = connection.execute(select(journal).where(journal.c.case == case).order_by(journal.c.seq)).all()
    texts = connection.execute(
        select(event_text).join(journal, journal.c.id == event_text.c.event).where(journal.c.case == case)
    )
    return read_rows(rows, texts_by_event(texts))


def read_events(connection: Connection, ids: Iterable[str]) -> list[Recorded]:
    """These events, by case and number, with the free text that is still there."""
    wanted = list(ids)
    rows = connection.execute(select(journal).where(journal.c.id.in_(wanted)).order_by(journal.c.case, journal.c.seq))
    texts = connection.execute(select(event_text).where(event_text.c.event.in_(wanted)))
    return read_rows(rows.all(), texts_by_event(texts))


def texts_by_event(rows: Iterable[Row[Any]]) -> dict[str, dict[str, str]]:
    """Free text by event and field."""
    texts: dict[str, dict[str, str]] = {}
    for row in rows:
        texts.setdefault(row.event, {})[row.field] = row.text
    return texts


def read_rows(rows: Iterable[Row[Any]], texts: Mapping[str, Mapping[str, str]]) -> list[Recorded]:
    """Rows of the journal as events, each from its hashed text and not from the columns beside it."""
    return [read_row(row.body, row.hash, texts.get(row.id, {})) for row in rows]


def read_row(body: str, hash: str, text: Mapping[str, str]) -> Recorded:
    """One event from its hashed text; KeyError for a type that this release does not know."""
    said = orjson.loads(body)
    event = Event(
        subject=_subject(said["subject"]),
        payload=read_payload(said["type"], said["data"]),
        actor=said["actor"],
        effective_on=date.fromisoformat(said["effective_on"]),
        parent=None if said["parent"] is None else _subject(said["parent"]),
        text=text,
        step=said["step"],
        late_by=said["late_by"],
    )
    return Recorded(
        case=said["case"],
        seq=said["seq"],
        id=said["id"],
        act=said["act"],
        recorded_at=datetime.fromisoformat(said["recorded_at"]),
        hash=hash,
        event=event,
    )


def _subject(said: Mapping[str, str]) -> Subject:
    return Subject(SubjectKind(said["kind"]), said["id"])


def _text_row(event: str, field: str, text: str) -> dict[str, Any]:
    if "\x00" in text:
        raise ValueError(f"{field} holds a NUL character, which PostgreSQL keeps in no text")
    return {"event": event, "field": field, "salt": secrets.token_hex(16), "text": text}


def _namespace(case: str) -> str:
    return _AUTHORITY_NAMESPACE if case == AUTHORITY else case
