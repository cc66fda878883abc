"""Lines of lists in the style of everything else: sums with their currency, days from and to, cases by reference."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Connection, Table, select

from workflow.law.money import decimal_text, decimals
from workflow.store.tables.current import cases, decisions

_MINOR = "_minor"
_REFERRED: Mapping[str, Table] = {"case": cases, "decision": decisions}
"""The columns that hold the id of what has a reference."""


def sortable_by(table: Table, line: type[BaseModel]) -> dict[str, str]:
    """The fields of a line that a list is sorted by, each with its column; a slice by its `from` and its `to`."""
    found: dict[str, str] = {}
    for name in line.model_fields:
        if name == "slice":
            found |= {"from": "from_on", "to": "to_on"}
        else:
            found[name] = name if name in table.columns else name + _MINOR
    return found


def in_style(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a list as their lines show them."""
    references = {name: _references(connection, table, rows, name) for name, table in _REFERRED.items()}
    return [_line(row, references) for row in rows]


def _line(row: Mapping[str, Any], references: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    said = dict(row)
    for name, known in references.items():
        if row.get(name) is not None:
            said[name] = {"id": row[name], "reference": known[row[name]]}
    for name in [each for each in row if each.endswith(_MINOR)]:
        said[name.removesuffix(_MINOR)] = _money(row[name], row["currency"])
    if "from_on" in row:
        said["slice"] = {"from_": row["from_on"], "to": row["to_on"]}
    return said


def _money(minor: int | None, currency: str | None) -> dict[str, str] | None:
    if minor is None or currency is None:
        return None
    return {"amount": decimal_text(minor, decimals(currency)), "currency": currency}


def _references(
    connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]], name: str
) -> Mapping[str, str]:
    ids = {row[name] for row in rows if row.get(name) is not None}
    if not ids:
        return {}
    found = connection.execute(select(table.c.id, table.c.reference).where(table.c.id.in_(ids)))
    return {row.id: row.reference for row in found}
