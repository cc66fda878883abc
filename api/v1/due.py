"""The steps that are due now."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api.access import DueReader
from api.state import state_of
from workflow.use_cases.due_list import due_list
from workflow.use_cases.views.shared import SubjectRef, View

router = APIRouter(tags=["scheduler"])


class DueQuery(BaseModel):
    """A page of the due list."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=500)] = 500
    cursor: Annotated[str | None, Field(max_length=200)] = None


class DueStepView(View):
    """A step that is due: post `trigger` on `subject` with `step`."""

    subject: SubjectRef
    case: str
    trigger: str
    step: str
    due_on: date
    due_at: datetime


class DueView(View):
    """A page of steps, earliest first; `next` is the cursor of the page after it."""

    items: list[DueStepView]
    next: str | None


@router.get("/v1/due")
def read_due(request: Request, _actor: DueReader, query: Annotated[DueQuery, Query()]) -> DueView:
    """What is due on the register's clock. Reading claims nothing."""
    state = state_of(request)
    with state.reader.connect() as connection:
        page = due_list(connection, state.now, query.limit, query.cursor)
    items = [
        DueStepView(
            subject=SubjectRef.of(step.subject),
            case=step.case,
            trigger=step.trigger,
            step=step.step,
            due_on=step.due_on,
            due_at=step.due_at,
        )
        for step in page.items
    ]
    return DueView(items=items, next=page.next)
