"""A step of the ladder."""

from dataclasses import field
from datetime import date, datetime

from workflow.law.days import start_of_day
from workflow.law.regime import Regime
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.vocabulary import Trigger


@frozen
class Step:
    """A step of the ladder: what to do to which thing, from which local day on.

    `due_at` is the instant at which that day begins in the authority's zone. `skipped` are the days of earlier
    reminders that this one stands for; `found` is what deriving it computed, for the act that takes it.
    """

    subject: Subject
    trigger: Trigger
    key: str
    n: int
    due_on: date
    due_at: datetime
    skipped: tuple[date, ...] = ()
    found: object = field(default=None, compare=False)


def a_step(
    subject: Subject,
    trigger: Trigger,
    anchor: date,
    n: int,
    due_on: date,
    rules: Regime,
    skipped: tuple[date, ...] = (),
    found: object = None,
) -> Step:
    """A step on a subject: its key is made of the anchor, the legal date it is counted from, and its number."""
    key = f"{subject.kind}/{subject.id}/{trigger}/{anchor}/{n}"
    return Step(subject, trigger, key, n, due_on, start_of_day(due_on, rules.timezone), skipped, found)
