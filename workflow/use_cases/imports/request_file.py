"""A file of access requests to register: CSV with the columns reference and received_on, a request a line."""

import csv
from collections.abc import Iterator
from io import StringIO

from workflow.law.invalid import InvalidRequest, MemberError, invalid
from workflow.lifecycle.access_request.contents import RequestContent
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.vocabulary import SubjectKind, Trigger
from workflow.use_cases.acting.bodies import read_content

HEADER = ["reference", "received_on"]
MOST = 5_000


@frozen
class RequestLine:
    """A line of the file that could be read."""

    line: int
    order: str
    content: RequestContent


def read_lines(order: str, raw: bytes) -> list[RequestLine]:
    """The lines of a file for an order; InvalidRequest names every line that is wrong, by its number in the file."""
    rows = _rows(raw)
    if len(rows) > MOST:
        raise invalid("/lines", f"at most {MOST:,} requests at once, not {len(rows):,}; send the rest in another file")
    if not rows:
        raise invalid("/lines", "at least one request below the header")
    found: list[RequestLine] = []
    errors: list[MemberError] = []
    first_on: dict[str, int] = {}
    for line, cells in rows:
        try:
            content = _content(line, cells)
        except InvalidRequest as wrong:
            errors += wrong.errors
            continue
        if content.reference in first_on:
            said = f"{content.reference} stands on line {first_on[content.reference]} already"
            errors.append(_wrong(line, said, "reference"))
        first_on.setdefault(content.reference, line)
        found.append(RequestLine(line, order, content))
    if errors:
        raise InvalidRequest(*errors)
    return found


def _rows(raw: bytes) -> list[tuple[int, list[str]]]:
    """The rows below the header with the number of their line; empty lines are passed over."""
    try:
        rows = list(_numbered(raw.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise invalid("/", "text in UTF-8") from None
    except csv.Error as wrong:
        raise invalid("/", f"CSV with commas and double quotes: {wrong}") from None
    header = rows[0][1] if rows else []
    if header != HEADER:
        raise InvalidRequest(_wrong(1, f"the header {','.join(HEADER)}, not {','.join(header)[:60]!r}"))
    return rows[1:]


def _numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of the line each begins on: a cell in quotes may go over several."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    begins = 1
    for cells in reader:
        if cells:
            yield begins, cells
        begins = reader.line_num + 1


def _content(line: int, cells: list[str]) -> RequestContent:
    if len(cells) != len(HEADER):
        raise InvalidRequest(_wrong(line, f"{len(HEADER)} values, {' and '.join(HEADER)}, not {len(cells)}"))
    data = dict(zip(HEADER, cells, strict=True))
    try:
        content: RequestContent = read_content(SubjectKind.ORDER, Trigger.REGISTER_REQUEST, data)
    except InvalidRequest as wrong:
        raise InvalidRequest(*(_wrong(line, each.problem, each.path[1:]) for each in wrong.errors)) from None
    return content


def _wrong(line: int, problem: str, column: str = "") -> MemberError:
    """What is wrong, where a person finds it in the file, beside the path for a machine."""
    where = f"line {line}, column {column}" if column else f"line {line}"
    return MemberError(f"/lines/{line}/{column}".rstrip("/"), f"{where}: {problem}")
