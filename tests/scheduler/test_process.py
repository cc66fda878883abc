import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.scheduler.fake_api import KEY, FakeApi, message, on_a_port, step
from tests.support.receiver import Receiver

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "scheduler"]


def environment(url: str, **more: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ENJOIN_")}
    ours = {"ENJOIN_API_URL": url, "ENJOIN_API_KEY": KEY, "ENJOIN_TICK": "0.1", "ENJOIN_EGRESS_ALLOW": "127.0.0.1"}
    return {name: value for name, value in (inherited | ours | more).items() if value}


def run_once(url: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "--once"], env=environment(url, **more), cwd=ROOT, capture_output=True, text=True, timeout=30
    )


class Watched:
    """A running scheduler and the lines it has logged."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._news:
                self.lines.append(line.rstrip())
                self._news.notify_all()

    def wait_for(self, found: Callable[[str], bool]) -> None:
        with self._news:
            assert self._news.wait_for(lambda: any(map(found, self.lines)), timeout=15), self.lines

    def end(self) -> int:
        code = self.process.wait(timeout=15)
        self._thread.join(timeout=15)
        return code


@contextmanager
def started(command: list[str], url: str, **more: str) -> Iterator[Watched]:
    with subprocess.Popen(
        command, env=environment(url, **more), cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as process:
        watched = Watched(process)
        try:
            yield watched
        finally:
            process.kill()
            watched.end()


def test_once_does_one_round_of_each_and_prints_a_report(mailbox: Receiver) -> None:
    api = FakeApi(due=[step(1), step(2)], refuse={step(2)["step"]}, outbox=[message(1, f"{mailbox.url}/ok")])
    with on_a_port(api) as url:
        result = run_once(url)
    assert (result.returncode, result.stderr) == (0, "")
    report = json.loads(result.stdout)
    assert set(report) == {"sweep", "deliver", "first_request_at", "last_answer_at"}
    assert (report["sweep"]["done"], report["sweep"]["refused"]) == (1, 1)
    assert report["deliver"]["delivered"] == 1
    assert report["first_request_at"] == report["sweep"]["first_request_at"]
    assert report["last_answer_at"] == report["deliver"]["last_answer_at"]


def test_once_with_the_api_away_is_one_sentence() -> None:
    result = run_once("http://127.0.0.1:1")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("GET http://127.0.0.1:1/v1/due: the API cannot be reached")
    assert result.stderr.count("\n") == 1


def test_once_with_a_refused_key_is_one_sentence() -> None:
    with on_a_port(FakeApi(key="another")) as url:
        result = run_once(url)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "refuses the key in ENJOIN_API_KEY" in result.stderr


@pytest.mark.parametrize(
    ("more", "word"), [({"ENJOIN_API_KEY": ""}, "ENJOIN_API_KEY is missing"), ({"ENJOIN_TICKS": "1"}, "ENJOIN_TICK m")]
)
def test_settings_that_are_not_usable_are_one_sentence(more: dict[str, str], word: str) -> None:
    result = run_once("http://127.0.0.1:1", **more)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert word in result.stderr


def test_an_api_that_comes_back_is_caught_up_with() -> None:
    api = FakeApi(due=[step(1)], failures=[httpx.Response(503) for _ in range(6)])
    with on_a_port(api) as url, started(COMMAND, url) as scheduler:
        scheduler.wait_for(lambda line: "sweep: the API is back" in line)
        scheduler.wait_for(lambda line: "deliver: the API is back" in line)
        scheduler.process.send_signal(signal.SIGTERM)
        assert scheduler.end() == 0
    assert not api.due
    assert not any("Traceback" in line for line in scheduler.lines)
    assert sum("trying again at the next tick" in line for line in scheduler.lines) == 6


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_even_while_a_receiver_hangs(mailbox: Receiver, number: signal.Signals) -> None:
    api = FakeApi(due=[step(1)], outbox=[message(1, f"{mailbox.url}/hang", deadline_s=15)])
    with on_a_port(api) as url, started(COMMAND, url) as scheduler:
        scheduler.wait_for(lambda line: "sweep: 1 done" in line)
        while not mailbox.got:
            assert scheduler.process.poll() is None
            mailbox.closing.wait(0.01)
        scheduler.process.send_signal(number)
        assert scheduler.end() == 0
    assert scheduler.lines[-1].endswith("scheduler: stopped")
    assert not any("Traceback" in line for line in scheduler.lines)


def test_a_key_that_is_revoked_while_it_runs_ends_it() -> None:
    api = FakeApi(due=[step(1)])
    with on_a_port(api) as url, started(COMMAND, url) as scheduler:
        scheduler.wait_for(lambda line: "sweep: 1 done" in line)
        api.key = "another"
        assert scheduler.end() == 2
    assert sum("refuses the key" in line for line in scheduler.lines) in (1, 2)


PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-m", "scheduler", "--with-parent", *sys.argv[1:]])
print(child.pid, flush=True)
child.wait()
"""


def test_it_ends_when_its_parent_is_killed() -> None:
    with (
        on_a_port(FakeApi(due=[step(1)])) as url,
        started([sys.executable, "-c", PARENT], url) as parent,
    ):
        parent.wait_for(lambda line: "sweep: 1 done" in line)
        parent.process.kill()
        # Its standard error, which both write to, ends only with the child.
        parent.wait_for(lambda line: "the process that started this one is gone" in line)
        parent.end()
    assert parent.lines[-1].endswith("scheduler: stopped")


def test_it_ends_when_its_parent_died_before_it_looked() -> None:
    with on_a_port(FakeApi()) as url, started([*COMMAND, "--with-parent", "1"], url) as scheduler:
        assert scheduler.end() == 0
