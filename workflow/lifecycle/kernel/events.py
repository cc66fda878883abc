"""Events: what happened, to what, by whom, with what legal date. The journal is a list of them.

An event is a class: its type as it goes over the wire, its audience, its members, and what it does to the facts.

    @event("order.extended", Audience.SERVED)
    class OrderExtended(Of[Order]):
        state: OrderState
        last_day: date = told("The last day that still counts.", date(2022, 12, 19))

        def on(self, order: Order, event: Event) -> Order:
            return replace(order, state=self.state, last_day=self.last_day)

An audience or an example left out is an error at import, a fold left out one of the type checker.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.facts.ids import Subject as Subject
from workflow.lifecycle.kernel.codec import structure, unstructure
from workflow.lifecycle.vocabulary import Audience

if TYPE_CHECKING:
    from workflow.lifecycle.facts import CaseFacts

AUTHORITY = "authority"
"""The stream of what belongs to no case: accounts, keys, endpoints, and each case opened."""


def told(says: str, example: Any, *, default: Any = MISSING) -> Any:
    """A member of an event that counsel is told: what it is, in a sentence, and an example as the event holds it."""
    return field(default=default, metadata={"says": says, "example": example})


@frozen(kw_only=True)
class Payload(ABC):
    """What an event says.

    `assumed` names the members that are not certain. An act that a second person confirmed or declined has its number
    (`act`), a confirmed one also who proposed it.
    """

    type: ClassVar[str]
    audience: ClassVar[Audience]

    assumed: tuple[str, ...] = ()
    act: int | None = None
    proposed_by: str | None = None

    @abstractmethod
    def fold(self, case: "CaseFacts", event: "Event") -> "CaseFacts":
        """The case after the event that says this."""


def members_told(said: type[Payload]) -> Mapping[str, Field[Any]]:
    """The members of such an event that counsel is told, by their names in JSON; see `told` for what each has."""
    return {each.name.rstrip("_"): each for each in fields(said) if "says" in each.metadata}


P = TypeVar("P", bound=Payload)

EVENTS: dict[str, type[Payload]] = {}
"""Every event class by its type."""


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(told, field))
def event(type_: str, audience: Audience) -> Callable[[type[P]], type[P]]:
    """Make a class the event of this type; TypeError for a type that another class has."""

    def make(cls: type[P]) -> type[P]:
        if type_ in EVENTS:
            raise TypeError(f"{type_} is the event {EVENTS[type_].__name__} already")
        made: type[P] = dataclass(slots=True, unsafe_hash=True, kw_only=True)(cls)
        made.type, made.audience = type_, audience
        EVENTS[type_] = made
        return made

    return make


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(told, field))
def shared(cls: type[P]) -> type[P]:
    """Make a class of what several events say alike; each of them is a subclass with its own type."""
    return dataclass(slots=True, unsafe_hash=True, kw_only=True)(cls)


@frozen(kw_only=True)
class Event:
    """What `decide` returns: everything but the place in the journal.

    `text` holds free text and names of natural persons, which the journal keeps beside the chain so that they can be
    erased. `parent` is the thing a creating trigger was posted on: its version moves too. `late_by` is an ISO duration,
    given with `step` alone.
    """

    subject: Subject
    payload: Payload
    actor: str
    effective_on: date
    parent: Subject | None = None
    text: Mapping[str, str] = field(default_factory=dict)
    step: str | None = None
    late_by: str | None = None
    _json: list[Mapping[str, Any]] = field(default_factory=list, init=False, repr=False, compare=False, hash=False)

    @property
    def type(self) -> str:
        """The type as it goes over the wire."""
        return self.payload.type

    @property
    def audience(self) -> Audience:
        """Who may learn of it."""
        return self.payload.audience

    @property
    def data(self) -> Mapping[str, Any]:
        """What it says, as JSON: dates and amounts as strings, no floats."""
        if not self._json:  # asked for by the journal, the messages and the views: made once
            self._json.append(unstructure(self.payload))
        return self._json[0]


def read_payload(type_: str, data: Mapping[str, Any]) -> Payload:
    """What an event of this type says, from JSON; KeyError for a type or a member that is unknown."""
    return structure(EVENTS[type_], data)


@frozen(kw_only=True)
class Recorded:
    """An event with its place in the journal of one case (`case` may be `authority`)."""

    case: str
    seq: int
    id: str
    act: str
    recorded_at: datetime
    hash: str
    event: Event
