"""The states of each kind of thing, in the order of a life: the first is where it begins."""

from enum import StrEnum


class CaseState(StrEnum):
    """The life of a case."""

    ABSENT = "absent"
    OPEN = "open"
    CLOSED = "closed"
    REOPENED = "reopened"


class DecisionState(StrEnum):
    """The life of a corrective decision; `closed` and `referred` end a formal notice."""

    ABSENT = "absent"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    ADOPTED = "adopted"
    FINAL = "final"
    CLOSED = "closed"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    ANNULLED = "annulled"


class OrderState(StrEnum):
    """The life of an order. `expired` only says that expiry was recorded; lateness is computed from dates."""

    PENDING = "pending"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    NON_COMPLIANT = "non_compliant"
    COMPLIED = "complied"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    LIFTED = "lifted"
    LAPSED = "lapsed"
    ANNULLED = "annulled"


class ClauseState(StrEnum):
    """The life of a penalty clause. Its days are computed; the state says whether it stands."""

    STANDING = "standing"
    SUSPENDED = "suspended"
    LIFTED = "lifted"
    ANNULLED = "annulled"


class FilingState(StrEnum):
    """The life of a compliance report, of observations, or of a request for time."""

    ABSENT = "absent"
    RECEIVED = "received"
    UNDER_ASSESSMENT = "under_assessment"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    REJECTED = "rejected"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class AccessRequestState(StrEnum):
    """The life of one person's access request under an order to answer them."""

    ABSENT = "absent"
    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    EXTENDED = "extended"
    IDENTITY_CHECK = "identity_check"
    ANSWERED = "answered"
    REFUSED = "refused"
    NO_DATA_HELD = "no_data_held"
    DISPUTED = "disputed"
    VERIFIED = "verified"
    SET_ASIDE = "set_aside"
    CLOSED = "closed"


class PenaltyDecisionState(StrEnum):
    """The life of a penalty decision."""

    ABSENT = "absent"
    PROPOSED = "proposed"
    DRAFT = "draft"
    GROUNDS_NOTIFIED = "grounds_notified"
    IN_DELIBERATION = "in_deliberation"
    IN_ABEYANCE = "in_abeyance"
    ADOPTED = "adopted"
    REDUCED = "reduced"
    FINAL = "final"
    CLOSED_WITHOUT_PENALTY = "closed_without_penalty"
    WITHDRAWN = "withdrawn"
    ANNULLED = "annulled"
    VOID = "void"


class DebtState(StrEnum):
    """The life of a debt: a fine, a penalty, interest."""

    ABSENT = "absent"
    PENDING = "pending"
    DUE = "due"
    PARTLY_PAID = "partly_paid"
    HANDED_OVER = "handed_over"
    SUSPENDED = "suspended"
    DEFERRED = "deferred"
    INSTALMENTS = "instalments"
    SECURED = "secured"
    UNCOLLECTABLE_ABROAD = "uncollectable_abroad"
    PAID = "paid"
    REFUND_DUE = "refund_due"
    REFUNDED = "refunded"
    WRITTEN_OFF = "written_off"
    TIME_BARRED = "time_barred"
    CANCELLED = "cancelled"


State = (
    CaseState
    | DecisionState
    | OrderState
    | ClauseState
    | FilingState
    | AccessRequestState
    | PenaltyDecisionState
    | DebtState
)
