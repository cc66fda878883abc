"""An API that kills itself in the middle of a batch.

    python -m tests.faults.api_process

reads lines of JSON, `{"url": …, "hook": "before" | "after", "nth": 2}`. For each it forks an API over that database,
whose writer ends the process with SIGKILL before or after the commit of its n-th batch. It prints where that API
answers, and when it has ended, how. Forked, since importing the API takes longer than everything else that it does.
"""

import json
import os
import signal
import sys
import time
from functools import partial

from sqlalchemy import Engine

from enjoin.clocks import RealClock
from enjoin.wiring import register, serving
from tests.support.processes import PATIENCE, SECRET_KEYS
from workflow.store.clock import Clock
from workflow.store.writer import Writer

NOT_KILLED = 3


class KillingWriter(Writer):
    """A writer that ends its process when it has written its n-th batch: `before` that commit, or `after` it."""

    def __init__(self, engine: Engine, clock: Clock, *, hook: str, nth: int) -> None:
        super().__init__(engine, clock)
        self._hook = hook
        self._left = nth

    def _before_commit(self) -> None:
        self._left -= 1
        self._kill_at("before")

    def _after_commit(self) -> None:
        self._kill_at("after")

    def _kill_at(self, hook: str) -> None:
        if self._left == 0 and self._hook == hook:
            os.kill(os.getpid(), signal.SIGKILL)


def serve(url: str, hook: str, nth: int) -> None:
    """Serve until the writer ends it all, or until nobody has patience any more."""
    writer = partial(KillingWriter, hook=hook, nth=nth)
    with (
        register(url, RealClock(), frozenset({"127.0.0.1"}), writer, SECRET_KEYS) as parts,
        serving(parts.app, "127.0.0.1", 0) as server,
    ):
        say({"url": server.url})
        time.sleep(PATIENCE)


def say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    for line in iter(sys.stdin.readline, ""):
        child = os.fork()
        if child == 0:
            try:
                serve(**json.loads(line))
            finally:
                os._exit(NOT_KILLED)
        _, status = os.waitpid(child, 0)
        say({"ended": os.waitstatus_to_exitcode(status)})


if __name__ == "__main__":
    main()
