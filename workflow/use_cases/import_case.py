"""Importing a case with its history: every act through the one door, as on the day it was done.

The door is asked as on the act's day, so what was not yet due then is refused. The journal stays honest: `recorded_at`
is now, the legal date that of the act. Nobody adopts what they drafted, in an import as anywhere: each line names the
account that acted. A line done is marked, so that the same file can be run again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from json import loads
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import func, select

from workflow.law.invalid import InvalidRequest, invalid
from workflow.law.ladder import local_day
from workflow.law.regime import regime
from workflow.lifecycle.events import Subject
from workflow.lifecycle.facts import CaseFacts, case_id, request_id
from workflow.lifecycle.paths import request_at, subject_at
from workflow.lifecycle.refusals import Refusal
from workflow.lifecycle.rules import Actor
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger
from workflow.store.missing import NotFound
from workflow.store.tables.access import accounts
from workflow.store.tables.current import access_requests
from workflow.store.tables.imports import imported_lines
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.advance import Transition, advance_on
from workflow.use_cases.bodies import CaseBody
from workflow.use_cases.keys import NewKey, account_for
from workflow.use_cases.members import Body, IsoDate, Name, Words, read_body
from workflow.use_cases.open_case import open_case_on

_ACCOUNT = "account:"


class WhoBody(Body):
    """The account that acted, and in which role."""

    account: Name
    role: Role


class LineBody(Body):
    """One act of the past. `to` is the thing it was done to, by its path: order/2, decision; `case` if left out."""

    case: Name
    on: IsoDate
    who: WhoBody
    do: Name
    to: Name = "case"
    data: Annotated[dict[str, Any], Field(default_factory=dict)]
    reason: Words | None = None
    effective_on: IsoDate | None = None
    assumed: Annotated[tuple[Name, ...], Field(max_length=50)] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an import: its number, its marker, what it says, and every role its account has in the import.

    `columns`: of a row of a table, the column each member came from, by its path.
    """

    number: int
    marker: str
    body: LineBody
    roles: frozenset[Role]
    columns: Mapping[str, str] = field(default_factory=dict)


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

    line: Line
    came: Came
    why: str | None = None


@dataclass(frozen=True, slots=True)
class CaseImport:
    """The lines of one case, in their order."""

    reference: str
    lines: Sequence[Line]


class NothingKept(Exception):
    """A line was refused, so nothing of the case was written in this run; `results` say what each line came to."""

    def __init__(self, results: list[LineResult]) -> None:
        super().__init__("a line was refused")
        self.results = results


class NotImported(Exception):
    """A line cannot be imported; the text says why."""


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
    done: list[Line] = []
    refused: Line | None = None
    for line in command.lines:
        if line.marker in before:
            results.append(LineResult(line, Came.ALREADY))
        elif refused is not None:
            results.append(LineResult(line, Came.SKIPPED, f"line {refused.number} of the case was refused"))
        else:
            try:
                _do(uow, line, actor, last)
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


def _do(uow: UnitOfWork, line: Line, actor: Actor, last: date | None) -> None:
    said = line.body
    if last is not None and said.on < last:
        raise NotImported(f"dated {said.on}, before {last}, the day of an act imported before it: the days go forward")
    if said.who.role is Role.SCHEDULER:
        raise NotImported("the scheduler's steps are not imported: a person recorded them, or they are due now")
    who = _actor(uow, line, actor)
    if said.do == Trigger.OPEN:
        _open(uow, said, who)
        return
    try:
        case = uow.case(case_id(said.case))
    except NotFound:
        raise NotImported(f"there is no case {said.case}: a line that opens it comes first") from None
    if last is None:
        raise NotImported(f"the case {said.case} was opened here: its acts go through the API")
    _not_ahead(uow, said.on, case.regime)
    try:
        subject = subject_at(case, said.to)
    except ValueError as error:
        raise invalid("/to", str(error)) from None
    if subject is None:
        raise NotImported(f"there is no {said.to} in the case on {said.on}")
    _not_registered(uow, case, subject, said)
    transition = Transition(
        subject=subject,
        trigger=said.do,
        data=_filled(uow, said.data),
        effective_on=said.effective_on,
        reason=said.reason,
        assumed=said.assumed,
        version=_version(case, subject.id),
    )
    advance_on(uow, case, transition, who, said.on)


def _open(uow: UnitOfWork, said: LineBody, who: Actor) -> None:
    if said.data.get("reference", said.case) != said.case:
        raise invalid("/data/reference", f"the case of the line, {said.case}; it may be left out")
    body: CaseBody = read_body(
        CaseBody, {"opened_on": said.on.isoformat(), **said.data, "reference": said.case}, "/data"
    )
    _not_ahead(uow, said.on, body.regime)
    open_case_on(uow, body, who, said.on)


def _not_ahead(uow: UnitOfWork, on: date, rules: str) -> None:
    today = local_day(uow.now, regime(rules).timezone)
    if on > today:
        raise NotImported(f"dated {on}, after today, {today}: only what was done is imported")


def _not_registered(uow: UnitOfWork, case: CaseFacts, order: Subject, said: LineBody) -> None:
    """Raise NotImported for an access request that an earlier import registered: the case at hand may not hold it."""
    reference = said.data.get("reference")
    if said.do != Trigger.REGISTER_REQUEST or not isinstance(reference, str):
        return
    id = request_id(order.id, reference)
    there = select(access_requests.c.id).where(access_requests.c.id == id)
    if all(each.id != id for each in case.requests) and uow.connection.scalar(there) is not None:
        raise NotImported(f"the request {reference} was registered before")


def _filled(uow: UnitOfWork, value: Any) -> Any:
    """Data as the door takes them: `account:NAME` is the account of that name."""
    if isinstance(value, dict):
        return {name: _filled(uow, member) for name, member in value.items()}
    if isinstance(value, list):
        return [_filled(uow, member) for member in value]
    if not isinstance(value, str) or not value.startswith(_ACCOUNT):
        return value
    name = value.removeprefix(_ACCOUNT)
    id = uow.connection.scalar(select(accounts.c.id).where(accounts.c.name == name))
    if id is None:
        raise NotImported(f"no account is called {name!r}: an earlier line by it, or `enjoin key create`, makes one")
    return id


def _version(case: CaseFacts, id: str) -> int:
    return case.versions.get(id, 0)


def _actor(uow: UnitOfWork, line: Line, actor: Actor) -> Actor:
    """The account of a line in its role, made if there is none by this name; it has no key until one is made."""
    who = line.body.who
    found = uow.connection.execute(select(accounts).where(accounts.c.name == who.account)).first()
    if found is None:
        return Actor(account_for(uow, NewKey(who.account, line.roles), actor), frozenset({who.role}))
    if who.role not in loads(found.roles):
        raise NotImported(f"the account {who.account!r} has the roles {', '.join(loads(found.roles))}, not {who.role}")
    return Actor(found.id, frozenset({who.role}))


def said_of(wrong: InvalidRequest, columns: Mapping[str, str]) -> str:
    """What is wrong with a line: by column and path where it came from a table, else by path."""
    places = [
        f"column {columns[each.path]} ({each.path})" if each.path in columns else each.path for each in wrong.errors
    ]
    return "; ".join(f"{place}: {each.problem}" for place, each in zip(places, wrong.errors, strict=True))


def _said(why: Exception, line: Line) -> str:
    if isinstance(why, Refusal):
        return f"{why.code}: {why.detail}"
    return said_of(why, line.columns) if isinstance(why, InvalidRequest) else str(why)
