"""After a correction: the body keeps the sum of a penalty decision, or it is stated anew."""

from datetime import date
from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.debt import effects as debt_effects
from workflow.lifecycle.facts import CaseFacts, PenaltyDecision, Sum
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.codec import structure, unstructure
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import with_penalty
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.penalty_decision.sums import Recomputed
from workflow.lifecycle.vocabulary import PenaltyDecisionState, SubjectKind, Trigger


def confirm_sum(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_decision.sum_confirmed` against what the facts came to on that day; another correction reopens it."""
    now: Recomputed = at.workings["now"]
    return [written(at, EventType.PENALTY_SUM_CONFIRMED, {"against": unstructure(now.sum)})]


def replace_sum(at: Situation[Any, Any]) -> list[Event]:
    """The statement as the facts give it now: `penalty_decision.sum_replaced`, `…reduced` once it was adopted."""
    penalty: PenaltyDecision = at.thing
    now: Recomputed = at.workings["now"]
    assert now.receipt is not None
    assert now.first is not None
    data: dict[str, Any] = {
        "from": now.first.isoformat(),
        "to": penalty.to.isoformat(),
        "units": now.sum.units,
        "amount": now.sum.amount.to_json(),
        "replaces": unstructure(penalty.sum),
        "receipt": now.receipt,
    }
    if penalty.adopted_on is None:
        return [written(at, EventType.PENALTY_SUM_REPLACED, data)]
    return [
        written(at, EventType.PENALTY_REDUCED, data),
        *debt_effects.adjust(at, at.command.subject, now.sum.amount),
    ]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after a sum was confirmed or replaced."""
    penalty = case.penalty_decision(event.subject.id)
    data = event.data
    if event.type is EventType.PENALTY_SUM_CONFIRMED:
        confirmed = structure(Sum, data["against"])
        after = replace(penalty, sum_confirmed_on=event.effective_on, confirmed_against=confirmed)
        return with_penalty(case, replace(after, acted_on=event.effective_on))
    after = replace(
        penalty,
        from_=date.fromisoformat(data["from"]),
        units=data["units"],
        amount=Money.from_json(data["amount"]),
        relied_on=data["receipt"]["request"],
        sum_confirmed_on=None,
        confirmed_against=None,
        acted_on=event.effective_on,
    )
    if event.type is EventType.PENALTY_REDUCED:
        after = replace(after, state=PenaltyDecisionState.REDUCED, fixed=after.amount)
    elif penalty.state in (PenaltyDecisionState.PROPOSED, PenaltyDecisionState.DRAFT):
        after = replace(after, drafters=_with(penalty.drafters, event.actor))
    return with_penalty(case, after)


def _with(drafters: tuple[str, ...], account: str) -> tuple[str, ...]:
    return drafters if account in drafters else (*drafters, account)


ACTS = {
    (SubjectKind.PENALTY_DECISION, Trigger.CONFIRM_SUM): confirm_sum,
    (SubjectKind.PENALTY_DECISION, Trigger.REPLACE_SUM): replace_sum,
}
FOLDS = dict.fromkeys(
    (EventType.PENALTY_SUM_CONFIRMED, EventType.PENALTY_SUM_REPLACED, EventType.PENALTY_REDUCED), evolve
)
