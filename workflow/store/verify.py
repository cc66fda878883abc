"""Prove the journal: every row as it was hashed, every chain whole to its head, every fold what is stored.

A fault names the case, the event where there is one, and what is wrong. No fault means that what the database
says now is what was recorded; it does not mean that nobody with the file in hand wrote the whole chain anew.
"""

from collections.abc import Iterator, Sequence, Set
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Row, func, select

from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.kernel.events import AUTHORITY
from workflow.lifecycle.vocabulary import Trigger
from workflow.store import codec
from workflow.store.canonical import first_hash
from workflow.store.faults import Fault, Flaw
from workflow.store.files import Files
from workflow.store.journal import CASE_REGISTERED, FILING_ATTACHED, read_row
from workflow.store.projections import Rows, current_rows, stored_rows
from workflow.store.tables.journal import case_head, event_text, journal
from workflow.store.tables.timers import timers
from workflow.store.verify_rows import Texts, check_row, journal_rows

_AT_ONCE = 200
"""Cases looked at together: what their rows are compared with is read in one go."""


def verify(connection: Connection, files: Path | None = None) -> list[Fault]:
    """Check everything; an empty list when all is well. Attached files are looked at when their folder is given."""
    heads = {row.case: row for row in connection.execute(select(case_head))}
    registered: dict[str, int] = {}
    seen: set[str] = set()
    faults: list[Fault] = []
    by_case = groupby(connection.execute(journal_rows(connection)), key=lambda row: row.case)
    while group := [(case, list(rows)) for case, rows in islice(by_case, _AT_ONCE)]:
        cases = [case for case, _ in group]
        texts, stored = _texts(connection, cases), _stored(connection, cases)
        for case, rows in group:
            found = list(_chain(case, rows, heads.get(case), texts))
            faults += found
            if case == AUTHORITY:
                registered = {row.subject_id: row.seq for row in rows if row.type == CASE_REGISTERED}
            elif case in heads and not any(fault.flaw is Flaw.UNKNOWN_WORD for fault in found):
                faults += _fold(case, rows, heads[case].facts, stored)
        seen.update(cases)
    faults += _missing(heads, seen, registered)
    faults += [*_repeated_steps(connection), *_stray_texts(connection), *_unknown_triggers(connection)]
    return faults if files is None else faults + list(damaged_files(connection, Files(files)))


def damaged_files(connection: Connection, files: Files) -> Iterator[Fault]:
    """Attached files that are not there, or not as they came; each is read once."""
    attached = journal_rows(connection).where(journal.c.type == FILING_ATTACHED)
    flaws: dict[tuple[str, int], str | None] = {}
    for row in connection.execute(attached):
        try:
            data = orjson.loads(row.body)["data"]
            file = data["sha256"], data["size"]
            if file not in flaws:
                flaws[file] = files.flaw(*file)
        except (ValueError, KeyError, TypeError) as why:
            yield Fault(row.case, row.seq, Flaw.UNREADABLE, f"no file can be found by it: {why!r}")
            continue
        if (flaw := flaws[file]) is not None:
            yield Fault(row.case, row.seq, Flaw.DAMAGED_FILE, f"the file {file[0]}: {flaw}")


def named_files(connection: Connection) -> Set[str]:
    """The hash of every file that an event names."""
    bodies = connection.scalars(select(journal.c.body).where(journal.c.type == FILING_ATTACHED))
    return {orjson.loads(body)["data"]["sha256"] for body in bodies}


def _chain(case: str, rows: Sequence[Row[Any]], head: Row[Any] | None, texts: Texts) -> Iterator[Fault]:
    """Check each row, that none is missing between them, and that the last one is the one the head knows."""
    expected, previous = 1, first_hash(case)
    for row in rows:
        whole = row.seq == expected
        if not whole:
            yield Fault(case, row.seq, Flaw.GAP, f"event {expected} should stand here")
        yield from check_row(row, previous if whole else None, texts.get(row.id, {}))
        expected, previous = row.seq + 1, row.hash
    if head is None:
        yield Fault(case, None, Flaw.NO_HEAD, "the case has events and no head")
    elif head.seq != rows[-1].seq:
        said = f"the head is at event {head.seq}, the last event is {rows[-1].seq}"
        yield Fault(case, None, Flaw.CUT_TAIL, said)
    elif head.hash != previous:
        yield Fault(case, head.seq, Flaw.BROKEN_CHAIN, "the head has another hash than the last event")


