"""What an appeal, a ruling or a withdrawal does to an order or a clause of the decision it is about.

Each function answers the events that follow from the act at hand, none where the thing's state has no row for it: what
is annulled already is not annulled again.
"""

from datetime import date
from typing import Any

from workflow.lifecycle.facts import Clause, Limb, Order
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, EventType, Subject
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.writing import followed
from workflow.lifecycle.order.clock_acts import started
from workflow.lifecycle.order.endings_acts import lifting
from workflow.lifecycle.proceedings.contents import RulingContent
from workflow.lifecycle.vocabulary import (
    OrderState,
    Retroactivity,
    RulingOutcome,
    SubjectKind,
    SuspensionEffect,
    SuspensionScope,
    Trigger,
)


def annul_order(at: Situation[Any, Any], order: Order) -> list[Event]:
    """`order.annulled`: as if it had never been, also where it was complied with, closed or lifted since."""
    state = at.effect(SubjectKind.ORDER, order, Trigger.RECORD_ANNULMENT)
    if state is None:
        return []
    data = {"state": state.value, "annulled_on": at.effective_on.isoformat()}
    return [followed(at, EventType.ORDER_ANNULLED, _order(order), data)]


def reinstate_order(at: Situation[Any, Any], order: Order) -> list[Event]:
    """`order.reinstated` in the state the annulment found it in; its days count as if it had not been annulled.

    What was served while it was annulled binds its addressee now: its clock starts with that service.
    """
    if order.state is not OrderState.ANNULLED:
        return []
    state = at.effect(SubjectKind.ORDER, order, Trigger.REINSTATE)
    if state is None:
        return []
    back = followed(at, EventType.ORDER_REINSTATED, _order(order), {"state": state.value})
    if state is not OrderState.PENDING:
        return [back]
    decision = at.case.decision_of(order.id)
    pending = replace(order, state=OrderState.PENDING, annulled_on=None, annulled_in=None)
    return [back, *started(at, replace(decision, orders=(pending,)))]


def annul_limb(at: Situation[Any, Any], order: Order, limb: int) -> list[Event]:
    """`order.limb_annulled`; with the last limb that stands, alone or in the same ruling, the order itself is."""
    standing = [each.n for each in order.standing]
    if limb not in standing:
        return []
    together = _in_one_ruling(at, order, RulingOutcome.ANNULLED) | {limb}
    if together.issuperset(standing):
        return annul_order(at, order) if limb == standing[-1] else []
    return [_limb_annulled(at, order, limb)] if annul_order(at, order) else []


def reinstate_limb(at: Situation[Any, Any], order: Order, limb: int) -> list[Event]:
    """`order.limb_reinstated`. Of an order annulled as a whole the limbs of the ruling alone come back."""
    found = next((each for each in order.limbs if each.n == limb), None)
    if found is None:
        return []
    back = [] if found.annulled_on is None else [_limb_reinstated(at, order, found)]
    if order.state is not OrderState.ANNULLED:
        return back
    together = _in_one_ruling(at, order, RulingOutcome.REINSTATED) | {limb}
    if limb != min(together):
        return back
    others = [each.n for each in order.standing if each.n not in together]
    return [*reinstate_order(at, order), *(_limb_annulled(at, order, n) for n in others), *back]


def _in_one_ruling(at: Situation[Any, Any], order: Order, outcome: RulingOutcome) -> set[int]:
    """The limbs of the order with which the ruling at hand does the same."""
    content = at.command.content
    if not isinstance(content, RulingContent):
        return set()
    return {
        item.limb
        for item in content.items
        if item.outcome is outcome and item.number == order.n and item.limb is not None
    }


def suspend_order(
    at: Situation[Any, Any], order: Order, from_: date, effect: SuspensionEffect = SuspensionEffect.PERIOD_STOPS
) -> list[Event]:
    """`order.suspended` from a day on: unless the court said otherwise its period stands still and no day counts."""
    state = at.effect(SubjectKind.ORDER, order, Trigger.SUSPEND)
    if state is None:
        return []
    from_ = max(from_, order.starts_on or from_)
    return [
        followed(
            at,
            EventType.ORDER_SUSPENDED,
            _order(order),
            {
                "state": state.value,
                "n": len(order.suspensions) + 1,
                "scope": SuspensionScope.ORDER.value,
                "effect": effect.value,
                "from": from_.isoformat(),
            },
        )
    ]


