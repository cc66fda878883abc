"""What a use case is handed: the facts it may rely on and the places where it leaves what it decided.

A use case is a function `(uow, command, actor) -> outcome`. It never commits. What it appends is held back until it
returns and dropped when it raises, so a refusal leaves nothing behind.

    @touches(cases=lambda command: [(command.subject.kind, command.subject.id)])
    def advance(uow: UnitOfWork, command: Command, actor: Actor) -> Advanced:
        facts = uow.case(uow.case_of(command.subject.kind, command.subject.id))
        events = decide(facts, command, actor, …)
        uow.append(facts.id, fold(facts, events), events)
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Delete, Executable, Insert, NestedTransaction, Table, Update, insert

from workflow.law.regime import Regime
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import AUTHORITY, Event, Recorded
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.batch import Batch
from workflow.store.changes import Changes, StepTaken, Stream
from workflow.store.first_answers import FirstAnswer
from workflow.store.journal import act_id, entry
from workflow.store.missing import NotFound
from workflow.store.notices import notices_of, telling
from workflow.store.outbox import messages_for

F = TypeVar("F", bound=Callable[..., Any])
Subjects = Iterable[tuple[SubjectKind, str]]


def touches(
    cases: Callable[[Any], Subjects] | None = None,
    authority: bool | Callable[[Any], bool] = False,
    steps: Callable[[Any], Iterable[str]] | None = None,
    answers: Callable[[Any], Iterable[str]] | None = None,
) -> Callable[[F], F]:
    """Say beforehand what a use case will touch, so that a whole batch is locked and read in a few statements.

    `cases` names things by kind and id (the case itself for the kind `case`, also one still to be opened),
    `authority` asks for the authority's own stream, always or for some commands, `steps` names the steps that
    `event_with_step` will be asked for, `answers` what `first_answer` will be.
    """

    def mark(use_case: F) -> F:
        for name, value in (("cases", cases), ("authority", authority), ("steps", steps), ("answers", answers)):
            setattr(use_case, name, value)
        return use_case

    return mark


def named(use_case: Callable[..., Any], command: Any, attribute: str) -> list[Any]:
    """What a use case says it will touch for this command."""
    say = getattr(use_case, attribute, None)
    return [] if say is None else list(say(command))


def needs_authority(use_case: Callable[..., Any], command: Any) -> bool:
    """Whether a use case writes to the authority's own stream for this command."""
    said = getattr(use_case, "authority", False)
    return bool(said(command) if callable(said) else said)


class UnitOfWork:
    """One item of a batch. Facts are those of the locked case, with what earlier items of the batch did to it."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._changes = Changes()
        self._savepoint: NestedTransaction | None = None

    @property
    def now(self) -> datetime:
        """The instant on the register's clock, in UTC; the same for the whole batch."""
        return self._batch.now

    @property
    def machine_now(self) -> datetime:
        """The real time, in UTC; the same for the whole batch."""
        return self._batch.machine_now

    @property
    def connection(self) -> Connection:
        """For reads inside the transaction. Events of this batch are not in the database yet: ask `case` for facts."""
        return self._batch.connection

    def case(self, id: str) -> CaseFacts:
        """The facts of a case; NotFound when there is none."""
        facts = self._stream(id).facts
        if facts is None:
            raise NotFound(SubjectKind.CASE, id)
        return facts

    def case_of(self, kind: SubjectKind, id: str) -> str:
        """The id of the case a thing is in; NotFound when there is no such thing."""
        case = self._changes.made.get((kind, id)) or self._batch.case_of(kind, id)
        if case is None:
            raise NotFound(kind, id)
        return case

    def event_with_step(self, step: str) -> StepTaken | None:
        """The event that took this step, if one did."""
        return self._changes.steps.get(step) or self._batch.step(step)

    def first_answer(self, id: str) -> FirstAnswer | None:
        """What was answered first under a key, if something was."""
        return self._batch.answer(id)

    def keep_answer(self, id: str, answer: FirstAnswer) -> None:
        """Keep what is answered under a key."""
        self._changes.answers[id] = answer

    def append(self, case: str, facts_after: CaseFacts | None, events: Sequence[Event]) -> list[Recorded]:
        """Append the events of one act to a case, existing or new; `facts_after` is their fold."""
        stream = self._stream(case)
        seq, hash = stream.seq, stream.hash
        act = act_id(case, seq + 1)
        recorded = []
        for event in events:
            seq += 1
            written = entry(case, seq, act, hash, event, self.now)
            hash = written.recorded.hash
            self._changes.entries.append(written)
            recorded.append(written.recorded)
            self._note(case, written.recorded)
            if facts_after is not None:
                self._tell(facts_after, written.recorded)
        self._changes.streams[case] = Stream(case, seq, hash, facts_after)
        return recorded

    def append_authority(self, events: Sequence[Event]) -> list[Recorded]:
        """Append the events of one act to the authority's own stream."""
        return self.append(AUTHORITY, None, events)

    def keep_regime(self, rules: Regime) -> None:
        """Keep the text of a regime that an event relies on, once."""
        row = {"sha256": rules.sha256, "id": rules.id, "version": rules.version, "text": rules.text}
        self._changes.regimes[rules.sha256] = row

    def insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows of work (keys, endpoints, attempts): not events, and not what follows from events."""
        if rows:
            self.execute(insert(table), rows)

    def execute(
        self, statement: Insert | Update | Delete | Executable, rows: Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        """Run a statement on rows of work at once, undone if the use case raises."""
        if self._savepoint is None:
            self._savepoint = self.connection.begin_nested()
        self._batch.forget_listeners()
        result: CursorResult[Any] = self.connection.execute(statement, rows)
        return result

    def keep(self) -> None:
        """Add to the batch what was done; the writer calls this when the use case has returned."""
        if self._savepoint is not None:
            self._savepoint.commit()
        self._batch.keep(self._changes)

    def drop(self) -> None:
        """Undo what was done; the writer calls this when the use case has raised."""
        if self._savepoint is not None:
            self._savepoint.rollback()
            self._batch.forget_listeners()

    def _stream(self, case: str) -> Stream:
        return self._changes.streams.get(case) or self._batch.stream(case)

    def _note(self, case: str, recorded: Recorded) -> None:
        event = recorded.event
        if case != AUTHORITY:
            self._changes.made[event.subject.kind, event.subject.id] = case
        if event.step is not None:
            self._changes.steps[event.step] = StepTaken(recorded.id, event.subject)

    def _tell(self, facts: CaseFacts, recorded: Recorded) -> None:
        told = telling(facts, recorded)
        if told is None:
            return
        self._changes.notices += notices_of(told, recorded)
        listening = self._batch.listeners(recorded.case)
        for listener in listening:
            self._changes.sequences.setdefault(listener.id, self._batch.sequence(listener.id))
        self._changes.messages += messages_for(told, recorded, listening, self._changes.sequences, self.machine_now)
