"""What is left to do in a case before it can be closed."""

from collections.abc import Iterator
from typing import Any

from workflow.lifecycle.decision.outcome import ENDED
from workflow.lifecycle.facts import CaseFacts, Decision
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.vocabulary import DebtState, DecisionState, PenaltyDecisionState

_SETTLED = frozenset(
    {
        DebtState.PAID,
        DebtState.REFUNDED,
        DebtState.WRITTEN_OFF,
        DebtState.TIME_BARRED,
        DebtState.UNCOLLECTABLE_ABROAD,
        DebtState.CANCELLED,
    }
)
_BEFORE_ADOPTION = frozenset({DecisionState.DRAFT, DecisionState.IN_REVIEW})
_UNDECIDED = frozenset(
    {
        PenaltyDecisionState.PROPOSED,
        PenaltyDecisionState.DRAFT,
        PenaltyDecisionState.GROUNDS_NOTIFIED,
        PenaltyDecisionState.IN_DELIBERATION,
        PenaltyDecisionState.IN_ABEYANCE,
    }
)


def _nothing_open(at: Situation[CaseFacts, Any]) -> Denial | None:
    confirmed = at.confirms.n if at.confirms is not None else None
    open_ = list(what_is_open(at.case, confirmed))
    if not open_:
        return None
    return Denial(
        detail=f"The case is not done: {'; '.join(open_)}.",
        reference="a case is closed when nothing in it is left to do",
        satisfied_by="bring each of them to its end first",
        who=("case_officer", "head_of_enforcement"),
    )


def what_is_open(case: CaseFacts, besides: int | None = None) -> Iterator[str]:
    """What is left to do in a case, thing by thing; `besides` is the number of a pending act not to count."""
    for decision in case.decisions:
        yield from _of_decision(decision)
    for penalty in case.penalty_decisions:
        if penalty.state in _UNDECIDED:
            yield f"penalty decision {penalty.n} is {penalty.state.value}"
        if any(appeal.open for appeal in penalty.appeals):
            yield f"an appeal against penalty decision {penalty.n} is open"
    for debt in case.debts:
        if debt.state not in _SETTLED:
            yield f"debt {debt.n} is {debt.state.value}"
    for filing in case.filings:
        if filing.waits:
            yield f"filing {filing.n} is {filing.state.value}"
    for act in case.pending:
        if act.n != besides:
            yield f"act {act.n} ({act.trigger.value}) waits for a second person"


def _of_decision(decision: Decision) -> Iterator[str]:
    if decision.state in _BEFORE_ADOPTION:
        yield f"decision {decision.reference} is {decision.state.value}"
    if any(appeal.open for appeal in decision.appeals):
        yield f"an appeal against {decision.reference} is open"
    if decision.adopted_on is None or decision.state in (DecisionState.REFERRED, DecisionState.WITHDRAWN):
        return
    if decision.state is DecisionState.ADOPTED and not decision.services:
        yield f"decision {decision.reference} is served on nobody"
    for order in decision.orders:
        if order.state not in ENDED:
            yield f"order {decision.reference}/{order.n} is {order.state.value}"


NOTHING_OPEN = Guard("nothing_open", state=_nothing_open)
