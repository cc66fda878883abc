"""A case as some of its parties may see it: what they were told of, and of that nothing that is internal.

What stays is a case like any other, with fewer things in it and fewer facts about them. So whatever is shown of it,
computed from it or listed out of it holds nothing that the parties were not told.
"""

from collections.abc import Mapping
from typing import TypeVar

from workflow.lifecycle.debt.kind import DEBT
from workflow.lifecycle.decision.kind import DECISION
from workflow.lifecycle.door.kinds import KINDS
from workflow.lifecycle.facts import CaseFacts, Clause, Debt, Decision, Filing, Order, PenaltyDecision, Service
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.kind import Parties
from workflow.lifecycle.order.kind import ORDER
from workflow.lifecycle.penalty_clause.kind import PENALTY_CLAUSE
from workflow.lifecycle.penalty_decision.kind import PENALTY_DECISION
from workflow.lifecycle.vocabulary import CaseState, DebtState, DecisionState, PenaltyDecisionState, Role

Act = TypeVar("Act", Decision, PenaltyDecision)

_COUNSELS = frozenset(
    row.parent_kind or kind.kind for kind in KINDS.values() for row in kind.rows if Role.COUNSEL in row.roles
)
"""The kinds of things on which counsel pulls triggers."""

_ENDED_INSIDE = frozenset({DecisionState.CLOSED, DecisionState.REFERRED})
_COLLECTING = frozenset(
    {
        DebtState.HANDED_OVER,
        DebtState.SUSPENDED,
        DebtState.DEFERRED,
        DebtState.INSTALMENTS,
        DebtState.SECURED,
        DebtState.UNCOLLECTABLE_ABROAD,
        DebtState.WRITTEN_OFF,
        DebtState.TIME_BARRED,
    }
)
"""How a debt is collected is the business of who collects it."""


def seen_by(case: CaseFacts, parties: Parties) -> CaseFacts:
    """The case as counsel of these parties may see it.

    The version of a thing is kept where counsel pulls triggers on its kind, as what it read is checked against it;
    elsewhere it is 0, since it counts what happens inside.
    """
    penalties = tuple(
        _penalty(each, parties & each.reached)
        for each in case.penalty_decisions
        if parties & PENALTY_DECISION.told(case, each)
    )
    seen = replace(
        case,
        state=CaseState.OPEN,
        closed_on=None,
        parties=tuple(each for each in case.parties if each.n in parties),
        representatives=tuple(each for each in case.representatives if each.party in parties),
        decisions=tuple(
            _decision(case, each, parties) for each in case.decisions if parties & DECISION.told(case, each)
        ),
        penalty_decisions=penalties,
        filings=tuple(_filing(each) for each in case.filings if each.party in parties),
        debts=tuple(_debt(each) for each in case.debts if parties & DEBT.told(case, each)),
        requests=(),
        pending=(),
        dead_letters=(),
        acts=0,
    )
    return replace(seen, versions=_versions(seen))


def _versions(seen: CaseFacts) -> Mapping[str, int]:
    return {
        thing.id: seen.versions[thing.id] if kind.kind in _COUNSELS else 0
        for kind in KINDS.values()
        for thing in kind.things(seen)
    }


def _decision(case: CaseFacts, decision: Decision, parties: Parties) -> Decision:
    orders = tuple(each for each in decision.orders if parties & ORDER.told(case, each))
    numbers = frozenset(each.n for each in orders)
    state = decision.state
    if state in _ENDED_INSIDE:
        state = DecisionState.ADOPTED if decision.final_on is None else DecisionState.FINAL
    return replace(
        _served(decision, parties),
        state=state,
        addressees=tuple(n for n in decision.addressees if n in parties & decision.reached),
        hearing=None,
        assumed=(),
        acted_on=None,
        published_on=None,
        orders=tuple(_order(each, numbers) for each in orders),
        clauses=tuple(_clause(each, numbers) for each in decision.clauses if parties & PENALTY_CLAUSE.told(case, each)),
    )


def _order(order: Order, numbers: frozenset[int]) -> Order:
    after = tuple(n for n in order.after if n in numbers)
    return replace(order, after=after, findings=(), requests={}, acted_on=None)


def _clause(clause: Clause, numbers: frozenset[int]) -> Clause:
    return replace(clause, covers=tuple(n for n in clause.covers if n in numbers), steps_done=())


def _penalty(penalty: PenaltyDecision, parties: Parties) -> PenaltyDecision:
    """The decision that was served on some of these parties; else what was notified, and whether it came to nothing."""
    grounds = penalty.grounds
    if grounds is not None:
        grounds = replace(grounds, rapporteur=None, waived_on=None, closed_on=None)
    if not parties:
        assert grounds is not None
        return PenaltyDecision(
            id=penalty.id,
            n=penalty.n,
            decision=penalty.decision,
            clause=penalty.clause,
            state=penalty.state if penalty.came_to_nothing else PenaltyDecisionState.GROUNDS_NOTIFIED,
            from_=grounds.from_,
            to=penalty.to,
            units=grounds.units,
            amount=grounds.amount,
            basis=penalty.basis,
            grounds=grounds,
            days_after=penalty.days_after,
        )
    return replace(
        _served(penalty, parties),
        grounds=grounds,
        recused=(),
        attendance=None,
        before=None,
        sum_confirmed_on=None,
        confirmed_against=None,
        relied_on={},
        acted_on=None,
    )


def _served(act: Act, parties: Parties) -> Act:
    """An act with what was served on these parties and ruled on their appeals; not who drafted and adopted it."""
    theirs = frozenset(each.n for each in act.appeals if each.addressee in parties)
    return replace(
        act,
        drafters=(),
        adopted_by=None,
        services=tuple(_service(each) for each in act.services if each.addressee in parties),
        never_served=tuple(n for n in act.never_served if n in parties),
        attempts=tuple(each for each in act.attempts if each.addressee in parties),
        appeals=(),
        rulings=tuple(each for each in act.rulings if each.appeal in theirs),
        steps_done=(),
    )


def _service(service: Service) -> Service:
    return replace(service, contested_on=None)


def _filing(filing: Filing) -> Filing:
    return replace(filing, findings=())


def _debt(debt: Debt) -> Debt:
    """What the act fixed, and what was paid and paid back."""
    state = debt.state
    if state in _COLLECTING:
        due = DebtState.PARTLY_PAID if debt.paid > 0 else DebtState.DUE
        state = DebtState.PENDING if debt.fell_due_on is None else due
    return replace(
        debt,
        state=state,
        collected_by=None,
        instalments=(),
        suspensions=(),
        before=None,
        deferred_to=None,
        handed_over_on=None,
        secured=None,
        acted_on=None,
        steps_done=(),
    )