def _fold(case: str, rows: Sequence[Row[Any]], head: str, stored: dict[str, Rows] | None) -> Iterator[Fault]:
    """Compare the fold of the events with the head and with the current rows."""
    try:
        facts = fold(None, [read_row(row.body, row.hash, {}).event for row in rows])
        expected = current_rows(facts)
    except Exception as why:  # a tampered event may break any rule the fold relies on
        yield Fault(case, None, Flaw.OTHER_FACTS, f"the events cannot be folded: {why!r}")
        return
    if codec.dump(facts) != head:
        yield Fault(case, None, Flaw.OTHER_FACTS, "the head holds other facts than the events give")
    if stored is None:
        yield Fault(case, None, Flaw.OTHER_ROWS, "the current rows of this case or of one beside it cannot be read")
        return
    for table, should in expected.items():
        now = stored[case][table]
        differing = sorted(id for id in should.keys() | now.keys() if should.get(id) != now.get(id))
        if differing:
            said = f"{table.name} {', '.join(differing)} differ from what the events give"
            yield Fault(case, None, Flaw.OTHER_ROWS, said)


def _missing(heads: dict[str, Row[Any]], seen: set[str], registered: dict[str, int]) -> Iterator[Fault]:
    """Cases without events, and cases without a registration."""
    if AUTHORITY not in heads | dict.fromkeys(seen):
        yield Fault(AUTHORITY, None, Flaw.NO_HEAD, "the authority's own stream is gone")
    for case, head in heads.items():
        if case not in seen and head.seq:
            yield Fault(case, None, Flaw.CUT_TAIL, f"the head is at event {head.seq}, the journal has none")
    for case, seq in registered.items():
        if case not in seen and case not in heads:
            said = f"event {seq} of the authority registered it, and nothing of it is left"
            yield Fault(case, None, Flaw.MISSING_CASE, said)
    for case in sorted((seen | heads.keys()) - registered.keys() - {AUTHORITY}):
        yield Fault(case, None, Flaw.UNREGISTERED_CASE, "no event of the authority registered it")


def _texts(connection: Connection, cases: list[str]) -> Texts:
    """Salt and free text, by event and field."""
    texts: Texts = {}
    of_cases = select(event_text).join(journal, journal.c.id == event_text.c.event).where(journal.c.case.in_(cases))
    for row in connection.execute(of_cases):
        texts.setdefault(row.event, {})[row.field] = (row.salt, row.text)
    return texts


def _stored(connection: Connection, cases: list[str]) -> dict[str, Rows] | None:
    try:
        return stored_rows(connection, cases)
    except (LookupError, ValueError):  # a word or a date that never came from here
        return None


def _repeated_steps(connection: Connection) -> Iterator[Fault]:
    """Steps that stand on more than one event: the database forbids it while its index stands."""
    repeated = select(journal.c.step).where(journal.c.step.is_not(None)).group_by(journal.c.step)
    repeated = repeated.having(func.count() > 1)
    rows = select(journal.c.case, journal.c.seq, journal.c.step).where(journal.c.step.in_(repeated))
    for row in connection.execute(rows.order_by(journal.c.case, journal.c.seq)):
        yield Fault(row.case, row.seq, Flaw.REPEATED_STEP, f"the step {row.step} was taken more than once")


def _stray_texts(connection: Connection) -> Iterator[Fault]:
    known = select(journal.c.id)
    for row in connection.execute(select(event_text.c.event).where(event_text.c.event.not_in(known)).distinct()):
        yield Fault("?", None, Flaw.STRAY_TEXT, f"there is text of an event {row.event} that does not exist")


def _unknown_triggers(connection: Connection) -> Iterator[Fault]:
    unknown = select(timers.c.case, timers.c.subject_id, timers.c.trigger).where(timers.c.trigger.not_in(list(Trigger)))
    for row in connection.execute(unknown.order_by(timers.c.case, timers.c.subject_id)):
        said = (
            f"this release knows no trigger {row.trigger!r}, as the timer of {row.subject_id} has; "
            "the next act on the case derives its timers afresh"
        )
        yield Fault(row.case, None, Flaw.UNKNOWN_WORD, said)
