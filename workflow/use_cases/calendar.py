"""The calendar behind a feed's token: the deadlines its holder sees now, and what to call each revision of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from json import loads

from sqlalchemy import Connection, func, select

from workflow.lifecycle.deadlines import Deadline, deadlines
from workflow.lifecycle.rules import Actor
from workflow.lifecycle.vocabulary import Role, SubjectKind
from workflow.store.missing import NotFound
from workflow.store.tables.access import accounts, feeds
from workflow.store.tables.outbox import notices
from workflow.use_cases.counsel import Party, is_counsel, parties_told, represented
from workflow.use_cases.endpoint_list import of_parties
from workflow.use_cases.keys import digest
from workflow.use_cases.reading import read_cases


@dataclass(frozen=True, slots=True)
class Entry:
    """A deadline, its revision, and when the party last heard of the thing."""

    deadline: Deadline
    sequence: int
    told_at: datetime


def calendar(connection: Connection, token: str) -> list[Entry]:
    """The entries of a feed; NotFound for a token that is unknown, revoked, or of an account no longer active."""
    held = (
        select(feeds.c.case, accounts.c.id, accounts.c.roles)
        .join(accounts, accounts.c.id == feeds.c.account)
        .where(feeds.c.digest == digest(token), feeds.c.revoked_at.is_(None), accounts.c.active)
    )
    row = connection.execute(held).one_or_none()
    if row is None:
        raise NotFound("feed", "with this token")
    actor = Actor(row.id, frozenset(map(Role, loads(row.roles))))
    return sorted(_entries(connection, _parties(connection, actor, row.case)), key=_place)


def _parties(connection: Connection, actor: Actor, case: str | None) -> frozenset[Party]:
    if case is None:
        return represented(connection, actor.account) if is_counsel(actor) else frozenset()
    facts = read_cases(connection, {case}).get(case)
    if facts is None:
        raise NotFound(SubjectKind.CASE, case)
    return frozenset((case, party) for party in parties_told(connection, facts, actor))


def _entries(connection: Connection, parties: frozenset[Party]) -> Iterator[Entry]:
    told = {
        (row.case, row.subject): (row.times, row.last)
        for row in connection.execute(
            select(
                notices.c.case,
                notices.c.subject,
                func.count(notices.c.position.distinct()).label("times"),
                func.max(notices.c.recorded_at).label("last"),
            )
            .where(of_parties(notices, parties))
            .group_by(notices.c.case, notices.c.subject)
        )
    }
    cases = read_cases(connection, {case for case, _ in told})
    for id, facts in cases.items():
        numbers = frozenset(party for case, party in parties if case == id)
        for each in deadlines(facts, numbers, lambda thing, id=id: (id, thing) in told):  # type: ignore[misc]
            heard = [told[id, thing] for thing in each.heard_of if (id, thing) in told]
            times = sum(count for count, _ in heard)
            yield Entry(each, times - 1 + each.moved, max(last for _, last in heard))


def _place(entry: Entry) -> tuple[str, str, str]:
    return entry.deadline.on.isoformat(), entry.deadline.kind, entry.deadline.thing
