"""One simple case a row of CSV, as the acts of an import: from its opening to its adoption, service and compliance."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

REQUIRED = (
    "reference",
    "regime",
    "opened_on",
    "party",
    "decision_reference",
    "adopted_on",
    "order_kind",
    "officer",
    "decided_by",
)
OPTIONAL: dict[str, str] = {
    "country": "",
    "language": "en",
    "ground": "GDPR art. 58(2)",
    "nature": "result",
    "duty": "",
    "period": "",
    "grounds_notified_on": "",
    "window_ended_on": "",
    "observations": "none_received",
    "rate": "",
    "currency": "EUR",
    "per": "P1D",
    "assess_after": "",
    "assess_every": "",
    "served_on": "",
    "channel": "registered_letter",
    "registrar": "",
    "complied_on": "",
    "confirmed_by": "",
}


class NotRows(Exception):
    """The text is no table of cases; its own text says why."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a line of a file says, or why it says nothing; `case` as far as it names one.

    `columns` has the column each member came from, by its path.
    """

    number: int
    act: Mapping[str, Any] | str
    case: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


class Cell(str):
    """What stands in a cell, with the name of its column."""

    column: str

    def __new__(cls, column: str, text: str) -> "Cell":
        """The text of a cell of this column."""
        cell = super().__new__(cls, text)
        cell.column = column
        return cell


def read_rows(text: str) -> Iterator[Said]:
    """The acts of each row, by the line the row begins on; NotRows for what has no such table."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    begins = 1
    names: list[str] = []
    try:
        for cells in reader:
            if not names:
                names = _columns(cells)
            elif cells:
                yield from _row(begins, names, cells)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise NotRows(f"line {begins}: {error}") from None
    if not names:
        raise NotRows("there is no row that names the columns")


def _columns(cells: list[str]) -> list[str]:
    names = [name.strip() for name in cells]
    known = (*REQUIRED, *OPTIONAL)
    for wrong, said in (
        ([name for name in names if name not in known], f"no such column; there are {', '.join(known)}"),
        ([name for name in REQUIRED if name not in names], "this column is missing"),
        ([name for name in names if names.count(name) > 1], "this column stands twice"),
    ):
        if wrong:
            raise NotRows(f"{wrong[0]!r}: {said}")
    return names


def _row(number: int, names: list[str], cells: list[str]) -> Iterator[Said]:
    if len(cells) != len(names):
        yield Said(number, f"{len(cells)} cells, and {len(names)} columns")
        return
    given = {name: cell.strip() for name, cell in zip(names, cells, strict=True) if cell.strip()}
    missing = [name for name in REQUIRED if name not in given]
    if missing:
        yield Said(number, f"column {', '.join(missing)}: required; the cell is empty", given.get("reference"))
        return
    has = {name: Cell(name, text) for name, text in (OPTIONAL | given).items()}
    for act in _acts(has):
        columns: dict[str, str] = {}
        plain = _plain({"case": has["reference"], **act}, "", columns)
        yield Said(number, plain, has["reference"], columns)


def _plain(value: Any, path: str, columns: dict[str, str]) -> Any:
    """The value without its cells, whose columns are taken down by their paths; an empty cell is a member left out."""
    if isinstance(value, Cell):
        columns[path] = value.column
        return str(value)
    if isinstance(value, dict):
        members = {name: _plain(member, f"{path}/{name}", columns) for name, member in value.items()}
        return {name: member for name, member in members.items() if member != ""}
    if isinstance(value, list):
        return [_plain(member, f"{path}/{n}", columns) for n, member in enumerate(value)]
    return value


def _acts(has: Mapping[str, Cell]) -> Iterator[dict[str, Any]]:
    officer = {"account": has["officer"], "role": "case_officer"}
    decided = {"account": has["decided_by"], "role": "decision_maker"}
    party = {"name": has["party"], "country": has["country"]}
    opening = {"regime": has["regime"], "opened_on": has["opened_on"], "parties": [party]}
    yield {"on": has["opened_on"], "who": officer, "do": "open", "data": opening}
    yield {"on": has["adopted_on"], "who": officer, "do": "draft", "data": _draft(has)}
    yield {"on": has["adopted_on"], "who": officer, "do": "submit", "to": "decision"}
    yield {"on": has["adopted_on"], "who": decided, "do": "adopt", "to": "decision"}
    if has["served_on"]:
        who = {"account": has["registrar"], "role": "registrar"}
        data = {"addressee": 1, "served_on": has["served_on"], "channel": has["channel"]}
        yield {"on": has["served_on"], "who": who, "do": "record_service", "to": "decision", "data": data}
    if has["complied_on"]:
        on = has["complied_on"]
        yield {"on": on, "who": officer, "do": "accept_compliance", "to": "order/1", "data": {"complied_on": on}}
        head = {"account": has["confirmed_by"], "role": "head_of_enforcement"}
        yield {"on": on, "who": head, "do": "confirm", "to": "order/1"}


def _draft(has: Mapping[str, Cell]) -> dict[str, Any]:
    order = {
        "n": 1,
        "kind": has["order_kind"],
        "addressee": 1,
        "ground": has["ground"],
        "nature": has["nature"],
        "limbs": [{"n": 1, "text": has["duty"] or has["order_kind"].replace("_", " ")}],
        "period": has["period"],
    }
    draft: dict[str, Any] = {
        "reference": has["decision_reference"],
        "language": has["language"],
        "addressees": [1],
        "orders": [order],
    }
    if has["grounds_notified_on"] or has["window_ended_on"]:
        draft["hearing"] = {name: has[name] for name in ("grounds_notified_on", "window_ended_on", "observations")}
    if has["rate"]:
        names = ("rate", "currency", "per", "assess_after", "assess_every")
        draft["clauses"] = [{"n": 1, "covers": [1], **{name: has[name] for name in names}}]
    return draft
