"""What will fire until a day if nothing else happens: the case run forward in memory, as the scheduler would run it.

Each step goes through `decide` and `evolve` like any other; only the day jumps, from one on which something is due to
the next. Nothing is kept: the facts it began with are as they were.
"""

from collections.abc import Iterator
from datetime import date

from workflow.law.invalid import InvalidRequest
from workflow.lifecycle.decide import decide
from workflow.lifecycle.due import earliest_steps
from workflow.lifecycle.evolve import fold
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.refusals import Refusal
from workflow.lifecycle.rules import Actor, Command
from workflow.lifecycle.step import Step
from workflow.lifecycle.vocabulary import Role

_SCHEDULER = Actor("forecast", frozenset({Role.SCHEDULER}))


def forecast(case: CaseFacts, today: date, until: date) -> list[Step]:
    """Every step that will fire from today until that day, both included, in the order in which they will.

    What is due already fires today, each step with its own legal date, which may lie far back.
    """
    return list(steps_ahead(case, today, until))


def steps_ahead(case: CaseFacts, today: date, until: date) -> Iterator[Step]:
    """The steps of `forecast` one by one, for a reader who may stop early.

    On each day passes follow each other until one does nothing, earliest steps first, as in the scheduler's sweep. A
    step that is refused is left alone for the day; the next sweep tries it again.
    """
    day, refused = today, set[str]()
    while day <= until:
        waiting = [step for step in earliest_steps(case, day) if step.key not in refused]
        due = sorted((step for step in waiting if step.due_on <= day), key=lambda step: (step.due_on, step.subject.id))
        for step in due:
            try:
                case = _take(case, step, day)
            except (Refusal, InvalidRequest):
                refused.add(step.key)
            else:
                yield step
        if not waiting:
            return
        if not due:
            day, refused = min(step.due_on for step in waiting), set()


def _take(case: CaseFacts, step: Step, day: date) -> CaseFacts:
    command = Command(subject=step.subject, trigger=step.trigger, step=step.key)
    return fold(case, decide(case, command, _SCHEDULER, day))
