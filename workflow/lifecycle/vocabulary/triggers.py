"""The triggers: imperative, `record_…` where something is only written down."""

from enum import StrEnum


class Trigger(StrEnum):
    """What a person or the scheduler can pull. A trigger means the same on every kind of thing that has it."""

    # a case
    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"

    # four eyes, on anything
    CONFIRM = "confirm"
    DECLINE = "decline"

    # drafting and adopting
    DRAFT = "draft"
    REVISE = "revise"
    SUBMIT = "submit"
    RETURN_TO_DRAFT = "return_to_draft"
    ADOPT = "adopt"
    WITHDRAW = "withdraw"
    REFER = "refer"

    # serving, appealing, becoming final
    RECORD_SERVICE = "record_service"
    RECORD_FAILED_SERVICE = "record_failed_service"
    RECORD_CONTEST = "record_contest"
    CORRECT_SERVICE = "correct_service"
    RECORD_PUBLICATION = "record_publication"
    RECORD_APPEAL = "record_appeal"
    RECORD_RULING = "record_ruling"
    PROPOSE_FINALITY = "propose_finality"
    RECORD_FINALITY = "record_finality"

    # an order
    ENTER_INTO_FORCE = "enter_into_force"
    MOVE_CLOCK = "move_clock"
    REMIND = "remind"
    RECORD_EXPIRY = "record_expiry"
    ESTABLISH_NON_COMPLIANCE = "establish_non_compliance"
    ACCEPT_LIMB = "accept_limb"
    ACCEPT_COMPLIANCE = "accept_compliance"
    RECORD_RELAPSE = "record_relapse"
    RECORD_PREMATURE_DELETION = "record_premature_deletion"
    EXTEND = "extend"
    SUSPEND = "suspend"
    RESUME = "resume"
    LIFT = "lift"
    RECORD_LAPSE = "record_lapse"
    RECORD_ANNULMENT = "record_annulment"
    REINSTATE = "reinstate"

    # a penalty clause
    CHANGE_RATE = "change_rate"
    START_ACCRUAL = "start_accrual"

    # a filing
    RECORD_REPORT = "record_report"
    RECORD_OBSERVATIONS = "record_observations"
    RECORD_REQUEST = "record_request"
    ASSESS = "assess"
    ACCEPT = "accept"
    ACCEPT_IN_PART = "accept_in_part"
    REJECT = "reject"
    REPLY = "reply"
    GRANT = "grant"
    REFUSE = "refuse"
    ATTACH = "attach"

    # an access request
    REGISTER_REQUEST = "register_request"
    BEGIN = "begin"
    ASK_IDENTITY = "ask_identity"
    RECORD_IDENTITY = "record_identity"
    RECORD_ANSWER = "record_answer"
    RECORD_REFUSAL = "record_refusal"
    RECORD_NO_DATA = "record_no_data"
    VERIFY = "verify"
    DISPUTE = "dispute"
    SET_ASIDE = "set_aside"

    # a penalty decision
    PROPOSE_PENALTY = "propose_penalty"
    TAKE_UP = "take_up"
    NOTIFY_GROUNDS = "notify_grounds"
    EXTEND_WINDOW = "extend_window"
    RECORD_WAIVER = "record_waiver"
    OBSERVATIONS_CLOSED = "observations_closed"
    RECORD_RECUSAL = "record_recusal"
    DELIBERATE = "deliberate"
    CLOSE_WITHOUT_PENALTY = "close_without_penalty"
    PUT_IN_ABEYANCE = "put_in_abeyance"
    CONFIRM_SUM = "confirm_sum"
    REPLACE_SUM = "replace_sum"
    DECLARE_VOID = "declare_void"

    # a debt
    ARISE = "arise"
    CHARGE_INTEREST = "charge_interest"
    FALL_DUE = "fall_due"
    RECORD_PAYMENT = "record_payment"
    PAYMENT_OVERDUE = "payment_overdue"
    LIMITATION_NEAR = "limitation_near"
    HAND_OVER = "hand_over"
    DEFER = "defer"
    AGREE_INSTALMENTS = "agree_instalments"
    RECORD_SECURITY = "record_security"
    RECORD_DEFAULT = "record_default"
    RECORD_UNCOLLECTABLE = "record_uncollectable"
    WRITE_OFF = "write_off"
    RECORD_TIME_BAR = "record_time_bar"
    ADJUST = "adjust"
    RECORD_REFUND = "record_refund"
