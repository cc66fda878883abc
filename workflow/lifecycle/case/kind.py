"""What the house asks about cases."""

from workflow.lifecycle.case.rows import ROWS
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.kind import NOBODY, Kind
from workflow.lifecycle.vocabulary import SubjectKind

CASE: Kind[CaseFacts] = Kind(
    kind=SubjectKind.CASE,
    rows=ROWS,
    things=lambda case: (case,),
    decision=lambda *_: None,
    concerns=lambda *_: NOBODY,
    told=lambda *_: NOBODY,
    last_dates=lambda case: (case.closed_on,),
)
