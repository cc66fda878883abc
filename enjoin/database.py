"""The database of a register: brought up to date, with the keys of its secrets and the writer of this process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from enjoin.complaints import file_of
from enjoin.secret_keys import vault_of
from migrations.run import upgrade
from workflow.law.regime import regimes
from workflow.store.clock import Clock
from workflow.store.database import make_engine
from workflow.store.sealed import Vault
from workflow.store.writer import Writer


@dataclass(frozen=True, slots=True)
class Database:
    """A database that is up to date, and what writes to it."""

    engine: Engine
    writer: Writer
    vault: Vault


@contextmanager
def opened(
    database_url: str,
    clock: Clock,
    secret_keys: str | None = None,
    make_writer: Callable[[Engine, Clock], Writer] = Writer,
) -> Iterator[Database]:
    """Bring the database up to date; everything is closed at the end.

    `secret_keys` are those of the setting; without it a SQLite database has its own in a file beside it.
    """
    regimes()  # the law is read before anything is done: a file that is wrong stops everything
    make_private(database_url)
    vault = vault_of(database_url, secret_keys)
    engine = make_engine(database_url)
    try:
        upgrade(engine)
        writer = make_writer(engine, clock)
        try:
            yield Database(engine, writer, vault)
        finally:
            writer.close()
    finally:
        engine.dispose()


def make_private(database_url: str) -> None:
    """Make the file of a new SQLite database for its owner's eyes alone: it holds names, and secrets of webhooks."""
    file = file_of(database_url)
    if file is not None and Path(file).parent.is_dir():
        Path(file).touch(mode=0o600, exist_ok=True)
