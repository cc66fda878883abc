"""Run a creating write at most once per client key; a retry returns the first answer.

The key, the digest of the request and the outcome are written with the write itself. A refusal writes nothing, so a key
that was refused is free. A second request while the first runs waits for it: at the lock both need, else at the row of
the key, which one of the two alone can write.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any, Generic, TypeVar

import orjson
from sqlalchemy import Connection

from workflow.law.invalid import invalid
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store import journal
from workflow.store.first_answers import FirstAnswer, answer_id
from workflow.store.unit_of_work import UnitOfWork, named, needs_authority, touches
from workflow.use_cases.acting.outcome import Done, Outcome

HEADER = "/header/idempotency-key"

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asks under a key, as the digest of the request; `part` tells its parts apart when it has some."""

    key: str
    digest: str
    part: int = 0


@dataclass(frozen=True, slots=True)
class Memory(Generic[R]):
    """How an outcome is kept as JSON, and found again from what was kept."""

    keep: Callable[[R], Any]
    find: Callable[[Connection, Any], R]


@dataclass(frozen=True, slots=True)
class Once:
    """A use case to be run with its command, unless the account asked for it already."""

    use_case: Callable[[UnitOfWork, Any, Actor], Any]
    command: Any
    account: str
    asked: Asked
    keep: Callable[[Any], Any]

    @property
    def answer(self) -> str:
        """Where the answer lies."""
        return answer_id(self.account, self.asked.key, self.asked.part)


@dataclass(frozen=True, slots=True)
class Made:
    """What the use case answered just now, at this instant of the register."""

    outcome: Any
    at: datetime


@dataclass(frozen=True, slots=True)
class MadeBefore:
    """What was kept of the answer the use case gave then."""

    kept: Any
    at: datetime


@touches(
    cases=lambda wanted: named(wanted.use_case, wanted.command, "cases"),
    authority=lambda wanted: needs_authority(wanted.use_case, wanted.command),
    steps=lambda wanted: named(wanted.use_case, wanted.command, "steps"),
    answers=lambda wanted: [wanted.answer],
)
def once(uow: UnitOfWork, wanted: Once, actor: Actor) -> Made | MadeBefore:
    """Run the use case and keep its outcome, or find what was kept; InvalidRequest for a key of another request."""
    first = uow.first_answer(wanted.answer)
    if first is None:
        outcome = wanted.use_case(uow, wanted.command, actor)
        kept = orjson.dumps(wanted.keep(outcome)).decode()
        uow.keep_answer(wanted.answer, FirstAnswer(wanted.asked.digest, kept, uow.now))
        return Made(outcome, uow.now)
    if first.request != wanted.asked.digest:
        raise invalid(HEADER, "a key of its own for each request: you used this one with another body or address")
    return MadeBefore(orjson.loads(first.outcome), first.at)


@touches()
def nothing(_uow: UnitOfWork, _command: object, _actor: Actor) -> None:
    """Do nothing: what takes a key for a request of many parts, each of which is then done once for itself."""


def _keep_outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "outcome": outcome.outcome,
        "kind": outcome.subject.kind,
        "id": outcome.subject.id,
        "version": outcome.version,
        "events": outcome.events,
        "case": outcome.case.id,
    }


def _find_outcome(connection: Connection, kept: Any) -> Outcome:
    """The outcome with the case as the act left it."""
    last = kept["events"][-1]
    events = journal.read_case(connection, kept["case"])
    before = [each.event for each in takewhile(lambda each: each.id != last, events)]
    then = fold(None, [*before, events[len(before)].event])
    subject = Subject(SubjectKind(kept["kind"]), kept["id"])
    return Outcome(Done(kept["outcome"]), subject, kept["version"], tuple(kept["events"]), then)


PLAIN: Memory[Any] = Memory(lambda outcome: outcome, lambda _connection, kept: kept)
"""How an outcome that is JSON already is kept."""

OUTCOMES = Memory(_keep_outcome, _find_outcome)
"""How what an act made is kept: by name, as the journal holds the rest."""
