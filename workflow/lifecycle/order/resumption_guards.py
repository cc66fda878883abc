"""When a stay can end, and which row of the machine its end takes."""

from functools import cache
from typing import Any

from workflow.lifecycle.facts import Clause, Order, Suspension
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.order.contents import ResumptionContent
from workflow.lifecycle.order.period import resumed_clock
from workflow.lifecycle.order.suspension_guards import NO_DEFAULT, other_row
from workflow.lifecycle.vocabulary import OrderState, SuspensionEffect


def ending_stay(thing: Order | Clause, content: ResumptionContent | None) -> Suspension | Denial:
    """The stay a resumption ends: the one it numbers, or the only one that runs."""
    running = [each for each in thing.suspensions if each.to is None]
    if content is None or content.suspension is None:
        if len(running) == 1 or (content is None and running):
            return running[0]
    else:
        found = next((each for each in running if each.n == content.suspension), None)
        if found is not None:
            return found
    if not running:
        return Denial(
            detail="No suspension runs here, so there is none to end.",
            reference="what was not suspended goes on by itself",
            satisfied_by="nothing: its days count",
        )
    numbers = ", ".join(f"{each.n} ({each.scope}, from {each.from_})" for each in running)
    asked = content.suspension if content is not None else None
    return Denial(
        detail=f"No suspension {asked} runs here." if asked is not None else "Several suspensions run here.",
        reference="each suspension is ended by itself",
        satisfied_by=f"name one in data.suspension: {numbers}",
    )


def _stay_can_end(at: Situation[Any, Any]) -> Denial | None:
    content: ResumptionContent | None = at.command.content
    stay = ending_stay(at.thing, content)
    if isinstance(stay, Denial):
        return stay
    if content is None:
        return None
    if content.resumed_on <= stay.from_:
        return Denial(
            detail=f"Suspension {stay.n} began on {stay.from_}; it cannot end on {content.resumed_on}.",
            reference="the day of resumption counts again, the day before it does not",
            satisfied_by=f"a day after {stay.from_}",
        )
    return _last_day_named(stay, content)


def _last_day_named(stay: Suspension, content: ResumptionContent) -> Denial | None:
    """A last day is named where the suspension says that one will be, and nowhere else."""
    if stay.effect is not SuspensionEffect.NEW_LAST_DAY:
        if content.last_day is None:
            return None
        return Denial(
            detail=f"Suspension {stay.n} has the effect {stay.effect}; that settles the last day, and none is named.",
            reference=NO_DEFAULT,
            satisfied_by="leave last_day out, or extend the order afterwards",
        )
    if content.last_day is None:
        return Denial(
            detail=f"Suspension {stay.n} has the effect new_last_day, and no last day is named.",
            reference=NO_DEFAULT,
            satisfied_by="last_day: the last day that still counts",
        )
    if content.last_day < content.resumed_on:
        return Denial(
            detail=f"The last day would be {content.last_day}, before the order goes on, on {content.resumed_on}.",
            reference=NO_DEFAULT,
            satisfied_by=f"a day not before {content.resumed_on}",
        )
    return None


def _stay_of_a_limb(at: Situation[Any, Any]) -> Denial | None:
    stay = ending_stay(at.thing, at.command.content)
    if isinstance(stay, Suspension) and stay.limb is not None:
        return None
    return other_row("the suspension is of the whole order")


def _time_is_left(at: Situation[Any, Any]) -> Denial | None:
    order: Order = at.thing
    if order.before is OrderState.IN_FORCE:
        return None
    content: ResumptionContent | None = at.command.content
    stay = ending_stay(order, content)
    if content is not None and isinstance(stay, Suspension):
        clock = resumed_clock(order, stay, content.resumed_on, content.last_day, at.regime)
        if clock is not None and clock["last_day"] >= content.resumed_on.isoformat():
            return None
    return other_row(f"the order was {order.before} and has no time left")


@cache
def found_in(state: OrderState) -> Guard:
    """The suspension found the order in this state."""

    def check(at: Situation[Any, Any]) -> Denial | None:
        order: Order = at.thing
        return None if order.before is state else other_row(f"the suspension found the order {order.before}")

    return Guard(f"suspended_while_{state.value}", check)


STAY_CAN_END = Guard("stay_can_end", _stay_can_end)
STAY_OF_A_LIMB = Guard("stay_of_a_limb", _stay_of_a_limb)
TIME_IS_LEFT = Guard("time_is_left", _time_is_left)
