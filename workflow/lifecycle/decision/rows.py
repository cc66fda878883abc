"""The machine of a corrective decision and of a formal notice."""

from workflow.lifecycle.decision.adoption_guards import HEARD, NOT_THE_DRAFTER
from workflow.lifecycle.decision.drafting_guards import (
    CLAUSES_COMPUTABLE,
    CLAUSES_IN_CURRENCY,
    CLAUSES_IN_KNOWN_UNITS,
    CLAUSES_MAY_ATTACH,
    CLAUSES_WITHIN_LIMIT,
    ONE_CLAUSE_AN_ORDER,
    REFERENCE_FREE,
)
from workflow.lifecycle.decision.outcome_guards import CAN_BE_PUBLISHED, FORMAL_NOTICE, ORDERS_ENDED, SAYS_THE_EFFECT
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.rules import Row
from workflow.lifecycle.proceedings.rows import proceedings_rows
from workflow.lifecycle.vocabulary import DecisionState, Role, SubjectKind, Trigger

_OFFICER = frozenset({Role.CASE_OFFICER})
_HEAD = frozenset({Role.HEAD_OF_ENFORCEMENT})
_DECIDER = frozenset({Role.DECISION_MAKER})
_CLAUSES = (
    CLAUSES_IN_CURRENCY,
    ONE_CLAUSE_AN_ORDER,
    CLAUSES_MAY_ATTACH,
    CLAUSES_WITHIN_LIMIT,
    CLAUSES_COMPUTABLE,
    CLAUSES_IN_KNOWN_UNITS,
)
_ADOPTED = (DecisionState.ADOPTED, DecisionState.FINAL)
_POWER = "GDPR art. 58(2)"

ROWS: tuple[Row, ...] = (
    Row(
        trigger=Trigger.DRAFT,
        source=DecisionState.ABSENT,
        target=DecisionState.DRAFT,
        roles=_OFFICER,
        label="Draft a decision",
        ground=_POWER,
        guards=(REFERENCE_FREE,),
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
        guards=(NOT_BACKWARDS, REFERENCE_FREE),
    ),
    Row(
        trigger=Trigger.SUBMIT,
        source=DecisionState.DRAFT,
        target=DecisionState.IN_REVIEW,
        roles=_OFFICER,
        label="Submit for review",
        ground=_POWER,
        guards=(NOT_BACKWARDS, *_CLAUSES),
    ),
    Row(
        trigger=Trigger.RETURN_TO_DRAFT,
        source=DecisionState.IN_REVIEW,
        target=DecisionState.DRAFT,
        roles=_HEAD | _DECIDER,
        label="Return to draft",
        ground=_POWER,
        guards=(NOT_BACKWARDS,),
    ),
    Row(
        trigger=Trigger.ADOPT,
        source=DecisionState.IN_REVIEW,
        target=DecisionState.ADOPTED,
        roles=_DECIDER,
        label="Adopt the decision",
        ground=_POWER,
        guards=(NOT_THE_DRAFTER, NOT_BACKWARDS, HEARD, *_CLAUSES),
    ),
    *proceedings_rows(standing=(DecisionState.ADOPTED,), final=DecisionState.FINAL, annulled=DecisionState.ANNULLED),
    *(
        Row(
            trigger=Trigger.RECORD_PUBLICATION,
            source=state,
            target=state,
            roles=frozenset({Role.REGISTRAR}),
            label="Record publication",
            ground="the decision says that it is made public",
            guards=(CAN_BE_PUBLISHED,),
        )
        for state in _ADOPTED
    ),
    Row(
        trigger=Trigger.CLOSE,
        source=DecisionState.ADOPTED,
        target=DecisionState.CLOSED,
        roles=_OFFICER,
        confirmed_by=_HEAD,
        label="Close the formal notice",
        ground="what was demanded is done, or demanded no more",
        guards=(FORMAL_NOTICE, NOT_BACKWARDS, ORDERS_ENDED),
    ),
    Row(
        trigger=Trigger.REFER,
        source=DecisionState.ADOPTED,
        target=DecisionState.REFERRED,
        roles=_HEAD,
        label="Refer the matter to the deciding body",
        ground="a formal notice not followed",
        guards=(FORMAL_NOTICE, NOT_BACKWARDS),
    ),
    *(
        Row(
            trigger=Trigger.WITHDRAW,
            source=state,
            target=DecisionState.WITHDRAWN,
            roles=_DECIDER,
            label="Withdraw the decision",
            ground="who may decide may take back what burdens a party",
            guards=(*((SAYS_THE_EFFECT,) if state in _ADOPTED else ()), NOT_BACKWARDS),
        )
        for state in (DecisionState.DRAFT, DecisionState.IN_REVIEW, *_ADOPTED)
    ),
)
