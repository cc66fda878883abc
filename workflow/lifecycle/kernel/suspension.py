"""Suspensions of an order, a clause or the collection of a debt: what is said of them, when they begin and end."""

from datetime import date
from typing import Any, ClassVar, Protocol

from workflow.lifecycle.facts import Suspension
from workflow.lifecycle.facts.frozen import asks, frozen, replace
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.vocabulary import SuspensionEffect, SuspensionScope

NO_DEFAULT = "a suspension names its scope and its effect"


@frozen(kw_only=True)
class SuspensionContent:
    """`suspend`: what is suspended, what that does to its days, and the first day of it."""

    DATED: ClassVar = ("from_", "the first day of the suspension")

    scope: SuspensionScope = asks("What is suspended.", SuspensionScope.ORDER)
    effect: SuspensionEffect = asks("What it does to days.", SuspensionEffect.PERIOD_STOPS)
    from_: date = asks("The first day of the suspension.", date(2022, 11, 14))
    limb: int | None = asks("The number of the limb, where one alone is suspended.", 1, default=None)


@frozen(kw_only=True)
class ResumptionContent:
    """`resume`: the first day that counts again; which suspension, where several run; a new last day, where due."""

    DATED: ClassVar = ("resumed_on", "the day of resumption")

    resumed_on: date = asks("The first day that counts again.", date(2023, 2, 1))
    suspension: int | None = asks("The number of the suspension, where several run.", 1, default=None)
    last_day: date | None = asks(
        "The new last day, where the suspension is to give one.", date(2023, 3, 1), default=None
    )


class Suspendable(Protocol):
    """A thing that can be suspended."""

    @property
    def suspensions(self) -> tuple[Suspension, ...]:
        """Its suspensions, oldest first."""


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


def ended(suspensions: tuple[Suspension, ...], n: int, to: date) -> tuple[Suspension, ...]:
    """The suspensions with number n ended on its last day."""
    return tuple(replace(each, to=to) if each.n == n else each for each in suspensions)


def ending(at: Situation[Any, ResumptionContent]) -> Suspension:
    """The suspension a resumption ends, once the guard let it pass."""
    found = _ending(at.thing, at.content)
    assert isinstance(found, Suspension)
    return found


def _ending(thing: Suspendable, content: ResumptionContent | None) -> Suspension | Denial:
    """The suspension a resumption ends: the one it numbers, or the only one that runs; without content any."""
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


def _one_runs(at: Situation[Suspendable, Any]) -> Denial | None:
    found = _ending(at.thing, None)
    return found if isinstance(found, Denial) else None


def _can_end(at: Situation[Suspendable, ResumptionContent]) -> Denial | None:
    content = at.content
    found = _ending(at.thing, content)
    if isinstance(found, Denial):
        return found
    if content.resumed_on <= found.from_:
        return Denial(
            detail=f"Suspension {found.n} began on {found.from_}; it cannot end on {content.resumed_on}.",
            reference="the day of resumption counts again, the day before it does not",
            satisfied_by=f"a day after {found.from_}",
        )
    return _last_day_named(found, content)


def _last_day_named(found: Suspension, content: ResumptionContent) -> Denial | None:
    """A last day is named where the suspension says that one will be, and nowhere else."""
    if found.effect is not SuspensionEffect.NEW_LAST_DAY:
        if content.last_day is None:
            return None
        return Denial(
            detail=f"Suspension {found.n} has the effect {found.effect}; that settles the last day, and none is named.",
            reference=NO_DEFAULT,
            satisfied_by="leave last_day out, or extend the order afterwards",
        )
    if content.last_day is None:
        return Denial(
            detail=f"Suspension {found.n} has the effect new_last_day, and no last day is named.",
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


CAN_RESUME = Guard("suspension_can_end", state=_one_runs, content=_can_end)
