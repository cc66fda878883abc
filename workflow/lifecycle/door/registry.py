"""Every act and every fold, gathered from the files beside this one."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.lifecycle.access_request import acts as access
from workflow.lifecycle.case import acts as case
from workflow.lifecycle.case import dead_letters as dead_letter
from workflow.lifecycle.door import four_eyes
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.filing import acts as filing
from workflow.lifecycle.filing import requests_acts as requests
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.vocabulary import SubjectKind, Trigger

Act = Callable[[Situation[Any, Any]], list[Event]]
Fold = Callable[[CaseFacts, Event], CaseFacts]

ACTS: Mapping[tuple[SubjectKind, Trigger], Act] = {
    **case.ACTS,
    **filing.ACTS,
    **requests.ACTS,
    **access.ACTS,
}
"""What happens when a row of a machine is taken, by the kind of the machine and the trigger."""

FOLDS: Mapping[EventType, Fold] = {
    **case.FOLDS,
    **filing.FOLDS,
    **requests.FOLDS,
    **access.FOLDS,
    **four_eyes.FOLDS,
    **dead_letter.FOLDS,
}
"""What each event does to the facts."""
