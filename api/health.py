"""Whether the process lives, and whether it can serve."""

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from api.access import anybody
from api.state import state_of
from workflow.store.tables.journal import case_head
from workflow.use_cases.views.shared import View

router = APIRouter(prefix="/health", tags=["health"], dependencies=[Depends(anybody)])


class HealthView(View):
    """`ok`, or what is wrong."""

    status: str


@router.get("/live")
def live() -> HealthView:
    """The process answers; nothing else is asked."""
    return HealthView(status="ok")


@router.get("/ready", responses={503: {"model": HealthView}})
def ready(request: Request, response: Response) -> HealthView:
    """The database answers and has our tables."""
    try:
        with state_of(request).reader.connect() as connection:
            connection.execute(select(case_head.c.case).limit(1))
    except SQLAlchemyError:
        response.status_code = 503
        return HealthView(status="the database is away or was not migrated")
    return HealthView(status="ok")
