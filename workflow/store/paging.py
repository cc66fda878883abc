"""Pages of a table: in what order, how many, and after which line. Lines that come in between move no page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cmp_to_key
from typing import Any

from sqlalchemy import Select, String, Table, and_, or_, type_coerce

from workflow.store import cursors

Row = Mapping[str, Any]
_READERS = {int: cursors.whole, date: cursors.day, datetime: cursors.instant}


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
class PageOfRows:
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


def page_of(rows: Sequence[Any], paging: Paging, of: Any) -> PageOfRows:
    """The page from what `select_page` found."""
    page = [dict(row) for row in rows[: paging.limit]]
    return PageOfRows(page, _cursor(page[-1], paging, of) if len(rows) > paging.limit else None)


def sorted_page(rows: Iterable[Row], table: Table, paging: Paging, of: Any) -> PageOfRows:
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
    return type_coerce(column, String) if _reader(column.type) is cursors.text else column


def _cursor(row: Row, paging: Paging, of: Any) -> str:
    return cursors.write_cursor([of, paging.sort], row[paging.column], row["id"])


def _read(paging: Paging, table: Table, of: Any) -> tuple[Any, str]:
    """The value and the id of the line a cursor stands after."""
    read = _reader(table.c[paging.column].type)
    value, id = cursors.read_cursor(
        str(paging.cursor), [of, paging.sort], lambda held: None if held is None else read(held), cursors.text
    )
    return value, id


def _reader(type_: Any) -> cursors.Reader:
    kept = getattr(type_, "impl_instance", type_)  # an instant's type stands round the database's own
    return _READERS.get(kept.python_type, cursors.text)
