"""Access requests from a file: POST /v1/orders/{id}/access-requests with CSV."""

from collections import Counter
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from api.access import Anyone
from api.idempotency import IdempotencyKey, asked, not_taken, write_each_once
from api.problems import json_of, problem_of
from api.state import State, state_of
from api.unreadable import reads
from workflow.law.invalid import invalid
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.cases import read_case
from workflow.use_cases.accounts.visible import read_visible
from workflow.use_cases.acting.outcome import Done
from workflow.use_cases.imports.import_requests import LINES, Registered, foreseen, import_request, may_register
from workflow.use_cases.imports.request_file import RequestLine, read_lines
from workflow.use_cases.views.shared import View

router = APIRouter(tags=["access requests"])

CSV = "text/csv"
_EXAMPLE = "reference,received_on\nR-0417,2022-03-14\n"
_DESCRIBED: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "UTF-8, commas, a header line; at most 5,000 requests.",
        "content": {CSV: {"schema": {"type": "string"}, "example": _EXAMPLE}},
    }
}


class ImportQuery(BaseModel):
    """Whether to say only what would happen; any other name is an error."""

    model_config = ConfigDict(extra="forbid")

    dry_run: Annotated[bool, Field(description="Answer what would happen, and write nothing.")] = False


class LineView(View):
    """What became of one line: `done`, `already_done`, or `refused` with the problem; what would, in a dry run."""

    line: int
    reference: str
    outcome: str
    id: str | None
    problem: dict[str, Any] | None


class ImportView(View):
    """One result a line, in their order, and how many there are of each outcome."""

    dry_run: bool
    counts: dict[str, int]
    results: list[LineView]


@router.post(
    "/v1/orders/{id}/access-requests",
    name="import_access_requests",
    response_model=ImportView,
    openapi_extra=_DESCRIBED,
)
async def import_file(
    request: Request,
    id: str,
    actor: Anyone,
    query: Annotated[ImportQuery, Query()],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Register the access requests of a file under an order, each line through the one door.

    A file in which a line cannot be read is refused whole, with every such line. A request registered already is
    answered `already_done`: a file may be sent again. Under the same `Idempotency-Key` each line that was registered
    is answered as it was then, and each that was refused is tried again.
    """
    state = state_of(request)
    await run_in_threadpool(_find, state, id, actor)
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent != CSV:
        raise invalid("/header/content-type", f"{CSV}, not {sent[:40]!r}")
    raw = await request.body()
    lines = await run_in_threadpool(read_lines, id, raw)
    answers: list[Any]
    if query.dry_run:
        if idempotency_key is not None:
            raise not_taken()
        answers = await run_in_threadpool(_foreseen, state, id, lines, actor)
    else:
        wanted = asked(request, idempotency_key, sha256(raw).hexdigest())
        answers = await write_each_once(state, wanted, import_request, lines, actor, LINES)
    results = [_result(line, answer) for line, answer in zip(lines, answers, strict=True)]
    counts = Counter(each["outcome"] for each in results)
    answer = {"dry_run": query.dry_run, "counts": counts, "results": results}
    return Response(json_of(answer), media_type="application/json")


def _find(state: State, id: str, actor: Actor) -> CaseFacts:
    """The case of the order; NotFound or RoleNotPermitted before anything is said of the file."""
    with state.reader.connect() as connection:
        case = read_visible(connection, SubjectKind.ORDER, id, actor)
    may_register(case, id, actor, state.viewer(actor).today(case))
    return case


def _foreseen(state: State, id: str, lines: list[RequestLine], actor: Actor) -> list[Any]:
    with state.reader.connect() as connection:
        case = read_case(connection, SubjectKind.ORDER, id)
        return list(foreseen(connection, case, lines, actor, state.viewer(actor).today(case)))


def _result(line: RequestLine, answer: Registered | Done | BaseException) -> dict[str, Any]:
    result = {"line": line.line, "reference": line.content.reference, "id": None, "problem": None}
    match answer:
        case Registered():
            return result | {"outcome": answer.outcome, "id": answer.id}
        case Done():
            return result | {"outcome": answer}
        case _:
            return result | {"outcome": "refused", "problem": problem_of(answer)}


def _known(request: Request, actor: Actor, _body: Any) -> None:
    _find(state_of(request), request.path_params["id"], actor)


reads(import_file, ImportQuery, first=_known)
