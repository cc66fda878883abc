"""The bundle of a case: a zip that a court checks without Enjoin."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from api.access import Reader
from api.state import state_of
from api.unreadable import reads
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.cases import read_case
from workflow.use_cases.bundle.build import BundleAudience, BundleFor, make_bundle

router = APIRouter(prefix="/v1/cases", tags=["cases"])

_BINARY = {"application/zip": {"schema": {"type": "string", "format": "binary"}}}


class Zip(StreamingResponse):
    """A zip as an answer."""

    media_type = "application/zip"


class BundleQuery(BaseModel):
    """Who the bundle is for; any other name is an error."""

    model_config = ConfigDict(extra="forbid")

    audience: Annotated[BundleAudience, Field(description="public: only what was served, and no free text.")] = (
        BundleAudience.CONFIDENTIAL
    )
    addressee: Annotated[int | None, Field(ge=1, description="The number of a party: only what concerns it.")] = None


@router.get(
    "/{id}/bundle",
    response_class=Zip,
    responses={200: {"description": "The bundle, with the verify.py that checks it.", "content": _BINARY}},
)
def read_bundle(request: Request, id: str, _actor: Reader, query: Annotated[BundleQuery, Query()]) -> Zip:
    """The journal of a case as a zip to hand over: events, receipts, regimes, deliveries, and verify.py."""
    state = state_of(request)
    with state.reader.connect() as connection:
        made = make_bundle(connection, id, BundleFor(query.audience, query.addressee), state.now, state.files)
    return Zip(made.pieces(), headers={"Content-Disposition": f'attachment; filename="{made.name}"'})


def _known(request: Request, _actor: Actor, _body: object) -> None:
    """Raise NotFound for no case, before anything is said of a query that cannot be read."""
    with state_of(request).reader.connect() as connection:
        read_case(connection, SubjectKind.CASE, request.path_params["id"])


reads(read_bundle, BundleQuery, first=_known)
