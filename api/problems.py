"""Errors as RFC 9457 problems: one shape for all of them, and one table from the error to its status."""

import json
import logging
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.access import NotAllowed, NotAuthenticated, authenticate, is_public
from api.paths import methods_of, no_such_path, wrong_method
from api.unreadable import reading_of
from workflow.law.invalid import InvalidRequest, MemberError
from workflow.lifecycle.kernel.refusals import (
    GuardRefused,
    IllegalTransition,
    NotDue,
    Refusal,
    RoleNotPermitted,
    UnknownTrigger,
    VersionConflict,
    VersionMissing,
)
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.busy import StoreBusy, passes
from workflow.store.files import NoRoom
from workflow.store.missing import NotFound
from workflow.store.writer import WriterClosed
from workflow.use_cases.acting.body_errors import member_errors
from workflow.use_cases.acting.strict_json import NotJSON
from workflow.use_cases.webhooks.endpoint_list import AnothersEndpoint

MEDIA_TYPE = "application/problem+json"
DESCRIBED: dict[str, Any] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
"""How OpenAPI describes the content of every error."""

_log = logging.getLogger(__name__)

_SHOWN = 200
"""How much of what was asked for is said again."""

_REFUSALS: dict[type[Refusal], int] = {
    UnknownTrigger: 422,
    RoleNotPermitted: 403,
    VersionMissing: 428,
    VersionConflict: 412,
    IllegalTransition: 409,
    GuardRefused: 409,
    NotDue: 409,
}

_HTTP: dict[int, tuple[str, str]] = {
    404: ("not_found", "There is nothing here"),
    405: ("method_not_allowed", "Not with this method"),
    413: ("body_too_large", "The body is too large"),
    503: ("not_ready", "Not ready"),
}


class MemberProblem(BaseModel):
    """One wrong member of a request."""

    path: str
    problem: str


class Problem(BaseModel):
    """RFC 9457. `code` is stable; `instance` names the request; what else helps stands beside them."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str
    errors: list[MemberProblem] | None = None


def problem_of(error: BaseException) -> dict[str, Any]:
    """An error as a problem; what is nobody's fault but ours says nothing of its inside."""
    match error:
        case Refusal():
            return _problem(_REFUSALS[type(error)], error.code, error.title, error.detail, **error.facts)
        case InvalidRequest():
            return _invalid(error.errors)
        case NotFound():
            return _problem(404, "not_found", "There is no such thing", _missing(error))
        case NotAuthenticated():
            return _problem(401, "not_authenticated", "Who are you?", str(error))
        case NotAllowed():
            return _problem(403, "role_not_permitted", "Your role may not do this", str(error), roles=error.roles)
        case AnothersEndpoint():
            return _problem(403, "anothers_endpoint", "This endpoint is another's", str(error))
        case StoreBusy() | WriterClosed():
            detail = "The database could not be written just now and nothing was changed. Try again in a second."
            return _problem(503, "store_busy", "Try again in a moment", detail)
        case NoRoom():
            _log.error("no room for a file", exc_info=error)
            detail = "There is no room for the file; nothing of it is kept. Whoever runs Enjoin has to make some first."
            return _problem(507, "no_room", "There is no room left", detail)
        case HTTPException():
            code, title = _HTTP.get(error.status_code, ("http_error", "The request cannot be served"))
            return _problem(error.status_code, code, title, str(error.detail))
        case _ if passes(error):
            detail = "The database could not be read just now. Try again in a second."
            return _problem(503, "store_busy", "Try again in a moment", detail)
        case _:
            _log.error("an error nobody expected", exc_info=error)
            return _problem(500, "internal_error", "Something broke here", "It was logged under this instance.")


