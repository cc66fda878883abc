"""What the house asks about penalty decisions."""

from operator import attrgetter

from workflow.lifecycle.facts import CaseFacts, PenaltyDecision
from workflow.lifecycle.kernel.kind import NOBODY, Kind, Parties, dates_of_an_act
from workflow.lifecycle.penalty_decision.rows import ROWS
from workflow.lifecycle.vocabulary import SubjectKind


def _told(case: CaseFacts, penalty: PenaltyDecision) -> Parties:
    """A party learns of a penalty by the notice of its grounds."""
    if penalty.grounds is None:
        return NOBODY
    return frozenset(case.addressees_of(penalty)) & case.decision(penalty.decision).reached


PENALTY_DECISION: Kind[PenaltyDecision] = Kind(
    kind=SubjectKind.PENALTY_DECISION,
    rows=ROWS,
    things=attrgetter("penalty_decisions"),
    decision=lambda case, penalty: case.decision(penalty.decision),
    concerns=lambda case, penalty: frozenset(case.addressees_of(penalty)),
    told=_told,
    last_dates=dates_of_an_act,
)
