"""Receivers that answer 500, hang or drip: tried again later, and nobody else waits for them."""

from collections import Counter

import pytest
from sqlalchemy import Engine, select

from scheduler.deliver import deliver
from tests.enjoin.seeding import FIRST_MESSAGES, references, send_to
from tests.faults.afterwards import let_leases_run_out, tried
from tests.faults.conftest import CASES, LOOPBACK, Seeded
from tests.scheduler.receiver import Receiver
from workflow.lifecycle.facts import case_id
from workflow.store.database import reader
from workflow.store.tables.outbox import MessageState, attempts, messages
from workflow.use_cases.retry_plan import RETRY_SECONDS

BAD = ("500", "hang", "drip")
MANNER = dict(zip(map(case_id, references(CASES)), [*BAD, *["ok"] * CASES], strict=False))
"""What counsel of each case does."""

WELL = (CASES - len(BAD)) * FIRST_MESSAGES


@pytest.fixture(autouse=True)
def short_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflow.use_cases.deliveries.ATTEMPT_SECONDS", 1)


def states(engine: Engine) -> Counter[tuple[str, str]]:
    """How many messages are in which state, by the manner of their receiver."""
    with reader(engine).connect() as connection:
        return Counter((MANNER[row.case], row.state) for row in connection.execute(select(messages)))


def test_bad_receivers_are_tried_again_later_and_hold_up_nobody(
    seeded: Seeded, engine: Engine, counsel: Receiver
) -> None:
    send_to(engine, lambda case: f"{counsel.url}/{MANNER[case]}")
    with seeded.serving() as url, seeded.client(url) as client:
        report = deliver(client, LOOPBACK)
        assert (report.delivered, report.failed) == (WELL, len(BAD) * FIRST_MESSAGES)
        bad = {(manner, MessageState.PENDING): FIRST_MESSAGES for manner in BAD}
        assert states(engine) == {("ok", MessageState.DELIVERED): WELL, **bad}
        assert_the_others_came_first(engine)
        assert deliver(client, LOOPBACK).leased == 0  # later, not now

        send_to(engine, lambda _: f"{counsel.url}/ok")
        let_leases_run_out(engine)
        assert deliver(client, LOOPBACK).delivered == len(BAD) * FIRST_MESSAGES
    assert {state for _, state in states(engine)} == {MessageState.DELIVERED}
    told: dict[str, set[bytes]] = {}
    for _, headers, body in counsel.got:
        told.setdefault(headers["webhook-id"], set()).add(body)
    assert len(told) == CASES * FIRST_MESSAGES
    assert all(len(bodies) == 1 for bodies in told.values())
    late = "no complete answer within 1 s"
    assert Counter(map(tuple, tried(engine).values())) == {
        ((204, None),): WELL,
        ((500, "answered 500"), (204, None)): FIRST_MESSAGES,
        ((None, late), (204, None)): FIRST_MESSAGES,
        ((200, late), (204, None)): FIRST_MESSAGES,
    }


def assert_the_others_came_first(engine: Engine) -> None:
    """What could be delivered was, before those who hang or drip ran out of time."""
    with reader(engine).connect() as connection:
        rows = connection.execute(select(attempts)).all()
    slow = [row.reported_at for row in rows if row.error and "no complete answer" in row.error]
    assert max(row.reported_at for row in rows if row.error is None) < min(slow)


def test_a_message_is_given_up_after_its_last_retry(seeded: Seeded, engine: Engine, counsel: Receiver) -> None:
    send_to(engine, lambda case: f"{counsel.url}/{'500' if MANNER[case] == '500' else 'ok'}")
    with seeded.serving() as url, seeded.client(url) as client:
        for _ in range(len(RETRY_SECONDS) + 2):
            deliver(client, LOOPBACK)
            let_leases_run_out(engine)
        assert states(engine)["500", MessageState.FAILED] == FIRST_MESSAGES
        assert max(map(len, tried(engine).values())) == len(RETRY_SECONDS) + 1
    assert Counter(path for path, _, _ in counsel.got)["/500"] == FIRST_MESSAGES * (len(RETRY_SECONDS) + 1)
