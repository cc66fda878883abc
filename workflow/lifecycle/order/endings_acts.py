"""How an order ends: lifted, lapsed, annulled, closed; and how what was annulled comes back."""

from datetime import date
from typing import Any

from workflow.lifecycle.facts import CaseFacts, Limb, Order
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import with_order
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.order.contents import AnnulmentContent, LapseContent, LiftingContent
from workflow.lifecycle.order.endings_guards import lapse_day
from workflow.lifecycle.vocabulary import OrderState, Retroactivity, SubjectKind, Trigger


def lift(at: Situation[Any, Any]) -> list[Event]:
    """`order.lifted`: no day counts from this one on, or none ever did."""
    content: LiftingContent = at.command.content
    return [written(at, EventType.ORDER_LIFTED, lifting(at.target, content.effect, at.effective_on))]


def lifting(state: OrderState, effect: Retroactivity, day: date) -> dict[str, Any]:
    """What the event of a lifting says."""
    return {"state": state.value, "effect": effect.value, "ended_on": day.isoformat()}


def record_lapse(at: Situation[Any, Any]) -> list[Event]:
    """`order.lapsed`: a fact, no finding; what was late before stays late."""
    order: Order = at.thing
    content: LapseContent = at.command.content
    day = lapse_day(order, content.lapsed_on, at.effective_on)
    return [written(at, EventType.ORDER_LAPSED, {"state": at.target.value, "ended_on": day.isoformat()})]


def record_annulment(at: Situation[Any, Any]) -> list[Event]:
    """`order.annulled`: it was never a duty, and no day of it counts."""
    content: AnnulmentContent = at.command.content
    day = content.annulled_on or at.effective_on
    return [written(at, EventType.ORDER_ANNULLED, {"state": at.target.value, "annulled_on": day.isoformat()})]


def close(at: Situation[Any, Any]) -> list[Event]:
    """`order.closed`: nothing is left of it to do."""
    return [written(at, EventType.ORDER_CLOSED, {"state": at.target.value})]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after an order ended, or came back."""
    decision = case.decision_of(event.subject.id)
    order = next(each for each in decision.orders if each.id == event.subject.id)
    data = event.data
    match event.type:
        case EventType.ORDER_LIFTED:
            after = replace(
                order,
                state=OrderState(data["state"]),
                ended_on=date.fromisoformat(data["ended_on"]),
                ended_as=Retroactivity(data["effect"]),
                acted_on=event.effective_on,
            )
        case EventType.ORDER_LAPSED:
            after = replace(
                order,
                state=OrderState(data["state"]),
                ended_on=date.fromisoformat(data["ended_on"]),
                ended_as=Retroactivity.EX_NUNC,
            )
        case EventType.ORDER_ANNULLED:
            after = replace(
                order,
                state=OrderState(data["state"]),
                annulled_on=date.fromisoformat(data["annulled_on"]),
                annulled_in=order.state,
            )
        case EventType.ORDER_REINSTATED:
            after = replace(order, state=OrderState(data["state"]), annulled_on=None, annulled_in=None)
        case EventType.ORDER_LIMB_ANNULLED:
            after = _with_limb(order, data["limb"], date.fromisoformat(data["annulled_on"]))
        case EventType.ORDER_LIMB_REINSTATED:
            after = _with_limb(order, data["limb"], None)
            if "state" in data:
                after = replace(after, state=OrderState(data["state"]), complied_on=None)
        case EventType.ORDER_CLOSED:
            day = event.effective_on
            after = replace(order, state=OrderState(data["state"]), closed_on=day, acted_on=day)
        case _:
            raise AssertionError(f"{event.type} does not end an order")
    return with_order(case, decision, after)


def _with_limb(order: Order, n: int, annulled_on: date | None) -> Order:
    def changed(limb: Limb) -> Limb:
        return replace(limb, annulled_on=annulled_on) if limb.n == n else limb

    return replace(order, limbs=tuple(changed(limb) for limb in order.limbs))


ACTS = {
    (SubjectKind.ORDER, Trigger.LIFT): lift,
    (SubjectKind.ORDER, Trigger.RECORD_LAPSE): record_lapse,
    (SubjectKind.ORDER, Trigger.RECORD_ANNULMENT): record_annulment,
    (SubjectKind.ORDER, Trigger.CLOSE): close,
}
FOLDS = dict.fromkeys(
    (
        EventType.ORDER_LIFTED,
        EventType.ORDER_LAPSED,
        EventType.ORDER_ANNULLED,
        EventType.ORDER_LIMB_ANNULLED,
        EventType.ORDER_REINSTATED,
        EventType.ORDER_LIMB_REINSTATED,
        EventType.ORDER_CLOSED,
    ),
    evolve,
)
