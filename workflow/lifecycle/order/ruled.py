"""What an appeal, a ruling or a withdrawal does to an order of the decision it is about.

Each function answers the events that follow from the act at hand, none where the order's state has no row for it: what
is annulled already is not annulled again.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from workflow.lifecycle.facts import Limb, Order, RulingItem
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.writing import followed
from workflow.lifecycle.order.clock import started
from workflow.lifecycle.order.endings import (
    OrderAnnulled,
    OrderLifted,
    OrderLimbAnnulled,
    OrderLimbReinstated,
    OrderReinstated,
)
from workflow.lifecycle.order.suspension import OrderSuspended
from workflow.lifecycle.vocabulary import (
    OrderState,
    Retroactivity,
    RulingOutcome,
    SubjectKind,
    SuspensionEffect,
    SuspensionScope,
    Trigger,
)

_OVER = (OrderState.CLOSED, OrderState.LIFTED, OrderState.LAPSED)


def annul_order(at: Situation[Any, Any], order: Order) -> list[Event]:
    """`order.annulled`: as if it had never been, also where it was complied with, closed or lifted since."""
    state = at.effect(SubjectKind.ORDER, order, Trigger.RECORD_ANNULMENT)
    if state is None:
        return []
    return [followed(at, OrderAnnulled(state=state, annulled_on=at.effective_on), order.subject)]


def reinstate_order(at: Situation[Any, Any], order: Order) -> list[Event]:
    """`order.reinstated` in the state the annulment found it in; its days count as if it had not been annulled.

    What was served while it was annulled binds its addressee now: its clock starts with that service.
    """
    if order.state is not OrderState.ANNULLED:
        return []
    state = at.effect(SubjectKind.ORDER, order, Trigger.REINSTATE)
    if state is None:
        return []
    back = followed(at, OrderReinstated(state=state), order.subject)
    if state is not OrderState.PENDING:
        return [back]
    decision = at.case.decision_of(order.id)
    pending = replace(order, state=OrderState.PENDING, annulled_on=None, annulled_in=None)
    return [back, *started(at, replace(decision, orders=(pending,)))]


def annul_limb(at: Situation[Any, Any], order: Order, limb: int, items: Sequence[RulingItem]) -> list[Event]:
    """`order.limb_annulled`; with the last limb that stands, alone or in the same ruling, the order itself is."""
    standing = [each.n for each in order.standing]
    if limb not in standing:
        return []
    together = _in_one_ruling(order, items, RulingOutcome.ANNULLED) | {limb}
    if together.issuperset(standing):
        return annul_order(at, order) if limb == standing[-1] else []
    return [_limb_annulled(at, order, limb)] if annul_order(at, order) else []


def reinstate_limb(at: Situation[Any, Any], order: Order, limb: int, items: Sequence[RulingItem]) -> list[Event]:
    """`order.limb_reinstated`. Of an order annulled as a whole the limbs of the ruling alone come back."""
    found = next((each for each in order.limbs if each.n == limb), None)
    if found is None:
        return []
    back = [] if found.annulled_on is None else [_limb_reinstated(at, order, found)]
    if order.state is not OrderState.ANNULLED:
        return back
    together = _in_one_ruling(order, items, RulingOutcome.REINSTATED) | {limb}
    if limb != min(together):
        return back
    others = [each.n for each in order.standing if each.n not in together]
    return [*reinstate_order(at, order), *(_limb_annulled(at, order, n) for n in others), *back]


def _in_one_ruling(order: Order, items: Sequence[RulingItem], outcome: RulingOutcome) -> set[int]:
    """The limbs of the order with which the ruling at hand does the same."""
    return {item.limb for item in items if item.outcome is outcome and item.number == order.n and item.limb is not None}


def suspend_order(
    at: Situation[Any, Any], order: Order, from_: date, effect: SuspensionEffect = SuspensionEffect.PERIOD_STOPS
) -> list[Event]:
    """`order.suspended` from a day on: unless the court said otherwise its period stands still and no day counts."""
    state = at.effect(SubjectKind.ORDER, order, Trigger.SUSPEND)
    return [] if state is None else [_suspended(at, order, state, SuspensionScope.ORDER, effect, from_)]


def suspend_limb(at: Situation[Any, Any], order: Order, limb: int, from_: date) -> list[Event]:
    """`order.suspended` of one limb from a day on: no day of it counts; the order itself goes on."""
    runs = any(each.limb == limb and each.to is None for each in order.suspensions)
    if runs or at.effect(SubjectKind.ORDER, order, Trigger.SUSPEND) is None:
        return []
    no_accrual = SuspensionEffect.NO_ACCRUAL
    return [_suspended(at, order, order.state, SuspensionScope.LIMB, no_accrual, from_, limb)]


def lift_order(at: Situation[Any, Any], order: Order, effect: Retroactivity) -> list[Event]:
    """`order.lifted`. What is over already has nothing left to lift, unless it is lifted as if it had never been."""
    if order.state in _OVER and (effect is Retroactivity.EX_NUNC or order.ended_as is Retroactivity.EX_TUNC):
        return []
    state = at.effect(SubjectKind.ORDER, order, Trigger.LIFT)
    if state is None:
        return []
    return [followed(at, OrderLifted(state=state, effect=effect, ended_on=at.effective_on), order.subject)]


def _suspended(
    at: Situation[Any, Any],
    order: Order,
    state: OrderState,
    scope: SuspensionScope,
    effect: SuspensionEffect,
    from_: date,
    limb: int | None = None,
) -> Event:
    suspended = OrderSuspended(
        state=state,
        n=len(order.suspensions) + 1,
        scope=scope,
        effect=effect,
        from_=max(from_, order.starts_on or from_),
        limb=limb,
    )
    return followed(at, suspended, order.subject)


def _limb_annulled(at: Situation[Any, Any], order: Order, limb: int) -> Event:
    return followed(at, OrderLimbAnnulled(limb=limb, annulled_on=at.effective_on), order.subject)


def _limb_reinstated(at: Situation[Any, Any], order: Order, limb: Limb) -> Event:
    """With the limb; an order complied with but for it is no longer."""
    state = None
    if order.state is OrderState.COMPLIED and limb.met_on is None:
        state = at.effect(SubjectKind.ORDER, order, Trigger.REINSTATE)
    return followed(at, OrderLimbReinstated(limb=limb.n, state=state), order.subject)
