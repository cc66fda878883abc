"""What the house asks about corrective decisions and formal notices."""

from operator import attrgetter

from workflow.lifecycle.decision.rows import ROWS
from workflow.lifecycle.facts import Decision
from workflow.lifecycle.kernel.kind import Kind, dates_of_an_act
from workflow.lifecycle.vocabulary import SubjectKind

DECISION: Kind[Decision] = Kind(
    kind=SubjectKind.DECISION,
    rows=ROWS,
    things=attrgetter("decisions"),
    decision=lambda _, decision: decision,
    concerns=lambda _, decision: frozenset(decision.addressees),
    told=lambda _, decision: frozenset(decision.addressees) & decision.reached,
    last_dates=dates_of_an_act,
)
