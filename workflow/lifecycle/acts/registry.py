"""Every act and every fold, gathered from the files beside this one."""

from collections.abc import Callable, Mapping

from workflow.lifecycle.acts import (
    access,
    case,
    clause,
    dead_letter,
    debt,
    decision,
    drafting,
    ending,
    filing,
    findings,
    four_eyes,
    moving,
    order,
    payments,
    penalty,
    penalty_hearing,
    penalty_outcome,
    penalty_sum,
    proceedings,
    requests,
    service,
    suspension,
)
from workflow.lifecycle.events import Event, EventType
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.rules import Situation
from workflow.lifecycle.vocabulary import SubjectKind, Trigger

Act = Callable[[Situation], list[Event]]
Fold = Callable[[CaseFacts, Event], CaseFacts]

ACTS: Mapping[tuple[SubjectKind, Trigger], Act] = {
    **case.ACTS,
    **decision.ACTS,
    **service.ACTS,
    **proceedings.ACTS,
    **order.ACTS,
    **findings.ACTS,
    **suspension.ACTS,
    **ending.ACTS,
    **clause.ACTS,
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
    **drafting.FOLDS,
    **case.FOLDS,
    **decision.FOLDS,
    **service.FOLDS,
    **proceedings.FOLDS,
    **moving.FOLDS,
    **order.FOLDS,
    **findings.FOLDS,
    **suspension.FOLDS,
    **ending.FOLDS,
    **clause.FOLDS,
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
