"""The machine of a corrective decision."""

from workflow.lifecycle.guards.adoption import HEARD, NOT_THE_DRAFTER
from workflow.lifecycle.guards.drafting import (
    CLAUSES_COMPUTABLE,
    CLAUSES_IN_CURRENCY,
    CLAUSES_MAY_ATTACH,
    CLAUSES_WITHIN_LIMIT,
    CLOCKS_CAN_RUN,
    ONE_CLAUSE_AN_ORDER,
)
from workflow.lifecycle.guards.service import CAN_BE_SERVED
from workflow.lifecycle.rules import Row, Table
from workflow.lifecycle.vocabulary import DecisionState, Role, SubjectKind, Trigger

_OFFICER = frozenset({Role.CASE_OFFICER})
_CLAUSES = (CLAUSES_IN_CURRENCY, ONE_CLAUSE_AN_ORDER, CLAUSES_MAY_ATTACH, CLAUSES_WITHIN_LIMIT, CLAUSES_COMPUTABLE)
_POWER = "GDPR art. 58(2)"

DECISION = Table(
    SubjectKind.DECISION,
    (
        Row(
            trigger=Trigger.DRAFT,
            source=DecisionState.ABSENT,
            target=DecisionState.DRAFT,
            roles=_OFFICER,
            label="Draft a decision",
            ground=_POWER,
            posted_on=SubjectKind.CASE,
            versioned=False,
        ),
        Row(
            trigger=Trigger.REVISE,
            source=DecisionState.DRAFT,
            target=DecisionState.DRAFT,
            roles=_OFFICER,
            label="Replace the draft",
            ground=_POWER,
        ),
        Row(
            trigger=Trigger.SUBMIT,
            source=DecisionState.DRAFT,
            target=DecisionState.IN_REVIEW,
            roles=_OFFICER,
            label="Submit for review",
            ground=_POWER,
            guards=(*_CLAUSES, CLOCKS_CAN_RUN),
        ),
        Row(
            trigger=Trigger.RETURN_TO_DRAFT,
            source=DecisionState.IN_REVIEW,
            target=DecisionState.DRAFT,
            roles=frozenset({Role.HEAD_OF_ENFORCEMENT, Role.DECISION_MAKER}),
            label="Return to draft",
            ground=_POWER,
        ),
        Row(
            trigger=Trigger.ADOPT,
            source=DecisionState.IN_REVIEW,
            target=DecisionState.ADOPTED,
            roles=frozenset({Role.DECISION_MAKER}),
            label="Adopt the decision",
            ground=_POWER,
            guards=(NOT_THE_DRAFTER, HEARD, *_CLAUSES),
        ),
        Row(
            trigger=Trigger.RECORD_SERVICE,
            source=DecisionState.ADOPTED,
            target=DecisionState.ADOPTED,
            roles=frozenset({Role.REGISTRAR}),
            label="Record service on an addressee",
            ground="the period runs from service",
            guards=(CAN_BE_SERVED,),
        ),
    ),
)
