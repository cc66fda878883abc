"""Whether every file that the journal names is there as it came."""

from collections.abc import Iterator, Set

import orjson
from sqlalchemy import Connection, select

from workflow.lifecycle.kernel.events import EventType
from workflow.store.files import Files
from workflow.store.findings import Finding, Flaw
from workflow.store.tables.journal import journal
from workflow.store.verify_rows import journal_rows


def damaged_files(connection: Connection, files: Files) -> Iterator[Finding]:
    """Attached files that are not there, or not as they came; each is read once."""
    attached = journal_rows(connection).where(journal.c.type == EventType.FILING_ATTACHED)
    flaws: dict[tuple[str, int], str | None] = {}
    for row in connection.execute(attached):
        try:
            data = orjson.loads(row.body)["data"]
            file = data["sha256"], data["size"]
            if file not in flaws:
                flaws[file] = files.flaw(*file)
        except (ValueError, KeyError, TypeError) as why:
            yield Finding(row.case, row.seq, Flaw.UNREADABLE, f"no file can be found by it: {why!r}")
            continue
        if (flaw := flaws[file]) is not None:
            yield Finding(row.case, row.seq, Flaw.DAMAGED_FILE, f"the file {file[0]}: {flaw}")


def named_files(connection: Connection) -> Set[str]:
    """The hash of every file that an event names."""
    bodies = connection.scalars(select(journal.c.body).where(journal.c.type == EventType.FILING_ATTACHED))
    return {orjson.loads(body)["data"]["sha256"] for body in bodies}
