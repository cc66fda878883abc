"""The file of an import as lines: JSON Lines with one act a line, or CSV with one simple case a row."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from json import dumps, loads
from pathlib import Path
from typing import Any

from enjoin.import_rows import NotRows, Said, read_rows
from workflow.law.invalid import InvalidRequest
from workflow.lifecycle.vocabulary import Role
from workflow.use_cases.acting.body_types import read_body
from workflow.use_cases.acting.strict_json import NotJSON, read_json
from workflow.use_cases.imports.import_line import ImportLine, LineBody, said_of

_ACT = {"case", "on", "who", "do"}
"""What every act has."""


class NotAnImport(Exception):
    """The file is no import at all; the text says why."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that says nothing that could be done, and why; `case` as far as it names one."""

    number: int
    why: str
    case: str | None


def read_lines(file: Path) -> list[ImportLine | Unreadable]:
    """The lines of a file; OSError, or NotAnImport for one that is neither of the two."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAnImport(f"{file} is not UTF-8") from None
    said = _rows(text, file) if file.suffix.lower() == ".csv" else _objects(text, file)
    roles: dict[str, set[Role]] = {}
    bodies = [(each, _body(each)) for each in said]
    for _, body in bodies:
        if isinstance(body, LineBody):
            roles.setdefault(body.who.account, set()).add(body.who.role)
    seen: Counter[str] = Counter()
    lines: list[ImportLine | Unreadable] = []
    for each, body in bodies:
        if isinstance(body, str):
            lines.append(Unreadable(each.number, body, each.case))
            continue
        digest = _digest(body)
        seen[digest] += 1
        marker = sha256(f"{digest}/{seen[digest]}".encode()).hexdigest()
        lines.append(ImportLine(each.number, marker, body, frozenset(roles[body.who.account]), each.columns))
    return lines


def _digest(body: LineBody) -> str:
    """The same for the same act, however the line is spaced and its members are ordered."""
    text = dumps(body.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


def _body(said: Said) -> LineBody | str:
    if isinstance(said.act, str):
        return said.act
    try:
        body: LineBody = read_body(LineBody, said.act)
    except InvalidRequest as why:
        return said_of(why, said.columns)
    return body


def _objects(text: str, file: Path) -> Sequence[Said]:
    """The lines of JSON Lines; NotAnImport for a file of which not one is an act, so that it says so once."""
    said = [_said(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if said and not any(isinstance(each.act, Mapping) and each.act.keys() >= _ACT for each in said):
        first = said[0]
        why = first.act if isinstance(first.act, str) else f"it lacks {', '.join(sorted(_ACT - first.act.keys()))}"
        raise NotAnImport(
            f"{file} is no import: no line is a JSON object with case, on, who and do (line {first.number}: {why}); "
            "a table of simple cases ends in .csv; docs/import.md describes both"
        )
    return said


def _said(number: int, line: str) -> Said:
    try:
        act = read_json(line.encode())
    except NotJSON as why:
        return Said(number, f"not JSON: {why}".replace(" at line 1, column ", " at column "))
    except InvalidRequest as twice:
        act = loads(line)
        return Said(number, said_of(twice, {}), case=_case(act))
    return Said(number, act if isinstance(act, dict) else "a JSON object, one act a line", case=_case(act))


def _case(act: Any) -> str | None:
    case = act.get("case") if isinstance(act, dict) else None
    return case if isinstance(case, str) else None


def _rows(text: str, file: Path) -> Sequence[Said]:
    try:
        return list(read_rows(text))
    except NotRows as why:
        raise NotAnImport(f"{file}: {why}") from None
