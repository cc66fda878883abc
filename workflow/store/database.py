"""Engines for SQLite and PostgreSQL, so set up that a commit is durable and a reader never waits for the writer.

Parameters are hidden from errors and logs: they hold the free text of events and the secrets of endpoints.
"""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL

LOCK_SECONDS = 5
"""How long a statement waits for somebody else's lock before it gives up."""

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "cache_size=-65536",  # 64 MB: a sweep touches the pages of every case it moves
    "mmap_size=268435456",
    "wal_autocheckpoint=8000",  # 32 MB: one batch would fill the default thousand pages by itself
    "recursive_triggers=ON",  # so that INSERT OR REPLACE cannot go round the triggers that refuse a delete
)


def make_engine(url: str | URL) -> Engine:
    """Make the engine of a SQLite file or a PostgreSQL database; ValueError for any other."""
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _sqlite(parsed)
    if backend == "postgresql":
        return _postgresql(parsed.set(drivername="postgresql+psycopg"))
    raise ValueError(f"a database is sqlite:///… or postgresql://…, not {backend}://")


def reader(engine: Engine) -> Engine:
    """The same engine for reads: on SQLite its transactions take no write lock, elsewhere it changes nothing."""
    return engine.execution_options(sqlite_begin="DEFERRED")


def _sqlite(url: URL) -> Engine:
    if url.database in (None, "", ":memory:"):
        raise ValueError("a SQLite database is a file: one in memory is a new one for every connection")
    patience = {} if "timeout" in url.query else {"timeout": LOCK_SECONDS}
    engine = create_engine(url, pool_size=10, max_overflow=40, connect_args=patience, hide_parameters=True)
    event.listen(engine, "connect", _open_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_sqlite(driver: Any, _record: Any) -> None:
    driver.isolation_level = None  # the driver's own BEGIN would come late and deferred
    for pragma in _PRAGMAS:
        driver.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that comes to write never waits for the lock: it fails at once. So writers begin with it.
    connection.exec_driver_sql("BEGIN " + connection.get_execution_options().get("sqlite_begin", "IMMEDIATE"))


def _postgresql(url: URL) -> Engine:
    options = {} if "options" in url.query else {"options": f"-c lock_timeout={LOCK_SECONDS}s"}
    return create_engine(
        url, pool_pre_ping=True, pool_size=10, max_overflow=20, connect_args=options, hide_parameters=True
    )
