"""One transaction's worth of work: heads locked at its beginning, everything written in bulk at its end.

What the items of a batch did stands here as facts and rows in memory, so that a later item sees it; the database sees
it once, when the last item is done.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select

from workflow.lifecycle.kernel.events import AUTHORITY, Subject
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store import codec, outbox
from workflow.store.bulk import Row, insert_missing, insert_rows, one_of, upsert_rows
from workflow.store.canonical import first_hash
from workflow.store.changes import Changes, StepTaken, Stream
from workflow.store.codec import with_requests
from workflow.store.first_answers import FirstAnswer, read_answers
from workflow.store.notices import write_notices
from workflow.store.outbox import Listener
from workflow.store.projections import TABLES, holds, write_changes
from workflow.store.tables.answers import first_answers
from workflow.store.tables.current import access_requests, cases
from workflow.store.tables.journal import case_head, event_text, journal
from workflow.store.tables.outbox import messages
from workflow.store.tables.regimes import regime_texts
from workflow.store.timers import write_timers

_HEADS = select(case_head).where(one_of(case_head.c.case, "cases")).order_by(case_head.c.case).with_for_update()
_STEPS = select(journal.c.step, journal.c.id, journal.c.subject_kind, journal.c.subject_id).where(
    one_of(journal.c.step, "steps")
)

_CASES_OF = {
    kind: select(table.c.id, table.c.case).where(one_of(table.c.id, "ids"))
    for kind, table in TABLES.items()
    if table is not cases
}


class NotLocked(RuntimeError):
    """A use case touched a case it had not named: a mistake in the program, not in the command."""

    def __init__(self, case: str) -> None:
        super().__init__(f"the use case did not name the case {case} it touches (see `touches`)")


class Batch:
    """A transaction in the making. `keep` adds what an item did; `write` puts it all into the database."""

    def __init__(self, connection: Connection, now: datetime, machine_now: datetime) -> None:
        self.connection = connection
        self.now = now
        self.machine_now = machine_now
        self._changes = Changes()
        # What the database said, under the locks: where this batch changed it, `_changes` says how it is now.
        self._heads: dict[str, Row | None] = {}
        self._first: dict[str, Stream] = {}
        self._cases: dict[tuple[SubjectKind, str], str | None] = {}
        self._requests: dict[str, list[RowMapping]] = {}
        self._steps: dict[str, StepTaken | None] = {}
        self._answers: dict[str, FirstAnswer] = {}
        self._listeners: dict[str, list[Listener]] = {}
        self._sequences: dict[str, int] = {}

    def lock(self, subjects: Iterable[tuple[SubjectKind, str]], authority: bool) -> None:
        """Lock the cases these things are in, in the order of their ids, and read their heads in one statement."""
        found = self.find(subjects)
        wanted = {AUTHORITY} if authority else set()
        wanted.update(case for case in found.values() if case is not None)
        if wanted:
            self._heads = dict.fromkeys(wanted)
            self._read_heads(sorted(wanted))
            absent = sorted(case for case, head in self._heads.items() if head is None)
            if absent and authority:
                # Another process may have opened one of them while we waited for the lock of the authority.
                self._read_heads(absent)
        self._read_requests([id for kind, id in found if kind is SubjectKind.ACCESS_REQUEST])

    def _read_heads(self, cases: list[str]) -> None:
        for row in self.connection.execute(_HEADS, {"cases": cases}).mappings():
            self._heads[row["case"]] = dict(row)

    def _read_requests(self, ids: list[str]) -> None:
        """Read the facts of the access requests that are asked about, under the locks of their cases."""
        if not ids:
            return
        for row in self.connection.execute(select(access_requests).where(access_requests.c.id.in_(ids))).mappings():
            self._requests.setdefault(row["case"], []).append(row)

    def find(self, subjects: Iterable[tuple[SubjectKind, str]]) -> dict[tuple[SubjectKind, str], str | None]:
        """Find the case of each thing, one query a kind; None for what is not there."""
        unknown: dict[SubjectKind, set[str]] = {}
        wanted = list(subjects)
        for kind, id in wanted:
            if (kind, id) in self._cases:
                continue
            # What no id of ours can be is not asked for: a database may refuse it as text.
            possible = kind in TABLES and id.isascii() and id.isprintable()
            self._cases[kind, id] = id if possible and kind is SubjectKind.CASE else None
            if possible and kind is not SubjectKind.CASE:
                unknown.setdefault(kind, set()).add(id)
        for kind, ids in unknown.items():
            for id, case in self.connection.execute(_CASES_OF[kind], {"ids": list(ids)}):
                self._cases[kind, id] = case
        return {subject: self._cases[subject] for subject in wanted}

    def read_steps(self, steps: Iterable[str]) -> None:
        """Look up many steps in one query, under the locks."""
        wanted = [step for step in steps if step not in self._steps]
        if wanted:
            self._steps.update(dict.fromkeys(wanted))
            for step, event, kind, id in self.connection.execute(_STEPS, {"steps": wanted}):
                self._steps[step] = StepTaken(event, Subject(kind, id))

    def step(self, step: str) -> StepTaken | None:
        """Who took this step, if anybody did."""
        if (taken := self._changes.steps.get(step)) is not None:
            return taken
        self.read_steps([step])
        return self._steps[step]

    def read_answers(self, ids: Collection[str]) -> None:
        """Look up what was answered under many keys in one query, under the locks."""
        if ids:
            self._answers = read_answers(self.connection, ids, self.machine_now)

    def answer(self, id: str) -> FirstAnswer | None:
        """What was answered first under a key that `read_answers` was asked for."""
        return self._changes.answers.get(id) or self._answers.get(id)

    def case_of(self, kind: SubjectKind, id: str) -> str | None:
        """The case of a thing as this batch has left it so far; None for a thing that is not there."""
        case = self._changes.made.get((kind, id)) or self.find([(kind, id)])[kind, id]
        if case is None:
            return None
        facts = self.stream(case).facts if case in self._heads else None
        return case if facts is None or holds(facts, kind, id) else None

    def stream(self, case: str) -> Stream:
        """A locked case as this batch has left it so far."""
        if (stream := self._changes.streams.get(case) or self._first.get(case)) is not None:
            return stream
        if case not in self._heads:
            raise NotLocked(case)
        if (head := self._heads[case]) is None:
            stream = Stream(case, 0, first_hash(case), None)
        elif case == AUTHORITY:
            stream = Stream(case, head["seq"], head["hash"], None)
        else:
            facts = with_requests(codec.load(head["facts"]), self._requests.get(case, []))
            stream = Stream(case, head["seq"], head["hash"], facts)
        self._first[case] = stream
        return stream

    def listeners(self, case: str) -> list[Listener]:
        """The active endpoints of a case; those of all cases of the batch are read together."""
        if case not in self._listeners:
            self._listeners, self._sequences = outbox.listeners(self.connection, self._heads)
        return self._listeners[case]

    def sequence(self, endpoint: str) -> int:
        """The last sequence an endpoint of `listeners` was given."""
        return self._changes.sequences.get(endpoint, self._sequences[endpoint])

    def forget_listeners(self) -> None:
        """Read the endpoints again when they are next asked for: somebody may have written them."""
        self._listeners = {}

    def keep(self, changes: Changes) -> None:
        """Add what an item did."""
        self._changes.merge(changes)

    def write(self) -> None:
        """Write everything in bulk. Nothing is left to do but to commit."""
        done = self._changes
        insert_rows(self.connection, first_answers, [self._answer_row(*each) for each in done.answers.items()])
        if not done.streams:
            return
        insert_rows(self.connection, journal, [entry.row for entry in done.entries])
        insert_rows(self.connection, event_text, [text for entry in done.entries for text in entry.texts])
        upsert_rows(self.connection, case_head, [_head(stream) for stream in done.streams.values()])
        facts = [
            (self._first[case].facts, stream.facts) for case, stream in done.streams.items() if stream.facts is not None
        ]
        write_changes(self.connection, facts)
        write_timers(self.connection, [after for _, after in facts])
        insert_rows(self.connection, messages, done.messages)
        insert_missing(self.connection, regime_texts, list(done.regimes.values()))
        outbox.write_sequences(self.connection, done.sequences)
        write_notices(self.connection, done.notices)

    def _answer_row(self, id: str, answer: FirstAnswer) -> Row:
        given = {"request": answer.request, "outcome": answer.outcome, "at": answer.at}
        return {"id": id, **given, "made_at": self.machine_now}


def _head(stream: Stream) -> Row:
    facts = codec.NO_FACTS if stream.facts is None else codec.dump(stream.facts)
    return {"case": stream.case, "seq": stream.seq, "hash": stream.hash, "facts": facts}
