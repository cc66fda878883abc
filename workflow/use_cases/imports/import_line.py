"""One line of an import: an act of the past, done through the one door as on its day.

The door is asked as on the act's day, so what was not yet due then is refused. Nobody adopts what they drafted, in an
import as anywhere: each line names the account that acted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from json import loads
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select

from workflow.law.days import local_day
from workflow.law.invalid import InvalidRequest, invalid
from workflow.law.regime import regime
from workflow.lifecycle.facts import CaseFacts, case_id, request_id
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.reading.paths import subject_at
from workflow.lifecycle.vocabulary import Role, Trigger
from workflow.store.missing import NotFound
from workflow.store.tables.access import accounts
from workflow.store.tables.current import access_requests
from workflow.store.unit_of_work import UnitOfWork
from workflow.use_cases.accounts.keys import NewKey, account_for
from workflow.use_cases.acting.advance import Transition, advance_on
from workflow.use_cases.acting.bodies import CaseBody
from workflow.use_cases.acting.body_types import Body, IsoDate, Name, Words, read_body
from workflow.use_cases.acting.open_case import open_case_on

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
class ImportLine:
    """A line of an import: its number, its marker, what it says, and every role its account has in the import.

    `columns`: of a row of a table, the column each member came from, by its path.
    """

    number: int
    marker: str
    body: LineBody
    roles: frozenset[Role]
    columns: Mapping[str, str] = field(default_factory=dict)


class NotImported(Exception):
    """A line cannot be imported; the text says why."""


def do_line(uow: UnitOfWork, line: ImportLine, actor: Actor, last: date | None) -> None:
    """Do what a line says, after one of the day `last`; NotImported, a refusal or InvalidRequest when it cannot be."""
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
        version=case.versions.get(subject.id, 0),
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


def _actor(uow: UnitOfWork, line: ImportLine, actor: Actor) -> Actor:
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
