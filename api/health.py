"""Whether the process lives, and whether it can serve."""

from fastapi import APIRouter, Depends, Request
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from api.access import anybody
from api.problems import DESCRIBED
from api.state import state_of
from workflow.store.tables.journal import case_head
from workflow.use_cases.views.shared import View

router = APIRouter(prefix="/health", tags=["health"], dependencies=[Depends(anybody)])


class HealthView(View):
    """`ok`; what is wrong is a problem."""

    status: str


@router.get("/live", name="read_live")
def live() -> HealthView:
    """The process answers; nothing else is asked."""
    return HealthView(status="ok")


@router.get("/ready", name="read_ready", responses={503: {"description": "Not ready.", "content": DESCRIBED}})
def ready(request: Request) -> HealthView:
    """The database answers and has our tables."""
    try:
        with state_of(request).reader.connect() as connection:
            connection.execute(select(case_head.c.case).limit(1))
    except SQLAlchemyError:
        raise HTTPException(503, "The database is away or was not migrated.") from None
    return HealthView(status="ok")
