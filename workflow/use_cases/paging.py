"""Pages of a list: in what order, how many, and after which line. Lines that come in between move no page.

A cursor says where a page ended and of which list, with its filters and its order, so that it fits no other. It is no
secret: what it holds is read as strictly as any query.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cmp_to_key
from hashlib import sha256
from typing import Any

from sqlalchemy import Date, Integer, Select, String, Table, and_, or_, type_coerce

from workflow.law.invalid import invalid

Row = Mapping[str, Any]
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page: at most `limit` lines after `cursor`, by the column `sort`, with - before it from the last down."""

    limit: int
    cursor: str | None = None
    sort: str = "id"

    @property
    def column(self) -> str:
        """What is sorted by."""
        return self.sort.removeprefix("-")


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, and the cursor of the page after them, None on the last."""

    rows: Sequence[Row]
    next: str | None


def select_page(query: Select[Any], table: Table, paging: Paging, of: Any) -> Select[Any]:
    """The query for a page and one row more; lines without a value come last. InvalidRequest for a wrong cursor."""
    column, id = _comparable(table, paging.column), table.c.id
    down = paging.sort.startswith("-")
    if paging.cursor is not None:
        value, last = _read(paging, table, of)
        tie = and_(column.is_(None) if value is None else column == value, id > last)
        beyond = [] if value is None else [column < value if down else column > value, column.is_(None)]
        query = query.where(or_(tie, *beyond))
    order = column.desc() if down else column
    return query.order_by(column.is_(None), order, id).limit(paging.limit + 1)


def page_of(rows: Sequence[Any], paging: Paging, of: Any) -> Page:
    """The page from what `select_page` found."""
    page = [dict(row) for row in rows[: paging.limit]]
    return Page(page, _cursor(page[-1], paging, of) if len(rows) > paging.limit else None)


def sorted_page(rows: Iterable[Row], table: Table, paging: Paging, of: Any) -> Page:
    """The same page, from rows that are in no table."""
    down = paging.sort.startswith("-")

    def compare(one: tuple[Any, str], other: tuple[Any, str]) -> int:
        if one[0] == other[0]:
            return -1 if one[1] < other[1] else int(one[1] > other[1])
        if one[0] is None or other[0] is None:
            return 1 if one[0] is None else -1
        return 1 if (one[0] < other[0]) is down else -1

    def place(row: Row) -> tuple[Any, str]:
        return row[paging.column], row["id"]

    if paging.cursor is not None:
        after = _read(paging, table, of)
        rows = [row for row in rows if compare(place(row), after) > 0]
    found = sorted(rows, key=lambda row: cmp_to_key(compare)(place(row)))
    return page_of(found[: paging.limit + 1], paging, of)


def _comparable(table: Table, name: str) -> Any:
    """A column to sort by: words as the text they are kept as."""
    column = table.c[name]
    return column if isinstance(column.type, Date | Integer) else type_coerce(column, String)


def _cursor(row: Row, paging: Paging, of: Any) -> str:
    value = row[paging.column]
    held = [_list(paging, of), value.isoformat() if isinstance(value, date) else value, row["id"]]
    return urlsafe_b64encode(json.dumps(held).encode()).decode().rstrip("=")


def _read(paging: Paging, table: Table, of: Any) -> tuple[Any, str]:
    """The value and the id of the line a cursor stands after."""
    cursor = str(paging.cursor)
    try:
        held = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        list_, value, id = held
        if not _is_text(list_) or not _is_text(id):
            raise ValueError(cursor)
        found = _value(value, table.c[paging.column].type)
    except (ValueError, TypeError, RecursionError):
        raise invalid("/query/cursor", f"no cursor; {_WAY_OUT}") from None
    if list_ != _list(paging, of):
        raise invalid("/query/cursor", f"a cursor of this list with these filters and this sort; {_WAY_OUT}")
    return found, id


_WAY_OUT = "take it from `next` of the page before, or leave it out for the first page"


def _value(value: Any, type_: Any) -> Any:
    """The value a cursor holds, as its column compares it; ValueError for one that it never had."""
    if value is None:
        return None
    if isinstance(type_, Date):
        return date.fromisoformat(value)
    if isinstance(type_, Integer) and type(value) is int and abs(value) <= _LARGEST:
        return value
    if not isinstance(type_, Integer) and _is_text(value):
        return value
    raise ValueError(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable()


def _list(paging: Paging, of: Any) -> str:
    """Which list a cursor belongs to, in a few characters."""
    text = json.dumps([paging.sort, of], sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()[:16]
