"""Kinds, roles and the terms that facts and requests are written in."""

from enum import StrEnum


class SubjectKind(StrEnum):
    """What an event can be about. The last three live in the stream `authority`, not in a case."""

    CASE = "case"
    DECISION = "decision"
    ORDER = "order"
    PENALTY_CLAUSE = "penalty_clause"
    PENALTY_DECISION = "penalty_decision"
    FILING = "filing"
    ACCESS_REQUEST = "access_request"
    DEBT = "debt"
    ACCOUNT = "account"
    KEY = "key"
    ENDPOINT = "endpoint"


class Role(StrEnum):
    """Who acts. An account may hold several."""

    CASE_OFFICER = "case_officer"
    HEAD_OF_ENFORCEMENT = "head_of_enforcement"
    RAPPORTEUR = "rapporteur"
    COMMITTEE_SECRETARY = "committee_secretary"
    DECISION_MAKER = "decision_maker"
    REGISTRAR = "registrar"
    FINANCE_OFFICER = "finance_officer"
    AUDITOR = "auditor"
    COUNSEL = "counsel"
    SCHEDULER = "scheduler"
    ADMINISTRATOR = "administrator"


STAFF = frozenset(
    {
        Role.CASE_OFFICER,
        Role.HEAD_OF_ENFORCEMENT,
        Role.RAPPORTEUR,
        Role.COMMITTEE_SECRETARY,
        Role.DECISION_MAKER,
        Role.REGISTRAR,
        Role.FINANCE_OFFICER,
        Role.AUDITOR,
    }
)
"""Who reads cases. Counsel reads what it was told of the parties it represents, the scheduler its due list alone."""


class Audience(StrEnum):
    """Who may learn of an event: the authority alone, or also the party it was served on."""

    INTERNAL = "internal"
    SERVED = "served"


class Nature(StrEnum):
    """`result`: discharged once; `continuous`: can be breached again; `display`: from one day to another."""

    RESULT = "result"
    CONTINUOUS = "continuous"
    DISPLAY = "display"


class PeriodFrom(StrEnum):
    """What starts the compliance period of an order."""

    SERVICE = "service"
    DISPATCH = "dispatch"
    FINALITY = "finality"
    PUBLICATION = "publication"


class AccruesFrom(StrEnum):
    """What the first late day of a clause hangs on."""

    DAY_AFTER_LAST_DAY = "day_after_last_day"
    FIXED_DATE = "fixed_date"
    AFTER_FINALITY = "after_finality"
    LATER_ACT = "later_act"


class Liability(StrEnum):
    """Whether each addressee owes its own penalty or all owe one together."""

    SEVERAL = "several"
    JOINT = "joint"


class Observations(StrEnum):
    """What became of the observations of the party heard."""

    NONE_RECEIVED = "none_received"
    ANSWERED = "answered"
    OPEN = "open"


class ServiceChannel(StrEnum):
    """How an act was formally delivered."""

    REGISTERED_LETTER = "registered_letter"
    ELECTRONIC_REGISTERED = "electronic_registered"
    BAILIFF = "bailiff"
    DIPLOMATIC = "diplomatic"
    COURIER = "courier"
    BY_HAND = "by_hand"


class PartyKind(StrEnum):
    """The name of a natural person is kept apart from the chained journal, that of a legal person is not."""

    LEGAL_PERSON = "legal_person"
    NATURAL_PERSON = "natural_person"


class Form(StrEnum):
    """What a decision is: a corrective decision, or a formal notice, which has neither fine nor clause."""

    CORRECTIVE_DECISION = "corrective_decision"
    FORMAL_NOTICE = "formal_notice"


class ServiceBasis(StrEnum):
    """Why an act counts as served: it was handed over, or the regime deems it served."""

    DELIVERED = "delivered"
    REFUSED = "refused"
    UNCOLLECTED = "uncollected"
    UNOPENED = "unopened"
    POSTED = "posted"


class ServiceFailure(StrEnum):
    """Why an attempt at service failed."""

    NOT_FOUND = "not_found"
    MOVED = "moved"
    RETURNED = "returned"
    NOT_ACCEPTED = "not_accepted"
    NO_PROOF = "no_proof"


class SuspensionScope(StrEnum):
    """What a suspension is of."""

    ORDER = "order"
    LIMB = "limb"
    CLAUSE = "clause"
    COLLECTION = "collection"


class SuspensionEffect(StrEnum):
    """What a suspension does to days; it has no default."""

    NO_ACCRUAL = "no_accrual"
    PERIOD_STOPS = "period_stops"
    PERIOD_RESTARTS = "period_restarts"
    NEW_LAST_DAY = "new_last_day"
    COLLECTION_ONLY = "collection_only"


class Retroactivity(StrEnum):
    """Whether an act ends something from a day on, or as if it had never been."""

    EX_NUNC = "ex_nunc"
    EX_TUNC = "ex_tunc"


class ItemKind(StrEnum):
    """What a ruling can be about; `decision` is the whole of it."""

    DECISION = "decision"
    ORDER = "order"
    LIMB = "limb"
    CLAUSE = "clause"
    FINE = "fine"
    PENALTY = "penalty"


class RulingOutcome(StrEnum):
    """What a court did with one item. `reinstated` reverses an annulment."""

    UPHELD = "upheld"
    ANNULLED = "annulled"
    REDUCED_TO = "reduced_to"
    RAISED_TO = "raised_to"
    SUSPENDED = "suspended"
    REMITTED = "remitted"
    REINSTATED = "reinstated"


class FilingKind(StrEnum):
    """What a party filed."""

    COMPLIANCE_REPORT = "compliance_report"
    OBSERVATIONS = "observations"
    REQUEST = "request"


class RequestKind(StrEnum):
    """What a request is for: a later last day, or that the order be stayed."""

    EXTENSION = "extension"
    SUSPENSION = "suspension"


class FilingOutcome(StrEnum):
    """What became of observations; the names are those of the states they lead to."""

    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    REJECTED = "rejected"


class DaysAfter(StrEnum):
    """What becomes of the days of a penalty closed without a sum: free for a next proposal, or never penalised."""

    LEFT_OPEN = "left_open"
    RELEASED = "released"


class DebtKind(StrEnum):
    """What is owed."""

    FINE = "fine"
    PENALTY = "penalty"
    INTEREST = "interest"
