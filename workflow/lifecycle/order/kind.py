"""What the house asks about orders."""

from workflow.lifecycle.facts import Order
from workflow.lifecycle.kernel.kind import Kind
from workflow.lifecycle.order.rows import ROWS
from workflow.lifecycle.vocabulary import SubjectKind

ORDER: Kind[Order] = Kind(
    kind=SubjectKind.ORDER,
    rows=ROWS,
    things=lambda case: (order for _, order in case.orders()),
    decision=lambda case, order: case.decision_of(order.id),
    concerns=lambda _, order: frozenset({order.addressee}),
    told=lambda case, order: frozenset({order.addressee}) & case.decision_of(order.id).reached,
    last_dates=lambda order: (order.starts_on, order.acted_on),
)
