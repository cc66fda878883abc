"""The penalty clauses of a draft: drafted, revised, discarded with the decision that holds them."""

from datetime import date

from workflow.law.money import Money
from workflow.lifecycle.facts import Cap, CaseFacts, Clause
from workflow.lifecycle.facts.frozen import copied, replace
from workflow.lifecycle.kernel.events import Event, Payload, event, shared
from workflow.lifecycle.kernel.tree import with_clause, with_decision
from workflow.lifecycle.vocabulary import AccruesFrom, Audience, Liability


@shared
class ClauseDraft(Payload):
    """What a draft says of a penalty clause for one addressee; None where all owe together."""

    decision: str
    n: int
    addressee: int | None
    covers: tuple[int, ...]
    rate: Money
    per: str
    assess_after: str
    assess_every: str | None = None
    partial_unit: str | None = None
    cap: Cap | None = None
    accrues_from: AccruesFrom = AccruesFrom.DAY_AFTER_LAST_DAY
    accrues_from_on: date | None = None
    liability: Liability = Liability.SEVERAL

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with the clause as it is drafted."""
        return with_clause(case, case.decision(self.decision), copied(Clause, self, id=event.subject.id))


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
