"""The machine of a penalty decision. Nothing reaches `in_deliberation` yet, so nothing can be adopted."""

from workflow.lifecycle.guards.adoption import NOT_THE_DRAFTER
from workflow.lifecycle.guards.penalty import LATE_DAYS_UNFIXED, SLICE_IS_OVER
from workflow.lifecycle.rules import Row, Table
from workflow.lifecycle.vocabulary import PenaltyDecisionState, Role, SubjectKind, Trigger

PENALTY_DECISION = Table(
    SubjectKind.PENALTY_DECISION,
    (
        Row(
            trigger=Trigger.PROPOSE_PENALTY,
            source=PenaltyDecisionState.ABSENT,
            target=PenaltyDecisionState.PROPOSED,
            roles=frozenset({Role.SCHEDULER, Role.CASE_OFFICER}),
            label="Propose a penalty",
            ground="operative part of the decision, penalty clause",
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
            guards=(SLICE_IS_OVER,),
        ),
        Row(
            trigger=Trigger.ADOPT,
            source=PenaltyDecisionState.IN_DELIBERATION,
            target=PenaltyDecisionState.ADOPTED,
            roles=frozenset({Role.DECISION_MAKER}),
            label="Adopt the penalty decision",
            ground="operative part of the decision, penalty clause",
            guards=(NOT_THE_DRAFTER, SLICE_IS_OVER),
        ),
    ),
)
