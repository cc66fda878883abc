"""Webhook endpoints: an officer registers one for a represented party; the secret is shown once."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from api.access import Anyone, Reader
from api.state import state_of
from api.unreadable import reads
from api.v1.things import CaseQuery, find_case
from workflow.law.invalid import invalid
from workflow.lifecycle.refusals import RoleNotPermitted
from workflow.lifecycle.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.use_cases.endpoint_list import EndpointPage, list_endpoints
from workflow.use_cases.endpoints import REGISTER_ROLES, NewEndpoint, register_endpoint
from workflow.use_cases.members import Body, Name, Number
from workflow.use_cases.reading import read_case
from workflow.use_cases.views.shared import View

router = APIRouter(prefix="/v1/webhook-endpoints", tags=["webhooks"])


class EndpointBody(Body):
    """Where to tell counsel of what concerns party number `party` of a case."""

    case: Name
    party: Number
    url: Annotated[str, Field(min_length=1, max_length=2000)]


class MadeEndpointView(View):
    """An endpoint that was just registered. `secret` verifies its messages and is shown this once."""

    id: str
    case: str
    party: int
    url: str
    secret: str
    active: bool


@router.post("", status_code=201)
async def create(request: Request, body: EndpointBody, actor: Anyone) -> MadeEndpointView:
    """Register an endpoint, active at once."""
    state = state_of(request)
    await run_in_threadpool(_may_register, request, actor, {"case": body.case})
    await run_in_threadpool(_check_url, request, body.url)
    made = await state.write(register_endpoint, NewEndpoint(body.case, body.party, body.url), actor)
    return MadeEndpointView(id=made.id, case=made.case, party=made.party, url=made.url, secret=made.secret, active=True)


@router.get("")
def read_list(request: Request, _actor: Reader, query: Annotated[CaseQuery, Query()]) -> EndpointPage:
    """The endpoints of a case, without their secrets."""
    with state_of(request).reader.connect() as connection:
        return list_endpoints(connection, read_case(connection, SubjectKind.CASE, query.case))


def _check_url(request: Request, url: str) -> None:
    try:
        state_of(request).options.check_url(url)
    except ValueError as reason:
        raise invalid("/url", str(reason)) from None


def _may_register(request: Request, actor: Actor, body: Any) -> None:
    find_case(request, actor, body)
    if actor.roles.isdisjoint(REGISTER_ROLES):
        raise RoleNotPermitted("register an endpoint", sorted(REGISTER_ROLES), sorted(actor.roles), [])


reads(create, EndpointBody, first=_may_register)
