"""How a penalty decision comes out: adopted, returned, closed, put in abeyance, withdrawn, declared void."""

from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.debt import effects as debt_effects
from workflow.lifecycle.facts import CaseFacts, PenaltyDecision, Reduction
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.codec import structure, unstructure
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import with_penalty
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.penalty_decision.contents import AdoptionContent, NoPenaltyContent
from workflow.lifecycle.penalty_decision.sums import stated
from workflow.lifecycle.vocabulary import DaysAfter, PenaltyDecisionState, SubjectKind, Trigger


def adopt(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_decision.adopted`: the sum is fixed for its days; a reduction is a line of the statement of its own."""
    penalty: PenaltyDecision = at.thing
    content: AdoptionContent | None = at.command.content
    reduction = content.reduction if content is not None else None
    if reduction is None:
        return [written(at, EventType.PENALTY_ADOPTED, {"amount": penalty.amount.to_json()})]
    line = {"amount": reduction.amount.amount, "reason": reduction.article}
    data: dict[str, Any] = {
        "amount": reduction.amount.to_json(),
        "reduction": unstructure(reduction),
        "receipt": stated(at.case, penalty, line),
    }
    return [written(at, EventType.PENALTY_ADOPTED, data)]


def return_to_draft(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_decision.returned_to_draft`: before it goes on the grounds are notified anew."""
    return [written(at, EventType.PENALTY_RETURNED)]


def close_without_penalty(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_decision.closed_without_penalty`: no sum for these days, which stay open or are released for good."""
    content: NoPenaltyContent = at.command.content
    return [written(at, EventType.PENALTY_CLOSED, {"days": content.days.value})]


def put_in_abeyance(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_decision.put_in_abeyance`: it waits where it is; its window for observations runs on."""
    return [written(at, EventType.PENALTY_IN_ABEYANCE)]


def resume(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_decision.resumed`: it goes on where it was."""
    return [written(at, EventType.PENALTY_RESUMED, {"state": at.target.value})]


def withdraw(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_decision.withdrawn`: it fixes nothing, and its days are free, and what was paid is given back."""
    return [written(at, EventType.PENALTY_WITHDRAWN), *debt_effects.adjust(at, at.command.subject, None)]


def declare_void(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_decision.declared_void`: what it rested on fell away, and it with it."""
    made = written(at, EventType.PENALTY_VOID, {"because": at.workings["gone"]})
    return [made, *debt_effects.adjust(at, at.command.subject, None)]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after an outcome."""
    penalty = case.penalty_decision(event.subject.id)
    return with_penalty(case, replace(_after(penalty, event), acted_on=event.effective_on))


def _after(penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
    data = event.data
    match event.type:
        case EventType.PENALTY_ADOPTED:
            reduction = structure(Reduction, data["reduction"]) if "reduction" in data else None
            return replace(
                penalty,
                state=PenaltyDecisionState.ADOPTED,
                adopted_on=event.effective_on,
                adopted_by=event.actor,
                reduction=reduction,
                fixed=Money.from_json(data["amount"]),
            )
        case EventType.PENALTY_RETURNED:
            return replace(penalty, state=PenaltyDecisionState.DRAFT)
        case EventType.PENALTY_CLOSED:
            closed = PenaltyDecisionState.CLOSED_WITHOUT_PENALTY
            return replace(penalty, state=closed, days_after=DaysAfter(data["days"]))
        case EventType.PENALTY_IN_ABEYANCE:
            return replace(penalty, state=PenaltyDecisionState.IN_ABEYANCE, before=penalty.state)
        case EventType.PENALTY_RESUMED:
            return replace(penalty, state=PenaltyDecisionState(data["state"]), before=None)
        case EventType.PENALTY_WITHDRAWN:
            return replace(penalty, state=PenaltyDecisionState.WITHDRAWN)
        case EventType.PENALTY_VOID:
            return replace(penalty, state=PenaltyDecisionState.VOID)
        case _:
            raise AssertionError(f"{event.type} is no outcome of a penalty decision")


_KIND = SubjectKind.PENALTY_DECISION
ACTS = {
    (_KIND, Trigger.ADOPT): adopt,
    (_KIND, Trigger.RETURN_TO_DRAFT): return_to_draft,
    (_KIND, Trigger.CLOSE_WITHOUT_PENALTY): close_without_penalty,
    (_KIND, Trigger.PUT_IN_ABEYANCE): put_in_abeyance,
    (_KIND, Trigger.RESUME): resume,
    (_KIND, Trigger.WITHDRAW): withdraw,
    (_KIND, Trigger.DECLARE_VOID): declare_void,
}
FOLDS = dict.fromkeys(
    (
        EventType.PENALTY_ADOPTED,
        EventType.PENALTY_RETURNED,
        EventType.PENALTY_CLOSED,
        EventType.PENALTY_IN_ABEYANCE,
        EventType.PENALTY_RESUMED,
        EventType.PENALTY_WITHDRAWN,
        EventType.PENALTY_VOID,
    ),
    evolve,
)
