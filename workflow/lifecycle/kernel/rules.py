"""What a row of a machine is, and what its guards may look at."""

from collections.abc import Callable
from dataclasses import field
from datetime import date
from typing import Any

from workflow.law.days import days_between
from workflow.law.regime import Regime
from workflow.lifecycle.facts import CaseFacts, PendingAct
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.step import Step
from workflow.lifecycle.vocabulary import STAFF, Role, State, SubjectKind, Trigger


@frozen
class Actor:
    """Who asks: an account and its roles; for counsel also the parties of the case it is on record for."""

    account: str
    roles: frozenset[Role]
    acts_for: frozenset[int] = frozenset()

    @property
    def is_counsel(self) -> bool:
        """Whether they see what was told to the parties they represent, and nothing else."""
        return Role.COUNSEL in self.roles and self.roles.isdisjoint(STAFF)


@frozen(kw_only=True)
class Command:
    """What is asked. `content` is the parsed members of `data` (one class a trigger, `lifecycle/contents.py`), which
    stood at `content_at` in the request.

    `version` is what a person read; `step` is the key the scheduler was given in its place.
    """

    subject: Subject
    trigger: Trigger
    content: Any = None
    content_at: str = ""
    effective_on: date | None = None
    reason: str | None = None
    assumed: tuple[str, ...] = ()
    version: int | None = None
    step: str | None = None


@frozen(kw_only=True)
class Situation:
    """All a guard may look at. `thing` is the subject's facts, `case` the whole locked tree around it.

    `effective_on` is the legal date of the act; `regime` the rules the thing is under; `step` the step of the ladder
    this act takes, if it takes one; `confirms` the act another person proposed. A guard leaves what it computed in
    `workings`, so that the act need not again; the engine leaves `target`, the state of the row that was taken.
    """

    case: CaseFacts
    thing: Any
    command: Command
    actor: Actor
    today: date
    effective_on: date
    regime: Regime
    step: Step | None = None
    confirms: PendingAct | None = None
    workings: dict[str, Any] = field(default_factory=dict)

    @property
    def target(self) -> Any:
        """The state the row that was taken leads to."""
        return self.workings["target"]

    @property
    def late_by(self) -> str | None:
        """How long after its day a step was taken, as an ISO duration; None for what is no step."""
        if self.step is None:
            return None
        days = days_between(self.step.due_on, self.today)
        return f"P{days}D" if days else "PT0S"


@frozen
class Guard:
    """A named condition: it answers None, or why not."""

    name: str
    check: Callable[[Situation], Denial | None]


@frozen(kw_only=True)
class Row:
    """One row of a machine. `roles` has no default: forgetting them is a type error, not an open door.

    `posted_on` is given on rows from `absent`: the kind of the parent the trigger is posted on. `effect_of` names the
    trigger of another thing that pulls this row; such a row has no role and cannot be posted. `step` marks the rows
    the scheduler reaches by a step's key. `versioned` is False where there is nothing yet that a person could have
    read. `confirmed_by` are the roles of the second person where one is needed: pulling such a row proposes the act.
    `everywhere` says that the roles hold whatever a regime names for a trigger of this name, which it says of another
    kind of thing.
    """

    trigger: Trigger
    source: State
    target: State
    roles: frozenset[Role]
    label: str
    ground: str
    guards: tuple[Guard, ...] = ()
    confirmed_by: frozenset[Role] = frozenset()
    posted_on: SubjectKind | None = None
    effect_of: Trigger | None = None
    step: bool = False
    versioned: bool = True
    everywhere: bool = False


@frozen
class Table:
    """The machine of one kind of thing: its rows, in the order a reader expects."""

    kind: SubjectKind
    rows: tuple[Row, ...]
