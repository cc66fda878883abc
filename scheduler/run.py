"""The scheduler as a process: two jobs on a clock, until it is told to stop.

It keeps nothing: no job store, no list of what is pending. A missed tick costs nothing, as the next one finds all that
is due then, and a second scheduler beside it does no harm.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable

from apscheduler.events import EVENT_SCHEDULER_STARTED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.base import SchedulerNotRunningError
from apscheduler.schedulers.blocking import BlockingScheduler

from scheduler.client import ApiAway, ApiClient, CallFailed, KeyRefused
from scheduler.deliver import deliver
from scheduler.escalate import machine_now, sweep
from scheduler.settings import Settings
from scheduler.wire import JSON

OK, API_FAILED, KEY_REFUSED = 0, 1, 2
"""Exit codes."""

PARENT_EVERY_S = 1
LEFT_ALONE_S = 60
"""An API that asks to be left alone (`Retry-After`) is, for so many seconds at most."""

_log = logging.getLogger("scheduler")


def once(settings: Settings, client: ApiClient) -> JSON:
    """Do one sweep and one delivery round, and report both. Raises CallFailed."""
    swept = sweep(client)
    delivered = deliver(client, settings.egress_allow, concurrency=settings.concurrency)
    return {
        "sweep": swept.to_json(),
        "deliver": delivered.to_json(),
        "first_request_at": swept.first_request_at.isoformat(),
        "last_answer_at": delivered.last_answer_at.isoformat(),
    }


def run(settings: Settings, client: ApiClient, parent: int | None = None) -> int:
    """Sweep and deliver at every tick until SIGTERM or SIGINT; returns the exit code.

    The API being away is one line in the log and another try at the next tick; a refused key ends the process, as it
    will be refused the next time too. With `parent`, the process also ends when that process is no longer its parent.
    Must be called in the main thread.
    """
    return Clockwork(settings, client).run(parent)


class Clockwork:
    """The two jobs and their clock."""

    def __init__(self, settings: Settings, client: ApiClient) -> None:
        self._settings = settings
        self._client = client
        self._stopping = threading.Event()
        self._code = OK
        self._away: set[str] = set()
        self._left_alone_until = 0.0
        self._scheduler = BlockingScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(4)},
            # By default a tick that comes a second late, on a machine that was asleep, would not run at all.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def run(self, parent: int | None = None) -> int:
        """Run until stopped; returns the exit code."""
        tick = self._settings.tick
        self._every(tick, "sweep", lambda: self._job("sweep", self._sweep))
        self._every(tick, "deliver", lambda: self._job("deliver", self._deliver))
        if parent is not None:
            self._every(PARENT_EVERY_S, "parent", lambda: self._check_parent(parent))
        # Not earlier: a signal that came before the scheduler runs would find nothing to shut down.
        self._scheduler.add_listener(lambda _: self._take_signals(), EVENT_SCHEDULER_STARTED)
        self._scheduler.start()
        _log.info("stopped")
        return self._code

    def stop(self, code: int = OK) -> None:
        """Begin to stop, from any thread: what is under way is brought to an end within a few seconds."""
        if not self._stopping.is_set():
            self._stopping.set()
            self._code = code
            # A thread of its own: a job cannot wait for itself, and in a signal handler the main thread may hold the
            # very lock that shutting down needs.
            threading.Thread(target=self._shut_down, name="stop").start()

    def _shut_down(self) -> None:
        try:
            self._scheduler.shutdown(wait=True)
        except SchedulerNotRunningError:
            _log.debug("stopped already")

    def _take_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        _log.info("started: %s, a look every %g s", self._settings.api_url, self._settings.tick)

    def _every(self, seconds: float, name: str, job: Callable[[], None]) -> None:
        self._scheduler.add_job(job, "interval", seconds=seconds, id=name, next_run_time=machine_now())

    def _job(self, name: str, work: Callable[[], None]) -> None:
        if self._stopping.is_set() or time.monotonic() < self._left_alone_until:
            return
        try:
            work()
        except ApiAway as error:
            self._away.add(name)
            self._left_alone_until = time.monotonic() + min(error.retry_after_s or 0, LEFT_ALONE_S)
            _log.warning("%s: %s; trying again at the next tick", name, error)
        except KeyRefused as error:
            if not self._stopping.is_set():
                _log.error("%s: %s", name, error)
                self.stop(KEY_REFUSED)
        except CallFailed as error:
            _log.error("%s: %s", name, error)
        except Exception:  # whatever it is, the next tick tries again
            _log.exception("%s failed", name)
        else:
            if name in self._away:
                self._away.discard(name)
                _log.info("%s: the API is back", name)

    def _sweep(self) -> None:
        report = sweep(self._client, self._stopping.is_set)
        for refusal in report.refusals:
            _log.warning("sweep: a step that was due is refused: %s", refusal)
        if report.done or report.already_done or report.refused:
            _log.info("sweep: %d done, %d done already, %d refused", report.done, report.already_done, report.refused)

    def _deliver(self) -> None:
        settings = self._settings
        report = deliver(
            self._client, settings.egress_allow, concurrency=settings.concurrency, stopping=self._stopping.is_set
        )
        if report.leased:
            _log.info("deliver: %d leased, %d delivered, %d failed", report.leased, report.delivered, report.failed)

    def _check_parent(self, parent: int) -> None:
        if os.getppid() != parent:
            _log.warning("the process that started this one is gone")
            self.stop()
