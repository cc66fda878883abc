"""One person's access request under an order to answer them."""

import re
from datetime import date

from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.facts.ids import Subject
from workflow.lifecycle.vocabulary import AccessRequestState, SubjectKind

_S = AccessRequestState
_PSEUDONYM = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9._/-]{0,59}")

WAITING_FOR_ANSWER = frozenset({_S.RECEIVED, _S.IN_PROGRESS, _S.EXTENDED, _S.DISPUTED})
"""Open through the respondent's doing: the person waits for it. In an identity check it waits for the person."""

NOT_VERIFIED = WAITING_FOR_ANSWER | {_S.IDENTITY_CHECK, _S.ANSWERED, _S.REFUSED, _S.NO_DATA_HELD}
"""Nobody at the authority has yet said that the request was dealt with as it should be."""


def is_pseudonym(reference: str) -> bool:
    """Whether this can be the reference of a request: one word with a digit in it, as no name of a person is."""
    return _PSEUDONYM.fullmatch(reference) is not None


@frozen
class AccessRequest:
    """An access request, by the reference the parties use for it; never by the name of the person.

    Two clocks: `statutory_by` (GDPR art. 12(3), from receipt by the respondent) and the last day of the order.
    """

    id: str
    n: int
    order: str
    reference: str
    received_on: date
    state: AccessRequestState
    statutory_by: date
    extended_on: date | None = None
    dealt_with_on: date | None = None
    verified_on: date | None = None
    disputed_on: date | None = None

    @property
    def subject(self) -> Subject:
        """What an event about it is about."""
        return Subject(SubjectKind.ACCESS_REQUEST, self.id)
