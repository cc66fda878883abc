"""Rows of a penalty decision whose sum a correction touched: the body keeps it, or it is stated anew.

Neither while what it rested on is gone: there is no sum to settle then, and it may come back as it was.
"""

from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.rules import Guard, Row
from workflow.lifecycle.penalty_decision.sum_guards import (
    BASIS_STANDS,
    NOT_ABOVE_NOTIFIED,
    ONLY_DOWNWARDS,
    SOMETHING_IS_LEFT,
    SUM_IS_OUTDATED,
)
from workflow.lifecycle.vocabulary import PenaltyDecisionState as State
from workflow.lifecycle.vocabulary import Role, Trigger

_BODY = frozenset({Role.DECISION_MAKER})
_FACTS = "a penalty is stated from the facts as they are"


def _replace(source: State, target: State, roles: frozenset[Role], *guards: Guard) -> Row:
    return Row(
        trigger=Trigger.REPLACE_SUM,
        source=source,
        target=target,
        roles=roles,
        label="State the sum anew from the facts as they are",
        ground=_FACTS,
        guards=(NOT_BACKWARDS, BASIS_STANDS, SUM_IS_OUTDATED, SOMETHING_IS_LEFT, *guards),
    )


SUMS: tuple[Row, ...] = (
    *(
        Row(
            trigger=Trigger.CONFIRM_SUM,
            source=state,
            target=state,
            roles=_BODY,
            label="Keep the sum although the facts changed",
            ground=_FACTS,
            guards=(NOT_BACKWARDS, BASIS_STANDS, SUM_IS_OUTDATED),
        )
        for state in (
            State.PROPOSED,
            State.DRAFT,
            State.GROUNDS_NOTIFIED,
            State.IN_DELIBERATION,
            State.ADOPTED,
            State.REDUCED,
            State.FINAL,
        )
    ),
    *(_replace(state, state, frozenset({Role.CASE_OFFICER})) for state in (State.PROPOSED, State.DRAFT)),
    *(_replace(state, state, _BODY, NOT_ABOVE_NOTIFIED) for state in (State.GROUNDS_NOTIFIED, State.IN_DELIBERATION)),
    *(_replace(state, State.REDUCED, _BODY, ONLY_DOWNWARDS) for state in (State.ADOPTED, State.REDUCED, State.FINAL)),
)
