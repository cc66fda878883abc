"""Counsel on record: which account acts for which party of which case, and what that lets it see."""

from sqlalchemy import Connection, select

from workflow.law.invalid import invalid
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.cases import read_cases
from workflow.store.missing import NotFound
from workflow.store.tables.access import accounts, representations
from workflow.store.tables.current import cases

Party = tuple[str, int]
"""A party: the case's id and its number there."""


class NotOnRecord(Exception):
    """Somebody cannot be put on record, or is not; the text says why."""


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
    check_party(read_cases(connection, {case})[case], int(number))
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


def check_party(case: CaseFacts, party: int) -> None:
    """Raise NotOnRecord for a number that no party of the case has."""
    if party not in {each.n for each in case.parties}:
        raise NotOnRecord(f"{case.reference} has no party {party}; they are numbered 1 to {len(case.parties)}")
