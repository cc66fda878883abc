"""What the house asks about debts."""

from operator import attrgetter

from workflow.lifecycle.debt.rows import ROWS
from workflow.lifecycle.facts import CaseFacts, Debt
from workflow.lifecycle.kernel.kind import NOBODY, Kind, Parties
from workflow.lifecycle.vocabulary import SubjectKind


def _concerns(case: CaseFacts, debt: Debt) -> Parties:
    return frozenset(case.addressees_of(case.source_of(debt)))


def _told(case: CaseFacts, debt: Debt) -> Parties:
    """A party learns of a debt by the act that fixed it, of interest by what was paid of it."""
    if debt.source_kind is SubjectKind.DEBT and not (debt.payments or debt.refunds):
        return NOBODY
    return _concerns(case, debt) & case.source_of(debt).reached


DEBT: Kind[Debt] = Kind(
    kind=SubjectKind.DEBT,
    rows=ROWS,
    things=attrgetter("debts"),
    decision=lambda case, debt: case.decision_under(case.source_of(debt)),
    concerns=_concerns,
    told=_told,
    last_dates=lambda debt: (debt.arose_on, debt.acted_on),
)
