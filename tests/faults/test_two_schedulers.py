"""The sweep twice in a row, two scheduler processes at once, two APIs at once: every step happens once."""

import json
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

import pytest
from sqlalchemy import Engine, select

from scheduler.escalate import SweepReport, sweep
from tests.faults.afterwards import (
    MESSAGES,
    STEPS,
    assert_counsel_knows_everything,
    assert_every_step_happened_once,
    assert_whole,
)
from tests.faults.conftest import Seeded
from tests.support.processes import PATIENCE, ROOT, SCHEDULER, environment
from tests.support.receiver import Receiver
from tests.support.seeding import send_to
from workflow.store.database import reader
from workflow.store.tables.journal import case_head

pytestmark = pytest.mark.long


def heads(engine: Engine) -> list[tuple[str, str]]:
    """The end of every chain."""
    with reader(engine).connect() as connection:
        return [(row.case, row.hash) for row in connection.execute(select(case_head).order_by(case_head.c.case))]


def test_a_second_sweep_changes_nothing(seeded: Seeded, engine: Engine) -> None:
    with seeded.serving() as url, seeded.client(url) as client:
        first = sweep(client)
        assert (first.done, first.already_done, first.refused, first.finished) == (STEPS, 0, 0, True)
        after = heads(engine)
        second = sweep(client)
        assert (second.done, second.already_done, second.refused, second.pages) == (0, 0, 0, 0)
    assert heads(engine) == after
    assert_every_step_happened_once(engine)
    assert_whole(engine)


def test_steps_posted_twice_are_told_by_whom_they_were_done(seeded: Seeded, engine: Engine) -> None:
    with seeded.serving() as url, seeded.client(url) as client:
        steps = client.due(500).steps
        assert Counter(result.outcome for result in client.transitions(steps)) == {"done": STEPS}
        after = heads(engine)
        assert Counter(result.outcome for result in client.transitions(steps)) == {"already_done": STEPS}
    assert heads(engine) == after


def test_two_scheduler_processes_at_once_do_each_step_and_each_delivery_once(
    seeded: Seeded, engine: Engine, mailbox: Receiver
) -> None:
    send_to(engine, lambda _: f"{mailbox.url}/ok")
    with seeded.serving() as url:
        settings = {"ENJOIN_API_URL": url, "ENJOIN_API_KEY": seeded.key, "ENJOIN_EGRESS_ALLOW": "127.0.0.1"}
        reports = [ended(process) for process in [once(settings), once(settings)]]
        assert sum(report["sweep"]["done"] for report in reports) == STEPS
        assert [report["sweep"]["refused"] for report in reports] == [0, 0]
        assert sum(report["deliver"]["delivered"] for report in reports) == MESSAGES
        after = heads(engine)
        third = ended(once(settings))
        assert (third["sweep"]["done"], third["sweep"]["already_done"], third["deliver"]["leased"]) == (0, 0, 0)
    assert heads(engine) == after
    assert len(mailbox.got) == MESSAGES
    assert_every_step_happened_once(engine)
    assert_counsel_knows_everything(engine, mailbox)
    assert_whole(engine)


def test_two_apis_over_one_postgresql_do_each_step_once(seeded: Seeded, engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        return  # one API process there
    together = Barrier(2)

    def begin(url: str) -> SweepReport:
        with seeded.client(url) as client:
            together.wait(PATIENCE)
            return sweep(client)

    with ExitStack() as apis, ThreadPoolExecutor(2) as threads:
        urls = [apis.enter_context(seeded.serving()) for _ in range(2)]
        reports = list(threads.map(begin, urls))
    assert sum(report.done for report in reports) == STEPS
    assert [report.refused for report in reports] == [0, 0]
    assert_every_step_happened_once(engine)
    assert_whole(engine)


def once(settings: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*SCHEDULER, "--once"],
        env=environment(**settings),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> dict[str, dict[str, int]]:
    """The report of a scheduler that ran once."""
    with process:
        printed, complained = process.communicate(timeout=PATIENCE)
    assert (process.returncode, complained) == (0, "")
    report: dict[str, dict[str, int]] = json.loads(printed)
    return report
