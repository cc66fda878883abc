"""Every act and every fold, gathered from the files beside this one."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.lifecycle.debt import acts as debt
from workflow.lifecycle.debt import payments_acts as payments
from workflow.lifecycle.decision import acts as decision
from workflow.lifecycle.decision import drafting_acts as drafting
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.penalty_decision import hearing_acts as penalty_hearing
from workflow.lifecycle.penalty_decision import outcome_acts as penalty_outcome
from workflow.lifecycle.penalty_decision import proposal_acts as penalty
from workflow.lifecycle.penalty_decision import sum_acts as penalty_sum
from workflow.lifecycle.proceedings import appeals_acts as proceedings
from workflow.lifecycle.proceedings import service_acts as service
from workflow.lifecycle.vocabulary import SubjectKind, Trigger

Act = Callable[[Situation[Any, Any]], list[Event]]
Fold = Callable[[CaseFacts, Event], CaseFacts]

ACTS: Mapping[tuple[SubjectKind, Trigger], Act] = {
    **decision.ACTS,
    **service.ACTS,
    **proceedings.ACTS,
    **penalty.ACTS,
    **debt.ACTS,
    **payments.ACTS,
    **penalty_hearing.ACTS,
    **penalty_outcome.ACTS,
    **penalty_sum.ACTS,
}
"""What happens when a row of a machine is taken, by the kind of the machine and the trigger."""

FOLDS: Mapping[EventType, Fold] = {
    **drafting.FOLDS,
    **decision.FOLDS,
    **service.FOLDS,
    **proceedings.FOLDS,
    **penalty.FOLDS,
    **penalty_hearing.FOLDS,
    **penalty_outcome.FOLDS,
    **penalty_sum.FOLDS,
    **debt.FOLDS,
    **payments.FOLDS,
}
"""What each event does to the facts."""
