"""A machine as the API shows it: its states, its rows as they are enforced, and the diagram made from them."""

from typing import Annotated

from pydantic import Field

from workflow.law.regime import Regime
from workflow.lifecycle.door.checks import Fault, begins, ends, gaps, states
from workflow.lifecycle.door.contents import needs
from workflow.lifecycle.door.diagram import mermaid, title
from workflow.lifecycle.door.machine import under
from workflow.lifecycle.kernel.rules import Row, Table
from workflow.lifecycle.vocabulary import Role, State, SubjectKind, Trigger
from workflow.use_cases.acting.fields import DataField, fields_of
from workflow.use_cases.views.shared import View, shown


class RowView(View):
    """One row: what leads from one state to another, who may do it, on what conditions and ground.

    `guards` are asked in their order and answer a refusal by name. `needs` are the members of `data`
    that must be given, `fields` all of them. `parent_kind` is
    the kind of the parent on which a creating trigger is posted. A row that is the `effect_of` another trigger has no
    role and cannot be posted. `step` marks what the scheduler reaches by a step's key.
    """

    trigger: Trigger
    label: str
    from_: Annotated[str, Field(validation_alias="source", serialization_alias="from")]
    to: Annotated[str, Field(validation_alias="target")]
    roles: list[Role]
    guards: list[str]
    confirmed_by: list[Role]
    needs: list[str]
    fields: list[DataField]
    ground: str
    parent_kind: SubjectKind | None
    effect_of: Trigger | None
    step: bool


class GapView(View):
    """What a machine does not have yet, and why."""

    state: str
    fault: Fault
    reason: str


class MachineView(View):
    """The life of one kind of thing. `mermaid` is the text of its diagram; `not_yet` what is known to be missing."""

    name: SubjectKind
    title: str
    begins: str
    ends: list[str]
    states: list[str]
    rows: list[RowView]
    not_yet: list[GapView]
    mermaid: str


class MachinePage(View):
    """All machines."""

    items: list[MachineView]


def machine_view(table: Table, rules: Regime | None = None) -> MachineView:
    """Show a machine, under a regime if one is named."""
    if rules is not None:
        table = under(table, rules)
    return MachineView(
        name=table.kind,
        title=title(table),
        begins=begins(table),
        ends=list(ends(table)),
        states=list(states(table)),
        rows=[_row(table, row, rules, *move) for row in table.rows for move in row.moves()],
        not_yet=[shown(GapView, gap) for gap in gaps(table)],
        mermaid=mermaid(table),
    )


def _row(table: Table, row: Row, rules: Regime | None, source: State, target: State) -> RowView:
    kind = row.parent_kind or table.kind
    return shown(
        RowView,
        row,
        source=source,
        target=target,
        roles=[role for role in Role if role in row.roles],
        guards=[guard.name for guard in row.guards],
        confirmed_by=[role for role in Role if role in row.confirmed_by],
        needs=list(needs(kind, row.trigger, rules, row)),
        fields=[] if row.effect_of is not None else fields_of(kind, row.trigger, rules, row),
    )
