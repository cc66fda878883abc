"""The steps that are due now."""

from datetime import date, datetime
from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import DueReader
from api.state import state_of
from workflow.use_cases.reading.due_list import due_list
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


@router.get("/v1/due", response_model=DueView)
def read_due(request: Request, _actor: DueReader, query: Annotated[DueQuery, Query()]) -> Response:
    """What is due on the register's clock. Reading claims nothing."""
    state = state_of(request)
    with state.reader.connect() as connection:
        page = due_list(connection, state.now, query.limit, query.cursor)
    # Written as it stands: to build and check five hundred views would take longer than to find the steps.
    return Response(orjson.dumps(page, option=orjson.OPT_UTC_Z), media_type="application/json")
