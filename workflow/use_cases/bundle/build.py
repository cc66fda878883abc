"""The bundle of a case: a zip that a court checks without Enjoin, with the file in it that does the checking.

The same database and the same instant give the same bytes. What stands in it is decided here, event by event; how it is
written down and packed is in `verify_bundle.py`, which goes into the zip as `verify.py`, so that both agree. Attached
files are read from the disk one by one while the zip is written; who checks a bundle holds all of it in memory.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Row, select

from workflow.law.invalid import invalid
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.filing.filing import FilingAttached
from workflow.lifecycle.kernel.codec import unstructure
from workflow.lifecycle.reading.messages import told
from workflow.lifecycle.vocabulary import Audience, SubjectKind
from workflow.store import codec
from workflow.store.canonical import first_hash, instant_text
from workflow.store.cases import read_case
from workflow.store.files import Files
from workflow.store.journal import read_row
from workflow.store.tables.journal import case_head, event_text, journal
from workflow.use_cases.bundle import verify as verify_bundle
from workflow.use_cases.bundle.parts import deliveries, readme, regimes_relied_on
from workflow.use_cases.bundle.verify import document, line, parts, receipts, resting


class BundleAudience(StrEnum):
    """Who is to read a bundle: those who may know everything, or anybody."""

    CONFIDENTIAL = "confidential"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class BundleFor:
    """Who a bundle is for: with `addressee`, the number of a party, it holds what concerns that party alone."""

    audience: BundleAudience = BundleAudience.CONFIDENTIAL
    addressee: int | None = None


LARGEST = 4_000_000_000
"""Bytes a bundle may have: what the zip's own numbers can say, with room for its directory."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A zip with the name it goes by, written piece by piece."""

    name: str
    files: Mapping[str, bytes]

    def pieces(self) -> Iterator[bytes]:
        """The zip; of the attached files no more than two are in memory at a time."""
        return (part for _, _, part in parts(self.files))

    @property
    def content(self) -> bytes:
        """The whole zip at once."""
        return b"".join(self.pieces())


