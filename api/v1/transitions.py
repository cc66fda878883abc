"""The one door: a trigger pulled on a thing; `bulk` pulls many at once."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from api.access import Anyone
from api.idempotency import Answer, IdempotencyKey, asked, not_taken, write_once
from api.if_match import IfMatch
from api.state import State, state_of
from api.unreadable import reads
from api.v1.things import article
from workflow.lifecycle.door.machine import creating
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.refusals import VersionConflict
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.cases import read_case
from workflow.store.missing import NotFound
from workflow.use_cases.accounts.visible import read_visible
from workflow.use_cases.acting.advance import Transition, advance
from workflow.use_cases.acting.body_types import Body, IsoDate, Name, OneLine, Words
from workflow.use_cases.acting.once import OUTCOMES
from workflow.use_cases.acting.outcome import Outcome
from workflow.use_cases.reading.journal_view import changes_since
from workflow.use_cases.views.pending import waiting_for
from workflow.use_cases.views.shared import Viewer
from workflow.use_cases.views.show import Shown, show

_EFFECTIVE_ON = (
    "The legal date of the act: by default the day that its data name, else today. "
    "Not after today, not before the case was opened."
)
_ASSUMED = "The members of the data that are not certain, by name, such as `served_on`."
Data = Annotated[dict[str, Any], Field(description="What the trigger needs: see `needs` in open_transitions.")]


class TransitionBody(Body):
    """A trigger to pull, with its data."""

    trigger: Name
    effective_on: Annotated[IsoDate | None, Field(description=_EFFECTIVE_ON)] = None
    reason: Annotated[Words | None, Field(description="Why it is done, as free text for the record.")] = None
    assumed: Annotated[tuple[Name, ...], Field(max_length=50, description=_ASSUMED)] = ()
    data: Data = Field(default_factory=dict)
    step: Annotated[OneLine | None, Field(description="The key of the step; for the scheduler alone.")] = None


def operation_of(kind: SubjectKind) -> str:
    """The name of the operation that pulls a trigger on this kind of thing."""
    return f"transition_{kind.value}"


def add_route(router: APIRouter, kind: SubjectKind) -> None:
    """Add `POST /{id}/transitions` for one kind of thing, with a key where one of its triggers makes another thing."""
    route = router.post(
        "/{id}/transitions",
        name=operation_of(kind),
        summary=f"Pull a trigger on {article(kind)}",
        response_model=Shown,
        responses={
            200: {"description": "The thing as it now is; the child, when the trigger made one."},
            202: {"description": "The act waits for a second person: see `pending_acts` for whom.", "model": Shown},
        },
    )

    known = _known(kind)

    async def pull(
        request: Request,
        response: Response,
        id: str,
        body: TransitionBody,
        actor: Anyone,
        if_match: IfMatch = None,
        idempotency_key: IdempotencyKey = None,
    ) -> Any:
        if idempotency_key is not None and body.trigger not in creating(kind):
            raise not_taken()
        if idempotency_key is not None:
            # The first answer is for who still sees the thing: counsel may be off the record since.
            await run_in_threadpool(known, request, actor, None)
        return await _pull(request, response, Subject(kind, id), body, actor, if_match, idempotency_key)

    async def pull_without_key(
        request: Request, response: Response, id: str, body: TransitionBody, actor: Anyone, if_match: IfMatch = None
    ) -> Any:
        return await _pull(request, response, Subject(kind, id), body, actor, if_match, None)

    reads(route(pull if creating(kind) else pull_without_key), TransitionBody, first=known)


async def _pull(
    request: Request,
    response: Response,
    subject: Subject,
    body: TransitionBody,
    actor: Actor,
    version: int | None,
    key: str | None,
) -> Shown:
    state = state_of(request)
    wanted = asked(request, key, body)
    try:
        answer = await write_once(state, wanted, advance, transition(subject, body, version), actor, OUTCOMES)
    except VersionConflict as conflict:
        await run_in_threadpool(add_changes, state, subject, conflict, actor)
        raise
    response.headers["ETag"] = f'"{answer.outcome.version}"'
    if waiting_for(answer.outcome.case, subject, body.trigger):
        response.status_code = 202
    return await run_in_threadpool(shown, state, answer, actor)


def shown(state: State, answer: Answer[Outcome], actor: Actor) -> Shown:
    """The thing an outcome is about, as the act left it."""
    outcome = answer.outcome
    with state.reader.connect() as connection:
        return show(connection, outcome.case, outcome.subject, Viewer(actor, answer.at))


def transition(subject: Subject, body: TransitionBody, version: int | None) -> Transition:
    """What a body asks for, about this thing in the version that was read."""
    said = {name: getattr(body, name) for name in TransitionBody.model_fields}
    return Transition(subject=subject, version=version, **said)


def add_changes(state: State, subject: Subject, conflict: VersionConflict, actor: Actor) -> None:
    """Have a stale version answered with who changed what since; counsel reads the thing again."""
    if actor.is_counsel:
        return
    with state.reader.connect() as connection:
        try:
            case = read_case(connection, subject.kind, subject.id).id
        except NotFound:  # a later item of the same bulk discarded it
            return
        changes = changes_since(connection, case, subject, conflict.facts["yours"])
    conflict.facts["changes"] = [each.model_dump(mode="json") for each in changes]


def _known(kind: SubjectKind) -> Callable[[Request, Actor, Any], None]:
    def before_body(request: Request, actor: Actor, _body: Any) -> None:
        with state_of(request).reader.connect() as connection:
            read_visible(connection, kind, request.path_params["id"], actor)

    return before_body
