"""The machines: what may follow what, who may do it and on what ground, for anybody. Nothing of any case."""

from fastapi import APIRouter, Depends

from api.access import anybody
from workflow.law.regime import Regime
from workflow.law.regime import regime as named
from workflow.lifecycle.door.machine import TABLES
from workflow.lifecycle.kernel.faults import errors_below
from workflow.store.missing import NotFound
from workflow.use_cases.views.machine import MachinePage, MachineView, machine_view

router = APIRouter(dependencies=[Depends(anybody)], tags=["machines"])


@router.get("/v1/machines")
def read_machines(regime: str | None = None) -> MachinePage:
    """Every machine; with `regime` (`fr-cnil`, or `fr-cnil@1`) with what the authority's own rules say."""
    return MachinePage(items=[machine_view(table, _rules(regime)) for table in TABLES.values()])


@router.get("/v1/machines/{id}")
def read_machine(id: str, regime: str | None = None) -> MachineView:
    """A machine by its name (`order`): states, rows, and its diagram as Mermaid text; `regime` as for all of them."""
    for kind, table in TABLES.items():
        if kind.value == id:
            return machine_view(table, _rules(regime))
    raise NotFound("machine", id)


def _rules(regime: str | None) -> Regime | None:
    with errors_below("/query"):
        return None if regime is None else named(regime)
