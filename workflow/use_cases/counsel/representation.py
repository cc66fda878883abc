"""Counsel on record: which account acts for which party of which case, from when, until when."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from workflow.law.invalid import invalid
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.authority import EndpointRemoved, RepresentationEnded, RepresentationRecorded
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import Role, SubjectKind
from workflow.store.missing import NotFound
from workflow.store.tables.access import accounts, representations
from workflow.store.tables.current import cases
from workflow.store.tables.outbox import LISTENING, EndpointState, endpoints
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.authority import say
from workflow.use_cases.reading.cases import read_cases
from workflow.use_cases.webhooks.attempts import give_up
from workflow.use_cases.webhooks.endpoint_moves import write

Party = tuple[str, int]
"""A party: the case's id and its number there."""


class NotOnRecord(Exception):
    """Somebody cannot be put on record, or is not; the text says why."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """An account, by its name, acting for a party of a case."""

    name: str
    case: str
    party: int


@touches(cases=lambda wanted: [(SubjectKind.CASE, wanted.case)], authority=True)
def put_on_record(uow: UnitOfWork, wanted: Mandate, actor: Actor) -> None:
    """Put an account of counsel on record for a party; again after it ended. NotOnRecord."""
    case = uow.case(wanted.case)
    _check_party(case, wanted.party)
    account = _account(uow, wanted.name)
    row = {"account": account, "case": case.id, "party": wanted.party}
    found = uow.connection.execute(select(representations).filter_by(**row)).one_or_none()
    if found is not None and found.ended_at is None:
        return
    if found is None:
        uow.insert(representations, [{**row, "created_at": uow.machine_now, "ended_at": None}])
    else:
        uow.execute(update(representations).filter_by(**row).values(created_at=uow.machine_now, ended_at=None))
    say(uow, SubjectKind.ACCOUNT, account, RepresentationRecorded(case=case.id, party=wanted.party), actor)


@touches(cases=lambda wanted: [(SubjectKind.CASE, wanted.case)], authority=True)
def end_mandate(uow: UnitOfWork, wanted: Mandate, actor: Actor) -> None:
    """Take an account off the record for a party, and with it the endpoints it registered there. NotOnRecord."""
    case = uow.case(wanted.case)
    account = _account(uow, wanted.name)
    row = {"account": account, "case": case.id, "party": wanted.party}
    standing = update(representations).filter_by(**row).where(representations.c.ended_at.is_(None))
    if not uow.execute(standing.values(ended_at=uow.machine_now)).rowcount:
        raise NotOnRecord(f"{wanted.name!r} is not on record for party {wanted.party} of {case.reference}")
    say(uow, SubjectKind.ACCOUNT, account, RepresentationEnded(case=case.id, party=wanted.party), actor)
    theirs = select(endpoints).filter_by(case=case.id, party=wanted.party, created_by=account)
    rows = uow.connection.execute(theirs.where(endpoints.c.state.in_(LISTENING)).order_by(endpoints.c.id)).all()
    for each in rows:
        removed = EndpointRemoved(case=each.case, party=each.party, mandate_ended=True)
        write(uow, each, removed, actor, state=EndpointState.REMOVED)
    give_up(uow, [each.id for each in rows])


def represented(connection: Connection, account: str) -> frozenset[Party]:
    """The parties an account is on record for now."""
    standing = select(representations.c.case, representations.c.party).where(
        representations.c.account == account, representations.c.ended_at.is_(None)
    )
    return frozenset((row.case, row.party) for row in connection.execute(standing))


def on_record(connection: Connection) -> list[tuple[str, str, int]]:
    """The names of counsel with the case's reference and the party they are on record for now."""
    rows = connection.execute(
        select(accounts.c.name, cases.c.reference, representations.c.party)
        .join(accounts, accounts.c.id == representations.c.account)
        .join(cases, cases.c.id == representations.c.case)
        .where(representations.c.ended_at.is_(None))
        .order_by(cases.c.reference, representations.c.party, accounts.c.name)
    )
    return [(row.name, row.reference, row.party) for row in rows]


def find_party(connection: Connection, text: str) -> Party:
    """Read `CASE_REFERENCE/PARTY`; NotOnRecord when it is not so written, or names no case or party there is."""
    reference, _, number = text.rpartition("/")
    if not reference or not number.isascii() or not number.isdigit() or len(number) > 6:
        raise NotOnRecord(f"{text!r} names no party: give CASE_REFERENCE/PARTY, such as SAN-2022-019/1")
    case = connection.scalar(select(cases.c.id).where(cases.c.reference == reference))
    if case is None:
        raise NotOnRecord(f"{text!r} names no party: there is no case {reference!r}")
    _check_party(read_cases(connection, {case})[case], int(number))
    return str(case), int(number)


def parties_told(connection: Connection, case: CaseFacts, actor: Actor) -> frozenset[int]:
    """Whose things somebody sees in a case: staff those of every party. NotFound for counsel of nobody in it."""
    if not actor.is_counsel:
        return frozenset(each.n for each in case.parties)
    theirs = frozenset(party for id, party in represented(connection, actor.account) if id == case.id)
    if not theirs:
        raise NotFound(SubjectKind.CASE, case.id)
    return theirs


def check_represents(connection: Connection, case: CaseFacts, party: int, actor: Actor) -> None:
    """Raise for counsel who is not on record for this party: NotFound when for nobody in the case."""
    theirs = parties_told(connection, case, actor)
    if actor.is_counsel and party not in theirs:
        raise invalid("/party", f"you are on record for party {' and '.join(map(str, sorted(theirs)))}")


def _check_party(case: CaseFacts, party: int) -> None:
    if party not in {each.n for each in case.parties}:
        raise NotOnRecord(f"{case.reference} has no party {party}; they are numbered 1 to {len(case.parties)}")


def _account(uow: UnitOfWork, name: str) -> str:
    found = uow.connection.execute(select(accounts).where(accounts.c.name == name)).first()
    if found is None or Role.COUNSEL.value not in found.roles:
        raise NotOnRecord(f"there is no account {name!r} with the role counsel; `enjoin key create` makes one")
    return str(found.id)
