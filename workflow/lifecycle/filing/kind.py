"""What the house asks about filings."""

from operator import attrgetter

from workflow.lifecycle.facts import CaseFacts, Decision, Filing
from workflow.lifecycle.filing.rows import ROWS
from workflow.lifecycle.kernel.kind import Kind
from workflow.lifecycle.vocabulary import SubjectKind


def _decision(case: CaseFacts, filing: Filing) -> Decision:
    """The decision that holds, or rests under, what it is about."""
    match filing.about_kind:
        case SubjectKind.ORDER:
            return case.decision_of(filing.about)
        case SubjectKind.PENALTY_DECISION:
            return case.decision_under(case.penalty_decision(filing.about))
        case _:
            return case.decision(filing.about)


FILING: Kind[Filing] = Kind(
    kind=SubjectKind.FILING,
    rows=ROWS,
    things=attrgetter("filings"),
    decision=_decision,
    concerns=lambda _, filing: frozenset({filing.party}),
    told=lambda _, filing: frozenset({filing.party}),
    last_dates=lambda filing: (filing.received_on,),
)
