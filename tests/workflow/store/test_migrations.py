"""One history for both databases, and nothing in the code that it does not know of."""

import threading
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from migrations.run import NotUpToDate, check, current, newest, upgrade
from tests.support.postgres import Server
from workflow.store.columns import METADATA
from workflow.store.database import make_engine

ENUMS = [
    (column, word)
    for table in METADATA.sorted_tables
    for column in table.columns
    if isinstance(column.type, sa.Enum)
    for word in column.type.enums
]


def test_the_code_expects_what_the_migrations_make(engine: Engine) -> None:
    assert check(engine) == []
    assert current(engine) == newest()
    upgrade(engine)


def test_an_empty_database_is_not_up_to_date(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(NotUpToDate):
        check(engine)
    engine.dispose()


def test_upgrades_at_the_same_time_wait_for_each_other(server: Server) -> None:
    url = server.url(server.create(f"raced_{uuid4().hex}"))
    failed: list[BaseException] = []

    def run() -> None:
        engine = make_engine(url)
        try:
            upgrade(engine)
        except BaseException as why:
            failed.append(why)
        finally:
            engine.dispose()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_every_word_is_stored_by_value_and_no_other_is(engine: Engine) -> None:
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")  # no parents needed
            connection.commit()
        for column, word in ENUMS:
            assert insert(connection, column, word) == word
        for column in {column for column, _ in ENUMS}:
            with pytest.raises(DBAPIError):
                insert(connection, column, "no such word")
            connection.rollback()


def insert(connection: sa.Connection, column: sa.Column[Any], word: str) -> str:
    """Insert a row with this word, past SQLAlchemy's own checks, and read the word back as text."""
    table = column.table
    assert isinstance(table, sa.Table)
    row = {each.name: sample(each) for each in table.columns} | {column.name: word}
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(f":{name}" for name in row)
    with connection.begin_nested() as savepoint:
        connection.execute(sa.text(f'INSERT INTO "{table.name}" ({names}) VALUES ({values})'), row)
        found: str = connection.execute(sa.text(f'SELECT "{column.name}" FROM "{table.name}"')).scalar_one()
        savepoint.rollback()
    return found


def sample(column: sa.Column[Any]) -> Any:
    if isinstance(column.type, sa.Enum):
        return column.type.enums[0]
    if isinstance(column.type, sa.Boolean):
        return True
    if isinstance(column.type, sa.Integer):
        return 1
    if isinstance(column.type, sa.Date):
        return "2022-10-19"
    return "2022-10-19 00:00:00.000000" if "at" in column.name.split("_") or column.name.endswith("until") else "x"
