"""Pieces that several views share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from workflow.law.days import local_day
from workflow.law.money import Money
from workflow.law.regime import Regime, regime
from workflow.lifecycle.door.contents import needs
from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.door.openings import Opening, openings
from workflow.lifecycle.facts import CaseFacts, Decision
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.kernel.step import Step
from workflow.lifecycle.kernel.text import with_texts
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger


class View(BaseModel):
    """A JSON answer; members without a value are null, never left out."""

    model_config = ConfigDict(frozen=True)


class MoneyView(View):
    """A sum as a decimal string with its currency."""

    amount: str
    currency: str

    @classmethod
    def of(cls, money: Money) -> "MoneyView":
        """Show a sum."""
        return cls(amount=money.amount, currency=money.currency)


class CaseRef(View):
    """A case by id and reference."""

    id: str
    reference: str

    @classmethod
    def of(cls, case: CaseFacts) -> "CaseRef":
        """Name the case."""
        return cls(id=case.id, reference=case.reference)


class DecisionRef(View):
    """A decision by id and reference."""

    id: str
    reference: str

    @classmethod
    def of(cls, decision: Decision) -> "DecisionRef":
        """Name the decision."""
        return cls(id=decision.id, reference=decision.reference)


class PartyRef(View):
    """A party by number, id and name; the name of a natural person is not shown here."""

    n: int
    id: str
    name: str | None

    @classmethod
    def of(cls, case: CaseFacts, n: int) -> "PartyRef":
        """Name party n of the case."""
        party = case.party(n)
        return cls(n=n, id=party.id, name=party.name or None)


class SubjectRef(View):
    """A thing by kind and id."""

    kind: str
    id: str

    @classmethod
    def of(cls, subject: Subject) -> "SubjectRef":
        """Name the thing."""
        return cls(kind=subject.kind.value, id=subject.id)


class OpenTransition(View):
    """A trigger of this thing for the one who asks: what it needs, or why it is closed and what is open instead."""

    trigger: str
    label: str
    open: bool
    needs: list[str]
    confirmed_by: list[str] = []
    ground: str
    why: str | None = None
    reference: str | None = None
    satisfied_by: str | None = None
    open_on: date | None = None
    instead: list[str] = []


class PendingView(View):
    """An act that one person proposed; it changes nothing until another confirms it."""

    act: int
    trigger: str
    proposed_by: str
    proposed_on: date
    data: dict[str, Any]


def pending_acts(
    case: CaseFacts, subject: Subject, words: Mapping[int, Mapping[str, str]] | None = None
) -> list[PendingView]:
    """The acts on a thing that wait for a second person; `words` is the free text each was proposed with."""
    return [
        PendingView(
            act=act.n,
            trigger=act.trigger.value,
            proposed_by=act.proposed_by,
            proposed_on=act.proposed_on,
            data=with_texts(act.content, (words or {}).get(act.n, {})),
        )
        for act in case.pending_on(subject.kind, subject.id)
    ]


class NextStep(View):
    """A step of the ladder that lies ahead or is due, why it will come, and what would stop it."""

    step: str
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


def open_transitions(case: CaseFacts, subject: Subject, viewer: Viewer) -> list[OpenTransition]:
    """The triggers of a thing as this reader finds them; the scheduler's steps are on the due list instead.

    In the past nothing can be pulled, so there are none.
    """
    if viewer.past:
        return []
    actor = viewer.actor
    if not viewer.is_inside:
        actor = replace(actor, acts_for=frozenset(each.n for each in case.parties))  # it sees those it acts for
    found = [
        each
        for each in openings(case, subject, actor, viewer.today(case))
        if each.row.roles != {Role.SCHEDULER} or Role.SCHEDULER in viewer.actor.roles
    ]
    open_now = [each.row.trigger.value for each in found if each.is_open]
    standing = find(case, subject)
    rules = standing.regime(viewer.today(case)) if standing is not None else None
    return [_transition(subject.kind, each, open_now, rules) for each in found]


def _transition(kind: SubjectKind, opening: Opening, open_now: list[str], rules: Regime | None) -> OpenTransition:
    row, denial = opening.row, opening.denial
    why = denial.detail if denial else opening.elsewhere
    return OpenTransition(
        trigger=row.trigger.value,
        label=row.label,
        open=opening.is_open,
        needs=list(needs(kind, row.trigger, rules)),
        confirmed_by=sorted(role.value for role in row.confirmed_by),
        ground=row.ground,
        why=why,
        reference=denial.reference if denial else None,
        satisfied_by=denial.satisfied_by if denial else None,
        open_on=denial.open_on if denial else None,
        instead=[] if opening.is_open else open_now,
    )


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
    return NextStep(step=step.trigger.value, key=step.key, on=step.due_on, why=why or reason, stopped_by=stopped_by)


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