class _WithAttached(Mapping[str, bytes]):
    """Files at hand, and attached ones that are read when their turn comes."""

    def __init__(self, files: Mapping[str, bytes], attached: Mapping[str, str], kept: Files | None) -> None:
        self._files, self._attached, self._kept = files, attached, kept
        self._names = sorted({*files, *attached})

    def __getitem__(self, name: str) -> bytes:
        if name in self._attached and self._kept is not None:
            return self._kept.read(self._attached[name])
        return self._files[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def make_bundle(connection: Connection, id: str, wanted: BundleFor, now: datetime, kept: Files | None = None) -> Bundle:
    """The bundle of a case as it is now; NotFound for no case, InvalidRequest for an addressee it does not have, and
    for attached files that are too many for one zip.

    An attached file that is lost or damaged is left out or put in as it is: the verify.py in the bundle names it.
    """
    read_case(connection, SubjectKind.CASE, id)
    head = connection.execute(select(case_head).where(case_head.c.case == id)).one()
    case = codec.load(head.facts)
    numbers = [party.n for party in case.parties]
    if wanted.addressee is not None and wanted.addressee not in numbers:
        raise invalid("/query/addressee", f"the number of a party of the case: {', '.join(map(str, numbers))}")
    # What came after the head was read is left out, so that everything in the bundle is of one moment.
    until = select(journal).where(journal.c.case == id, journal.c.seq <= head.seq).order_by(journal.c.seq)
    rows = connection.execute(until).all()
    open_rows = {row.seq: row for row in rows if _is_open(case, row, wanted)}
    said = {seq: orjson.loads(row.body) for seq, row in open_rows.items()}
    about = _about(case, head, wanted, now)
    files = {
        "README.txt": readme(about).encode(),
        "case.json": document(about),
        "journal.jsonl": _journal(id, rows, open_rows.keys()),
        "receipts.json": document(receipts(said)),
        "verify.py": _verifier(),
    }
    files |= regimes_relied_on(connection, {each["regime_sha256"]: each["regime"] for _, each in resting(said)})
    public = wanted.audience is BundleAudience.PUBLIC
    seqs = {row.id: seq for seq, row in open_rows.items()}
    to = numbers if wanted.addressee is None else [wanted.addressee]
    files["deliveries.json"] = document(deliveries(connection, id, seqs, to, public))
    if not public:
        files["texts.jsonl"] = _texts(connection, id, seqs)
    measured = {name: [len(data), sha256(data).hexdigest()] for name, data in files.items()}
    named = {} if public else _attached(said.values())
    attached = {each: size for each, size in named.items() if kept is not None and kept.has(each)}
    _check_size(sum(attached.values()) + sum(map(len, files.values())))
    measured |= {f"attachments/{each}": [size, each] for each, size in attached.items()}
    files["manifest.json"] = document(measured)
    return Bundle(_name(case, wanted), _WithAttached(files, {f"attachments/{each}": each for each in attached}, kept))


def _attached(said: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The attached files that these events name, with their lengths."""
    data = (event["data"] for event in said if event["type"] == FilingAttached.type)
    return {each["sha256"]: each["size"] for each in data}


def _check_size(size: int) -> None:
    if size > LARGEST:
        said = f"a version with fewer files: those of this one have {size:,} bytes, and a bundle {LARGEST:,} at most"
        raise invalid("/query/addressee", f"{said}; one party's holds its own alone, the public one holds none")


def _is_open(case: CaseFacts, row: Row[Any], wanted: BundleFor) -> bool:
    """Whether an event stands in the bundle with its text, and not with its hash alone."""
    if wanted == BundleFor(BundleAudience.CONFIDENTIAL):
        return True
    event = read_row(row.body, row.hash, {}).event
    if event.audience is not Audience.SERVED:
        return False
    return wanted.addressee is None or wanted.addressee in told(case, event)


def _about(case: CaseFacts, head: Row[Any], wanted: BundleFor, now: datetime) -> dict[str, Any]:
    shown = [party for party in case.parties if wanted.addressee in (None, party.n)]
    return {
        "case": case.id,
        "reference": case.reference,
        "regime": case.regime,
        "parties": [unstructure(party) for party in shown],
        "audience": wanted.audience.value,
        "addressee": wanted.addressee,
        "events": head.seq,
        "head": head.hash,
        "made_at": instant_text(now),
        "enjoin": version("enjoin"),
    }


def _journal(case: str, rows: Sequence[Row[Any]], open_seqs: Collection[int]) -> bytes:
    lines, previous = [], first_hash(case)
    for row in rows:
        entry = {"seq": row.seq, "hash": row.hash, "previous": previous}
        lines.append(line(entry | {"text": row.body} if row.seq in open_seqs else entry))
        previous = row.hash
    return _joined(lines)


def _texts(connection: Connection, case: str, seqs: Mapping[str, int]) -> bytes:
    """Free texts of these events, as far as they were not erased."""
    of_case = select(event_text).join(journal, journal.c.id == event_text.c.event).where(journal.c.case == case)
    rows = [row for row in connection.execute(of_case) if row.event in seqs]
    rows.sort(key=lambda row: (seqs[row.event], row.field))
    found = [{"event": seqs[row.event], "field": row.field, "salt": row.salt, "text": row.text} for row in rows]
    return _joined([line(each) for each in found])


def _joined(lines: Sequence[bytes]) -> bytes:
    return b"".join(each + b"\n" for each in lines)


def _name(case: CaseFacts, wanted: BundleFor) -> str:
    party = "" if wanted.addressee is None else f"-party-{wanted.addressee}"
    return f"{case.reference.replace('/', '-')}-{wanted.audience.value}{party}.zip"


@lru_cache(maxsize=1)
def _verifier() -> bytes:
    return Path(verify_bundle.__file__).read_bytes()
