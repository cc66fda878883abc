"""The machine of a penalty decision: from the proposal through the hearing of the party to the sum that is fixed."""

from workflow.lifecycle.decision.adoption_guards import NOT_THE_DRAFTER
from workflow.lifecycle.filing.requests_guards import GRANTS_EXTENSION, REQUESTS_ANSWERED
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.rules import Row
from workflow.lifecycle.penalty_decision.adoption_guards import BODY_MAY_SIT, MAY_VOTE, REDUCTION_ALLOWED
from workflow.lifecycle.penalty_decision.hearing_guards import (
    OBSERVATIONS_ANSWERED,
    WINDOW_CAN_OPEN,
    WINDOW_GROWS,
    WINDOW_OVER,
    WINDOW_RUNS,
)
from workflow.lifecycle.penalty_decision.outcome_rows import OUTCOMES
from workflow.lifecycle.penalty_decision.proposal_guards import LATE_DAYS_UNFIXED, SLICE_IS_OVER
from workflow.lifecycle.penalty_decision.sum_guards import (
    BASIS_STANDS,
    NOT_ABOVE_CAP,
    NOT_ABOVE_NOTIFIED,
    SUM_STILL_HOLDS,
)
from workflow.lifecycle.penalty_decision.sum_rows import SUMS
from workflow.lifecycle.proceedings.rows import proceedings_rows
from workflow.lifecycle.vocabulary import PenaltyDecisionState, Role, SubjectKind, Trigger

_CLAUSE = "operative part of the decision, penalty clause"
_HEARD = "Charter of Fundamental Rights art. 41(2)(a): right to be heard"
_IMPARTIAL = "Charter of Fundamental Rights art. 41(1): impartiality"
_SECRETARY = frozenset({Role.COMMITTEE_SECRETARY})
_NOTIFIES = frozenset({Role.HEAD_OF_ENFORCEMENT, Role.COMMITTEE_SECRETARY})
_HEAD_OR_BODY = frozenset({Role.HEAD_OF_ENFORCEMENT, Role.DECISION_MAKER})

_PROCEEDINGS = proceedings_rows(
    standing=(PenaltyDecisionState.ADOPTED, PenaltyDecisionState.REDUCED),
    final=PenaltyDecisionState.FINAL,
    annulled=PenaltyDecisionState.ANNULLED,
    reduced=PenaltyDecisionState.REDUCED,
    rests=(BASIS_STANDS,),
)

ROWS: tuple[Row, ...] = (
    Row(
        trigger=Trigger.PROPOSE_PENALTY,
        source=PenaltyDecisionState.ABSENT,
        target=PenaltyDecisionState.PROPOSED,
        roles=frozenset({Role.SCHEDULER, Role.CASE_OFFICER}),
        label="Propose a penalty",
        ground=_CLAUSE,
        guards=(LATE_DAYS_UNFIXED,),
        posted_on=SubjectKind.PENALTY_CLAUSE,
        step=True,
    ),
    Row(
        trigger=Trigger.TAKE_UP,
        source=PenaltyDecisionState.PROPOSED,
        target=PenaltyDecisionState.DRAFT,
        roles=frozenset({Role.CASE_OFFICER}),
        label="Take up the proposal",
        ground="a machine proposes, a person decides",
        guards=(SLICE_IS_OVER, NOT_BACKWARDS, SUM_STILL_HOLDS),
    ),
    Row(
        trigger=Trigger.NOTIFY_GROUNDS,
        source=PenaltyDecisionState.DRAFT,
        target=PenaltyDecisionState.GROUNDS_NOTIFIED,
        roles=_NOTIFIES,
        label="Notify the grounds and the sum",
        ground=_HEARD,
        guards=(SLICE_IS_OVER, NOT_BACKWARDS, SUM_STILL_HOLDS, WINDOW_CAN_OPEN),
    ),
    Row(
        trigger=Trigger.EXTEND_WINDOW,
        source=PenaltyDecisionState.GROUNDS_NOTIFIED,
        target=PenaltyDecisionState.GROUNDS_NOTIFIED,
        roles=_NOTIFIES | {Role.DECISION_MAKER},
        label="Extend the window for observations",
        ground=_HEARD,
        guards=(NOT_BACKWARDS, WINDOW_GROWS, GRANTS_EXTENSION),
    ),
    Row(
        trigger=Trigger.RECORD_WAIVER,
        source=PenaltyDecisionState.GROUNDS_NOTIFIED,
        target=PenaltyDecisionState.GROUNDS_NOTIFIED,
        roles=frozenset({Role.REGISTRAR}),
        label="Record that the party waived the window",
        ground=_HEARD,
        guards=(NOT_BACKWARDS, WINDOW_RUNS),
    ),
    Row(
        trigger=Trigger.OBSERVATIONS_CLOSED,
        source=PenaltyDecisionState.GROUNDS_NOTIFIED,
        target=PenaltyDecisionState.GROUNDS_NOTIFIED,
        roles=frozenset({Role.SCHEDULER}),
        label="Note that the window is over",
        ground="the last day of the window still counts",
        step=True,
    ),
    *(
        Row(
            trigger=Trigger.RECORD_RECUSAL,
            source=state,
            target=state,
            roles=_SECRETARY,
            label="Record that a member stands aside",
            ground=_IMPARTIAL,
        )
        for state in (
            PenaltyDecisionState.DRAFT,
            PenaltyDecisionState.GROUNDS_NOTIFIED,
            PenaltyDecisionState.IN_DELIBERATION,
        )
    ),
    Row(
        trigger=Trigger.DELIBERATE,
        source=PenaltyDecisionState.GROUNDS_NOTIFIED,
        target=PenaltyDecisionState.IN_DELIBERATION,
        roles=frozenset({Role.DECISION_MAKER, Role.COMMITTEE_SECRETARY}),
        label="Deliberate",
        ground=_HEARD,
        guards=(NOT_BACKWARDS, WINDOW_OVER, OBSERVATIONS_ANSWERED, SUM_STILL_HOLDS, BODY_MAY_SIT),
    ),
    *(
        Row(
            trigger=Trigger.RETURN_TO_DRAFT,
            source=state,
            target=PenaltyDecisionState.DRAFT,
            roles=_HEAD_OR_BODY,
            label="Return to draft; the grounds are notified anew",
            ground=_HEARD,
            guards=(NOT_BACKWARDS,),
        )
        for state in (PenaltyDecisionState.GROUNDS_NOTIFIED, PenaltyDecisionState.IN_DELIBERATION)
    ),
    Row(
        trigger=Trigger.ADOPT,
        source=PenaltyDecisionState.IN_DELIBERATION,
        target=PenaltyDecisionState.ADOPTED,
        roles=frozenset({Role.DECISION_MAKER}),
        label="Adopt the penalty decision",
        ground=_CLAUSE,
        guards=(
            NOT_THE_DRAFTER,
            MAY_VOTE,
            SLICE_IS_OVER,
            NOT_BACKWARDS,
            OBSERVATIONS_ANSWERED,
            REQUESTS_ANSWERED,
            SUM_STILL_HOLDS,
            REDUCTION_ALLOWED,
            NOT_ABOVE_NOTIFIED,
            NOT_ABOVE_CAP,
        ),
    ),
    *OUTCOMES,
    *SUMS,
    *_PROCEEDINGS,
)
