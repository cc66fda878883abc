"""Where a thing stands in its case: the thing itself, the decision it belongs to, its state, the rules it is under."""

from datetime import date

from workflow.law.regime import Regime, regime
from workflow.lifecycle.facts import (
    AccessRequest,
    CaseFacts,
    Clause,
    Debt,
    Decision,
    Filing,
    Order,
    PenaltyDecision,
)
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.vocabulary import State, SubjectKind

Thing = CaseFacts | Decision | Order | Clause | PenaltyDecision | Filing | AccessRequest | Debt


@frozen
class Standing:
    """A thing of a case with the decision that holds it, where one does."""

    thing: Thing
    decision: Decision | None

    @property
    def state(self) -> State:
        """The thing's state."""
        return self.thing.state

    def regime(self, case: CaseFacts, day: date) -> Regime:
        """The version its decision was adopted under; before adoption, the version in force on this day."""
        if self.decision is not None and self.decision.regime is not None:
            return regime(self.decision.regime)
        return regime(case.regime, day)


def find(case: CaseFacts, subject: Subject) -> Standing | None:
    """The thing with this kind and id in the case, or None."""
    match subject.kind:
        case SubjectKind.CASE:
            return Standing(case, None) if case.id == subject.id else None
        case SubjectKind.DECISION:
            held = next((each for each in case.decisions if each.id == subject.id), None)
            return Standing(held, held) if held else None
        case SubjectKind.ORDER:
            return _part(case.find_order(subject.id))
        case SubjectKind.PENALTY_CLAUSE:
            return _part(case.find_clause(subject.id))
        case SubjectKind.PENALTY_DECISION:
            return next(
                (
                    Standing(penalty, case.decision(penalty.decision))
                    for penalty in case.penalty_decisions
                    if penalty.id == subject.id
                ),
                None,
            )
        case SubjectKind.FILING:
            return next((Standing(each, _about(case, each)) for each in case.filings if each.id == subject.id), None)
        case SubjectKind.ACCESS_REQUEST:
            return next(
                (Standing(each, case.decision_of(each.order)) for each in case.requests if each.id == subject.id), None
            )
        case SubjectKind.DEBT:
            return next((Standing(debt, _source(case, debt)) for debt in case.debts if debt.id == subject.id), None)
        case _:
            return None


def _part(found: tuple[Decision, Order | Clause] | None) -> Standing | None:
    return None if found is None else Standing(found[1], found[0])


def _about(case: CaseFacts, filing: Filing) -> Decision | None:
    about = find(case, Subject(filing.about_kind, filing.about))
    return about.decision if about is not None else None


def _source(case: CaseFacts, debt: Debt) -> Decision | None:
    source = find(case, Subject(debt.source_kind, debt.source))
    return source.decision if source is not None else None
