"""The whole case."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date

from workflow.lifecycle.facts.access_request import AccessRequest
from workflow.lifecycle.facts.dead_letter import DeadLetter
from workflow.lifecycle.facts.debt import Debt
from workflow.lifecycle.facts.decision import Decision
from workflow.lifecycle.facts.filing import Filing
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.facts.ids import Subject
from workflow.lifecycle.facts.order import Order
from workflow.lifecycle.facts.party import Party, Representative
from workflow.lifecycle.facts.penalty_clause import Clause
from workflow.lifecycle.facts.penalty_decision import PenaltyDecision
from workflow.lifecycle.facts.pending import PendingAct
from workflow.lifecycle.vocabulary import CaseState, SubjectKind

AdoptedAct = Decision | PenaltyDecision
"""A corrective decision or a penalty decision: both are served, appealed and become final alike."""


@frozen
class CaseFacts:
    """The whole case. `versions` counts, for each thing ever in it, the events whose subject or parent it is.

    Access requests come in thousands: an order holds their counts, and `requests` only those that the command at hand
    is about. `acts` counts the acts ever proposed for confirmation; `pending` are those that still wait.
    """

    id: str
    reference: str
    regime: str
    opened_on: date
    state: CaseState
    parties: tuple[Party, ...]
    representatives: tuple[Representative, ...] = ()
    decisions: tuple[Decision, ...] = ()
    penalty_decisions: tuple[PenaltyDecision, ...] = ()
    versions: Mapping[str, int] = field(default_factory=dict)
    filings: tuple[Filing, ...] = ()
    debts: tuple[Debt, ...] = ()
    requests: tuple[AccessRequest, ...] = ()
    pending: tuple[PendingAct, ...] = ()
    dead_letters: tuple[DeadLetter, ...] = ()
    acts: int = 0
    closed_on: date | None = None

    @property
    def subject(self) -> Subject:
        """What an event about it is about."""
        return Subject(SubjectKind.CASE, self.id)

    @property
    def title(self) -> str:
        """The first party by name, and how many there are beside it; a natural person is not named."""
        if not self.parties:
            return self.reference
        others = len(self.parties) - 1
        return (self.parties[0].name or "a natural person") + (f" and {others} more" if others else "")

    def party(self, n: int) -> Party:
        """The party with this number."""
        return next(party for party in self.parties if party.n == n)

    def decision(self, id: str) -> Decision:
        """The decision with this id."""
        return next(decision for decision in self.decisions if decision.id == id)

    def orders(self) -> Iterator[tuple[Decision, Order]]:
        """Each order with its decision."""
        return ((decision, order) for decision in self.decisions for order in decision.orders)

    def clauses(self) -> Iterator[tuple[Decision, Clause]]:
        """Each clause with its decision."""
        return ((decision, clause) for decision in self.decisions for clause in decision.clauses)

    def decision_of(self, order: str) -> Decision:
        """The decision that holds the order with this id."""
        return self.order(order)[0]

    def order(self, id: str) -> tuple[Decision, Order]:
        """The order with this id, and its decision."""
        found = self.find_order(id)
        assert found is not None
        return found

    def clause(self, id: str) -> tuple[Decision, Clause]:
        """The clause with this id, and its decision."""
        found = self.find_clause(id)
        assert found is not None
        return found

    def find_clause(self, id: str) -> tuple[Decision, Clause] | None:
        """The clause with this id, if it is there, and its decision."""
        for decision in self.decisions:
            for clause in decision.clauses:
                if clause.id == id:
                    return decision, clause
        return None

    def find_order(self, id: str) -> tuple[Decision, Order] | None:
        """The order with this id, if it is there, and its decision."""
        for decision in self.decisions:
            for order in decision.orders:
                if order.id == id:
                    return decision, order
        return None

    def penalties_of(self, clause: str) -> tuple[PenaltyDecision, ...]:
        """The penalty decisions of a clause, in the order they were proposed."""
        return tuple(penalty for penalty in self.penalty_decisions if penalty.clause == clause)

    def penalty_decision(self, id: str) -> PenaltyDecision:
        """The penalty decision with this id."""
        return next(penalty for penalty in self.penalty_decisions if penalty.id == id)

    def filing(self, id: str) -> Filing:
        """The filing with this id."""
        return next(filing for filing in self.filings if filing.id == id)

    def filings_on(self, id: str) -> tuple[Filing, ...]:
        """What was filed about one thing."""
        return tuple(filing for filing in self.filings if filing.about == id)

    def debt(self, id: str) -> Debt:
        """The debt with this id."""
        return next(debt for debt in self.debts if debt.id == id)

    def debts_of(self, source: str) -> tuple[Debt, ...]:
        """The debts that arose from one act."""
        return tuple(debt for debt in self.debts if debt.source == source)

    def pending_on(self, kind: SubjectKind, id: str) -> tuple[PendingAct, ...]:
        """The acts on one thing that wait for a second person."""
        return tuple(act for act in self.pending if act.subject_kind is kind and act.subject == id)

    def addressees_of(self, act: AdoptedAct) -> tuple[int, ...]:
        """On whom an act is served: a penalty on the party of its clause, on all of them when they owe jointly."""
        if isinstance(act, Decision):
            return act.addressees
        decision, clause = self.clause(act.clause)
        if clause.addressee is not None:
            return (clause.addressee,)
        return tuple(dict.fromkeys(order.addressee for order in decision.covered_by(clause)))

    def decision_under(self, act: AdoptedAct) -> Decision:
        """The decision itself, or the one that a penalty decision rests on."""
        return act if isinstance(act, Decision) else self.decision(act.decision)

    def source_of(self, debt: Debt) -> AdoptedAct:
        """The act that fixed what is owed, for interest that of the debt it accrued on."""
        match debt.source_kind:
            case SubjectKind.DECISION:
                return self.decision(debt.source)
            case SubjectKind.PENALTY_DECISION:
                return self.penalty_decision(debt.source)
            case _:
                return self.source_of(self.debt(debt.source))
