"""Notices in an order that no reader can miss anything of, whoever commits first."""

import threading
from typing import Any

from sqlalchemy import Engine, select

from tests.support.register import REGISTRAR
from tests.support.stored_cases import Pull, at_desk, pull
from workflow.lifecycle.facts import case_id, child_id
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.vocabulary import Audience, SubjectKind
from workflow.store.database import reader
from workflow.store.tables.journal import journal
from workflow.store.tables.outbox import notices, sequencer
from workflow.store.writer import Writer
from workflow.use_cases.counsel.notice_feed import read_notices

CASES = [f"SAN-2022-{n:03}" for n in range(1, 13)]
SERVICE = {"addressee": 1, "served_on": "2022-10-19", "channel": "registered_letter"}


def test_a_reader_who_follows_misses_nothing_while_many_write(engine: Engine) -> None:
    with at_desk(engine) as desk:
        for reference in CASES:
            desk.adopted(reference)
        desk.on("2022-10-19")
        others = [Writer(engine, desk.clock) for _ in range(3)] if engine.dialect.name == "postgresql" else []
        writers = [desk.writer, *others]
        parties = frozenset((case_id(reference), 1) for reference in CASES)
        seen: list[int] = []
        done = threading.Event()

        def follow() -> None:
            after = 0
            while True:
                last = done.is_set()
                with reader(engine).connect() as connection:
                    page = read_notices(connection, parties, [], after, 2)
                seen.extend(each.position for each in page.items)
                after = page.position
                if last and not page.items:
                    return

        follower = threading.Thread(target=follow)
        follower.start()
        futures: list[Any] = [
            writers[n % len(writers)].submit(
                pull,
                Pull(
                    Subject(SubjectKind.DECISION, child_id(case_id(reference), "decision", 1)),
                    "record_service",
                    SERVICE,
                ),
                REGISTRAR,
            )
            for n, reference in enumerate(CASES)
        ]
        for future in futures:
            future.result()
        done.set()
        follower.join()
        for other in others:
            other.close()
        served = desk.rows(select(journal.c.id).where(journal.c.audience == Audience.SERVED))
        told = desk.rows(select(notices).order_by(notices.c.position))
        (last,) = desk.rows(select(sequencer.c.position))
    assert sorted(row.event for row in told) == sorted(row.id for row in served)
    assert [row.position for row in told] == list(range(1, len(told) + 1)) == seen
    assert last.position == len(told)


def test_what_was_refused_takes_no_position(engine: Engine) -> None:
    with at_desk(engine) as desk:
        desk.served(CASES[0])
        before = desk.rows(select(sequencer.c.position))[0].position
        decision = Subject(SubjectKind.DECISION, child_id(case_id(CASES[0]), "decision", 1))
        future = desk.writer.submit(pull, Pull(decision, "record_service", SERVICE), REGISTRAR)
        assert future.exception() is not None
        assert desk.rows(select(sequencer.c.position))[0].position == before
