"""Many triggers in one request, each through the one door. The scheduler takes its steps here."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import Field, StrictInt
from starlette.concurrency import run_in_threadpool

from api.access import Anyone, NotAllowed
from api.problems import json_of, problem_of
from api.state import State, state_of
from api.strict_route import StrictRoute
from api.unreadable import reads
from api.v1.transitions import TransitionBody, add_changes, transition
from workflow.lifecycle.door.machine import TABLES
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.refusals import GuardRefused, VersionConflict
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import Role, SubjectKind
from workflow.use_cases.acting.advance import Transition, advance
from workflow.use_cases.acting.body_types import Body, Name
from workflow.use_cases.acting.outcome import Outcome
from workflow.use_cases.reading.due_list import put_to_sleep
from workflow.use_cases.views.pending import waiting_for
from workflow.use_cases.views.shared import SubjectRef, View

router = APIRouter(tags=["transitions"], route_class=StrictRoute)

PULLING = frozenset(role for table in TABLES.values() for row in table.rows for role in row.roles)


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
    """What became of one item: `done`, `already_done` with the event that did it, or `refused` with the problem.

    An act that was done but for a second person names in `waits_for` the roles that may confirm it.
    """

    index: int
    outcome: str
    subject: SubjectRef
    version: int | None = None
    events: list[str] = Field(default_factory=list)
    waits_for: list[Role] = Field(default_factory=list)
    problem: dict[str, Any] | None = None


class BulkView(View):
    """One result an item, in their order."""

    results: list[ResultView]


@router.post("/v1/transitions", name="transition_many", response_model=BulkView)
async def pull_many(request: Request, body: BulkBody, actor: Anyone) -> Response:
    """Pull many triggers; a refused item leaves the others alone."""
    state = state_of(request)
    if actor.roles.isdisjoint(PULLING):
        raise NotAllowed("Pulling triggers", PULLING, actor)
    items = [transition(Subject(item.subject.kind, item.subject.id), item, item.version) for item in body.items]
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


def _result(index: int, item: Transition, answer: Outcome | BaseException) -> dict[str, Any]:
    if isinstance(answer, BaseException):
        return {
            "index": index,
            "outcome": "refused",
            "subject": {"kind": item.subject.kind, "id": item.subject.id},
            "version": None,
            "events": [],
            "waits_for": [],
            "problem": problem_of(answer),
        }
    return {
        "index": index,
        "outcome": answer.outcome,
        "subject": {"kind": answer.subject.kind, "id": answer.subject.id},
        "version": answer.version,
        "events": answer.events,
        "waits_for": waiting_for(answer.case, item.subject, item.trigger),
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
