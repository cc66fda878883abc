"""The sweep: find what is due and pull it. The API decides what is due, and whether it may happen; this only asks."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime

from scheduler.client import ApiClient, ApiDisagrees
from scheduler.wire import JSON, DueStep, StepResult

PAGE = 500
"""Steps asked for and pulled at once: the most that the bulk door takes."""

UNDER_WAY = 2
"""Pages pulled at a time: while the database takes one, the API reads the next."""

PASSES = 50
"""After so many passes the rest waits for the next tick, so that a defect cannot keep one sweep running for ever."""

REFUSALS_SHOWN = 20


def machine_now() -> datetime:
    """Return the machine's clock, in UTC: for durations and reports, never for what day it is in law."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class SweepReport:
    """What one sweep did.

    `done`, `already_done` and `refused` count steps; a refused step counts once, however often it is offered.
    `refusals` holds the first 20 of them with the API's problem. `pages` counts pages that held a step, `passes`
    counts walks through the list, the last of which did nothing. `finished` is False if the sweep was stopped or
    ran out of passes while there was more to do. The instants are the machine's clock.
    """

    done: int
    already_done: int
    refused: int
    refusals: tuple[JSON, ...]
    pages: int
    passes: int
    finished: bool
    first_request_at: datetime
    last_answer_at: datetime

    def to_json(self) -> JSON:
        """Write the report as plain JSON values."""
        return {
            "done": self.done,
            "already_done": self.already_done,
            "refused": self.refused,
            "refusals": list(self.refusals),
            "pages": self.pages,
            "passes": self.passes,
            "finished": self.finished,
            "first_request_at": self.first_request_at.isoformat(),
            "last_answer_at": self.last_answer_at.isoformat(),
        }


def sweep(client: ApiClient, stopping: Callable[[], bool] = lambda: False) -> SweepReport:
    """Pull every step that is due, page by page, until a pass through the list does nothing.

    One act may make the next one due (the expiry, then the proposal), hence further passes. A step that was refused
    is left alone for the rest of the sweep. `stopping` is asked before each page.
    Raises CallFailed; what was done until then is done, and the next sweep finds the rest.
    """
    count = _Count()
    began = machine_now()
    finished = False
    while not finished and count.passes < PASSES:
        count.passes += 1
        done_before = count.done
        if not _pass(client, count, stopping):
            return count.report(began, finished=False)
        finished = count.done == done_before
    return count.report(began, finished=finished)


def _pass(client: ApiClient, count: "_Count", stopping: Callable[[], bool]) -> bool:
    """Walk through the list once, with a few pages under way at a time; whether it came to the end."""
    under_way: deque[tuple[Sequence[DueStep], Future[list[StepResult]]]] = deque()
    finished = True
    with ThreadPoolExecutor(UNDER_WAY, thread_name_prefix="sweep") as pool:
        for page in _pages(client):
            if stopping():
                finished = False
                break
            count.pages += bool(page)
            if steps := [step for step in page if step.step not in count.refused_steps]:
                under_way.append((steps, pool.submit(client.transitions, steps)))
            if len(under_way) == UNDER_WAY:
                count.add(*under_way.popleft())
        while under_way:
            count.add(*under_way.popleft())
    return finished


@dataclass(slots=True)
class _Count:
    done: int = 0
    already_done: int = 0
    pages: int = 0
    passes: int = 0
    refused_steps: set[str] = field(default_factory=set)
    refusals: list[JSON] = field(default_factory=list)

    def add(self, steps: Sequence[DueStep], pulled: Future[list[StepResult]]) -> None:
        """Wait for what became of a page, and count it."""
        for step, result in zip(steps, pulled.result(), strict=True):
            if result.outcome == "done":
                self.done += 1
            elif result.outcome == "already_done":
                self.already_done += 1
            else:
                self.refused_steps.add(step.step)
                if len(self.refusals) < REFUSALS_SHOWN:
                    self.refusals.append(step.to_json() | {"problem": result.problem})

    def report(self, began: datetime, *, finished: bool) -> SweepReport:
        return SweepReport(
            done=self.done,
            already_done=self.already_done,
            refused=len(self.refused_steps),
            refusals=tuple(self.refusals),
            pages=self.pages,
            passes=self.passes,
            finished=finished,
            first_request_at=began,
            last_answer_at=machine_now(),
        )


def _pages(client: ApiClient) -> Iterator[tuple[DueStep, ...]]:
    cursor: str | None = None
    while True:
        page = client.due(PAGE, cursor)
        yield page.steps
        if page.next is None:
            return
        if page.next == cursor:
            raise ApiDisagrees(f"GET /v1/due: the page after cursor {cursor!r} names itself as the next")
        cursor = page.next
