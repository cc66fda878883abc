"""A message to counsel that never arrived."""

from datetime import date

from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.vocabulary import SubjectKind


@frozen
class DeadLetter:
    """A message of type `type`, number `sequence` to an endpoint of `party`, about one thing; nobody got it so far."""

    message: str
    endpoint: str
    party: int
    sequence: int
    type: str
    about_kind: SubjectKind
    about: str
    given_up_on: date
