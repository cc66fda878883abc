"""A guard at the day it compares with, and the acts that are tried on the days around it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.support.register import Register
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.rules import Actor

UNTIL, BEFORE = (True, True, False), (True, False, False)
SINCE, AFTER = (False, True, True), (False, False, True)
ONLY = (False, True, False)
"""On which days the guard lets the act pass: the day before, the same day, the day after."""

Act = Callable[[Any, str], object]
On = Callable[[Any], Subject]


@dataclass(frozen=True)
class Row:
    """A guard and its day; `made` gives the register, `act` tries a day in it.

    `first` names, by the place of the day, another guard that refuses the same day and is asked first.
    """

    guard: str
    what: str
    day: str
    passes: tuple[bool, bool, bool]
    made: Callable[[], Any]
    act: Act
    first: Mapping[int, str] = field(default_factory=dict)


def dated(actor: Actor, trigger: str, subject: On, data: dict[str, Any] | None = None) -> Act:
    """The act, with the day as its legal date."""

    def act(register: Register, day: str) -> object:
        return register.pull(actor, trigger, subject(register), data, effective_on=date.fromisoformat(day))

    return act


def today(actor: Actor, trigger: str, subject: On, data: dict[str, Any] | None = None) -> Act:
    """The act, pulled on the day."""

    def act(register: Register, day: str) -> object:
        return register.on(day).pull(actor, trigger, subject(register), data)

    return act


def naming(actor: Actor, trigger: str, subject: On, member: str, **others: Any) -> Act:
    """The act, with the day in a member of its data."""

    def act(register: Register, day: str) -> object:
        return register.pull(actor, trigger, subject(register), {member: day, **others})

    return act


def order(n: int) -> On:
    """Order n of the decision."""
    return lambda register: register.order(n)


def decision(register: Register) -> Subject:
    """The decision."""
    return register.decision()


def clause(register: Register) -> Subject:
    """Its clause."""
    return register.clause()


def penalty(register: Register) -> Subject:
    """The last penalty decision."""
    return register.penalty()
