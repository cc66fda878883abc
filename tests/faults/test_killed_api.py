"""SIGKILL of the API in the middle of a batch: after a restart nothing is half done and nothing happens twice."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from scheduler.client import ApiAway, ApiClient
from scheduler.deliver import deliver
from scheduler.escalate import sweep
from tests.faults.afterwards import (
    STEPS,
    assert_counsel_knows_everything,
    assert_every_step_happened_once,
    assert_whole,
    events_of_cases,
    let_leases_run_out,
)
from tests.faults.conftest import CASES, LOOPBACK, Seeded, copied, template
from tests.support.postgres import Server, postgres
from tests.support.processes import ROOT, environment
from tests.support.receiver import Receiver
from tests.support.seeding import DUE_STEPS, SEEDED_EVENTS, send_to
from workflow.store.database import make_engine

pytestmark = pytest.mark.long

SWEEP, LEASE, REPORT = 1, 2, 3
"""The batches of a sweep and a delivery round, in the order in which they come."""


class Doomed:
    """Starts APIs that kill themselves, one after another."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, url: str, hook: str, nth: int) -> str:
        """Start one over a database; where it answers."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"url": url, "hook": hook, "nth": nth}) + "\n")
        self._process.stdin.flush()
        return str(self._hear()["url"])

    def ended(self) -> int:
        """Wait until it is dead; its exit code."""
        return int(self._hear()["ended"])

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        heard: dict[str, Any] = json.loads(self._process.stdout.readline())
        return heard


@pytest.fixture(scope="module")
def doomed() -> Iterator[Doomed]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.api_process"],
        env=environment(),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        yield Doomed(process)
        os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def durable() -> Iterator[tuple[Server, tuple[str, str]]]:
    """A PostgreSQL whose commits are on the disk when they are answered, and a seeded database on it."""
    with postgres(durable=True) as server, template(server) as source:
        yield server, source


@pytest.fixture(params=["sqlite", "postgresql"])
def durably_seeded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Seeded]:
    if request.param == "sqlite":
        path, key = request.getfixturevalue("seeded_sqlite")
        yield Seeded(f"sqlite:///{shutil.copyfile(path, tmp_path / 'enjoin.db')}", key)
        return
    with copied(*request.getfixturevalue("durable")) as copy:
        yield copy


@pytest.fixture
def durable_engine(durably_seeded: Seeded) -> Iterator[Engine]:
    made = make_engine(durably_seeded.url)
    yield made
    made.dispose()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sender tries three times to report to an API that is gone; these tests need not wait for it."""
    monkeypatch.setattr("scheduler.delivery_round.REPORT_AFTER_S", 0.05)


def tick(client: ApiClient) -> None:
    """What the scheduler does at a tick."""
    sweep(client)
    deliver(client, LOOPBACK)


@pytest.mark.parametrize(
    ("nth", "hook"),
    [(SWEEP, "before"), (SWEEP, "after"), (LEASE, "after"), (REPORT, "before"), (REPORT, "after")],
    ids=["before the sweep", "after the sweep", "after the lease", "before the report", "after the report"],
)
def test_nothing_is_half_done_or_done_twice(
    doomed: Doomed, durably_seeded: Seeded, durable_engine: Engine, mailbox: Receiver, hook: str, nth: int
) -> None:
    send_to(durable_engine, lambda _: f"{mailbox.url}/ok")
    durable_engine.dispose()  # no connection of ours keeps the file open while the API dies
    with durably_seeded.client(doomed.start(durably_seeded.url, hook, nth)) as client, pytest.raises(ApiAway):
        tick(client)
    assert doomed.ended() == -signal.SIGKILL

    swept = nth > SWEEP or hook == "after"
    assert events_of_cases(durable_engine) == [SEEDED_EVENTS + DUE_STEPS * swept] * CASES
    assert_whole(durable_engine)

    with durably_seeded.serving() as url, durably_seeded.client(url) as client:
        report = sweep(client)
        assert (report.done, report.refused) == (0 if swept else STEPS, 0)
        deliver(client, LOOPBACK)
        let_leases_run_out(durable_engine)
        deliver(client, LOOPBACK)
        assert sweep(client).done == 0
    assert_whole(durable_engine)
    assert_every_step_happened_once(durable_engine)
    assert_counsel_knows_everything(durable_engine, mailbox)
