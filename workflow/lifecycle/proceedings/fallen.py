"""What is owed under a penalty decision when the decision, the clause or the orders it rests on fall away or come back.

What rests on nothing is not asked for, and what was paid is given back; the body still declares it void. Reversed on
appeal, the basis brings the debt back.
"""

from collections.abc import Sequence
from typing import Any

from workflow.lifecycle.debt import effects as debt_effects
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.penalty_decision.sums import basis_gone
from workflow.lifecycle.vocabulary import Trigger

_MOVES_A_BASIS = frozenset({Trigger.RECORD_RULING, Trigger.RECORD_ANNULMENT, Trigger.LIFT, Trigger.WITHDRAW})


def with_what_rests_on_it(at: Situation[Any, Any], events: Sequence[Event]) -> list[Event]:
    """The events of an act, and `debt.adjusted` for the penalties whose basis it takes away or brings back."""
    if at.command.trigger not in _MOVES_A_BASIS or not at.case.penalty_decisions:
        return list(events)
    after = fold(at.case, events)
    followed = list(events)
    for penalty in after.penalty_decisions:
        gone = basis_gone(after, penalty) is not None
        if gone is not (basis_gone(at.case, penalty) is not None):
            subject = penalty.subject
            followed += debt_effects.adjust(at, subject, None if gone else penalty.owed)
    return followed
