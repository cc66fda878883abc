"""What is said of a penalty."""

from dataclasses import dataclass
from datetime import date

from workflow.lifecycle.vocabulary import SubjectKind, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalContent:
    """`propose_penalty` by an officer: the last day assessed; by default the day before today."""

    assessed_to: date | None = None


CONTENT = {(SubjectKind.PENALTY_CLAUSE, Trigger.PROPOSE_PENALTY): ProposalContent}
