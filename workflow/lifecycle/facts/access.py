"""One person's access request under an order to answer them."""

from datetime import date

from workflow.lifecycle.frozen import frozen
from workflow.lifecycle.vocabulary import AccessRequestState


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
    before: AccessRequestState | None = None
    extended_on: date | None = None
    dealt_with_on: date | None = None
    verified_on: date | None = None
    disputed_on: date | None = None
