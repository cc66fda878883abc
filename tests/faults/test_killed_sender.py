"""A sender is killed with messages in its hands: their leases run out, and they go out again under the same ids."""

import signal
import time

import pytest
from sqlalchemy import Engine, func, select

from scheduler.deliver import deliver
from tests.faults.afterwards import (
    MESSAGES,
    assert_counsel_knows_everything,
    assert_every_step_happened_once,
    let_leases_run_out,
)
from tests.faults.conftest import LOOPBACK, Seeded
from tests.support.processes import PATIENCE, SCHEDULER, started
from tests.support.receiver import Receiver
from tests.support.seeding import send_to
from workflow.store.database import reader
from workflow.store.tables.outbox import messages

pytestmark = pytest.mark.long


def leased(engine: Engine) -> int:
    with reader(engine).connect() as connection:
        held = select(func.count()).select_from(messages).where(messages.c.lease.is_not(None))
        return connection.scalar(held) or 0


def wait_for_messages(mailbox: Receiver, count: int) -> None:
    end = time.monotonic() + PATIENCE
    while len(mailbox.got) < count and time.monotonic() < end:
        time.sleep(0.001)


@pytest.mark.parametrize("arrived", [1, MESSAGES // 2, MESSAGES])
def test_whenever_a_sender_is_killed_nothing_is_lost(
    seeded: Seeded, engine: Engine, mailbox: Receiver, arrived: int
) -> None:
    send_to(engine, lambda _: f"{mailbox.url}/ok")
    with seeded.serving() as url:
        settings = {"ENJOIN_API_URL": url, "ENJOIN_API_KEY": seeded.key, "ENJOIN_EGRESS_ALLOW": "127.0.0.1"}
        with started([*SCHEDULER, "--once"], **settings) as sender:
            wait_for_messages(mailbox, arrived)
            sender.process.kill()
            sender.end()
        with seeded.client(url) as client:
            deliver(client, LOOPBACK)
            let_leases_run_out(engine)
            deliver(client, LOOPBACK)
    assert_counsel_knows_everything(engine, mailbox)
    assert_every_step_happened_once(engine)


def test_what_a_killed_sender_held_is_sent_again_under_the_same_id(
    seeded: Seeded, engine: Engine, mailbox: Receiver
) -> None:
    send_to(engine, lambda _: f"{mailbox.url}/hang")
    with seeded.serving() as url:
        settings = {"ENJOIN_API_URL": url, "ENJOIN_API_KEY": seeded.key, "ENJOIN_EGRESS_ALLOW": "127.0.0.1"}
        with started([*SCHEDULER, "--once"], **settings) as sender:
            wait_for_messages(mailbox, MESSAGES)
            sender.process.kill()
            assert sender.end() == -signal.SIGKILL
        first = sorted(headers["webhook-id"] for _, headers, _ in mailbox.got)
        assert len(set(first)) == leased(engine) == MESSAGES

        send_to(engine, lambda _: f"{mailbox.url}/ok")
        mailbox.got.clear()
        with seeded.client(url) as client:
            assert deliver(client, LOOPBACK).leased == 0  # its leases still hold
            let_leases_run_out(engine)
            assert deliver(client, LOOPBACK).delivered == MESSAGES
    assert sorted(headers["webhook-id"] for _, headers, _ in mailbox.got) == first
    assert_counsel_knows_everything(engine, mailbox)
    assert_every_step_happened_once(engine)
