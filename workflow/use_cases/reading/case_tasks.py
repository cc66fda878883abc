"""What waits for a person in a case."""

from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection, select

from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.facts.access_request import WAITING_FOR_ANSWER
from workflow.lifecycle.reading.tasks import tasks
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.cases import read_case
from workflow.store.codec import with_requests
from workflow.store.tables.current import access_requests
from workflow.use_cases.views.shared import SubjectRef, View, Viewer, shown


class TaskView(View):
    """Something a person has to do: what, on what, since when, why, and who may. `trigger` is what they pull."""

    task: Annotated[str, Field(validation_alias="kind")]
    subject: SubjectRef
    trigger: str | None
    since: date | None
    why: str
    who: list[str]
    urgent: bool


class TaskPage(View):
    """What waits for a person in a case: what is urgent first, then the oldest."""

    items: list[TaskView]


def case_tasks(connection: Connection, case: str, viewer: Viewer) -> TaskPage:
    """The tasks of a case on the viewer's day; NotFound when there is no such case."""
    facts = read_case(connection, SubjectKind.CASE, case)
    today = viewer.today(facts)
    return TaskPage(items=[shown(TaskView, task) for task in tasks(_with_overdue(connection, facts, today), today)])


def _with_overdue(connection: Connection, case: CaseFacts, today: date) -> CaseFacts:
    """The case with those of its access requests loaded whose day by law is over while the person waits."""
    at = access_requests.c
    overdue = select(access_requests).where(
        at.case == case.id, at.state.in_(WAITING_FOR_ANSWER), at.statutory_by < today
    )
    return with_requests(case, connection.execute(overdue).mappings())
