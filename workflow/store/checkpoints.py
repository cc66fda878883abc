"""A checkpoint: the end of every chain at one instant, to be kept where nobody who can write the database can reach.

`verify` proves that the database says what was recorded; only a checkpoint kept elsewhere proves that no chain was
written anew. Its heads must be a prefix of every later state: at the same number the same hash.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import Connection, func, select

from workflow.lifecycle.kernel.events import AUTHORITY
from workflow.store.canonical import canonical_text, instant_text
from workflow.store.faults import Fault, Flaw
from workflow.store.journal import CHECKPOINT_SIGNED
from workflow.store.tables.journal import case_head, journal

KIND = "enjoin.checkpoint"
_AT_ONCE = 500


def checkpoint(connection: Connection, at: datetime) -> dict[str, Any]:
    """The heads of all streams, the authority's too, as one statement reads them."""
    heads = connection.execute(select(case_head.c.case, case_head.c.seq, case_head.c.hash).order_by(case_head.c.case))
    streams = [{"case": row.case, "seq": row.seq, "hash": row.hash} for row in heads]
    return {"kind": KIND, "made_at": instant_text(at), "streams": streams}


def checkpoint_text(content: Mapping[str, Any]) -> str:
    """The text that is signed; raises TypeError for what is no JSON of ours."""
    return canonical_text(content)


def digest(text: str) -> str:
    """What the authority's stream holds of a checkpoint."""
    return sha256(text.encode()).hexdigest()


def prove(connection: Connection, content: Mapping[str, Any]) -> Iterator[Fault]:
    """Name every head that is no prefix of today's chain: the stream is missing, cut, or another was written.

    The chains themselves are proved by `verify`. An event of the authority must say that the checkpoint was signed.
    """
    streams = iter(content["streams"])
    while page := list(islice(streams, _AT_ONCE)):
        yield from _prove(connection, page)
    if digest(checkpoint_text(content)) not in _signed(connection):
        said = "no event of the authority says that this checkpoint was signed"
        yield Fault(AUTHORITY, None, Flaw.REWRITTEN, said)


def _prove(connection: Connection, page: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    cases = [each["case"] for each in page]
    numbers = {each["seq"] for each in page}
    rows = select(journal.c.case, journal.c.seq, journal.c.hash).where(journal.c.case.in_(cases))
    found = {(row.case, row.seq): row.hash for row in connection.execute(rows.where(journal.c.seq.in_(numbers)))}
    ends = select(journal.c.case, func.max(journal.c.seq).label("seq")).where(journal.c.case.in_(cases))
    last = {row.case: row.seq for row in connection.execute(ends.group_by(journal.c.case))}
    for each in page:
        case, seq = each["case"], each["seq"]
        if seq == 0:
            continue
        if case not in last:
            yield Fault(case, None, Flaw.MISSING_CASE, f"it had {seq} events at the checkpoint, and has none")
        elif last[case] < seq:
            yield Fault(case, None, Flaw.CUT_TAIL, f"it had {seq} events at the checkpoint, and has {last[case]}")
        elif (case, seq) not in found:
            yield Fault(case, seq, Flaw.GAP, "the event at the head of the checkpoint is gone")
        elif found[case, seq] != each["hash"]:
            yield Fault(case, seq, Flaw.REWRITTEN, "the event has another hash than at the checkpoint")


def _signed(connection: Connection) -> set[str]:
    """The digests of the checkpoints that the authority's stream says were signed."""
    rows = connection.scalars(
        select(journal.c.body).where(journal.c.case == AUTHORITY, journal.c.type == CHECKPOINT_SIGNED)
    )
    return {orjson.loads(body)["data"]["sha256"] for body in rows}
