"""Every act and every fold, gathered from the files beside this one."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.lifecycle.access_request import acts as access
from workflow.lifecycle.case import acts as case
from workflow.lifecycle.case import dead_letters as dead_letter
from workflow.lifecycle.debt import acts as debt
from workflow.lifecycle.debt import payments_acts as payments
from workflow.lifecycle.door import four_eyes
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.filing import acts as filing
from workflow.lifecycle.filing import requests_acts as requests
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.penalty_decision import hearing_acts as penalty_hearing
from workflow.lifecycle.penalty_decision import outcome_acts as penalty_outcome
from workflow.lifecycle.penalty_decision import proposal_acts as penalty
from workflow.lifecycle.penalty_decision import sum_acts as penalty_sum
from workflow.lifecycle.vocabulary import SubjectKind, Trigger

Act = Callable[[Situation[Any, Any]], list[Event]]
Fold = Callable[[CaseFacts, Event], CaseFacts]

ACTS: Mapping[tuple[SubjectKind, Trigger], Act] = {
    **case.ACTS,
    **filing.ACTS,
    **requests.ACTS,
    **access.ACTS,
    **penalty.ACTS,
    **debt.ACTS,
    **payments.ACTS,
    **penalty_hearing.ACTS,
    **penalty_outcome.ACTS,
    **penalty_sum.ACTS,
}
"""What happens when a row of a machine is taken, by the kind of the machine and the trigger."""

FOLDS: Mapping[EventType, Fold] = {
    **case.FOLDS,
    **penalty.FOLDS,
    **penalty_hearing.FOLDS,
    **penalty_outcome.FOLDS,
    **penalty_sum.FOLDS,
    **filing.FOLDS,
    **requests.FOLDS,
    **access.FOLDS,
    **debt.FOLDS,
    **payments.FOLDS,
    **four_eyes.FOLDS,
    **dead_letter.FOLDS,
}
"""What each event does to the facts."""
