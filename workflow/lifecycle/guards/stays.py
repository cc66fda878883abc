"""When an order can be stayed, when a stay can end, and when time can be given."""

from functools import cache

from workflow.lifecycle.clocks import resumed_clock
from workflow.lifecycle.contents import ExtensionContent, ResumptionContent, SuspensionContent
from workflow.lifecycle.facts import Clause, Order, Suspension
from workflow.lifecycle.refusals import Denial
from workflow.lifecycle.rules import Guard, Situation
from workflow.lifecycle.vocabulary import OrderState, SuspensionEffect, SuspensionScope

_NO_DEFAULT = "a suspension names its scope and its effect"
_EXTENSION = "a decision gives time; it takes none"


def _can_be_suspended(at: Situation) -> Denial | None:
    order: Order = at.thing
    content: SuspensionContent | None = at.command.content
    if content is None:
        return None
    if content.scope not in (SuspensionScope.ORDER, SuspensionScope.LIMB):
        return Denial(
            detail=f"A suspension of scope {content.scope} is not one of an order.",
            reference=_NO_DEFAULT,
            satisfied_by="scope order, or limb with its number; a clause and the collection of a debt are suspended "
            "on the clause and on the debt",
        )
    if content.effect is SuspensionEffect.COLLECTION_ONLY:
        return Denial(
            detail="There is nothing to collect of an order: collection_only leaves every day of it as it is.",
            reference=_NO_DEFAULT,
            satisfied_by="no_accrual, period_stops, period_restarts or new_last_day; or suspend the debt",
        )
    wrong_limb = _of_no_limb(order, content)
    return wrong_limb or _starts_wrongly(order, content)


def _of_no_limb(order: Order, content: SuspensionContent) -> Denial | None:
    if content.scope is SuspensionScope.ORDER:
        if content.limb is None:
            return None
        return Denial(
            detail=f"The suspension is of the whole order, yet names limb {content.limb}.",
            reference=_NO_DEFAULT,
            satisfied_by="scope limb with the number, or scope order without it",
        )
    limbs = [limb.n for limb in order.standing]
    if content.limb not in limbs:
        numbers = " or ".join(map(str, limbs))
        said = "no limb" if content.limb is None else f"limb {content.limb}, which does not stand in it"
        return Denial(
            detail=f"The suspension is of one limb of this order and names {said}.",
            reference=_NO_DEFAULT,
            satisfied_by=f"limb {numbers}",
        )
    if content.effect is not SuspensionEffect.NO_ACCRUAL:
        return Denial(
            detail=f"A limb has no period of its own, so {content.effect} can do nothing to it.",
            reference="the last day is that of the order",
            satisfied_by="no_accrual for the limb, or a suspension of the whole order",
        )
    return None


def _starts_wrongly(order: Order, content: SuspensionContent) -> Denial | None:
    if order.starts_on is not None and content.from_ < order.starts_on:
        return Denial(
            detail=f"The suspension would begin on {content.from_}; the order binds from {order.starts_on} on.",
            reference="an order binds from service",
            satisfied_by=f"a day not before {order.starts_on}",
        )
    return overlaps(order.suspensions, content)


def overlaps(suspensions: tuple[Suspension, ...], content: SuspensionContent) -> Denial | None:
    """Why a suspension cannot begin when it would: an earlier one of the same scope still runs, or ran on that day."""
    for each in suspensions:
        if each.limb != content.limb or (each.to is not None and each.to < content.from_):
            continue
        until = "still runs" if each.to is None else f"ran until {each.to}"
        return Denial(
            detail=f"Suspension {each.n}, from {each.from_}, {until}; another cannot begin on {content.from_}.",
            reference="a day is suspended once",
            satisfied_by="resume first" if each.to is None else f"a day after {each.to}",
        )
    return None


def _of_the_whole(at: Situation) -> Denial | None:
    content: SuspensionContent | None = at.command.content
    if content is None or content.scope is SuspensionScope.ORDER:
        return None
    return _other_row("the suspension is of one limb")


