"""What the house asks about access requests: those of a case that are loaded, and no party is told of any."""

from operator import attrgetter

from workflow.lifecycle.access_request.rows import ROWS
from workflow.lifecycle.facts import AccessRequest
from workflow.lifecycle.kernel.kind import NOBODY, Kind
from workflow.lifecycle.vocabulary import SubjectKind

ACCESS_REQUEST: Kind[AccessRequest] = Kind(
    kind=SubjectKind.ACCESS_REQUEST,
    rows=ROWS,
    things=attrgetter("requests"),
    decision=lambda case, request: case.decision_of(request.order),
    concerns=lambda case, request: frozenset({case.order(request.order)[1].addressee}),
    told=lambda *_: NOBODY,
    last_dates=lambda request: (request.received_on, request.dealt_with_on, request.disputed_on),
)
