"""What every act of the authority on a decision does: it changes it, and it is the last act on it."""

from workflow.lifecycle.facts import CaseFacts, Decision
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.kernel.tree import Of, with_decision


class OfDecision(Of[Decision]):
    """An act of the authority on a decision that is there."""

    __slots__ = ()

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with the decision as it then is, and the day of this act."""
        after = self.on(case.decision(event.subject.id), event)
        return with_decision(case, replace(after, acted_on=event.effective_on))


def drafters(decision: Decision, event: Event) -> tuple[str, ...]:
    """Who drafted, revised or submitted a decision, once this event counts too."""
    return decision.drafters if event.actor in decision.drafters else (*decision.drafters, event.actor)
