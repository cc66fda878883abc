"""The only component that opens and commits transactions: drain the queue, run the batch in one, then answer.

Every write of a process goes through its writer. So many small writes share one commit, the heads of the cases are
locked in one statement and in one order, and on SQLite, with its one lane, the writer is the write lock. On PostgreSQL
there are two lanes: while the database works for one, the other decides. What was submitted together stays in one
lane and in its order; the locks keep the lanes apart as they keep processes apart.
"""

import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InvalidRequestError

from workflow.store.batch import Batch
from workflow.store.busy import StoreBusy, passes
from workflow.store.clock import Clock, machine_now
from workflow.store.unit_of_work import UnitOfWork, named, needs_authority

C = TypeVar("C")
A = TypeVar("A")
R = TypeVar("R")
UseCase = Callable[[UnitOfWork, C, A], R]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Item:
    """A use case waiting to be run, and where its answer goes."""

    use_case: UseCase[Any, Any, Any]
    command: Any
    actor: Any
    future: Future[Any]


class CannotBegin(Exception):
    """No transaction could be begun; the reason is the cause."""


class WriterClosed(RuntimeError):
    """The writer takes nothing more."""


class Writer:
    """Runs use cases in common transactions.

    Tests of faults override `_before_commit` and `_after_commit`, which run in the writer's thread; the second one runs
    before any answer is given and must not raise, or what was committed would be run again.
    """

    def __init__(self, engine: Engine, clock: Clock, *, largest: int = 500) -> None:
        self.engine = engine
        self.clock = clock
        self.largest = largest
        self._lanes = 1 if engine.dialect.name == "sqlite" else 2
        self._waiting: deque[list[Item]] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._threads: list[threading.Thread] = []
        self._process = os.getpid()

    def submit(self, use_case: UseCase[C, A, R], command: C, actor: A) -> Future[R]:
        """Have a use case run; the future is answered after the commit, with its outcome or what it raised."""
        (future,) = self.submit_many([(use_case, command, actor)])
        return future

    def submit_many(self, items: Iterable[tuple[UseCase[Any, Any, R], Any, Any]]) -> list[Future[R]]:
        """Have use cases run in this order, one after the other, in one batch as far as they fit."""
        made = [Item(use_case, command, actor, _future()) for use_case, command, actor in items]
        with self._changed:
            if self._closed:
                raise WriterClosed("the writer is closed")
            if not made:
                return []
            self._begin_threads()
            self._waiting.append(made)
            self._changed.notify()
        return [item.future for item in made]

    def run(self, use_case: UseCase[C, A, R], command: C, actor: A) -> R:
        """Run a use case and wait for its outcome."""
        return self.submit(use_case, command, actor).result()

    def close(self) -> None:
        """Take nothing more, finish what waits, and stop."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            threads = self._threads
        if self._process == os.getpid():
            for thread in threads:
                thread.join()

    def _begin_threads(self) -> None:
        """Start the threads with the first write; in a forked child there are none, and no connection of ours."""
        if self._process != os.getpid():
            self._process, self._threads, self._waiting = os.getpid(), [], deque()
            self.engine.dispose(close=False)
        if not self._threads:
            self._threads = [
                threading.Thread(target=self._work, name=f"writer {n}", daemon=True) for n in range(self._lanes)
            ]
            for thread in self._threads:
                thread.start()

    def _work(self) -> None:
        while taken := self._take():
            for first in range(0, len(taken), self.largest):
                items = taken[first : first + self.largest]
                try:
                    self._run(items)
                except BaseException as why:
                    for item in items:
                        if not item.future.done():
                            item.future.set_exception(why)
                    _log.exception("the writer could not run a batch")

    def _take(self) -> list[Item]:
        """What waits, as far as it fits in one batch; more than that only when it was submitted together."""
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait()
            taken: list[Item] = []
            while self._waiting and (not taken or len(taken) + len(self._waiting[0]) <= self.largest):
                taken += self._waiting.popleft()
            return taken

    def _run(self, items: list[Item]) -> None:
        try:
            self._attempt(items)
        except Exception as why:
            _log.warning("a batch of %d was rolled back, each item is run again alone: %s", len(items), why)
            self._one_by_one(items)

    def _one_by_one(self, items: list[Item]) -> None:
        """Run each item once more in a transaction of its own, so that only the one at fault fails."""
        away: Exception | None = None
        for item in items:
            if away is not None:
                item.future.set_exception(StoreBusy(str(away)))
                continue
            try:
                self._attempt([item])
            except CannotBegin as why:
                away = why
                item.future.set_exception(StoreBusy(str(why)))
            except Exception as why:
                item.future.set_exception(StoreBusy(str(why)) if passes(why) else why)

    def _attempt(self, items: list[Item]) -> None:
        """Run items in one transaction and answer them; raises, with nothing written or answered, when it fails."""
        try:
            connection = self.engine.connect()
        except Exception as why:
            raise CannotBegin(str(why)) from why
        with connection:
            try:
                transaction = connection.begin()
            except Exception as why:
                raise CannotBegin(str(why)) from why
            with transaction:
                answers = self._run_in(connection, items)
                self._before_commit()
        self._after_commit()
        for item, (outcome, raised) in zip(items, answers, strict=True):
            if raised is None:
                item.future.set_result(outcome)
            else:
                item.future.set_exception(raised)

    def _run_in(self, connection: Connection, items: list[Item]) -> list[tuple[Any, Exception | None]]:
        batch = Batch(connection, self.clock.now().astimezone(UTC), machine_now())
        batch.lock(
            _named(items, "cases"),
            any(needs_authority(item.use_case, item.command) for item in items),
        )
        batch.read_steps(_named(items, "steps"))
        batch.read_answers(_named(items, "answers"))
        answers = [_run_item(batch, item) for item in items]
        batch.write()
        return answers

    def _before_commit(self) -> None:
        """Everything is written and nothing committed."""

    def _after_commit(self) -> None:
        """Everything is committed and nobody has been told."""


class Rehearsal(Writer):
    """A writer that commits nothing. Each run is a transaction of its own, rolled back before its answer is given."""

    def run(self, use_case: Callable[[UnitOfWork, C, A], R], command: C, actor: A) -> R:
        """Run a use case to the end, undo all it wrote, and answer what it answered or raise what it raised."""
        item = Item(use_case, command, actor, Future())
        with self.engine.connect() as connection:
            transaction = connection.begin()
            try:
                ((outcome, raised),) = self._run_in(connection, [item])
            finally:
                transaction.rollback()
        if raised is not None:
            raise raised
        answer: Any = outcome
        found: R = answer
        return found


def _run_item(batch: Batch, item: Item) -> tuple[Any, Exception | None]:
    uow = UnitOfWork(batch)
    try:
        outcome = item.use_case(uow, item.command, item.actor)
        uow.keep()
    except (DBAPIError, InvalidRequestError):
        raise  # the transaction is broken for everybody in it
    except Exception as why:
        uow.drop()
        return None, why
    return outcome, None


def _named(items: list[Item], attribute: str) -> list[Any]:
    """What the use cases of a batch say they will touch."""
    return [each for item in items for each in named(item.use_case, item.command, attribute)]


def _future() -> Future[Any]:
    """A future that cannot be cancelled: a client that goes away changes nothing, its write stands."""
    future: Future[Any] = Future()
    future.set_running_or_notify_cancel()
    return future
