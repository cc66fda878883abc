"""Rows of a penalty decision that ends without a sum, waits, is withdrawn, or falls with what it rested on."""

from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.rules import Row
from workflow.lifecycle.penalty_decision.adoption_guards import CAME_FROM
from workflow.lifecycle.penalty_decision.sum_guards import BASIS_IS_GONE
from workflow.lifecycle.vocabulary import PenaltyDecisionState as State
from workflow.lifecycle.vocabulary import Role, Trigger

_BODY = frozenset({Role.DECISION_MAKER})
_KEEPS_TIME = frozenset({Role.DECISION_MAKER, Role.HEAD_OF_ENFORCEMENT, Role.COMMITTEE_SECRETARY})
_BEFORE_ADOPTION = (State.PROPOSED, State.DRAFT, State.GROUNDS_NOTIFIED, State.IN_DELIBERATION)
_FIXED = (State.ADOPTED, State.REDUCED, State.FINAL)
_FALLS = "a penalty decision falls with its order"

OUTCOMES: tuple[Row, ...] = (
    *(
        Row(
            trigger=Trigger.CLOSE_WITHOUT_PENALTY,
            source=state,
            target=State.CLOSED_WITHOUT_PENALTY,
            roles=_BODY,
            label="Close without a penalty",
            ground="a penalty is fixed, not owed, by the clause",
            guards=(NOT_BACKWARDS,),
        )
        for state in _BEFORE_ADOPTION
    ),
    *(
        Row(
            trigger=Trigger.PUT_IN_ABEYANCE,
            source=state,
            target=State.IN_ABEYANCE,
            roles=_KEEPS_TIME,
            label="Put in abeyance",
            ground="the body orders its own business",
            guards=(NOT_BACKWARDS,),
        )
        for state in CAME_FROM
    ),
    *(
        Row(
            trigger=Trigger.RESUME,
            source=State.IN_ABEYANCE,
            target=state,
            roles=_KEEPS_TIME,
            label="Resume",
            ground="the body orders its own business",
            guards=(guard, NOT_BACKWARDS),
        )
        for state, guard in CAME_FROM.items()
    ),
    *(
        Row(
            trigger=Trigger.WITHDRAW,
            source=state,
            target=State.WITHDRAWN,
            roles=_BODY,
            label="Withdraw; its days are free again",
            ground="who decides may undo what burdens a party",
            guards=(NOT_BACKWARDS,),
        )
        for state in (*_BEFORE_ADOPTION, State.IN_ABEYANCE, *_FIXED)
    ),
    *(
        Row(
            trigger=Trigger.DECLARE_VOID,
            source=state,
            target=State.VOID,
            roles=_BODY,
            label="Declare void: what it rested on fell away",
            ground=_FALLS,
            guards=(NOT_BACKWARDS, BASIS_IS_GONE),
        )
        for state in (*_BEFORE_ADOPTION, State.IN_ABEYANCE, *_FIXED)
    ),
)
