"""The file of an import as lines: JSON Lines with one act a line, or CSV with one simple case a row."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any

import orjson

from workflow.law.invalid import InvalidRequest
from workflow.lifecycle.vocabulary import Role
from workflow.use_cases.import_case import Line, LineBody
from workflow.use_cases.members import read_body

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


class NotAnImport(Exception):
    """The file is no import at all; the text says why."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that says nothing that could be done, and why; `case` as far as it names one."""

    number: int
    why: str
    case: str | None


def read_lines(file: Path) -> list[Line | Unreadable]:
    """The lines of a file; OSError, or NotAnImport for one that is neither of the two."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAnImport(f"{file} is not UTF-8") from None
    said = _rows(text, file) if file.suffix.lower() == ".csv" else _objects(text)
    roles: dict[str, set[Role]] = {}
    bodies = [(number, each, _body(each)) for number, each in said]
    for _, _, body in bodies:
        if isinstance(body, LineBody):
            roles.setdefault(body.who.account, set()).add(body.who.role)
    seen: Counter[str] = Counter()
    lines: list[Line | Unreadable] = []
    for number, each, body in bodies:
        if isinstance(body, str):
            case = each.get("case") if isinstance(each, Mapping) else None
            lines.append(Unreadable(number, body, case if isinstance(case, str) else None))
            continue
        digest = _digest(body)
        seen[digest] += 1
        marker = sha256(f"{digest}/{seen[digest]}".encode()).hexdigest()
        lines.append(Line(number, marker, body, frozenset(roles[body.who.account])))
    return lines


def _digest(body: LineBody) -> str:
    """The same for the same act, however the line is spaced and its members are ordered."""
    text = dumps(body.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _body(said: Mapping[str, Any] | str) -> LineBody | str:
    if isinstance(said, str):
        return said
    try:
        body: LineBody = read_body(LineBody, said)
    except InvalidRequest as why:
        return str(why)
    return body


def _objects(text: str) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            said = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield number, f"not JSON: {error}"
            continue
        yield number, said if isinstance(said, dict) else "a JSON object, one act a line"


def _rows(text: str, file: Path) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",", strict=True)
    names = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = names
    known = (*REQUIRED, *OPTIONAL)
    for wrong, said in (
        ([name for name in names if name not in known], f"no such column; there are {', '.join(known)}"),
        ([name for name in REQUIRED if name not in names], "this column is missing"),
        ([name for name in names if names.count(name) > 1], "this column stands twice"),
    ):
        if wrong:
            raise NotAnImport(f"{file}: {wrong[0]!r}: {said}")
    try:
        for row in reader:
            yield from _row(reader.line_num, row)
    except csv.Error as error:
        raise NotAnImport(f"{file}: line {reader.line_num}: {error}") from None


def _row(number: int, row: Mapping[Any, Any]) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    """The acts of a simple case: from its opening to its adoption, served and complied with where the row says so."""
    if None in row or None in row.values():
        yield number, f"{'more' if None in row else 'fewer'} cells than there are columns"
        return
    has = OPTIONAL | {name: value.strip() for name, value in row.items() if value.strip()}
    missing = [name for name in REQUIRED if name not in has]
    if missing:
        yield number, f"{', '.join(missing)}: required; the cell is empty"
        return
    for act in _acts(has):
        yield number, {"case": has["reference"], **act}


def _acts(has: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    officer = {"account": has["officer"], "role": "case_officer"}
    decided = {"account": has["decided_by"], "role": "decision_maker"}
    party = {"name": has["party"]} | ({"country": has["country"]} if has["country"] else {})
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


def _draft(has: Mapping[str, str]) -> dict[str, Any]:
    order = {
        "n": 1,
        "kind": has["order_kind"],
        "addressee": 1,
        "ground": has["ground"],
        "nature": has["nature"],
        "limbs": [{"n": 1, "text": has["duty"] or has["order_kind"].replace("_", " ")}],
        **({"period": has["period"]} if has["period"] else {}),
    }
    draft: dict[str, Any] = {
        "reference": has["decision_reference"],
        "language": has["language"],
        "addressees": [1],
        "orders": [order],
    }
    if has["grounds_notified_on"] or has["window_ended_on"]:
        dates = {name: has[name] for name in ("grounds_notified_on", "window_ended_on") if has[name]}
        draft["hearing"] = {**dates, "observations": has["observations"]}
    if has["rate"]:
        names = ("rate", "currency", "per", "assess_after", "assess_every")
        draft["clauses"] = [{"n": 1, "covers": [1], **{name: has[name] for name in names if has[name]}}]
    return draft
