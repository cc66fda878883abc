"""Many rows in one statement: what a batch writes with, and how it asks about many texts.

PostgreSQL takes the rows as one JSON text, which costs neither a parameter nor a statement a row; SQLite has no way
to the server to save and takes them one by one in one prepared statement. Rows hold all columns of their table.

Many texts to look for are one parameter however many there are, so that the statement stays the same: a list of
parameters is rendered, sent and planned anew for each length, and a sweep asks about five hundred cases at once.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import orjson
from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Connection,
    Dialect,
    Executable,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    text,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

Row = dict[str, Any]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add rows; a row that is there already is an error."""
    if rows:
        _write(connection, _json_insert(table) if _takes_json(connection) else insert(table), rows)


def upsert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add rows, or put them in the place of those with the same key. No key may come twice."""
    if rows:
        _write(connection, _json_upsert(table) if _takes_json(connection) else _upsert(table), rows)


def insert_missing(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add the rows that are not there yet."""
    if rows:
        _write(connection, _json_missing(table) if _takes_json(connection) else _missing(table), rows)


def delete_rows(connection: Connection, table: Table, keys: Sequence[str]) -> None:
    """Remove the rows with these keys."""
    (key,) = table.primary_key.columns
    if keys:
        connection.execute(delete(table).where(one_of(key, "keys")), {"keys": list(keys)})


def _takes_json(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _write(connection: Connection, statement: Executable, rows: Sequence[Row]) -> None:
    if _takes_json(connection):
        connection.execute(statement, {"rows": orjson.dumps(rows).decode()})
    else:
        connection.execute(statement, rows)


@cache
def _missing(table: Table) -> Executable:
    return sqlite.insert(table).on_conflict_do_nothing()


@cache
def _upsert(table: Table) -> Executable:
    statement = sqlite.insert(table)
    key, others = _columns(table)
    return statement.on_conflict_do_update(index_elements=key, set_={name: statement.excluded[name] for name in others})


@cache
def _json_insert(table: Table) -> Executable:
    return text(_json_insert_text(table))


@cache
def _json_missing(table: Table) -> Executable:
    return text(f"{_json_insert_text(table)} ON CONFLICT DO NOTHING")


@cache
def _json_upsert(table: Table) -> Executable:
    key, others = _columns(table)
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in others)
    return text(f"{_json_insert_text(table)} ON CONFLICT ({_names(key)}) DO UPDATE SET {changes}")


def _json_insert_text(table: Table) -> str:
    names = _names([column.name for column in table.columns])
    source = f'json_populate_recordset(CAST(NULL AS "{table.name}"), CAST(:rows AS json))'
    return f'INSERT INTO "{table.name}" ({names}) SELECT {names} FROM {source}'  # noqa: S608  names of our own schema


def _columns(table: Table) -> tuple[list[str], list[str]]:
    key = [column.name for column in table.primary_key.columns]
    return key, [column.name for column in table.columns if column.name not in key]


def _names(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


class _Texts(TypeDecorator[Sequence[str]]):
    """Many texts as one parameter: an array for PostgreSQL, a JSON text for SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(Text()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> Any:
        texts = list(value or ())
        return texts if dialect.name == "postgresql" else orjson.dumps(texts).decode()


class _OneOf(FunctionElement[bool]):
    name = "one_of"
    type = Boolean()
    inherit_cache = True
    # SQLite would be asked whether it equals 1, and then look through the whole table.
    _is_implicitly_boolean = True


def one_of(column: ColumnElement[Any], parameter: str) -> _OneOf:
    """The column is one of the texts given as this parameter."""
    return _OneOf(column, bindparam(parameter, type_=_Texts()))


@compiles(_OneOf, "postgresql")
def _in_array(element: _OneOf, compiler: SQLCompiler, **options: Any) -> str:
    column, texts = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} = ANY ({texts})"


@compiles(_OneOf, "sqlite")
def _in_json(element: _OneOf, compiler: SQLCompiler, **options: Any) -> str:
    column, texts = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({texts}))"  # noqa: S608  the texts are a parameter
