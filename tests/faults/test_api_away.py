"""The API is down while the scheduler ticks: a line each time, and everything is caught up with when it is back."""

import re
import signal
import socket
import time
from functools import partial

from sqlalchemy import Engine, func, select

from tests.faults.afterwards import (
    STEPS,
    assert_counsel_knows_everything,
    assert_every_step_happened_once,
    assert_whole,
)
from tests.faults.conftest import Seeded
from tests.support.processes import PATIENCE, SCHEDULER, Watched, started
from tests.support.receiver import Receiver
from tests.support.seeding import send_to
from workflow.store.database import reader
from workflow.store.outbox import PENDING
from workflow.store.tables.outbox import messages

LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (INFO|WARNING) scheduler")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def is_back(job: str, line: str) -> bool:
    return f"{job}: the API is back" in line


def said(scheduler: Watched, words: str) -> int:
    return sum(words in line for line in list(scheduler.lines))


def test_it_says_so_retries_and_catches_up(seeded: Seeded, engine: Engine, mailbox: Receiver) -> None:
    send_to(engine, lambda _: f"{mailbox.url}/ok")
    port = free_port()
    settings = {
        "ENJOIN_API_URL": f"http://127.0.0.1:{port}",
        "ENJOIN_API_KEY": seeded.key,
        "ENJOIN_EGRESS_ALLOW": "127.0.0.1",
        "ENJOIN_TICK": "0.1",
    }
    with started(SCHEDULER, **settings) as scheduler:
        scheduler.wait_for(lambda _: said(scheduler, "sweep: GET ") >= 2)
        with seeded.serving(port):
            for job in ("sweep", "deliver"):
                scheduler.wait_for(partial(is_back, job))
            scheduler.wait_for(lambda line: f"sweep: {STEPS} done, 0 done already, 0 refused" in line)
        away = said(scheduler, "trying again at the next tick")
        scheduler.wait_for(lambda _: said(scheduler, "trying again at the next tick") > away)
        with seeded.serving(port):
            scheduler.wait_for(lambda _: said(scheduler, "sweep: the API is back") == 2)
            wait_until_delivered(engine)
            scheduler.process.send_signal(signal.SIGTERM)
            assert scheduler.end() == 0
    assert all(LINE.match(line) for line in scheduler.lines), scheduler.lines
    assert any("the API cannot be reached" in line for line in scheduler.lines)
    assert_every_step_happened_once(engine)
    assert_counsel_knows_everything(engine, mailbox)
    assert_whole(engine)


def wait_until_delivered(engine: Engine) -> None:
    end = time.monotonic() + PATIENCE
    with reader(engine).connect() as connection:
        while connection.scalar(select(func.count()).select_from(messages).where(PENDING)):
            connection.rollback()
            assert time.monotonic() < end
            time.sleep(0.02)
