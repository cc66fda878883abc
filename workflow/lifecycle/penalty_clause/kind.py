"""What the house asks about penalty clauses."""

from workflow.lifecycle.facts import CaseFacts, Clause
from workflow.lifecycle.kernel.kind import Kind, Parties
from workflow.lifecycle.penalty_clause.rows import ROWS
from workflow.lifecycle.vocabulary import SubjectKind


def _concerns(case: CaseFacts, clause: Clause) -> Parties:
    """Its addressee; all whose orders it covers where they are liable together."""
    if clause.addressee is not None:
        return frozenset({clause.addressee})
    decision, _ = case.clause(clause.id)
    return frozenset(order.addressee for order in decision.covered_by(clause))


PENALTY_CLAUSE: Kind[Clause] = Kind(
    kind=SubjectKind.PENALTY_CLAUSE,
    rows=ROWS,
    things=lambda case: (clause for _, clause in case.clauses()),
    decision=lambda case, clause: case.clause(clause.id)[0],
    concerns=_concerns,
    told=lambda case, clause: _concerns(case, clause) & case.clause(clause.id)[0].reached,
    last_dates=lambda _: (),
)
