"""The machines: what may follow what, who may do it and on what ground, for anybody. Nothing of any case."""

from fastapi import APIRouter, Depends

from api.access import anybody
from workflow.lifecycle.machine import TABLES
from workflow.store.missing import NotFound
from workflow.use_cases.views.machine import MachinePage, MachineView, machine_view

router = APIRouter(dependencies=[Depends(anybody)], tags=["machines"])


@router.get("/v1/machines")
def read_machines() -> MachinePage:
    """Every machine."""
    return MachinePage(items=[machine_view(table) for table in TABLES.values()])


@router.get("/v1/machines/{id}")
def read_machine(id: str) -> MachineView:
    """A machine by its name (`order`): states, rows, and its diagram as Mermaid text."""
    for kind, table in TABLES.items():
        if kind.value == id:
            return machine_view(table)
    raise NotFound("machine", id)
