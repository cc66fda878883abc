"""The writer: one commit for many, all or nothing for the database, and each item's own answer."""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError

from tests.support.register import DECIDER, OFFICER
from tests.support.stored_cases import AlreadyOpen, Desk, Pull, at_desk, open_case, pull
from workflow.lifecycle.facts import case_id
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.refusals import Refusal
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.batch import NotLocked
from workflow.store.busy import StoreBusy
from workflow.store.database import make_engine
from workflow.store.missing import NotFound
from workflow.store.tables.access import accounts
from workflow.store.tables.current import cases
from workflow.store.tables.journal import case_head, journal
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.store.verify import verify
from workflow.store.writer import Writer, WriterClosed


@pytest.fixture
def writing(engine: Engine) -> Iterator[Desk]:
    with at_desk(engine) as made:
        yield made
        with engine.connect() as connection:
            assert verify(connection) == []


class Stalled(Writer):
    """A writer that takes nothing before it is let go, and counts its commits."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.go = threading.Event()
        self.commits = 0

    def _take(self) -> list[Any]:
        self.go.wait()
        return super()._take()

    def _after_commit(self) -> None:
        self.commits += 1


class Failing(Writer):
    """A writer whose first commits fail as if the connection was lost."""

    failures = 0

    def _before_commit(self) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("lost")


def references(n: int) -> list[str]:
    return [f"SAN-2022-{i:03}" for i in range(n)]


def opening(writer: Writer, wanted: list[str]) -> list[Future[Any]]:
    return writer.submit_many([(open_case, reference, OFFICER) for reference in wanted])


def row_of_work(uow: UnitOfWork, id: str, _actor: Actor) -> str:
    """Add an account, unless it is called wrong."""
    uow.insert(accounts, [{"id": id, "name": id, "roles": "[]", "active": True, "created_at": uow.machine_now}])
    if id == "wrong":
        raise LookupError(id)
    return id


@touches(cases=lambda reference: [(SubjectKind.CASE, case_id(reference))])
def open_unregistered(uow: UnitOfWork, reference: str, actor: Actor) -> None:
    open_case(uow, reference, actor)


def test_what_waits_shares_a_commit(engine: Engine) -> None:
    with at_desk(engine, Stalled, largest=10) as writing:
        assert isinstance(writing.writer, Stalled)
        futures = opening(writing.writer, references(25))
        writing.writer.go.set()
        assert [future.result().reference for future in futures] == references(25)
        assert writing.writer.commits == 3
        assert writing.count(cases) == 25


def test_a_later_item_sees_what_an_earlier_one_did(engine: Engine) -> None:
    with at_desk(engine, Stalled) as writing:
        assert isinstance(writing.writer, Stalled)
        case = case_id("SAN-2022-019")
        first = writing.writer.submit(open_case, "SAN-2022-019", OFFICER)
        again = writing.writer.submit(pull, Pull(Subject(SubjectKind.CASE, case), "draft", {"reference": 1}), OFFICER)
        writing.writer.go.set()
        assert first.result().id == case
        assert not isinstance(again.exception(), NotFound)
        assert writing.writer.commits == 1


def test_a_refusal_leaves_nothing_and_is_that_items_answer_alone(writing: Desk) -> None:
    decision = writing.served()
    before = writing.count(journal)
    asked = [
        (pull, Pull(decision, "adopt"), OFFICER),
        (pull, Pull(decision, "adopt"), DECIDER),
        (pull, Pull(Subject(SubjectKind.ORDER, "none"), "accept_compliance"), OFFICER),
        (pull, Pull(Subject(SubjectKind.ORDER, "a\x00b"), "accept_compliance"), OFFICER),
    ]
    refused = [future.exception() for future in writing.writer.submit_many(asked)]
    assert [isinstance(why, Refusal) for why in refused] == [True, True, False, False]
    assert all(isinstance(why, NotFound) for why in refused[2:])
    assert writing.count(journal) == before


def test_rows_of_work_of_an_item_that_raises_are_undone(writing: Desk) -> None:
    futures = writing.writer.submit_many([(row_of_work, id, OFFICER) for id in ("a", "wrong", "b")])
    assert [type(future.exception()) for future in futures] == [type(None), LookupError, type(None)]
    assert sorted(row.id for row in writing.rows(select(accounts))) == ["a", "b"]


def test_an_item_the_database_refuses_fails_alone(engine: Engine) -> None:
    with at_desk(engine, Stalled) as writing:
        assert isinstance(writing.writer, Stalled)
        futures: list[Future[Any]] = []
        futures += [writing.writer.submit(row_of_work, id, OFFICER) for id in ("a", "b", "a", "c")]
        futures += opening(writing.writer, ["SAN-2022-001"])
        writing.writer.go.set()
        assert [type(future.exception()) for future in futures[:4]] == [
            type(None),
            type(None),
            IntegrityError,
            type(None),
        ]
        assert futures[4].result().reference == "SAN-2022-001"
        assert writing.count(accounts) == 3


def test_a_batch_is_written_whole_or_not_at_all(engine: Engine) -> None:
    with at_desk(engine, Failing) as writing:
        assert isinstance(writing.writer, Failing)
        writing.writer.failures = 3
        futures = opening(writing.writer, references(2))
        assert [type(future.exception()) for future in futures] == [ConnectionError, ConnectionError]
        assert writing.count(journal) == writing.count(cases) == 0
        writing.writer.failures = 1
        assert [future.result().reference for future in opening(writing.writer, references(2))] == references(2)
        with engine.connect() as connection:
            assert verify(connection) == []


def test_a_database_that_is_held_is_busy_for_all_that_wait(tmp_path: Any, sqlite_template: Any) -> None:
    path = tmp_path / "held.db"
    path.write_bytes(sqlite_template.read_bytes())
    holder, engine = make_engine(f"sqlite:///{path}"), make_engine(f"sqlite:///{path}?timeout=0.05")
    with holder.begin(), at_desk(engine) as writing, engine.connect() as mine:
        mine.rollback()
        assert isinstance(opening(writing.writer, ["SAN-2022-001"])[0].exception(), StoreBusy)
    holder.dispose()
    engine.dispose()


def test_a_database_that_is_away_is_busy(tmp_path: Any) -> None:
    engine = make_engine(f"postgresql:///none?host={tmp_path}")
    with at_desk(engine) as writing:
        futures = opening(writing.writer, references(3))
        assert {type(future.exception()) for future in futures} == {StoreBusy}
    engine.dispose()


def test_two_writers_keep_one_chain(engine: Engine) -> None:
    with at_desk(engine) as one, at_desk(engine) as two:
        futures = []
        for reference in references(30):
            futures += opening(one.writer, [reference]) + opening(two.writer, [reference + "b", reference])
        answers = [type(future.exception()) for future in futures]
        assert (answers.count(type(None)), answers.count(AlreadyOpen)) == (60, 30)
        assert one.count(cases) == 60
        with engine.connect() as connection:
            assert verify(connection) == []
        (head,) = one.rows(select(case_head).where(case_head.c.case == "authority"))
        assert head.seq == 60


def test_touching_a_case_that_was_not_named_is_a_mistake(writing: Desk) -> None:
    case = writing.opened()

    def careless(uow: UnitOfWork, id: str, _actor: Actor) -> object:
        return uow.case(id)

    with pytest.raises(NotLocked):
        writing.writer.run(careless, case.id, OFFICER)
    with pytest.raises(NotLocked):
        writing.writer.run(open_unregistered, "SAN-2022-002", OFFICER)
    assert writing.count(cases) == 1


def test_a_closed_writer_has_finished_and_takes_nothing_more(engine: Engine) -> None:
    with at_desk(engine, Stalled) as writing:
        assert isinstance(writing.writer, Stalled)
        futures = opening(writing.writer, references(3))
        assert not any(future.cancel() for future in futures)
        writing.writer.go.set()
        writing.writer.close()
        assert all(future.done() for future in futures)
        with pytest.raises(WriterClosed):
            opening(writing.writer, ["SAN-2022-009"])


def test_a_killed_process_leaves_a_batch_whole_or_not_at_all(database_url: str) -> None:
    for hook, kept in (("_before_commit", 0), ("_after_commit", 2)):
        child = os.fork()
        if child == 0:
            writer = type("Killed", (Writer,), {hook: lambda _self: os.kill(os.getpid(), 9)})
            with at_desk(make_engine(database_url), writer) as writing:
                for future in opening(writing.writer, references(2)):
                    future.result()
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9
        engine = make_engine(database_url)
        with at_desk(engine) as writing, engine.connect() as connection:
            assert writing.count(cases) == kept
            assert verify(connection) == []
            assert connection.execute(text("SELECT seq FROM case_head WHERE \"case\" = 'authority'")).scalar() == kept
        engine.dispose()
