"""Webhook endpoints: registered for a represented party by its counsel or an officer; the secret is shown once."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.access import Anyone, Told
from api.idempotency import IdempotencyKey, asked, write_once
from api.if_match import IfMatch
from api.state import state_of
from api.strict_route import StrictRoute
from api.unreadable import reads
from api.v1.endpoint_bodies import (
    EndpointBody,
    EndpointQuery,
    MadeEndpointView,
    PingView,
    ReplayBody,
    ReplayView,
    RotateBody,
)
from workflow.law.invalid import invalid
from workflow.lifecycle.kernel.refusals import RoleNotPermitted, VersionMissing
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.cases import read_case
from workflow.store.paging import Paging
from workflow.use_cases.accounts.representation import parties_told
from workflow.use_cases.acting.body_types import Body
from workflow.use_cases.acting.once import PLAIN
from workflow.use_cases.reading.listing import case_meant
from workflow.use_cases.webhooks.endpoint_list import (
    EndpointPage,
    EndpointView,
    check_moves,
    find_endpoint,
    list_endpoints,
    may_see,
)
from workflow.use_cases.webhooks.endpoint_moves import PAUSE, REMOVE, RESUME, Move, move_endpoint
from workflow.use_cases.webhooks.endpoints import (
    REGISTER_ROLES,
    NewEndpoint,
    NewSecret,
    PingRequest,
    Rotation,
    register_endpoint,
    rotate_secret,
    secrets_again,
    send_ping,
)
from workflow.use_cases.webhooks.replay import Span, replay

router = APIRouter(prefix="/v1/webhook-endpoints", tags=["webhooks"], route_class=StrictRoute)


@router.post("", name="register_endpoint", status_code=201)
async def create(
    request: Request, response: Response, body: EndpointBody, actor: Anyone, idempotency_key: IdempotencyKey = None
) -> MadeEndpointView:
    """Register an endpoint. It is sent a ping, and becomes active when it answers that with 2xx."""
    state = state_of(request)
    await run_in_threadpool(_may_register, request, actor, {"case": body.case})
    await run_in_threadpool(_check_url, request, body.url)
    wanted = NewEndpoint(body.case, body.party, body.url, state.options.vault, body.types)
    again = asked(request, idempotency_key, body)
    answer = await write_once(state, again, register_endpoint, wanted, actor, secrets_again(wanted.vault))
    response.headers["Location"] = f"/v1/webhook-endpoints/{answer.outcome.id}"
    return await _with_secret(request, response, answer.outcome, actor)


@router.get("", name="list_endpoints")
def read_list(request: Request, actor: Told, query: Annotated[EndpointQuery, Query()]) -> EndpointPage:
    """The endpoints of a case, or all of the parties you are on record for, without their secrets."""
    with state_of(request).reader.connect() as connection:
        case = None if query.case is None else case_meant(connection, query.case, actor)
        if case is None and not actor.is_counsel:
            raise invalid("/query/case", "required; it is missing")
        paging = Paging(query.limit, query.cursor, query.sort)
        return list_endpoints(connection, case, may_see(connection, actor), paging)


@router.get("/{id}", name="read_endpoint")
def read_one(request: Request, response: Response, id: str, actor: Told) -> EndpointView:
    """One endpoint, without its secret."""
    view = _find(request, id, actor)
    response.headers["ETag"] = f'"{view.version}"'
    return view


@router.post("/{id}/pause", name="pause_endpoint")
async def pause(request: Request, response: Response, id: str, actor: Anyone, if_match: IfMatch = None) -> EndpointView:
    """Send nothing until it is resumed. What happens meanwhile waits."""
    return await _move(request, response, id, actor, PAUSE, if_match)


@router.post("/{id}/resume", name="resume_endpoint")
async def resume(
    request: Request, response: Response, id: str, actor: Anyone, if_match: IfMatch = None
) -> EndpointView:
    """Send what waited, and what comes."""
    return await _move(request, response, id, actor, RESUME, if_match)


@router.delete("/{id}", name="remove_endpoint")
async def remove(
    request: Request, response: Response, id: str, actor: Anyone, if_match: IfMatch = None
) -> EndpointView:
    """Send nothing any more, for good; the log of its deliveries stays."""
    return await _move(request, response, id, actor, REMOVE, if_match)


@router.post("/{id}/rotate", name="rotate_secret")
async def rotate(
    request: Request,
    response: Response,
    id: str,
    body: RotateBody,
    actor: Anyone,
    if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> MadeEndpointView:
    """Make a new secret, shown this once; the one before signs beside it for as long as you say."""
    state = state_of(request)
    endpoint = await run_in_threadpool(_may_change, request, id, actor)
    version = _required(if_match, endpoint)
    wanted = Rotation(id, endpoint.case, version, body.keep_old_hours, state.options.vault)
    again = asked(request, idempotency_key, body)
    answer = await write_once(state, again, rotate_secret, wanted, actor, secrets_again(wanted.vault))
    return await _with_secret(request, response, answer.outcome, actor)


@router.post("/{id}/ping", name="ping_endpoint", status_code=202)
async def ping(request: Request, id: str, actor: Anyone, idempotency_key: IdempotencyKey = None) -> PingView:
    """Ask whether it answers: a signed message of type endpoint.ping."""
    endpoint = await run_in_threadpool(_may_change, request, id, actor)
    again = asked(request, idempotency_key, Body())
    answer = await write_once(state_of(request), again, send_ping, PingRequest(id, endpoint.case), actor, PLAIN)
    return PingView(message=answer.outcome)


@router.post("/{id}/replay", name="replay_messages", status_code=202)
async def send_again(request: Request, id: str, body: ReplayBody, actor: Anyone) -> ReplayView:
    """Send messages again, under the ids they had: one, a range, or all since a sequence; 1,000 at most."""
    endpoint = await run_in_threadpool(_may_change, request, id, actor)
    if body.last is not None and body.last < body.first:
        raise invalid("/last", "not before first")
    done = await state_of(request).write(replay, Span(id, endpoint.case, body.first, body.last), actor)
    return ReplayView(count=done.count, through=done.through, more=done.more)


async def _with_secret(request: Request, response: Response, made: NewSecret, actor: Actor) -> MadeEndpointView:
    view = await run_in_threadpool(_find, request, made.id, actor)
    response.headers["ETag"] = f'"{view.version}"'
    return MadeEndpointView(**view.model_dump(), secret=made.secret)


async def _move(
    request: Request, response: Response, id: str, actor: Actor, name: str, if_match: int | None
) -> EndpointView:
    endpoint = await run_in_threadpool(_may_change, request, id, actor)
    move = Move(id, endpoint.case, name, _required(if_match, endpoint))
    await state_of(request).write(move_endpoint, move, actor)
    view = await run_in_threadpool(_find, request, id, actor)
    response.headers["ETag"] = f'"{view.version}"'
    return view


def _required(if_match: int | None, endpoint: EndpointView) -> int:
    if if_match is None:
        raise VersionMissing(endpoint.version)
    return if_match


def _find(request: Request, id: str, actor: Actor) -> EndpointView:
    with state_of(request).reader.connect() as connection:
        return find_endpoint(connection, id, actor)


def _may_change(request: Request, id: str, actor: Actor) -> EndpointView:
    """The endpoint, for those who may change it; NotFound, RoleNotPermitted, then AnothersEndpoint."""
    with state_of(request).reader.connect() as connection:
        endpoint = find_endpoint(connection, id, actor)
        if actor.roles.isdisjoint(REGISTER_ROLES):
            raise RoleNotPermitted("change an endpoint", sorted(REGISTER_ROLES), sorted(actor.roles), [])
        check_moves(connection, id, actor)
    return endpoint


def _check_url(request: Request, url: str) -> None:
    try:
        state_of(request).options.check_url(url)
    except ValueError as reason:
        raise invalid("/url", str(reason)) from None


def _may_register(request: Request, actor: Actor, body: Any) -> None:
    id = body.get("case") if isinstance(body, dict) else None
    if isinstance(id, str):
        with state_of(request).reader.connect() as connection:
            parties_told(connection, read_case(connection, SubjectKind.CASE, id), actor)
    if actor.roles.isdisjoint(REGISTER_ROLES):
        raise RoleNotPermitted("register an endpoint", sorted(REGISTER_ROLES), sorted(actor.roles), [])


def _first(request: Request, actor: Actor, _body: Any) -> None:
    _may_change(request, request.path_params["id"], actor)


reads(create, EndpointBody, first=_may_register)
reads(rotate, RotateBody, first=_first)
reads(send_again, ReplayBody, first=_first)
for _each in (pause, resume, remove):
    reads(_each, Body, first=_first)
