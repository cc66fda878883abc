"""The machine of a corrective decision and of a formal notice."""

from workflow.lifecycle.decision.adoption_guards import HEARD, NOT_THE_DRAFTER
from workflow.lifecycle.decision.contents import DraftContent, PublicationContent, WithdrawalContent
from workflow.lifecycle.decision.drafting import draft, revise
from workflow.lifecycle.decision.drafting_guards import (
    CLAUSES_COMPUTABLE,
    CLAUSES_IN_CURRENCY,
    CLAUSES_IN_KNOWN_UNITS,
    CLAUSES_MAY_ATTACH,
    CLAUSES_WITHIN_LIMIT,
    ONE_CLAUSE_AN_ORDER,
    REFERENCE_FREE,
)
from workflow.lifecycle.decision.outcome import (
    CAN_BE_PUBLISHED,
    FORMAL_NOTICE,
    ORDERS_ENDED,
    SAYS_THE_EFFECT,
    DecisionClosed,
    DecisionReferred,
    record_publication,
    withdraw,
)
from workflow.lifecycle.decision.review import DecisionReturned, DecisionSubmitted, adopt
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.rules import DECIDER, HEAD, OFFICER, REGISTRAR, SAME, Row
from workflow.lifecycle.kernel.writing import Says
from workflow.lifecycle.proceedings.rows import proceedings_rows
from workflow.lifecycle.vocabulary import DecisionState, SubjectKind, Trigger

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
        sources=(DecisionState.ABSENT,),
        target=DecisionState.DRAFT,
        roles=OFFICER,
        label="Draft a decision",
        ground=_POWER,
        guards=(REFERENCE_FREE,),
        takes=DraftContent,
        act=draft,
        parent_kind=SubjectKind.CASE,
        versioned=False,
    ),
    Row(
        trigger=Trigger.REVISE,
        sources=(DecisionState.DRAFT,),
        target=SAME,
        roles=OFFICER,
        label="Replace the draft",
        ground=_POWER,
        guards=(NOT_BACKWARDS, REFERENCE_FREE),
        takes=DraftContent,
        act=revise,
    ),
    Row(
        trigger=Trigger.SUBMIT,
        sources=(DecisionState.DRAFT,),
        target=DecisionState.IN_REVIEW,
        roles=OFFICER,
        label="Submit for review",
        ground=_POWER,
        guards=(NOT_BACKWARDS, *_CLAUSES),
        act=Says(DecisionSubmitted),
    ),
    Row(
        trigger=Trigger.RETURN_TO_DRAFT,
        sources=(DecisionState.IN_REVIEW,),
        target=DecisionState.DRAFT,
        roles=HEAD | DECIDER,
        label="Return to draft",
        ground=_POWER,
        guards=(NOT_BACKWARDS,),
        act=Says(DecisionReturned),
    ),
    Row(
        trigger=Trigger.ADOPT,
        sources=(DecisionState.IN_REVIEW,),
        target=DecisionState.ADOPTED,
        roles=DECIDER,
        label="Adopt the decision",
        ground=_POWER,
        guards=(NOT_THE_DRAFTER, NOT_BACKWARDS, HEARD, *_CLAUSES),
        act=adopt,
    ),
    *proceedings_rows(standing=(DecisionState.ADOPTED,), final=DecisionState.FINAL, annulled=DecisionState.ANNULLED),
    Row(
        trigger=Trigger.RECORD_PUBLICATION,
        sources=_ADOPTED,
        target=SAME,
        roles=REGISTRAR,
        label="Record publication",
        ground="the decision says that it is made public",
        guards=(CAN_BE_PUBLISHED,),
        takes=PublicationContent,
        act=record_publication,
    ),
    Row(
        trigger=Trigger.CLOSE,
        sources=(DecisionState.ADOPTED,),
        target=DecisionState.CLOSED,
        roles=OFFICER,
        confirmed_by=HEAD,
        label="Close the formal notice",
        ground="what was demanded is done, or demanded no more",
        guards=(FORMAL_NOTICE, NOT_BACKWARDS, ORDERS_ENDED),
        act=Says(DecisionClosed),
    ),
    Row(
        trigger=Trigger.REFER,
        sources=(DecisionState.ADOPTED,),
        target=DecisionState.REFERRED,
        roles=HEAD,
        label="Refer the matter to the deciding body",
        ground="a formal notice not followed",
        guards=(FORMAL_NOTICE, NOT_BACKWARDS),
        act=Says(DecisionReferred),
    ),
    *(
        Row(
            trigger=Trigger.WITHDRAW,
            sources=sources,
            target=DecisionState.WITHDRAWN,
            roles=DECIDER,
            label="Withdraw the decision",
            ground="who may decide may take back what burdens a party",
            guards=guards,
            takes=WithdrawalContent,
            act=withdraw,
        )
        for sources, guards in (
            ((DecisionState.DRAFT, DecisionState.IN_REVIEW), (NOT_BACKWARDS,)),
            (_ADOPTED, (SAYS_THE_EFFECT, NOT_BACKWARDS)),
        )
    ),
)
