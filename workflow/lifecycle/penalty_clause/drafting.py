"""The penalty clauses of a draft: drafted, revised, discarded with the decision that holds them."""

from workflow.lifecycle.facts import CaseFacts, Clause
from workflow.lifecycle.facts.frozen import copied, replace
from workflow.lifecycle.kernel.events import Event, Payload, event, shared
from workflow.lifecycle.kernel.tree import with_clause, with_decision
from workflow.lifecycle.penalty_clause.contents import ClauseContent
from workflow.lifecycle.vocabulary import Audience


@shared
class ClauseDraft(Payload):
    """What a draft says of a penalty clause for one addressee, of the orders on it; None where all owe together."""

    decision: str
    addressee: int | None
    clause: ClauseContent

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with the clause as it is drafted."""
        drafted = copied(Clause, self.clause, id=event.subject.id, addressee=self.addressee)
        return with_clause(case, case.decision(self.decision), drafted)


@event("penalty_clause.drafted", Audience.INTERNAL)
class ClauseDrafted(ClauseDraft):
    """A draft holds a penalty clause."""


@event("penalty_clause.revised", Audience.INTERNAL)
class ClauseRevised(ClauseDraft):
    """A draft holds a penalty clause in other words."""


@event("penalty_clause.discarded", Audience.INTERNAL)
class ClauseDiscarded(Payload):
    """A draft holds a penalty clause no more."""

    decision: str

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case without the clause."""
        decision = case.decision(self.decision)
        kept = tuple(clause for clause in decision.clauses if clause.id != event.subject.id)
        return with_decision(case, replace(decision, clauses=kept))
