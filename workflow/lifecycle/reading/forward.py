"""A case run forward in memory, as the scheduler would run it: the one code of forecast and simulation.

Each step goes through `decide` and `evolve` like any other; only the day jumps, from one on which something is due to
the next. Nothing is kept: the facts it began with are as they were.
"""

from collections.abc import Iterator
from datetime import date

from workflow.law.invalid import InvalidRequest
from workflow.lifecycle.door.decide import decide
from workflow.lifecycle.door.due import earliest_steps
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.kernel.refusals import Refusal
from workflow.lifecycle.kernel.rules import Actor, Command
from workflow.lifecycle.kernel.step import Step
from workflow.lifecycle.vocabulary import Role

SCHEDULER = Actor("scheduler", frozenset({Role.SCHEDULER}))


@frozen
class Fired:
    """A step that was taken: its events, and the case after them."""

    step: Step
    events: tuple[Event, ...]
    case: CaseFacts


class Forward:
    """A case on a day, moved by sweeps and by jumps to a later day; `case` and `day` are where it stands."""

    def __init__(self, case: CaseFacts, day: date) -> None:
        self.case = case
        self.day = day
        self._refused: set[str] = set()
        self._open: tuple[CaseFacts, date, list[Step]] | None = None

    def sweep(self) -> Iterator[Fired]:
        """Take what is due on this day, one by one, for a reader who may stop early.

        Passes follow each other until one does nothing, earliest steps first, as in the scheduler's sweep. A step that
        is refused is left alone for the day; the next day's sweep tries it again.
        """
        while due := [step for step in self._waiting() if step.due_on <= self.day]:
            for step in sorted(due, key=lambda step: (step.due_on, step.subject.id)):
                command = Command(subject=step.subject, trigger=step.trigger, step=step.key)
                try:
                    events = decide(self.case, command, SCHEDULER, self.day)
                except (Refusal, InvalidRequest):
                    self._refused.add(step.key)
                else:
                    self.case = fold(self.case, events)
                    yield Fired(step, tuple(events), self.case)

    def next_day(self) -> date | None:
        """The day of the next step, after a sweep; None when none waits."""
        return min((step.due_on for step in self._waiting()), default=None)

    def jump(self, day: date) -> None:
        """Let it be a later day; ValueError for one that is over."""
        if day < self.day:
            raise ValueError(f"a case never goes back: it stands at {self.day}")
        if day != self.day:
            self.day, self._refused = day, set()

    def _waiting(self) -> list[Step]:
        if self._open is None or self._open[0] is not self.case or self._open[1] != self.day:
            self._open = self.case, self.day, earliest_steps(self.case, self.day)
        return [step for step in self._open[2] if step.key not in self._refused]
