"""What will fire until a day if nothing else happens."""

from collections.abc import Iterator
from datetime import date

from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.step import Step
from workflow.lifecycle.reading.forward import Forward


def forecast(case: CaseFacts, today: date, until: date) -> list[Step]:
    """Every step that will fire from today until that day, both included, in the order in which they will.

    What is due already fires today, each step with its own legal date, which may lie far back.
    """
    return list(steps_ahead(case, today, until))


def steps_ahead(case: CaseFacts, today: date, until: date) -> Iterator[Step]:
    """The steps of `forecast` one by one, for a reader who may stop early."""
    forward = Forward(case, today)
    day: date | None = today
    while day is not None and day <= until:
        forward.jump(day)
        for fired in forward.sweep():
            yield fired.step
        day = forward.next_day()
