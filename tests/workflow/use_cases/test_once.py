"""A write under a key: once, whoever asks again and whenever, and only for the account and the request it was for."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update

from tests.support.register import CASE, OFFICER, REGISTRAR
from tests.support.stored_cases import Calendar
from workflow.law.invalid import InvalidRequest
from workflow.lifecycle.kernel.refusals import GuardRefused, RoleNotPermitted
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import Role
from workflow.store.clock import machine_now
from workflow.store.first_answers import KEPT
from workflow.store.tables.answers import first_answers
from workflow.store.tables.journal import journal
from workflow.store.verify import verify
from workflow.store.writer import Writer
from workflow.use_cases.acting.bodies import CaseBody
from workflow.use_cases.acting.once import OUTCOMES, Asked, Made, MadeBefore, Once, once
from workflow.use_cases.acting.open_case import open_case

OTHER_OFFICER = Actor("account-other", frozenset({Role.CASE_OFFICER}))


class Held(Writer):
    """A writer that does not commit before it is let go, and breaks down as often as it is told to."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, Calendar())
        self.go = threading.Event()
        self.go.set()
        self.about_to_commit = threading.Event()
        self.crashes = 0

    def _before_commit(self) -> None:
        self.about_to_commit.set()
        assert self.go.wait(10)
        if self.crashes:
            self.crashes -= 1
            raise RuntimeError("the power is gone")


@pytest.fixture
def writer(engine: Engine) -> Iterator[Held]:
    made = Held(engine)
    yield made
    made.close()
    with engine.connect() as connection:
        assert verify(connection) == []


@pytest.fixture
def second(engine: Engine) -> Iterator[Held]:
    """The writer of another process."""
    made = Held(engine)
    yield made
    made.close()


def opening(reference: str = "C-1", key: str = "k", account: str = OFFICER.account, digest: str = "") -> Once:
    body = CaseBody.model_validate(CASE | {"reference": reference})
    return Once(open_case, body, account, Asked(key, digest or reference), OUTCOMES.keep)


def found(engine: Engine, answer: Made | MadeBefore) -> Any:
    assert isinstance(answer, MadeBefore)
    with engine.connect() as connection:
        return OUTCOMES.find(connection, answer.kept)


def count(engine: Engine, table: Any) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_the_same_again_is_answered_with_the_first_outcome(engine: Engine, writer: Held) -> None:
    first = writer.run(once, opening(), OFFICER)
    assert isinstance(first, Made)
    events = count(engine, journal)
    again = writer.run(once, opening(), OFFICER)
    assert (found(engine, again), again.at) == (first.outcome, first.at)
    assert count(engine, journal) == events


def test_another_request_under_the_key_is_refused(engine: Engine, writer: Held) -> None:
    writer.run(once, opening(), OFFICER)
    events = count(engine, journal)
    with pytest.raises(InvalidRequest, match="/header/idempotency-key: a key of its own"):
        writer.run(once, opening("C-2"), OFFICER)
    assert count(engine, journal) == events


def test_a_refusal_leaves_the_key_free(engine: Engine, writer: Held) -> None:
    writer.run(open_case, opening("C-1").command, OFFICER)
    with pytest.raises(GuardRefused):
        writer.run(once, opening("C-1"), OFFICER)
    with pytest.raises(RoleNotPermitted):
        writer.run(once, opening("C-2", account=REGISTRAR.account), REGISTRAR)
    assert count(engine, first_answers) == 0
    assert isinstance(writer.run(once, opening("C-2"), OFFICER), Made)


def test_two_accounts_with_the_same_key_never_meet(writer: Held) -> None:
    assert isinstance(writer.run(once, opening("C-1"), OFFICER), Made)
    assert isinstance(writer.run(once, opening("C-2", account=OTHER_OFFICER.account), OTHER_OFFICER), Made)


def test_two_of_one_batch_are_done_once(engine: Engine, writer: Held) -> None:
    first, again, other = writer.submit_many(
        [(once, opening(), OFFICER), (once, opening(), OFFICER), (once, opening("C-2"), OFFICER)]
    )
    made = first.result()
    assert isinstance(made, Made)
    assert found(engine, again.result()) == made.outcome
    assert isinstance(other.exception(), InvalidRequest)


@pytest.mark.parametrize("reference", ["C-1", "C-2"])
def test_a_second_request_waits_for_the_first(engine: Engine, writer: Held, second: Held, reference: str) -> None:
    writer.go.clear()
    first = writer.submit(once, opening("C-1"), OFFICER)
    assert writer.about_to_commit.wait(10)
    again = second.submit(once, opening(reference), OFFICER)
    assert not again.done()
    writer.go.set()
    made = first.result(10)
    assert isinstance(made, Made)
    if reference == "C-1":
        assert found(engine, again.result(10)) == made.outcome
    else:
        assert isinstance(again.exception(10), InvalidRequest)


def test_two_processes_that_share_no_lock_meet_at_the_key(engine: Engine, writer: Held, second: Held) -> None:
    def nothing(_uow: Any, _command: Any, _actor: Any) -> int:
        return 1

    asked = Once(nothing, None, OFFICER.account, Asked("k", "d"), lambda one: one)
    writer.go.clear()
    first = writer.submit(once, asked, OFFICER)
    assert writer.about_to_commit.wait(10)
    again = second.submit(once, asked, OFFICER)
    writer.go.set()
    assert isinstance(first.result(10), Made)
    assert isinstance(again.result(10), MadeBefore)


def test_what_was_lost_before_the_commit_is_done_by_the_next_try(engine: Engine, writer: Held) -> None:
    writer.crashes = 2
    with pytest.raises(RuntimeError):
        writer.run(once, opening(), OFFICER)
    assert (count(engine, journal), count(engine, first_answers)) == (0, 0)
    assert isinstance(writer.run(once, opening(), OFFICER), Made)


def test_a_key_is_free_again_after_seven_days(engine: Engine, writer: Held) -> None:
    writer.run(once, opening("C-1"), OFFICER)
    age(engine, KEPT - timedelta(minutes=1))
    assert isinstance(writer.run(once, opening("C-1"), OFFICER), MadeBefore)
    age(engine, KEPT)
    assert isinstance(writer.run(once, opening("C-2"), OFFICER), Made)
    assert count(engine, first_answers) == 1


def age(engine: Engine, by: timedelta) -> None:
    with engine.begin() as connection:
        connection.execute(update(first_answers).values(made_at=machine_now() - by))
