"""Bring a database up to date, or say how it differs. Works from an installed package, without an ini file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from migrations.schema import METADATA, compare_options

_LOCK = 0x656E6A6F  # "enjo": any number, as long as it is ours alone


class NotUpToDate(Exception):
    """The database is not at the newest migration; the text says where it is."""


def upgrade(engine: Engine) -> None:
    """Run what migrations are missing, all in one transaction; of several at once, one works and the others wait."""
    with _exclusive(engine) as connection:
        command.upgrade(_config(connection), "head")


def current(engine: Engine) -> str | None:
    """The revision the database is at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The revision the code expects."""
    return ScriptDirectory.from_config(_config(None)).get_current_head()


def check_revision(engine: Engine) -> None:
    """NotUpToDate when migrations are missing."""
    at, head = current(engine), newest()
    if at != head:
        raise NotUpToDate("empty" if at is None else f"at {at}, the newest migration is {head}")


def check(engine: Engine) -> list[Any]:
    """How the database differs from what the code expects; NotUpToDate when migrations are missing."""
    check_revision(engine)
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection, opts=compare_options()), METADATA))


def revise(engine: Engine, message: str) -> None:
    """Write the next migration from the differences, to be read and cleaned by hand."""
    with _exclusive(engine) as connection:
        command.revision(_config(connection), message, autogenerate=True)


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _exclusive(engine: Engine) -> Iterator[Connection]:
    """One transaction that nobody else migrates beside."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            with _without_foreign_keys(connection), connection.begin():
                yield connection
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                    raise RuntimeError(f"a migration left rows without their parent: {broken[:5]}")
        else:
            with connection.begin():
                connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
                yield connection


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Changing a table on SQLite is making it anew, and dropping the old one would take its children along.

    The switch does nothing inside a transaction, so it is thrown on the driver's connection before one begins.
    """
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
