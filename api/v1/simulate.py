"""What would happen to a case if people did certain things. It is posted because it takes a body; it writes nothing."""

from typing import Any

from fastapi import APIRouter, Request

from api.access import Reader
from api.problems import DESCRIBED
from api.state import state_of
from api.strict_route import StrictRoute
from api.unreadable import reads
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.cases import read_case
from workflow.use_cases.reading.simulate import SimulationBody, simulation_view
from workflow.use_cases.views.simulation import SimulationView

router = APIRouter(tags=["simulation"], route_class=StrictRoute)


@router.post(
    "/v1/orders/{id}/simulate", responses={404: {"description": "There is no such thing.", "content": DESCRIBED}}
)
def simulate_order(request: Request, id: str, actor: Reader, body: SimulationBody) -> SimulationView:
    """Run the case of an order forward with hypothetical acts: the path, the sums proposed, the messages to counsel."""
    state = state_of(request)
    with state.reader.connect() as connection:
        return simulation_view(connection, state.viewer(actor), id, body)


def _find_order(request: Request, _actor: Actor, _body: Any) -> None:
    with state_of(request).reader.connect() as connection:
        read_case(connection, SubjectKind.ORDER, request.path_params["id"])


reads(simulate_order, SimulationBody, first=_find_order)
