"""The addresses of calendar feeds: made, listed without their tokens, revoked."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from api.access import FeedHolder, Told
from api.idempotency import IdempotencyKey, asked, write_once
from api.state import state_of
from api.strict_route import StrictRoute
from api.unreadable import reads
from workflow.law.invalid import invalid
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.cases import read_case
from workflow.store.paging import Paging
from workflow.use_cases.accounts.representation import parties_told
from workflow.use_cases.acting.body_types import Body, Name, OneLine
from workflow.use_cases.counsel.feeds import FEEDS, FeedPage, create_feed, list_feeds, revoke_feed
from workflow.use_cases.views.shared import View

router = APIRouter(prefix="/v1/feeds", tags=["calendar"], route_class=StrictRoute)


class FeedBody(Body):
    """The case whose deadlines to show; counsel may leave it out for those of every party they are on record for."""

    case: Name | None = None


class FeedQuery(BaseModel):
    """Which page of your feeds; any other name is an error."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Annotated[OneLine | None, Field(description="`next` of the page before, in the same order.")] = None
    sort: Literal["created_at", "-created_at"] = "created_at"


class MadeFeedView(View):
    """A feed that was just made. `path` holds its token and is shown this once: whoever has it may read the feed.

    Asked again under the same `Idempotency-Key`, `path` is null: if the first answer was lost, revoke the feed by its
    `id` and make another.
    """

    id: str
    case: str | None
    path: str | None


class RevokedView(View):
    """The feed that is no more."""

    id: str


@router.post("", name="open_feed", status_code=201)
async def create(
    request: Request, body: FeedBody, actor: FeedHolder, idempotency_key: IdempotencyKey = None
) -> MadeFeedView:
    """Make the address of a calendar feed."""
    if body.case is None and not actor.is_counsel:
        raise invalid("/case", "required; it is missing")
    await run_in_threadpool(_find_case, request, actor, {"case": body.case})
    wanted = asked(request, idempotency_key, body)
    made = (await write_once(state_of(request), wanted, create_feed, body.case, actor, FEEDS)).outcome
    return MadeFeedView(id=made.id, case=body.case, path=None if made.token is None else f"/feeds/{made.token}.ics")


@router.get("", name="list_feeds")
def read_list(request: Request, actor: Told, query: Annotated[FeedQuery, Query()]) -> FeedPage:
    """Your feeds, without their tokens."""
    with state_of(request).reader.connect() as connection:
        return list_feeds(connection, actor, Paging(query.limit, query.cursor, query.sort))


@router.delete("/{id}", name="revoke_feed")
async def revoke(request: Request, id: str, actor: FeedHolder) -> RevokedView:
    """Take a feed out of use, at once."""
    await state_of(request).write(revoke_feed, id, actor)
    return RevokedView(id=id)


def _find_case(request: Request, actor: Actor, body: Any) -> None:
    id = body.get("case") if isinstance(body, dict) else None
    if isinstance(id, str):
        with state_of(request).reader.connect() as connection:
            parties_told(connection, read_case(connection, SubjectKind.CASE, id), actor)


reads(create, FeedBody, first=_find_case)
