"""What a row of a machine is, and what its guards, its target and its act may look at."""

from collections.abc import Callable
from dataclasses import field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from workflow.law.days import days_between
from workflow.law.regime import Regime
from workflow.lifecycle.facts import CaseFacts, PendingAct
from workflow.lifecycle.facts.frozen import copied, frozen, replace
from workflow.lifecycle.kernel.events import Event, Subject
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.step import Step
from workflow.lifecycle.vocabulary import STAFF, Role, State, SubjectKind, Trigger

if TYPE_CHECKING:
    from workflow.lifecycle.kernel.kind import Kind

T = TypeVar("T")
C = TypeVar("C")
R = TypeVar("R")


OFFICER = frozenset({Role.CASE_OFFICER})
HEAD = frozenset({Role.HEAD_OF_ENFORCEMENT})
DECIDER = frozenset({Role.DECISION_MAKER})
SECRETARY = frozenset({Role.COMMITTEE_SECRETARY})
REGISTRAR = frozenset({Role.REGISTRAR})
FINANCE = frozenset({Role.FINANCE_OFFICER})
SCHEDULER = frozenset({Role.SCHEDULER})


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
class Envelope:
    """What every request says beside its trigger and its data.

    `version` is what a person read; `step` is the key the scheduler was given in its place.
    """

    subject: Subject
    effective_on: date | None = None
    reason: str | None = None
    assumed: tuple[str, ...] = ()
    version: int | None = None
    step: str | None = None

    def asking(self, trigger: Trigger, content: Any, content_at: str) -> "Command":
        """The command in this envelope: this trigger, with its data parsed and where they stood in the request."""
        return copied(Command, self, trigger=trigger, content=content, content_at=content_at)


@frozen(kw_only=True)
class Command(Envelope):
    """What is asked. `content` is the parsed `data`, one class a trigger; it stood at `content_at` in the request."""

    trigger: Trigger
    content: Any = None
    content_at: str = ""


class Moved(Protocol):
    """A thing that has a state."""

    @property
    def state(self) -> State:
        """Where it is in its machine."""


class Fire(Protocol):
    """The engine: try a trigger from a state of a kind of thing, as the effect of another trigger if one is given."""

    def __call__(
        self, kind: SubjectKind, state: State, trigger: Trigger, at: "Situation[Any, Any]", effect_of: Trigger | None
    ) -> "Taken | Denied | None":
        """What came of it: None where no row fits."""


@frozen(kw_only=True)
class Situation(Generic[T, C]):
    """All that a guard, a target and an act may look at.

    `thing` is the subject's facts, of this `kind`; `case` the whole locked tree around it. `effective_on` is the legal
    date of the act; `regime` the rules the thing is under; `step` the step of the ladder this act takes, if it takes
    one; `confirms` the act another person proposed. `target` is the state that the row taken leads to.
    """

    case: CaseFacts
    kind: "Kind[T]"
    thing: T
    command: Command
    actor: Actor
    today: date
    effective_on: date
    regime: Regime
    fire: Fire
    step: Step | None = None
    confirms: PendingAct | None = None
    target: Any = None
    _worked: dict[Callable[..., Any], Any] = field(default_factory=dict)

    @property
    def content(self) -> C:
        """The parsed data of the command; of an effect what its cause hands on."""
        content: C = self.command.content
        return content

    @property
    def late_by(self) -> str | None:
        """How long after its day a step was taken, as an ISO duration; None for what is no step."""
        if self.step is None:
            return None
        days = days_between(self.step.due_on, self.today)
        return f"P{days}D" if days else "PT0S"

    def work_out(self, compute: "Callable[[Situation[T, C]], R]") -> R:
        """What a function makes of this situation, computed once for the guards, the target and the act."""
        if compute not in self._worked:
            self._worked[compute] = compute(self)
        found: R = self._worked[compute]
        return found

    def effect(
        self, kind: SubjectKind, thing: Moved, trigger: Trigger, content: Any = None, cause: Trigger | None = None
    ) -> Any:
        """The state to which this act's effect brings another thing, by its row `trigger` that follows this trigger.

        None when the thing's machine has no such row from its state, or a guard of it says no. `content` is what the
        row's guards and target see as theirs; `cause` is another trigger that the row follows.
        """
        command = replace(self.command, content=content) if content is not None else self.command
        whole: Situation[Any, Any] = self
        at = replace(whole, thing=thing, command=command, _worked={})
        outcome = self.fire(kind, thing.state, trigger, at, cause or self.command.trigger)
        return outcome.target if isinstance(outcome, Taken) else None