def _one_limb(at: Situation) -> Denial | None:
    content: SuspensionContent | None = at.command.content
    if content is None or content.scope is SuspensionScope.LIMB:
        return None
    return _other_row("the suspension is of the whole order")


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


def _stay_can_end(at: Situation) -> Denial | None:
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
            reference=_NO_DEFAULT,
            satisfied_by="leave last_day out, or extend the order afterwards",
        )
    if content.last_day is None:
        return Denial(
            detail=f"Suspension {stay.n} has the effect new_last_day, and no last day is named.",
            reference=_NO_DEFAULT,
            satisfied_by="last_day: the last day that still counts",
        )
    if content.last_day < content.resumed_on:
        return Denial(
            detail=f"The last day would be {content.last_day}, before the order goes on, on {content.resumed_on}.",
            reference=_NO_DEFAULT,
            satisfied_by=f"a day not before {content.resumed_on}",
        )
    return None


def _stay_of_a_limb(at: Situation) -> Denial | None:
    stay = ending_stay(at.thing, at.command.content)
    if isinstance(stay, Suspension) and stay.limb is not None:
        return None
    return _other_row("the suspension is of the whole order")


def _time_is_left(at: Situation) -> Denial | None:
    order: Order = at.thing
    if order.before is OrderState.IN_FORCE:
        return None
    content: ResumptionContent | None = at.command.content
    stay = ending_stay(order, content)
    if content is not None and isinstance(stay, Suspension):
        clock = resumed_clock(order, stay, content.resumed_on, content.last_day, at.regime)
        if clock is not None and clock["last_day"] >= content.resumed_on.isoformat():
            return None
    return _other_row(f"the order was {order.before} and has no time left")


@cache
def found_in(state: OrderState) -> Guard:
    """The suspension found the order in this state."""

    def check(at: Situation) -> Denial | None:
        order: Order = at.thing
        return None if order.before is state else _other_row(f"the suspension found the order {order.before}")

    return Guard(f"suspended_while_{state.value}", check)


def _other_row(why: str) -> Denial:
    """Where one row of the trigger or another is taken, by what was said."""
    return Denial(
        detail=f"Another row of this trigger applies: {why}.",
        reference="the machine of an order",
        satisfied_by="nothing: the row that applies is taken",
    )


def _can_be_extended(at: Situation) -> Denial | None:
    order: Order = at.thing
    content: ExtensionContent | None = at.command.content
    if content is None or order.last_day is None:
        return None
    if content.last_day <= order.last_day:
        return Denial(
            detail=f"The last day is {order.last_day}; an extension to {content.last_day} would not be one.",
            reference=_EXTENSION,
            satisfied_by=f"a day after {order.last_day}",
        )
    if order.lapses_on is not None and content.last_day > order.lapses_on:
        return Denial(
            detail=f"The order binds until {order.lapses_on} only; its last day cannot be {content.last_day}.",
            reference="an order made for a time lapses with it",
            satisfied_by=f"a day not after {order.lapses_on}",
        )
    if content.last_day < at.effective_on and not content.undoes_accrued:
        return Denial(
            detail=f"The extension to {content.last_day} is over on {at.effective_on}, the day of this act, and leaves "
            "every late day as it is.",
            reference="an extension after the last day does not undo accrued days unless it says so",
            satisfied_by=f"a day not before {at.effective_on}, or undoes_accrued: true",
        )
    return None


CAN_BE_SUSPENDED = Guard("can_be_suspended", _can_be_suspended)
OF_THE_WHOLE = Guard("of_the_whole", _of_the_whole)
ONE_LIMB = Guard("one_limb", _one_limb)
STAY_CAN_END = Guard("stay_can_end", _stay_can_end)
STAY_OF_A_LIMB = Guard("stay_of_a_limb", _stay_of_a_limb)
TIME_IS_LEFT = Guard("time_is_left", _time_is_left)
CAN_BE_EXTENDED = Guard("can_be_extended", _can_be_extended)
