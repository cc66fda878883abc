"""Importing a case with its history: every act through the one door, as on the day it was done.

The journal stays honest: `recorded_at` is now, the legal date that of the act. A line done is marked, so that the same
file can be run again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select

from workflow.law.invalid import InvalidRequest
from workflow.lifecycle.facts import case_id
from workflow.lifecycle.kernel.refusals import Refusal
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.reading.paths import request_at
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.missing import NotFound
from workflow.store.tables.imports import imported_lines
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.imports.import_line import ImportLine, NotImported, do_line, said_of


class Came(StrEnum):
    """What became of a line."""

    DONE = "done"
    ALREADY = "already imported"
    REFUSED = "refused"
    SKIPPED = "skipped"
    NOT_KEPT = "not kept"


@dataclass(frozen=True, slots=True)
class LineResult:
    """What became of a line, and why it did not happen."""

    line: ImportLine
    came: Came
    why: str | None = None


@dataclass(frozen=True, slots=True)
class CaseImport:
    """The lines of one case, in their order."""

    reference: str
    lines: Sequence[ImportLine]


class NothingKept(Exception):
    """A line was refused, so nothing of the case was written in this run; `results` say what each line came to."""

    def __init__(self, results: list[LineResult]) -> None:
        super().__init__("a line was refused")
        self.results = results


def _touched(command: CaseImport) -> list[tuple[SubjectKind, str]]:
    case = case_id(command.reference)
    named = {request_at(case, line.body.to) for line in command.lines}
    return [(SubjectKind.CASE, case), *((SubjectKind.ACCESS_REQUEST, id) for id in sorted(filter(None, named)))]


@touches(cases=_touched, authority=True)
def import_case(uow: UnitOfWork, command: CaseImport, actor: Actor) -> list[LineResult]:
    """Do the lines of a case in turn, all or none: NothingKept when one is refused, so that a mended file runs again.

    Half a case would hold what the mended line can no longer do.
    """
    before, last = _imported(uow, command)
    results: list[LineResult] = []
    done: list[ImportLine] = []
    refused: ImportLine | None = None
    for line in command.lines:
        if line.marker in before:
            results.append(LineResult(line, Came.ALREADY))
        elif refused is not None:
            results.append(LineResult(line, Came.SKIPPED, f"line {refused.number} of the case was refused"))
        else:
            try:
                do_line(uow, line, actor, last)
            except (Refusal, InvalidRequest, NotFound, NotImported) as why:
                refused = line
                results.append(LineResult(line, Came.REFUSED, _said(why, line)))
            else:
                last = line.body.on
                done.append(line)
                results.append(LineResult(line, Came.DONE))
    if refused is not None:
        stopped = f"line {refused.number} of the case was refused"
        raise NothingKept(
            [LineResult(each.line, Came.NOT_KEPT, stopped) if each.came is Came.DONE else each for each in results]
        )
    case = case_id(command.reference)
    rows = [{"marker": each.marker, "case": case, "on": each.body.on, "imported_at": uow.machine_now} for each in done]
    uow.insert(imported_lines, rows)
    return results


def _imported(uow: UnitOfWork, command: CaseImport) -> tuple[set[str], date | None]:
    """The markers of the case's lines that were imported before, and the last day they stood on."""
    at = imported_lines.c
    case = case_id(command.reference)
    markers = uow.connection.scalars(select(at.marker).where(at.case == case))
    return set(markers), uow.connection.scalar(select(func.max(at.on)).where(at.case == case))


def _said(why: Exception, line: ImportLine) -> str:
    if isinstance(why, Refusal):
        return f"{why.code}: {why.detail}"
    return said_of(why, line.columns) if isinstance(why, InvalidRequest) else str(why)
