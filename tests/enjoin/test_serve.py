"""`enjoin serve` as people run it: one process with its scheduler as a child, and both end together."""

import os
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import gethostname

import httpx
import pytest
from sqlalchemy import Engine, func, select

from enjoin.clocks import RealClock
from tests.support.processes import ENJOIN, PATIENCE, Watched, children_of, is_running, run, started
from tests.support.receiver import receiver
from tests.support.seeding import DUE_STEPS, FIRST_MESSAGES, TOLD_STEPS, seed, send_to
from workflow.lifecycle.vocabulary import Role
from workflow.store.database import make_engine, reader
from workflow.store.tables.journal import journal
from workflow.store.tables.outbox import MessageState, messages
from workflow.store.verify import verify
from workflow.store.writer import Writer
from workflow.use_cases.accounts.keys import CONSOLE, NewKey, create_key, find_keys


@pytest.fixture
def engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    path = tmp_path / "enjoin.db"
    shutil.copyfile(sqlite_template, path)
    made = make_engine(f"sqlite:///{path}")
    yield made
    made.dispose()


@contextmanager
def serving(engine: Engine, **more: str) -> Iterator[Watched]:
    url = engine.url.render_as_string(hide_password=False)
    settings = {"ENJOIN_PORT": "0", "ENJOIN_TICK": "0.1", "ENJOIN_EGRESS_ALLOW": "127.0.0.1", **more}
    with started([*ENJOIN, "serve"], ENJOIN_DATABASE_URL=url, **settings) as server:
        yield server


def address(server: Watched) -> str:
    """Where it says it serves."""
    return server.wait_for(lambda line: line.startswith("Enjoin serves ")).split()[2]


def child_of(server: Watched) -> int:
    """Its scheduler, once that one takes signals."""
    server.wait_for(lambda line: "scheduler: started: " in line)
    (child,) = children_of(server.process.pid)
    return child


def wait_until_gone(pid: int) -> None:
    end = time.monotonic() + PATIENCE
    while is_running(pid):
        assert time.monotonic() < end
        time.sleep(0.02)


def keys_in_use(engine: Engine) -> list[str]:
    with reader(engine).connect() as connection:
        return [key.name for key in find_keys(connection) if not key.revoked]


def test_it_sweeps_delivers_and_ends_with_its_scheduler(engine: Engine) -> None:
    seed(engine, 1)
    expected = FIRST_MESSAGES + TOLD_STEPS
    with receiver() as counsel, serving(engine) as server:
        send_to(engine, lambda _: f"{counsel.url}/ok")
        url = address(server)
        assert httpx.get(f"{url}/health/ready", trust_env=False).status_code == 200
        server.wait_for(lambda line: f"sweep: {DUE_STEPS} done" in line)
        end = time.monotonic() + PATIENCE
        while pending(engine) and time.monotonic() < end:
            time.sleep(0.02)
        child = child_of(server)
        assert keys_in_use(engine) == ["sweeper", "scheduler"]
        server.process.send_signal(signal.SIGTERM)
        assert server.end() == 0
        wait_until_gone(child)
    assert len({headers["webhook-id"] for _, headers, _ in counsel.got}) == expected
    assert keys_in_use(engine) == ["sweeper"]
    assert "Traceback" not in server.text
    with reader(engine).connect() as connection:
        steps = connection.scalars(select(journal.c.step).where(journal.c.step.is_not(None))).all()
        assert len(set(steps)) == len(steps) == DUE_STEPS
        assert verify(connection) == []


def test_a_scheduler_that_is_killed_stops_the_api(engine: Engine) -> None:
    with serving(engine) as server:
        address(server)
        os.kill(child_of(server), signal.SIGKILL)
        assert server.end() == 1
    assert "the scheduler ended with -9: stopping" in server.lines
    assert keys_in_use(engine) == []
    assert "Traceback" not in server.text


def test_a_scheduler_ends_when_the_api_is_killed(engine: Engine) -> None:
    with serving(engine) as server:
        address(server)
        child = child_of(server)
        server.process.kill()
        assert server.end() == -signal.SIGKILL
        wait_until_gone(child)
    assert any("the process that started this one is gone" in line for line in server.lines)
    assert "Traceback" not in server.text
    with reader(engine).connect() as connection:
        assert verify(connection) == []


def test_the_key_of_a_process_that_was_killed_is_revoked_at_the_next_start(engine: Engine) -> None:
    with serving(engine) as server:
        address(server)
        child = child_of(server)
        server.process.kill()
        server.end()
        wait_until_gone(child)
    assert keys_in_use(engine) == ["scheduler"]
    others = [f"enjoin serve, {gethostname()}, {os.getpid()}", None]
    writer = Writer(engine, RealClock())
    for process in others:
        writer.run(create_key, NewKey("scheduler", frozenset({Role.SCHEDULER}), process), CONSOLE)
    writer.close()
    with serving(engine) as server:
        address(server)
        server.wait_for(lambda line: line.startswith("revoked enjoin_") and f", {gethostname()}, " in line)
        with reader(engine).connect() as connection:
            used = [key.process for key in find_keys(connection) if not key.revoked]
        assert used == [*others, f"enjoin serve, {gethostname()}, {server.process.pid}"]


def test_a_port_in_use_is_one_sentence(engine: Engine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        url = engine.url.render_as_string(hide_password=False)
        result = run([*ENJOIN, "serve"], ENJOIN_PORT=str(port), ENJOIN_DATABASE_URL=url)
    said = f"enjoin: port {port} of 127.0.0.1 is in use; ENJOIN_PORT names another\n"
    assert (result.returncode, result.stdout, result.stderr) == (1, "", said)
    assert keys_in_use(engine) == []


def pending(engine: Engine) -> int:
    """Messages not delivered yet, of those that are to be expected."""
    with reader(engine).connect() as connection:
        delivered = messages.c.state == MessageState.DELIVERED
        found = connection.scalar(select(func.count()).select_from(messages).where(delivered)) or 0
    return FIRST_MESSAGES + TOLD_STEPS - found
