"""The review of a draft: submitted, returned to draft, adopted."""

from workflow.law.money import Money
from workflow.law.regime import regime
from workflow.lifecycle.decision.events import OfDecision, drafters
from workflow.lifecycle.facts import Decision
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, event
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.vocabulary import Audience, DecisionState


@event("decision.submitted", Audience.INTERNAL)
class DecisionSubmitted(OfDecision):
    """The draft goes to review; who submitted it does not adopt it."""

    def on(self, decision: Decision, event: Event) -> Decision:
        """In review."""
        return replace(decision, drafters=drafters(decision, event), state=DecisionState.IN_REVIEW)


@event("decision.returned_to_draft", Audience.INTERNAL)
class DecisionReturned(OfDecision):
    """The review sent it back; the reason is the event's text."""

    def on(self, decision: Decision, event: Event) -> Decision:
        """A draft again."""
        return replace(decision, state=DecisionState.DRAFT)


@event("decision.adopted", Audience.INTERNAL)
class DecisionAdopted(OfDecision):
    """It was adopted under these rules: they rule compliance, clauses and penalties from now on."""

    regime: str
    regime_sha256: str
    fine: Money | None = None

    def on(self, decision: Decision, event: Event) -> Decision:
        """Adopted."""
        return replace(
            decision,
            state=DecisionState.ADOPTED,
            regime=self.regime,
            adopted_on=event.effective_on,
            adopted_by=event.actor,
        )


def adopt(at: Situation[Decision, None]) -> list[Event]:
    """`decision.adopted`, under the regime in force on this day."""
    rules = regime(at.case.regime, at.effective_on)
    return [written(at, DecisionAdopted(regime=rules.pin, regime_sha256=rules.sha256, fine=at.thing.fine))]