def respond(problem: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    """A problem as an answer, with the headers its status asks for."""
    more = dict(headers or {})
    if problem["status"] == 401:
        more["WWW-Authenticate"] = "Bearer"
    if problem["status"] == 503:
        more["Retry-After"] = "1"
    return Response(json_of(problem), problem["status"], more, MEDIA_TYPE)


def json_of(answer: Any) -> bytes:
    """An answer as JSON. One that quotes half a character of a request has it escaped, as the request had."""
    try:
        return orjson.dumps(answer)
    except TypeError:
        return json.dumps(answer).encode()


def add_handlers(app: FastAPI) -> None:
    """Answer every error of the app with a problem."""

    async def any_error(_request: Request, error: Exception) -> Response:
        headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
        return respond(problem_of(error), headers)

    async def unreadable(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError | HTTPException)
        return respond(await run_in_threadpool(_first_reason, request, error))

    async def http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        match error.status_code:
            case 400:  # the framework's: a body it could not even read as JSON
                return await unreadable(request, error)
            case 404:
                error = HTTPException(404, no_such_path(request))
            case 405:
                error = HTTPException(405, wrong_method(request), {"Allow": ", ".join(methods_of(request))})
        return await any_error(request, error)

    ours = (
        Refusal,
        InvalidRequest,
        NotFound,
        NotAuthenticated,
        NotAllowed,
        AnothersEndpoint,
        StoreBusy,
        WriterClosed,
        NoRoom,
    )
    for each in (*ours, DBAPIError, Exception):
        app.add_exception_handler(each, any_error)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, unreadable)


def _first_reason(request: Request, error: RequestValidationError | HTTPException) -> dict[str, Any]:
    """A body that cannot be read is the last thing to say: first who asks, what they ask about, whether they may."""
    try:
        if not is_public(request):
            header = request.headers.get("authorization", "")
            scheme, _, key = header.partition(" ")
            actor = authenticate(request, key if scheme.lower() == "bearer" else None)
            first = reading_of(request).first
            if first is not None:
                first(request, actor, getattr(error, "body", None))
    except Exception as reason:
        return problem_of(reason)
    if isinstance(error, HTTPException):
        return _invalid(_not_read(error.__cause__))
    return _invalid(tuple(member_errors(map(_without_place, error.errors()), reading_of(request).model)))


def _not_read(cause: BaseException | None) -> Sequence[MemberError]:
    """Why a body could not even be read as JSON: the framework keeps our reason as the cause of its own."""
    if isinstance(cause, InvalidRequest):
        return cause.errors
    return (MemberError("/", f"not JSON: {cause}" if isinstance(cause, NotJSON) else "JSON in UTF-8"),)


def _without_place(error: dict[str, Any]) -> dict[str, Any]:
    """Where a member stands in the body is its path; one of the query or the headers is named with it."""
    place, *path = error["loc"]
    return {**error, "loc": tuple(path) if place == "body" else (place, *path)}


_LISTED = {
    SubjectKind.CASE: "GET /v1/cases lists those you may see, with ?reference= the one that has it",
    SubjectKind.ENDPOINT: "GET /v1/webhook-endpoints lists those of a case",
    "machine": "GET /v1/machines lists them",
    "regime": "GET /v1/regimes lists them",
    "feed": "GET /v1/feeds lists yours",
    "attachment": "the filing names its attachments with their hashes",
}
"""Where the things of a kind are listed, where that is not the kind's own list of a case."""


def _missing(error: NotFound) -> str:
    said = f"There is no {str(error.kind).replace('_', ' ')} {error.id[:_SHOWN]!r}"
    if isinstance(error.kind, SubjectKind):
        listed = f"GET /v1/{error.kind.replace('_', '-')}s?case= lists those of a case"
    else:
        listed = "the lists of such things have their ids"
    return f"{said}; {_LISTED.get(error.kind, listed)}."


def _invalid(errors: Sequence[MemberError]) -> dict[str, Any]:
    count = "1 member is" if len(errors) == 1 else f"{len(errors)} members are"
    return _problem(
        422,
        "invalid_request",
        "The request cannot be read",
        f"{count} wrong.",
        errors=[{"path": error.path, "problem": error.problem} for error in errors],
    )


def _problem(status: int, code: str, title: str, detail: str, **more: Any) -> dict[str, Any]:
    return {
        "type": f"urn:enjoin:problem:{code.replace('_', '-')}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        "instance": f"urn:request:{uuid4()}",
        **more,
    }
