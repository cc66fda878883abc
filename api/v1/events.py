"""What counsel pulls: the notices to its parties in order, with a wait for the next one."""

import asyncio
import time
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from api.access import Told, actor_again
from api.state import state_of
from api.unreadable import reads
from api.watch import EVERY_S, MOST_WAITING
from workflow.law.invalid import invalid
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.cases import read_case
from workflow.use_cases.accounts.representation import parties_told, represented
from workflow.use_cases.acting.body_types import OneLine
from workflow.use_cases.counsel.notice_feed import NoticePage, read_notices
from workflow.use_cases.reading.listing import case_meant
from workflow.use_cases.webhooks.models import known_types

router = APIRouter(prefix="/v1/events", tags=["webhooks"])


class NoticeQuery(BaseModel):
    """From where on, and of what. Counsel may leave out the case. Any other name is an error."""

    model_config = ConfigDict(extra="forbid")

    after: Annotated[int, Field(ge=0, le=2**53 - 1, description="The `position` of the last answer; 0 for all.")] = 0
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    wait: Annotated[int, Field(ge=0, le=30, description="Seconds to wait for a notice when there is none.")] = 0
    case: OneLine | None = None
    type: Annotated[list[OneLine], Field(max_length=100), AfterValidator(known_types)] = []


@router.get("", name="list_events")
async def read(request: Request, actor: Told, query: Annotated[NoticeQuery, Query()]) -> NoticePage:
    """The notices after a position, oldest first. With `wait` an empty answer comes only when that time is over."""
    watch = state_of(request).watch
    seen = await watch.position()
    page = await run_in_threadpool(_read, request, actor, query)
    if page.items or not query.wait or watch.waiting >= MOST_WAITING:
        return page
    until = time.monotonic() + query.wait
    watch.waiting += 1
    try:
        while not page.items and time.monotonic() < until and not await request.is_disconnected():
            await asyncio.sleep(EVERY_S)
            position = await watch.position()
            if position != seen:
                seen = position
                page = await run_in_threadpool(_read_again, request, query)
    finally:
        watch.waiting -= 1
    return page


def _read(request: Request, actor: Actor, query: NoticeQuery) -> NoticePage:
    with state_of(request).reader.connect() as connection:
        if query.case is not None:
            case = read_case(connection, SubjectKind.CASE, case_meant(connection, query.case, actor))
            parties = frozenset((case.id, party) for party in parties_told(connection, case, actor))
        elif actor.is_counsel:
            parties = represented(connection, actor.account)
        else:
            raise invalid("/query/case", "required; it is missing")
        return read_notices(connection, parties, query.type, query.after, query.limit)


def _read_again(request: Request, query: NoticeQuery) -> NoticePage:
    """Read after a wait, in which the key may have been revoked and the mandate have ended."""
    return _read(request, actor_again(request), query)


reads(read, NoticeQuery)