def suspend_limb(at: Situation[Any, Any], order: Order, limb: int, from_: date) -> list[Event]:
    """`order.suspended` of one limb from a day on: no day of it counts; the order itself goes on."""
    stayed = any(each.limb == limb and each.to is None for each in order.suspensions)
    if stayed or at.effect(SubjectKind.ORDER, order, Trigger.SUSPEND) is None:
        return []
    data = {
        "state": order.state.value,
        "n": len(order.suspensions) + 1,
        "scope": SuspensionScope.LIMB.value,
        "effect": SuspensionEffect.NO_ACCRUAL.value,
        "from": max(from_, order.starts_on or from_).isoformat(),
        "limb": limb,
    }
    return [followed(at, EventType.ORDER_SUSPENDED, _order(order), data)]


def lift_order(at: Situation[Any, Any], order: Order, effect: Retroactivity) -> list[Event]:
    """`order.lifted`. What is over already has nothing left to lift, unless it is lifted as if it had never been."""
    over = order.state in (OrderState.CLOSED, OrderState.LIFTED, OrderState.LAPSED)
    if over and (effect is Retroactivity.EX_NUNC or order.ended_as is Retroactivity.EX_TUNC):
        return []
    state = at.effect(SubjectKind.ORDER, order, Trigger.LIFT)
    if not isinstance(state, OrderState):
        return []
    return [followed(at, EventType.ORDER_LIFTED, _order(order), lifting(state, effect, at.effective_on))]


def annul_clause(at: Situation[Any, Any], clause: Clause) -> list[Event]:
    """`penalty_clause.annulled`: no day under it ever counted."""
    state = at.effect(SubjectKind.PENALTY_CLAUSE, clause, Trigger.RECORD_ANNULMENT)
    if state is None:
        return []
    data = {"state": state.value, "annulled_on": at.effective_on.isoformat()}
    return [followed(at, EventType.CLAUSE_ANNULLED, _clause(clause), data)]


def reinstate_clause(at: Situation[Any, Any], clause: Clause) -> list[Event]:
    """`penalty_clause.reinstated` in the state the annulment found it in."""
    state = at.effect(SubjectKind.PENALTY_CLAUSE, clause, Trigger.REINSTATE)
    return [] if state is None else [followed(at, EventType.CLAUSE_REINSTATED, _clause(clause), {"state": state.value})]


def suspend_clause(at: Situation[Any, Any], clause: Clause, from_: date) -> list[Event]:
    """`penalty_clause.suspended` from a day on: no day counts."""
    state = at.effect(SubjectKind.PENALTY_CLAUSE, clause, Trigger.SUSPEND)
    if state is None:
        return []
    return [
        followed(
            at,
            EventType.CLAUSE_SUSPENDED,
            _clause(clause),
            {
                "state": state.value,
                "n": len(clause.suspensions) + 1,
                "scope": SuspensionScope.CLAUSE.value,
                "effect": SuspensionEffect.NO_ACCRUAL.value,
                "from": from_.isoformat(),
            },
        )
    ]


def lift_clause(at: Situation[Any, Any], clause: Clause, effect: Retroactivity) -> list[Event]:
    """`penalty_clause.lifted`: from the day of the act on, or as if it had never been."""
    lifted = clause.ended_as is not None
    if lifted and (effect is Retroactivity.EX_NUNC or clause.ended_as is Retroactivity.EX_TUNC):
        return []
    state = at.effect(SubjectKind.PENALTY_CLAUSE, clause, Trigger.LIFT)
    if state is None:
        return []
    data = {"state": state.value, "effect": effect.value, "ended_on": at.effective_on.isoformat()}
    return [followed(at, EventType.CLAUSE_LIFTED, _clause(clause), data)]


def _limb_annulled(at: Situation[Any, Any], order: Order, limb: int) -> Event:
    data = {"limb": limb, "annulled_on": at.effective_on.isoformat()}
    return followed(at, EventType.ORDER_LIMB_ANNULLED, _order(order), data)


def _limb_reinstated(at: Situation[Any, Any], order: Order, limb: Limb) -> Event:
    """With the limb; an order complied with but for it is no longer."""
    data: dict[str, Any] = {"limb": limb.n}
    if order.state is OrderState.COMPLIED and limb.met_on is None:
        state = at.effect(SubjectKind.ORDER, order, Trigger.REINSTATE)
        if state is not None:
            data["state"] = state.value
    return followed(at, EventType.ORDER_LIMB_REINSTATED, _order(order), data)


def _order(order: Order) -> Subject:
    return order.subject


def _clause(clause: Clause) -> Subject:
    return clause.subject
