"""Processes under test: a clean environment, their standard error read line by line, and ended whatever happens."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENJOIN = [str(Path(sys.executable).with_name("enjoin"))]
SCHEDULER = [sys.executable, "-m", "scheduler"]
SECRET_KEYS = "A" * 43 + "="
"""The key that seals the secrets of counsel in tests: 32 bytes of zero, as the setting has it."""

PATIENCE = 30
"""Seconds that nothing here takes, even on a machine that is busy."""


def environment(**settings: str) -> dict[str, str]:
    """What a process inherits, with these settings of Enjoin and the key of the tests."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ENJOIN_")}
    return inherited | {"ENJOIN_SECRET_KEYS": SECRET_KEYS} | settings


class Watched:
    """A running process and the lines it has logged. What its children log is among them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self._news = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._news:
                self.lines.append(line.rstrip())
                self._news.notify_all()

    def wait_for(self, found: Callable[[str], bool]) -> str:
        """The first line of this kind, whether it is there already or comes."""
        with self._news:
            assert self._news.wait_for(lambda: any(map(found, self.lines)), PATIENCE), self.lines
            return next(filter(found, self.lines))

    def end(self) -> int:
        """Wait until the process and everybody who writes to its log have ended; its exit code."""
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert not self._reader.is_alive(), "a child of it still runs"
        return code

    @property
    def text(self) -> str:
        """Everything it logged so far."""
        return "\n".join(self.lines)


@contextmanager
def started(command: list[str], **settings: str) -> Iterator[Watched]:
    """Run a process for the length of the block."""
    with subprocess.Popen(
        command,
        env=environment(**settings),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        watched = Watched(process)
        try:
            yield watched
        finally:
            process.kill()
            watched.end()


def run(command: list[str], **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a process to its end."""
    return subprocess.run(
        command, env=environment(**settings), cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def children_of(pid: int) -> list[int]:
    """The processes that this one started and that still run."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


def is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked about since does not."""
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.strip()[:1] not in ("", "Z")
