"""What the scheduler will do until a day if nothing else happens."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api.access import Reader
from api.problems import DESCRIBED
from api.state import state_of
from api.unreadable import reads
from workflow.lifecycle.kernel.rules import Actor
from workflow.use_cases.acting.body_types import IsoDate, OneLine
from workflow.use_cases.reading.forecast import ForecastView, forecast_view
from workflow.use_cases.reading.listing import case_meant

router = APIRouter(tags=["forecast"])


class ForecastQuery(BaseModel):
    """Until which day, of one case or of all."""

    model_config = ConfigDict(extra="forbid")

    until: Annotated[
        IsoDate | None,
        Field(description="The last day, from today to five years ahead; three months ahead if left out."),
    ] = None
    case: Annotated[OneLine | None, Field(description="The case; all of them if left out.")] = None


@router.get("/v1/forecast", responses={404: {"description": "There is no such thing.", "content": DESCRIBED}})
def read_forecast(request: Request, actor: Reader, query: Annotated[ForecastQuery, Query()]) -> ForecastView:
    """Every step that will fire, why, and what would stop it, in order of day. Reading it changes nothing."""
    state = state_of(request)
    with state.reader.connect() as connection:
        case = None if query.case is None else case_meant(connection, query.case, actor)
        return forecast_view(connection, state.viewer(actor), query.until, case)


def _find_case(request: Request, actor: Actor, _body: Any) -> None:
    case = request.query_params.get("case")
    if case is not None:
        with state_of(request).reader.connect() as connection:
            case_meant(connection, case, actor)


reads(read_forecast, ForecastQuery, first=_find_case)
