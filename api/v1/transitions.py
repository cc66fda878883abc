"""The one door: a trigger pulled on a thing, or many at once. People, pages and the scheduler come through here."""

import re
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response
from pydantic import BeforeValidator, Field, StrictInt, WithJsonSchema
from starlette.concurrency import run_in_threadpool

from api.access import Anyone, NotAllowed
from api.idempotency import Answer, IdempotencyKey, asked, not_taken, write_once
from api.problems import json_of, problem_of
from api.state import State, state_of
from api.strict_route import StrictRoute
from api.unreadable import reads
from workflow.lifecycle.events import Subject
from workflow.lifecycle.machine import TABLES, creating
from workflow.lifecycle.refusals import GuardRefused, VersionConflict
from workflow.lifecycle.rules import Actor
from workflow.lifecycle.vocabulary import Role, SubjectKind
from workflow.store.missing import NotFound
from workflow.use_cases.advance import Transition, advance
from workflow.use_cases.due_list import put_to_sleep
from workflow.use_cases.journal_view import changes_since
from workflow.use_cases.members import Body, IsoDate, Name, OneLine, Words
from workflow.use_cases.once import OUTCOMES
from workflow.use_cases.outcome import Outcome
from workflow.use_cases.reading import read_case
from workflow.use_cases.views.shared import SubjectRef, View, Viewer
from workflow.use_cases.views.show import Shown, show
from workflow.use_cases.visible import read_visible

router = APIRouter(tags=["transitions"], route_class=StrictRoute)

_ETAG = re.compile(r'"([0-9]{1,9})"')
PULLING = frozenset(role for table in TABLES.values() for row in table.rows for role in row.roles)
Data = Annotated[dict[str, Any], Field(description="What the trigger needs: see `needs` in open_transitions.")]


def _version(if_match: str) -> int:
    """The version in an If-Match header: one strong number, nothing else."""
    found = _ETAG.fullmatch(if_match.strip())
    if found is None:
        raise ValueError(f'the version you read, as "7", not {if_match[:40]!r}')
    return int(found[1])


VersionRead = Annotated[
    int, BeforeValidator(_version), WithJsonSchema({"type": "string", "pattern": r'^"[0-9]{1,9}"$'})
]
IfMatch = Annotated[VersionRead | None, Header(description='The version you read, as "7".')]


class TransitionBody(Body):
    """A trigger to pull. `effective_on` is the legal date, by default today; `assumed` names what is not certain."""

    trigger: Name
    effective_on: IsoDate | None = None
    reason: Words | None = None
    assumed: Annotated[tuple[Name, ...], Field(max_length=50)] = ()
    data: Data = Field(default_factory=dict)
    step: Annotated[OneLine | None, Field(description="The step's key; the scheduler's alone.")] = None


class SubjectBody(Body):
    """A thing by kind and id."""

    kind: SubjectKind
    id: Name


class ItemBody(TransitionBody):
    """One of many: a person gives the `version` they read, the scheduler the `step`."""

    subject: SubjectBody
    version: Annotated[StrictInt, Field(ge=0, le=999_999_999)] | None = None


class BulkBody(Body):
    """Transitions, run in the order given, each checked as if alone."""

    items: Annotated[list[ItemBody], Field(min_length=1, max_length=500)]


class ResultView(View):
    """What became of one item: `done`, `already_done` with the event that did it, or `refused` with the problem."""

    index: int
    outcome: str
    subject: SubjectRef
    version: int | None = None
    events: list[str] = Field(default_factory=list)
    problem: dict[str, Any] | None = None


class BulkView(View):
    """One result an item, in their order."""

    results: list[ResultView]


def add_route(router: APIRouter, kind: SubjectKind) -> None:
    """Add `POST /{id}/transitions` for one kind of thing, with a key where one of its triggers makes another thing."""
    route = router.post(
        "/{id}/transitions",
        name=f"pull a trigger on a {kind.value}",
        response_model=Shown,
        responses={200: {"description": "The thing as it now is; the child, when the trigger made one."}},
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
        answer = await write_once(state, wanted, advance, _transition(subject, body, version), actor, OUTCOMES)
    except VersionConflict as conflict:
        await run_in_threadpool(add_changes, state, subject, conflict, actor)
        raise
    response.headers["ETag"] = f'"{answer.outcome.version}"'
    return await run_in_threadpool(shown, state, answer, actor)


@router.post("/v1/transitions", response_model=BulkView)
async def pull_many(request: Request, body: BulkBody, actor: Anyone) -> Response:
    """Pull many triggers; a refused item leaves the others alone."""
    state = state_of(request)
    if actor.roles.isdisjoint(PULLING):
        raise NotAllowed("Pulling triggers", PULLING, actor)
    items = [_transition(Subject(item.subject.kind, item.subject.id), item, item.version) for item in body.items]
    answers = await state.write_many([(advance, item, actor) for item in items])
    conflicts = [
        (item.subject, answer)
        for item, answer in zip(items, answers, strict=True)
        if isinstance(answer, VersionConflict)
    ]
    for subject, conflict in conflicts:
        await run_in_threadpool(add_changes, state, subject, conflict, actor)
    results = [_result(i, item, answer) for i, (item, answer) in enumerate(zip(items, answers, strict=True))]
    await _put_defects_to_sleep(state, items, answers, actor)
    return Response(json_of({"results": results}), media_type="application/json")


reads(pull_many, BulkBody)


def shown(state: State, answer: Answer[Outcome], actor: Actor) -> Shown:
    """The thing an outcome is about, as the act left it."""
    outcome = answer.outcome
    with state.reader.connect() as connection:
        return show(connection, outcome.case, outcome.subject, Viewer(actor, answer.at))


def _transition(subject: Subject, body: TransitionBody, version: int | None) -> Transition:
    return Transition(
        subject=subject,
        trigger=body.trigger,
        data=body.data,
        effective_on=body.effective_on,
        reason=body.reason,
        assumed=body.assumed,
        version=version,
        step=body.step,
    )


def _result(index: int, item: Transition, answer: Outcome | BaseException) -> dict[str, Any]:
    if isinstance(answer, BaseException):
        return {
            "index": index,
            "outcome": "refused",
            "subject": {"kind": item.subject.kind, "id": item.subject.id},
            "version": None,
            "events": [],
            "problem": problem_of(answer),
        }
    return {
        "index": index,
        "outcome": answer.outcome,
        "subject": {"kind": answer.subject.kind, "id": answer.subject.id},
        "version": answer.version,
        "events": answer.events,
        "problem": None,
    }


async def _put_defects_to_sleep(
    state: State, items: list[Transition], answers: list[Outcome | BaseException], actor: Actor
) -> None:
    """A guard that refuses a step the due list offered is a defect of ours: it must not be offered again at once."""
    defects = [
        item.subject.id
        for item, answer in zip(items, answers, strict=True)
        if item.step is not None and isinstance(answer, GuardRefused)
    ]
    if defects and Role.SCHEDULER in actor.roles:
        await state.write(put_to_sleep, defects, actor)


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
