"""The calendar behind a feed's token: the deadlines its holder sees now, with the revisions they went through."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from json import loads
from typing import Any

from sqlalchemy import Connection, select

from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.reading.deadline_history import Revision, history
from workflow.lifecycle.vocabulary import Role, SubjectKind
from workflow.store.cases import read_cases
from workflow.store.journal import read_rows
from workflow.store.missing import NotFound
from workflow.store.tables.access import accounts, feeds
from workflow.store.tables.journal import journal
from workflow.store.tables.outbox import notices
from workflow.use_cases.accounts.keys import digest
from workflow.use_cases.accounts.representation import Party, parties_told, represented
from workflow.use_cases.webhooks.endpoint_list import of_parties

CANCELLED_FOR = timedelta(days=90)
"""How long a calendar says that an entry is cancelled, after its day or the cancellation, whichever is later."""


def calendar(connection: Connection, token: str, now: datetime) -> list[Revision]:
    """The entries of a feed; NotFound for a token that is unknown, revoked, or of an account no longer active."""
    held = (
        select(feeds.c.case, accounts.c.id, accounts.c.roles)
        .join(accounts, accounts.c.id == feeds.c.account)
        .where(feeds.c.digest == digest(token), feeds.c.revoked_at.is_(None), accounts.c.active)
    )
    row = connection.execute(held).one_or_none()
    if row is None:
        raise NotFound("feed", f"{token[:6]}…")  # enough to tell it by, and no key to it
    actor = Actor(row.id, frozenset(map(Role, loads(row.roles))))
    return sorted(_entries(connection, _parties(connection, actor, row.case), now), key=_place)


def _parties(connection: Connection, actor: Actor, case: str | None) -> frozenset[Party]:
    if case is None:
        return represented(connection, actor.account) if actor.is_counsel else frozenset()
    facts = read_cases(connection, {case}).get(case)
    if facts is None:
        raise NotFound(SubjectKind.CASE, case)
    return frozenset((case, party) for party in parties_told(connection, facts, actor))


def _entries(connection: Connection, parties: frozenset[Party], now: datetime) -> Iterator[Revision]:
    told: dict[str, set[str]] = {}
    for case, event in connection.execute(select(notices.c.case, notices.c.event).where(of_parties(notices, parties))):
        told.setdefault(case, set()).add(event)
    # What happens to access requests comes in thousands and moves no deadline.
    rows: Iterable[Any] = connection.execute(
        select(journal.c.case, journal.c.id, journal.c.body, journal.c.hash)
        .where(journal.c.case.in_(told), journal.c.subject_kind != SubjectKind.ACCESS_REQUEST)
        .order_by(journal.c.case, journal.c.seq)
    )
    for case, theirs in groupby(rows, key=lambda row: row.case):
        numbers = frozenset(party for id, party in parties if id == case)
        for each in history(read_rows(theirs, {}), numbers, told[case]):
            if each.deadline.stands or _said_until(each) >= now.date():
                yield each


def _said_until(cancelled: Revision) -> date:
    return max(cancelled.deadline.on, cancelled.changed_at.date()) + CANCELLED_FOR


def _place(entry: Revision) -> tuple[date, str]:
    return entry.deadline.on, entry.deadline.key
