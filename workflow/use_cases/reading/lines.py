"""Lines of lists in the style of everything else: sums with their currency, days from and to, cases by reference."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Connection, Table

from workflow.law.money import decimal_text, decimals
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.use_cases.reading.listing import named_by

_MINOR = "_minor"
_REFERRED: Mapping[str, SubjectKind] = {"case": SubjectKind.CASE, "decision": SubjectKind.DECISION}
"""The columns that hold the id of what has a reference and a title."""


def sortable_by(table: Table, line: type[BaseModel]) -> dict[str, str]:
    """The fields of a line that a list is sorted by, each with its column; a slice by its `from` and its `to`."""
    found: dict[str, str] = {}
    for name in line.model_fields:
        if name == "slice":
            found |= {"from": "from_on", "to": "to_on"}
        else:
            found[name] = name if name in table.columns else name + _MINOR
    return found


def in_style(connection: Connection, rows: Sequence[Mapping[str, Any]], actor: Actor) -> list[dict[str, Any]]:
    """Rows of a list as their lines show them to this actor."""
    ids = {kind: {row[name] for row in rows if row.get(name) is not None} for name, kind in _REFERRED.items()}
    named = named_by(connection, ids, actor) if any(ids.values()) else {}
    return [_line(row, named) for row in rows]


def _line(row: Mapping[str, Any], named: Mapping[SubjectKind, Mapping[str, Mapping[str, str]]]) -> dict[str, Any]:
    said = dict(row)
    for name, kind in _REFERRED.items():
        if row.get(name) is not None:
            said[name] = named[kind][row[name]]
    for name in [each for each in row if each.endswith(_MINOR)]:
        said[name.removesuffix(_MINOR)] = _money(row[name], row["currency"])
    if "from_on" in row:
        said["slice"] = {"from_": row["from_on"], "to": row["to_on"]}
    return said


def _money(minor: int | None, currency: str | None) -> dict[str, str] | None:
    if minor is None or currency is None:
        return None
    return {"amount": decimal_text(minor, decimals(currency)), "currency": currency}
