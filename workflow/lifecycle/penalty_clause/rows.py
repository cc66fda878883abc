"""The machine of a penalty clause: whether it stands, and what is changed in it for the future."""

from workflow.lifecycle.kernel.rules import DECIDER, SAME, Row, before, effect
from workflow.lifecycle.kernel.suspension import CAN_RESUME, ResumptionContent, SuspensionContent
from workflow.lifecycle.kernel.writing import Says
from workflow.lifecycle.penalty_clause.clause import ClauseAccrualStarted, ClauseRateChanged, lift, resume, suspend
from workflow.lifecycle.penalty_clause.contents import AccrualContent, LiftingContent, RateContent
from workflow.lifecycle.penalty_clause.guards import (
    ACCRUAL_CAN_START,
    ADOPTED,
    CLAUSE_CAN_BE_SUSPENDED,
    RATE_CAN_CHANGE,
)
from workflow.lifecycle.vocabulary import ClauseState, Role, Trigger

_WHO = frozenset({Role.REGISTRAR, Role.DECISION_MAKER})
_GROUND = "operative part of the decision, penalty clause"
_SUSPENSION = "a ruling, or an act of the authority that suspends its own clause"
_ALIVE = (ClauseState.STANDING, ClauseState.SUSPENDED)
_ADOPTED = (*_ALIVE, ClauseState.LIFTED)

ROWS: tuple[Row, ...] = (
    Row(
        trigger=Trigger.CHANGE_RATE,
        sources=_ALIVE,
        target=SAME,
        roles=DECIDER,
        label="Change the rate for the future",
        ground=_GROUND,
        guards=(ADOPTED, RATE_CAN_CHANGE),
        takes=RateContent,
        act=Says(ClauseRateChanged),
    ),
    Row(
        trigger=Trigger.START_ACCRUAL,
        sources=_ALIVE,
        target=SAME,
        roles=DECIDER,
        label="Let the penalty begin to accrue",
        ground=_GROUND,
        guards=(ADOPTED, ACCRUAL_CAN_START),
        takes=AccrualContent,
        act=Says(ClauseAccrualStarted),
    ),
    Row(
        trigger=Trigger.SUSPEND,
        sources=(ClauseState.STANDING,),
        target=ClauseState.SUSPENDED,
        roles=_WHO,
        label="Suspend the clause",
        ground=_SUSPENSION,
        guards=(ADOPTED, CLAUSE_CAN_BE_SUSPENDED),
        takes=SuspensionContent,
        act=suspend,
    ),
    *(
        effect(
            cause,
            trigger=Trigger.SUSPEND,
            sources=(ClauseState.STANDING,),
            target=ClauseState.SUSPENDED,
            label="Suspend the clause",
            ground=_SUSPENSION,
        )
        for cause in (Trigger.RECORD_RULING, Trigger.RECORD_APPEAL)
    ),
    Row(
        trigger=Trigger.RESUME,
        sources=(ClauseState.SUSPENDED,),
        target=ClauseState.STANDING,
        roles=_WHO,
        label="End the suspension",
        ground=_SUSPENSION,
        guards=(ADOPTED, CAN_RESUME),
        takes=ResumptionContent,
        act=resume,
    ),
    Row(
        trigger=Trigger.LIFT,
        sources=_ALIVE,
        target=ClauseState.LIFTED,
        roles=DECIDER,
        label="Lift the clause",
        ground=_GROUND,
        guards=(ADOPTED,),
        takes=LiftingContent,
        act=lift,
    ),
    effect(
        Trigger.WITHDRAW,
        trigger=Trigger.LIFT,
        sources=_ADOPTED,
        target=ClauseState.LIFTED,
        label="Lift the clause",
        ground=_GROUND,
    ),
    effect(
        Trigger.RECORD_RULING,
        trigger=Trigger.RECORD_ANNULMENT,
        sources=_ADOPTED,
        target=ClauseState.ANNULLED,
        label="Annulled",
        ground="a court's annulment takes effect as if the clause had never been",
    ),
    effect(
        Trigger.RECORD_RULING,
        trigger=Trigger.REINSTATE,
        sources=(ClauseState.ANNULLED,),
        target=before(*_ADOPTED),
        label="Comes back as it was",
        ground="a higher court reversed the annulment",
    ),
)
