"""Pieces that several views share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict

from workflow.law.days import local_day
from workflow.law.regime import Regime, regime
from workflow.lifecycle.door.events import EVENTS
from workflow.lifecycle.facts import CaseFacts, Decision
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.kernel.step import Step
from workflow.lifecycle.vocabulary import SubjectKind, Trigger


class View(BaseModel):
    """A JSON answer; members without a value are null, never left out."""

    model_config = ConfigDict(frozen=True)


V = TypeVar("V", bound=View)


def shown(view: type[V], thing: object, /, **more: Any) -> V:
    """A view of a thing: each member is that of the thing by the same name, but for those that `more` gives.

    A member with a `validation_alias` is the thing's by that name. The types that the view declares say what becomes of
    what is inside: a fact becomes a view in the same way, `Money` a `MoneyView`, a tuple a list. AttributeError for a
    member that neither has, pydantic's ValidationError for one that is of another type.
    """
    for name in names_in(view):
        if name not in more:
            more[name] = getattr(thing, name)
    return view.model_validate(more, from_attributes=True)


@cache
def names_in(view: type[View]) -> tuple[str, ...]:
    """The members of a view by their names in what it shows."""
    return tuple(str(field.validation_alias or name) for name, field in view.model_fields.items())


if TYPE_CHECKING:
    EventType = str
else:
    EventType = Literal[tuple(EVENTS)]
"""The type of an event, as it goes over the wire."""


class MoneyView(View):
    """A sum as a decimal string with its currency."""

    amount: str
    currency: str


class CaseRef(View):
    """A case by id and reference; its title names its first party."""

    id: str
    reference: str
    title: str

    @classmethod
    def of(cls, case: CaseFacts) -> "CaseRef":
        """Name the case."""
        return shown(cls, case)


class DecisionRef(View):
    """A decision by id and reference; its title says what kind of act it is, and of which day."""

    id: str
    reference: str
    title: str


class PartyRef(View):
    """A party by number, id and name; the name of a natural person is not shown here."""

    n: int
    id: str
    name: Annotated[str | None, BeforeValidator(lambda name: name or None)]

    @classmethod
    def of(cls, case: CaseFacts, n: int) -> "PartyRef":
        """Name party n of the case."""
        return shown(cls, case.party(n))


class AccountRef(View):
    """A person by the id of the account and by name; null where the name was erased."""

    id: str
    name: str | None

    @classmethod
    def of(cls, account: str, names: Mapping[str, str]) -> "AccountRef":
        """Name the account by the names found."""
        return cls(id=account, name=names.get(account))


class SubjectRef(View):
    """A thing by kind and id."""

    kind: SubjectKind
    id: str


class NextStep(View):
    """A step of the ladder that lies ahead or is due, why it will come, and what would stop it."""

    step: Trigger
    key: str
    on: date
    why: str
    stopped_by: list[str]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads, at what instant of the register's clock; `past` when that instant is over and only looked back at."""

    actor: Actor
    now: datetime
    past: bool = False

    @property
    def is_inside(self) -> bool:
        """Whether they also see what the authority foresees and computes for itself; counsel sees what it was told."""
        return not self.actor.is_counsel

    @property
    def known_at(self) -> datetime | None:
        """The instant until which things were recorded that are shown; None for all."""
        return self.now if self.past else None

    def today(self, case: CaseFacts) -> date:
        """The day it is for the authority of this case."""
        return local_day(self.now, regime(case.regime).timezone)


_REASONS: dict[Trigger, tuple[str, list[str]]] = {
    Trigger.REMIND: ("the regime reminds before the last day", ["accept_compliance", "extend", "suspend", "lift"]),
    Trigger.RECORD_EXPIRY: ("the day after the last day", ["accept_compliance", "extend", "suspend", "lift"]),
    Trigger.RECORD_LAPSE: ("the day after the last of an order made for a time", ["lift"]),
    Trigger.PROPOSE_PENALTY: (
        "late days that no penalty decision has fixed",
        ["accept_compliance true before the first of them"],
    ),
    Trigger.PROPOSE_FINALITY: ("every window to appeal and the grace are over", ["record_appeal", "correct_service"]),
    Trigger.OBSERVATIONS_CLOSED: ("the day after the window for observations", ["extend_window", "record_waiver"]),
    Trigger.PAYMENT_OVERDUE: ("the day after the last day of payment", ["record_payment of all that is outstanding"]),
    Trigger.LIMITATION_NEAR: (
        "the claim can soon be made no more",
        ["record_payment of all that is outstanding", "write_off"],
    ),
}


def next_step(step: Step, why: str | None = None) -> NextStep:
    """A step of the ladder with its reason."""
    reason, stopped_by = _REASONS[step.trigger]
    return NextStep(step=step.trigger, key=step.key, on=step.due_on, why=why or reason, stopped_by=stopped_by)


def rules_of(case: CaseFacts, decision: Decision, today: date) -> Regime:
    """The rules a decision is under: pinned at adoption, before that those in force today."""
    return regime(decision.regime) if decision.regime else regime(case.regime, today)


def assumed_in(decision: Decision) -> Iterator[str]:
    """What is assumed about a decision: in its draft, and in its service."""
    yield from decision.assumed
    if any(service.assumed for service in decision.services):
        yield "served_on"


def explanation(result: Any) -> list[dict[str, Any]]:
    """The steps of a computation, as the law gave them."""
    return [dict(each) for each in result.get("explanation", [])]
