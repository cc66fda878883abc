"""The machine of a penalty clause: whether it stands, and what is changed in it for the future."""

from workflow.lifecycle.kernel.rules import Row
from workflow.lifecycle.order.resumption_guards import STAY_CAN_END
from workflow.lifecycle.penalty_clause.guards import (
    ACCRUAL_CAN_START,
    ADOPTED,
    CLAUSE_CAN_BE_SUSPENDED,
    RATE_CAN_CHANGE,
    clause_annulled_in,
)
from workflow.lifecycle.vocabulary import ClauseState, Role, Trigger

_DECIDER = frozenset({Role.DECISION_MAKER})
_WHO = frozenset({Role.REGISTRAR, Role.DECISION_MAKER})
_GROUND = "operative part of the decision, penalty clause"
_STAY = "a ruling, or an act of the authority that stays its own clause"


def _lifting(source: ClauseState, cause: Trigger | None) -> Row:
    return Row(
        trigger=Trigger.LIFT,
        source=source,
        target=ClauseState.LIFTED,
        roles=_DECIDER if cause is None else frozenset(),
        label="Lift the clause",
        ground=_GROUND,
        guards=(ADOPTED,) if cause is None else (),
        effect_of=cause,
    )


ROWS: tuple[Row, ...] = (
    *(
        Row(
            trigger=Trigger.CHANGE_RATE,
            source=source,
            target=source,
            roles=_DECIDER,
            label="Change the rate for the future",
            ground=_GROUND,
            guards=(ADOPTED, RATE_CAN_CHANGE),
        )
        for source in (ClauseState.STANDING, ClauseState.SUSPENDED)
    ),
    *(
        Row(
            trigger=Trigger.START_ACCRUAL,
            source=source,
            target=source,
            roles=_DECIDER,
            label="Let the penalty begin to accrue",
            ground=_GROUND,
            guards=(ADOPTED, ACCRUAL_CAN_START),
        )
        for source in (ClauseState.STANDING, ClauseState.SUSPENDED)
    ),
    Row(
        trigger=Trigger.SUSPEND,
        source=ClauseState.STANDING,
        target=ClauseState.SUSPENDED,
        roles=_WHO,
        label="Suspend the clause",
        ground=_STAY,
        guards=(ADOPTED, CLAUSE_CAN_BE_SUSPENDED),
    ),
    *(
        Row(
            trigger=Trigger.SUSPEND,
            source=ClauseState.STANDING,
            target=ClauseState.SUSPENDED,
            roles=frozenset(),
            label="Suspend the clause",
            ground=_STAY,
            effect_of=cause,
        )
        for cause in (Trigger.RECORD_RULING, Trigger.RECORD_APPEAL)
    ),
    Row(
        trigger=Trigger.RESUME,
        source=ClauseState.SUSPENDED,
        target=ClauseState.STANDING,
        roles=_WHO,
        label="End the suspension",
        ground=_STAY,
        guards=(ADOPTED, STAY_CAN_END),
    ),
    *(_lifting(source, None) for source in (ClauseState.STANDING, ClauseState.SUSPENDED)),
    *(
        _lifting(source, Trigger.WITHDRAW)
        for source in (ClauseState.STANDING, ClauseState.SUSPENDED, ClauseState.LIFTED)
    ),
    *(
        Row(
            trigger=Trigger.RECORD_ANNULMENT,
            source=source,
            target=ClauseState.ANNULLED,
            roles=frozenset(),
            label="Annulled",
            ground="a court's annulment takes effect as if the clause had never been",
            effect_of=Trigger.RECORD_RULING,
        )
        for source in (ClauseState.STANDING, ClauseState.SUSPENDED, ClauseState.LIFTED)
    ),
    *(
        Row(
            trigger=Trigger.REINSTATE,
            source=ClauseState.ANNULLED,
            target=target,
            roles=frozenset(),
            label="Comes back as it was",
            ground="a higher court reversed the annulment",
            guards=(clause_annulled_in(target),),
            effect_of=Trigger.RECORD_RULING,
        )
        for target in (ClauseState.STANDING, ClauseState.SUSPENDED, ClauseState.LIFTED)
    ),
)
