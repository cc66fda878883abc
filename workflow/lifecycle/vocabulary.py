"""The words of the domain as enums: one word a thing, stored and sent by value."""

from enum import StrEnum


class SubjectKind(StrEnum):
    """What an event can be about. The last three live in the stream `authority`, not in a case."""

    CASE = "case"
    DECISION = "decision"
    ORDER = "order"
    PENALTY_CLAUSE = "penalty_clause"
    PENALTY_DECISION = "penalty_decision"
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


class Audience(StrEnum):
    """Who may learn of an event: the authority alone, or also the party it was served on."""

    INTERNAL = "internal"
    SERVED = "served"


class Trigger(StrEnum):
    """What a person or the scheduler can pull; imperative, `record_…` where it is only written down."""

    OPEN = "open"
    DRAFT = "draft"
    REVISE = "revise"
    SUBMIT = "submit"
    RETURN_TO_DRAFT = "return_to_draft"
    ADOPT = "adopt"
    RECORD_SERVICE = "record_service"
    ENTER_INTO_FORCE = "enter_into_force"
    REMIND = "remind"
    RECORD_EXPIRY = "record_expiry"
    ACCEPT_COMPLIANCE = "accept_compliance"
    PROPOSE_PENALTY = "propose_penalty"
    TAKE_UP = "take_up"


class CaseState(StrEnum):
    """The life of a case."""

    ABSENT = "absent"
    OPEN = "open"


class DecisionState(StrEnum):
    """The life of a corrective decision."""

    ABSENT = "absent"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    ADOPTED = "adopted"


class OrderState(StrEnum):
    """The life of an order. `expired` only says that expiry was recorded; lateness is computed from dates."""

    PENDING = "pending"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    COMPLIED = "complied"


class PenaltyDecisionState(StrEnum):
    """The life of a penalty decision."""

    ABSENT = "absent"
    PROPOSED = "proposed"
    DRAFT = "draft"
    IN_DELIBERATION = "in_deliberation"
    ADOPTED = "adopted"


State = CaseState | DecisionState | OrderState | PenaltyDecisionState


class Nature(StrEnum):
    """`result`: discharged once; `continuous`: can be breached again; `display`: from one day to another."""

    RESULT = "result"
    CONTINUOUS = "continuous"
    DISPLAY = "display"


class PeriodFrom(StrEnum):
    """What starts the compliance period of an order. Only service starts one yet."""

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