Check = Callable[[Situation[Any, Any]], Denial | None]
Act = Callable[[Situation[Any, Any]], list[Event]]


@frozen
class Guard:
    """A named condition, with a question about each of four: a thing's nature, who acts, the state, the content.

    `nature` never changes: a row is not listed for a thing of another nature. `person` is left out of a list of what is
    open to anybody. `content` is asked where a command has one; `needs` names the members that it asks for and that may
    be left out elsewhere.
    """

    name: str
    nature: Check | None = field(default=None, kw_only=True)
    person: Check | None = field(default=None, kw_only=True)
    state: Check | None = field(default=None, kw_only=True)
    content: Check | None = field(default=None, kw_only=True)
    needs: tuple[str, ...] = field(default=(), kw_only=True)

    def check(self, at: Situation[Any, Any], anybody: bool = False) -> Denial | None:
        """None, or why not; for `anybody` whoever acts."""
        denial = self.nature(at) if self.nature is not None else None
        if denial is None and self.person is not None and not anybody:
            denial = self.person(at)
        if denial is None and self.state is not None:
            denial = self.state(at)
        if denial is None and self.content is not None and at.command.content is not None:
            return self.content(at)
        return denial


class Same(Enum):
    """The target of a row that leaves the state as it is."""

    SAME = "same"


SAME = Same.SAME


@frozen
class Chosen:
    """A target that depends on the situation: one of these states. With `back` it is where the thing was before."""

    among: tuple[State | Same, ...]
    choose: Callable[[Situation[Any, Any]], State | Same]
    back: bool = False


def before(*among: State) -> Chosen:
    """Back to the state that the fact `before` of the thing remembers: one of these."""
    return Chosen(among, lambda at: at.thing.before, back=True)


@frozen(kw_only=True)
class Row:
    """One row of a machine. `roles` has no default: forgetting them is a type error, not an open door.

    It goes from each of `sources`. `act` is what happens when it is taken, None for the effect of another act: its
    cause writes what happens. `takes` is the class its data is read into. `parent_kind` is given on rows from `absent`:
    the kind of the parent the trigger is posted on. `effect_of` names the trigger of another thing that pulls this row;
    such a row has no role and cannot be posted. `step` marks the rows the scheduler reaches by a step's key.
    `versioned` is False where there is nothing yet that a person could have read. `confirmed_by` are the roles of the
    second person where one is needed: pulling such a row proposes the act. With `everywhere` a regime cannot override
    the roles: its `[who]` entry for this trigger name is about another kind.
    """

    trigger: Trigger
    sources: tuple[State, ...]
    target: State | Same | Chosen
    roles: frozenset[Role]
    label: str
    ground: str
    act: Act | None = None
    takes: type[Any] | None = None
    guards: tuple[Guard, ...] = ()
    confirmed_by: frozenset[Role] = frozenset()
    parent_kind: SubjectKind | None = None
    effect_of: Trigger | None = None
    step: bool = False
    versioned: bool = True
    everywhere: bool = False

    @property
    def makes(self) -> bool:
        """Whether it makes a new thing."""
        return self.sources[0].value == "absent"

    def targets(self, source: State) -> tuple[State, ...]:
        """The states to which it may lead from one of its sources."""
        among = self.target.among if isinstance(self.target, Chosen) else (self.target,)
        return tuple(dict.fromkeys(source if each is SAME else each for each in among))

    def moves(self) -> list[tuple[State, State]]:
        """Every source with each state it may lead to from there."""
        return [(source, target) for source in self.sources for target in self.targets(source)]

    def leads(self, at: Situation[Any, Any], source: State) -> State:
        """The state it leads to in this situation."""
        target = self.target.choose(at) if isinstance(self.target, Chosen) else self.target
        return source if isinstance(target, Same) else target


def effect(
    of: Trigger,
    *,
    trigger: Trigger,
    sources: tuple[State, ...],
    target: State | Same | Chosen,
    label: str,
    ground: str,
    guards: tuple[Guard, ...] = (),
) -> Row:
    """A row that another trigger pulls: nobody has it, and its cause writes what happens."""
    return Row(
        trigger=trigger,
        sources=sources,
        target=target,
        roles=frozenset(),
        label=label,
        ground=ground,
        guards=guards,
        effect_of=of,
    )


@frozen
class Table:
    """The machine of one kind of thing: its rows, in the order a reader expects."""

    kind: SubjectKind
    rows: tuple[Row, ...]


@frozen
class Taken:
    """A row was taken, and leads to this state."""

    row: Row
    target: State


@frozen
class Denied:
    """A row fits, and one of its guards says no."""

    guard: str
    denial: Denial
