"""Every kind of thing there is in a case, and how a thing is found in it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.regime import Regime
from workflow.lifecycle.access_request.kind import ACCESS_REQUEST
from workflow.lifecycle.case.kind import CASE
from workflow.lifecycle.debt.kind import DEBT
from workflow.lifecycle.decision.kind import DECISION
from workflow.lifecycle.facts import (
    AccessRequest,
    CaseFacts,
    Clause,
    Debt,
    Decision,
    Filing,
    Order,
    PenaltyDecision,
    Subject,
)
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.filing.kind import FILING
from workflow.lifecycle.kernel.kind import Kind, Parties, rules_under
from workflow.lifecycle.order.kind import ORDER
from workflow.lifecycle.penalty_clause.kind import PENALTY_CLAUSE
from workflow.lifecycle.penalty_decision.kind import PENALTY_DECISION
from workflow.lifecycle.vocabulary import State, SubjectKind

Thing = CaseFacts | Decision | Order | Clause | PenaltyDecision | Filing | AccessRequest | Debt

KINDS: Mapping[SubjectKind, Kind[Any]] = {
    kind.kind: kind for kind in (CASE, DECISION, ORDER, PENALTY_CLAUSE, PENALTY_DECISION, FILING, ACCESS_REQUEST, DEBT)
}


@frozen
class Standing:
    """A thing where it stands: in its case, and under the decision that holds it, where one does."""

    case: CaseFacts
    kind: Kind[Any]
    thing: Thing
    decision: Decision | None

    @property
    def state(self) -> State:
        """The thing's state."""
        return self.thing.state

    @property
    def told(self) -> Parties:
        """The parties it concerns who were told of it."""
        return self.kind.told(self.case, self.thing)

    def regime(self, day: date) -> Regime:
        """The version its decision was adopted under; before adoption, the version in force on this day."""
        return rules_under(self.case, self.decision, day)


def find(case: CaseFacts, subject: Subject) -> Standing | None:
    """The thing with this kind and id in the case, or None."""
    kind = KINDS.get(subject.kind)
    if kind is None:
        return None
    for thing in kind.things(case):
        if thing.id == subject.id:
            return Standing(case, kind, thing, kind.decision(case, thing))
    return None
