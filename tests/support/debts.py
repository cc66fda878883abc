"""A register with a debt: the fine of a decision that was served."""

from datetime import date
from typing import Any

from tests.support.register import HEAD, REGISTRAR, Register, served
from workflow.law.money import Money
from workflow.law.regime import Regime, regime
from workflow.lifecycle.debt import effects as debt_effects
from workflow.lifecycle.decision.kind import DECISION
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.door.machine import fire
from workflow.lifecycle.facts import Debt
from workflow.lifecycle.kernel.events import Event, Subject
from workflow.lifecycle.kernel.rules import Actor, Command, Situation
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger

FINANCE = Actor("finance", frozenset({Role.FINANCE_OFFICER}))


def eur(amount: str) -> dict[str, str]:
    """A sum in euros as JSON."""
    return {"amount": amount, "currency": "EUR"}


class Debts(Register):
    """A register whose first debt is moved."""

    def on(self, day: str) -> "Debts":
        """Let it be this day."""
        self.today = date.fromisoformat(day)
        return self

    def debt(self, n: int = 1) -> Debt:
        """Debt n, as the facts have it."""
        return next(each for each in self.case.debts if each.n == n)

    def debt_subject(self, n: int = 1) -> Subject:
        """Debt n."""
        return Subject(SubjectKind.DEBT, self.debt(n).id)

    def move(
        self, trigger: Trigger, data: dict[str, Any] | None = None, by: Actor = FINANCE, n: int = 1, **members: Any
    ) -> list[Event]:
        """Pull a trigger on debt n, by default as the finance officer."""
        return self.pull(by, trigger, self.debt_subject(n), data, **members)

    def pay(self, amount: str, on: str | None = None, n: int = 1) -> list[Event]:
        """Record a payment of today, or of another day."""
        data = {"paid_on": on or self.today.isoformat(), "amount": eur(amount), "reference": "bank statement 7"}
        return self.move(Trigger.RECORD_PAYMENT, data, n=n)

    def refund(self, amount: str) -> list[Event]:
        """Record a refund of today."""
        data = {"refunded_on": self.today.isoformat(), "amount": eur(amount), "reference": "order 12"}
        return self.move(Trigger.RECORD_REFUND, data)

    def suspend(self, by: Actor = REGISTRAR, **members: str) -> list[Event]:
        """Suspend collection from today on."""
        data = {"scope": "collection", "effect": "collection_only", "from": self.today.isoformat(), **members}
        return self.move(Trigger.SUSPEND, data, by)

    def resume(self) -> list[Event]:
        """Resume collection today."""
        return self.move(Trigger.RESUME, {"resumed_on": self.today.isoformat()}, REGISTRAR)

    def confirm_debt(self, actor: Actor = HEAD) -> list[Event]:
        """Confirm the act that waits on the debt."""
        return self.confirm(self.debt_subject(), actor)

    def let(self, *events: Event) -> None:
        """Take these events as if they had followed from an act on the decision."""
        self.facts = fold(self.case, events)
        self.events.extend(events)

    def fixed_at(self, amount: str | None) -> list[Event]:
        """The decision now fixes this sum, by a ruling of today."""
        sum_ = None if amount is None else Money.parse(amount, "EUR")
        events = debt_effects.adjust(self.at(Trigger.RECORD_RULING), self.decision(), sum_)
        self.let(*events)
        return events

    def becomes_final(self) -> list[Event]:
        """The decision is final today."""
        events = debt_effects.fall_due(self.at(Trigger.RECORD_FINALITY), self.decision())
        self.let(*events)
        return events

    def at(self, trigger: Trigger) -> Situation[Any, Any]:
        """An act of the registrar on the decision, today."""
        return Situation(
            case=self.case,
            kind=DECISION,
            thing=self.case.decisions[0],
            command=Command(subject=self.decision(), trigger=trigger),
            actor=REGISTRAR,
            today=self.today,
            effective_on=self.today,
            regime=self.rules,
            fire=fire,
        )

    @property
    def rules(self) -> Regime:
        """The rules the decision is under."""
        pinned = self.case.decisions[0].regime
        assert pinned is not None
        return regime(pinned)


def owing(amount: str = "1000.00", in_regime: str = "fr-cnil", on: str = "2022-10-19") -> Debts:
    """With a decision served on this day that fixes a fine and nothing else to pay."""
    register = served(on, {"regime": in_regime}, fine=eur(amount), clauses=[])
    return Debts(register.today, register.events, register.facts)


def day(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)
