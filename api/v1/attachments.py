"""Files of a filing: sent as they are, streamed to the disk while they are hashed, answered with a receipt."""

import re
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from api.access import Anyone, CaseReader, actor_again
from api.if_match import VersionRead
from api.state import State, state_of
from api.unreadable import reads
from api.v1.transitions import add_changes
from workflow.law.invalid import invalid
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.refusals import VersionConflict
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.files import Incoming, Kept
from workflow.store.missing import NotFound
from workflow.use_cases.accounts.visible import read_visible
from workflow.use_cases.acting.attachments import NewAttachment, attach, attached_to, find_attachment, may_attach
from workflow.use_cases.acting.body_types import IsoDate, Name
from workflow.use_cases.acting.media_types import MEDIA_TYPES, check_contents, check_declared, ending_of
from workflow.use_cases.acting.outcome import Done, Outcome
from workflow.use_cases.views.filing import AttachmentView

PATH = re.compile(r"/v1/filings/[^/]+/attachments")
"""The path that has a limit of its own for the length of a body."""

router = APIRouter(prefix="/v1/filings", tags=["filings"])

_FILE = {"schema": {"type": "string", "format": "binary"}}
_DESCRIBED: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The file as it is, with its media type.",
        "content": dict.fromkeys(MEDIA_TYPES, _FILE),
    }
}
_HELD_BACK = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}
"""What a browser is told of a file that somebody sent in: to save it, and never to show or run it."""


class AttachmentQuery(BaseModel):
    """How the file is called and when it came; any other name is an error."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Name, Field(description="What the sender calls it; it is kept beside the chain, as free text.")]
    received_on: Annotated[IsoDate | None, Field(description="The day it was received, by default today.")] = None


class ReceiptView(AttachmentView):
    """The receipt for a file: its hash, the instant at which it was recorded, and whether it came in time.

    `outcome` is `done`, or `already_done` for a file that this filing has: the receipt is then the first one's.
    """

    outcome: str
    filing: str
    version: int
    event: str
    recorded_at: datetime


@router.post(
    "/{id}/attachments",
    status_code=201,
    response_model=ReceiptView,
    responses={200: {"model": ReceiptView, "description": "The filing has this file already."}},
    openapi_extra=_DESCRIBED,
)
async def attach_file(
    request: Request,
    response: Response,
    id: str,
    actor: Anyone,
    query: Annotated[AttachmentQuery, Query()],
    if_match: Annotated[VersionRead | None, Header(description='The version you read, as "7".')] = None,
) -> ReceiptView:
    """Attach a file to a filing that is not dealt with yet: the body is the file, one a request."""
    state = state_of(request)
    await run_in_threadpool(_find, state, id, actor)
    media_type = _declared(request, query.name)
    kept = await _taken_in(state, request, media_type)
    new = NewAttachment(id, kept, media_type, query.name, query.received_on, if_match)
    try:
        outcome = await state.write(attach, new, actor)
    except VersionConflict as conflict:
        await run_in_threadpool(add_changes, state, Subject(SubjectKind.FILING, id), conflict, actor)
        raise
    response.status_code = 201 if outcome.outcome is Done.DONE else 200
    response.headers["ETag"] = f'"{outcome.version}"'
    return await run_in_threadpool(_receipt, state, outcome, kept.sha256)


@router.get(
    "/{id}/attachments/{sha256}",
    name="read_attachment",
    response_class=StreamingResponse,
    responses={200: {"description": "The file, to be saved.", "content": dict.fromkeys(MEDIA_TYPES, _FILE)}},
)
def read_file(request: Request, id: str, sha256: str, actor: CaseReader) -> StreamingResponse:
    """A file of a filing, as it came."""
    state = state_of(request)
    with state.reader.connect() as connection:
        case = read_visible(connection, SubjectKind.FILING, id, actor)
        found = find_attachment(case, id, sha256)
        if found is None:
            raise NotFound("attachment", sha256)
        name = attached_to(connection, case.id, id)[sha256].name
    if (flaw := state.files.flaw(found.sha256, found.size)) is not None:
        raise RuntimeError(f"the file {found.sha256} of filing {id}: {flaw}")
    called = quote(name or found.sha256[:12] + ending_of(found.media_type), safe="")
    headers = {"Content-Disposition": f"attachment; filename*=utf-8''{called}", "Content-Length": str(found.size)}
    return StreamingResponse(
        state.files.pieces(found.sha256), headers={**headers, **_HELD_BACK, "Content-Type": found.media_type}
    )


def _find(state: State, id: str, actor: Actor) -> CaseFacts:
    """The case of the filing; NotFound or RoleNotPermitted before anything is said of the file, or read of it."""
    with state.reader.connect() as connection:
        case = read_visible(connection, SubjectKind.FILING, id, actor)
    may_attach(case, id, actor, state.viewer(actor).today(case))
    return case


def _declared(request: Request, name: str) -> str:
    """The type a file is said to have, when it is one that is taken in and the name says the same."""
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    check_declared(sent, name, "/header/content-type", "/query/name")
    return sent


async def _taken_in(state: State, request: Request, media_type: str) -> Kept:
    """Take the body in piece by piece; what is empty or not what it says is not kept."""
    incoming: Incoming = await run_in_threadpool(state.files.incoming)
    try:
        async for chunk in request.stream():
            await run_in_threadpool(incoming.take, chunk)
        check_contents(media_type, incoming.head, "/")
        await run_in_threadpool(actor_again, request)
        return await run_in_threadpool(incoming.keep)
    except ClientDisconnect:
        raise invalid("/", "the whole file; the connection ended before it did") from None
    finally:
        await run_in_threadpool(incoming.drop)


def _receipt(state: State, outcome: Outcome, sha256: str) -> ReceiptView:
    found = find_attachment(outcome.case, outcome.subject.id, sha256)
    assert found is not None
    with state.reader.connect() as connection:
        recorded = attached_to(connection, outcome.case.id, outcome.subject.id)[sha256]
    return ReceiptView(
        **AttachmentView.of(found, recorded.name).model_dump(),
        outcome=outcome.outcome.value,
        filing=outcome.subject.id,
        version=outcome.version,
        event=recorded.event,
        recorded_at=recorded.recorded_at,
    )


def _known(request: Request, actor: Actor, _body: object) -> None:
    """Raise NotFound before anything is said of a query that cannot be read."""
    id = request.path_params["id"]
    with state_of(request).reader.connect() as connection:
        read_visible(connection, SubjectKind.FILING, id, actor)


reads(attach_file, AttachmentQuery, first=_known)
