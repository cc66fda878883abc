"""Whom a thing concerns, and which of them were told of it: what counsel is sent and what it reads follow from it."""

from workflow.lifecycle.facts import AccessRequest, CaseFacts, Clause, Debt, Decision, Filing, Order, PenaltyDecision
from workflow.lifecycle.kernel.lookup import Thing
from workflow.lifecycle.proceedings.served import AdoptedAct, addressees_of
from workflow.lifecycle.vocabulary import SubjectKind

Parties = frozenset[int]
"""Numbers of parties."""


def served_on(act: AdoptedAct) -> Parties:
    """The parties on whom an act was served, also where it turned out since that it never was: they heard of it."""
    return frozenset(service.addressee for service in act.services) | frozenset(act.never_served)


def concerned(case: CaseFacts, thing: Thing, decision: Decision | None) -> Parties:
    """Whom a thing concerns: its one addressee, or all who are liable when the liability is joint."""
    match thing:
        case Filing():
            return frozenset({thing.party})
        case Order():
            return frozenset({thing.addressee})
        case Clause() if thing.addressee is None and decision is not None:
            return frozenset(order.addressee for order in decision.covered_by(thing))
        case Clause():
            return frozenset() if thing.addressee is None else frozenset({thing.addressee})
        case Debt():
            return frozenset(addressees_of(case, source_of(case, thing)))
        case Decision() | PenaltyDecision():
            return frozenset(addressees_of(case, thing))
        case AccessRequest() if decision is not None:
            return frozenset(order.addressee for order in decision.orders if order.id == thing.order)
        case _:
            return frozenset()


def told_of(case: CaseFacts, thing: Thing, decision: Decision | None) -> Parties:
    """The parties a thing concerns that were told of it. Who was told of something once, is for good.

    A party learns of nothing in a decision that was not served on it yet; of a penalty decision it learns by the
    notice of the grounds, of interest on a debt by what was paid of it.
    """
    parties = concerned(case, thing, decision)
    match thing:
        case Filing():
            return parties
        case Debt():
            heard = thing.source_kind is not SubjectKind.DEBT or bool(thing.payments or thing.refunds)
            return parties & served_on(source_of(case, thing)) if heard else frozenset()
        case PenaltyDecision() if thing.grounds is None:
            return frozenset()
        case Decision() | Order() | Clause() | PenaltyDecision() if decision is not None:
            return parties & served_on(decision)
        case _:
            return frozenset()


def source_of(case: CaseFacts, debt: Debt) -> AdoptedAct:
    """The act that fixed what is owed, for interest that of the debt it accrued on."""
    match debt.source_kind:
        case SubjectKind.DECISION:
            return case.decision(debt.source)
        case SubjectKind.PENALTY_DECISION:
            return case.penalty_decision(debt.source)
        case _:
            return source_of(case, case.debt(debt.source))
