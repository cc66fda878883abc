"""How the parts are put together: database, writer, clock, API, and the server that runs it in a thread."""

import errno
import gc
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine

from api.app import create_app
from api.state import Options
from enjoin.database import opened
from enjoin.settings import files_beside
from scheduler.egress import Blocked, check_url
from workflow.store.clock import Clock
from workflow.store.sealed import Vault
from workflow.store.writer import Writer


@dataclass(frozen=True, slots=True)
class Register:
    """An authority's register, ready to serve: its database, its writer and its API."""

    engine: Engine
    writer: Writer
    app: FastAPI
    vault: Vault


@contextmanager
def register(
    database_url: str,
    clock: Clock,
    egress_allow: frozenset[str],
    make_writer: Callable[[Engine, Clock], Writer] = Writer,
    secret_keys: str | None = None,
    files: Path | None = None,
    largest_attachment: int = 50_000_000,
) -> Iterator[Register]:
    """Bring the database up to date and put the API over it; everything is closed at the end.

    `secret_keys` are those of the setting; without it a SQLite database has its own in a file beside it, as it has
    its `files`, the folder of what is attached to filings.
    """
    with opened(database_url, clock, secret_keys, make_writer) as database:
        options = Options(
            check_url=partial(_check, allow=egress_allow),
            vault=database.vault,
            files=files or files_beside(database_url),
            largest_attachment=largest_attachment,
        )
        app = create_app(database.engine, database.writer, clock, options)
        yield Register(database.engine, database.writer, app, database.vault)


KEEP_ALIVE_S = 75
"""Longer than any tick: a connection must not be closed just when the scheduler uses it again."""


class CannotServe(Exception):
    """The API cannot be served: the text says why, for whoever started it."""


class Server:
    """The API on a socket, in a thread of this process."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        self._socket = _listen(host, port)
        self.host, self.port = self._socket.getsockname()[:2]
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            lifespan="off",
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=5,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="api", daemon=True
        )

    @property
    def url(self) -> str:
        """Where it answers."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Start, and return when it answers; CannotServe when it does not."""
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                self._socket.close()
                raise CannotServe(f"the API could not start on {self.url}")
            time.sleep(0.005)

    def stop(self) -> None:
        """Let requests under way end, and stop."""
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


@contextmanager
def serving(app: FastAPI, host: str, port: int) -> Iterator[Server]:
    """Serve the API on a host and port (0: a free one) while the block runs."""
    server = Server(app, host, port)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotServe(f"port {port} of {host} is in use; ENJOIN_PORT names another") from None
        raise CannotServe(
            f"no listening on port {port} of {host}: {str(error.strerror).partition(' (while')[0]}"
        ) from None


def settle_memory() -> None:
    """Keep what start-up made out of the collector's rounds: they make the slowest requests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _check(url: str, allow: frozenset[str]) -> None:
    try:
        check_url(url, allow)
    except Blocked as blocked:
        raise ValueError(blocked.reason) from None
