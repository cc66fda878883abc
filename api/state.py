"""What a request needs of the process: the engine for reads, the writer, the register's clock, the options."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from fastapi import Request
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from api.watch import Watch
from workflow.lifecycle.kernel.rules import Actor
from workflow.store.clock import Clock
from workflow.store.files import Files
from workflow.store.sealed import Vault
from workflow.store.unit_of_work import UnitOfWork
from workflow.store.writer import Writer
from workflow.use_cases.views.shared import Viewer

C = TypeVar("C")
A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Options:
    """Plain values the API is given. `check_url` raises ValueError with a reason when an address may not be called.

    `vault` holds the keys that the secrets of endpoints are sealed with, `files` is the folder of attached files.
    """

    check_url: Callable[[str], None]
    vault: Vault
    largest_body: int = 2_000_000
    files: Path = Path("enjoin-files")
    largest_attachment: int = 50_000_000


@dataclass(frozen=True, slots=True)
class State:
    """The parts of the process, for the routes."""

    reader: Engine
    writer: Writer
    clock: Clock
    options: Options
    watch: Watch

    @property
    def now(self) -> datetime:
        """The instant on the register's clock."""
        return self.clock.now()

    @property
    def files(self) -> Files:
        """Where attached files are kept."""
        return Files(self.options.files)

    def viewer(self, actor: Actor) -> Viewer:
        """The reader of an answer."""
        return Viewer(actor, self.now)

    async def write(self, use_case: Callable[[UnitOfWork, C, Actor], A], command: C, actor: Actor) -> A:
        """Have the writer run a use case; the answer comes after its commit. A client that goes away undoes nothing."""
        return await asyncio.shield(asyncio.wrap_future(self.writer.submit(use_case, command, actor)))

    async def write_many(
        self, items: list[tuple[Callable[[UnitOfWork, C, Actor], A], C, Actor]]
    ) -> list[A | BaseException]:
        """Have the writer run many in this order; each answers for itself."""
        futures: list[Future[A]] = self.writer.submit_many(items)

        def answers() -> list[A | BaseException]:
            return [future.exception() or future.result() for future in futures]

        # One thread that waits, in place of a wake-up of the loop for each of hundreds of futures.
        return await run_in_threadpool(answers)


def state_of(request: Request) -> State:
    """The state `create_app` was given."""
    state: State = request.app.state.enjoin
    return state
