"""Calendar feeds: an address with a token of its own, of which only the digest is kept, and which can be revoked."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, select, update

from workflow.lifecycle.kernel.authority import FeedCreated, FeedRevoked
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.missing import NotFound
from workflow.store.paging import Paging, page_of, select_page
from workflow.store.tables.access import feeds
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.accounts.keys import digest
from workflow.use_cases.acting.once import Memory
from workflow.use_cases.authority import say
from workflow.use_cases.views.shared import View


@dataclass(frozen=True, slots=True)
class MadeFeed:
    """A feed; `token` is shown once, and None when the same is answered later: only its digest is kept."""

    id: str
    token: str | None


FEEDS: Memory[MadeFeed] = Memory(lambda made: made.id, lambda _connection, id: MadeFeed(id, None))


class FeedView(View):
    """A calendar feed. Without a case it holds the deadlines of all the parties you are on record for."""

    id: str
    case: str | None
    created_at: datetime


class FeedPage(View):
    """Your feeds that are not revoked, oldest first."""

    items: list[FeedView]
    next: str | None


@touches(authority=True)
def create_feed(uow: UnitOfWork, case: str | None, actor: Actor) -> MadeFeed:
    """Make a feed of a case, or of everything the account sees."""
    id, token = str(uuid4()), secrets.token_urlsafe(32)
    row = {
        "id": id,
        "account": actor.account,
        "case": case,
        "digest": digest(token),
        "created_at": uow.machine_now,
        "revoked_at": None,
    }
    uow.insert(feeds, [row])
    say(uow, SubjectKind.ACCOUNT, actor.account, FeedCreated(feed=id, case=case), actor)
    return MadeFeed(id, token)


@touches(authority=True)
def revoke_feed(uow: UnitOfWork, id: str, actor: Actor) -> None:
    """Take a feed of one's own out of use, at once; NotFound for another's."""
    mine = update(feeds).where(feeds.c.id == id, feeds.c.account == actor.account, feeds.c.revoked_at.is_(None))
    if not uow.execute(mine.values(revoked_at=uow.machine_now)).rowcount:
        raise NotFound("feed", id)
    say(uow, SubjectKind.ACCOUNT, actor.account, FeedRevoked(feed=id), actor)


def list_feeds(connection: Connection, actor: Actor, paging: Paging) -> FeedPage:
    """The feeds of an account."""
    mine = select(feeds).where(feeds.c.account == actor.account, feeds.c.revoked_at.is_(None))
    page = page_of(connection.execute(select_page(mine, feeds, paging, "feeds")).mappings().all(), paging, "feeds")
    items = [FeedView(id=row["id"], case=row["case"], created_at=row["created_at"]) for row in page.rows]
    return FeedPage(items=items, next=page.next)
