"""What every event of a penalty decision does: it changes the one it is about, in its place in the case."""

from abc import abstractmethod

from workflow.lifecycle.facts import CaseFacts, PenaltyDecision
from workflow.lifecycle.kernel.events import Event, Payload
from workflow.lifecycle.kernel.tree import with_penalty


class OfPenalty(Payload):
    """An event of a penalty decision."""

    __slots__ = ()

    @abstractmethod
    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """The penalty decision after it."""

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with the penalty decision as it then is."""
        return with_penalty(case, self.on(case.penalty_decision(event.subject.id), event))
