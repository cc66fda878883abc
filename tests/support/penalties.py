"""The life of a penalty decision in a register: one order, first late on 20 December 2022, EUR 100,000 a day."""

from typing import Any

from tests.support.register import DECIDER, HEAD, OFFICER, Register, a_clause, an_order, served
from workflow.lifecycle.facts import PenaltyDecision
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import Role, Trigger

SECRETARY = Actor("secretary", frozenset({Role.COMMITTEE_SECRETARY}))
MEMBERS = ("decider", "second", "third", "fourth")


class Penalties(Register):
    """A register whose last penalty decision is moved."""

    def held_penalty(self) -> PenaltyDecision:
        """The last penalty decision, as the facts have it."""
        return self.case.penalty_decisions[-1]

    def move(self, actor: Actor, trigger: str, data: dict[str, Any] | None = None, **members: Any) -> list[Event]:
        """Pull a trigger on the last penalty decision."""
        return self.pull(actor, trigger, self.penalty(), data, **members)

    def swept(self) -> list[Event]:
        """What the scheduler does today to the last penalty decision."""
        return [event for event in self.sweep() if event.subject == self.penalty()]

    def take_up(self) -> list[Event]:
        """An officer takes it up."""
        return self.move(OFFICER, Trigger.TAKE_UP)

    def notify(self, on: str | None = None, **members: Any) -> list[Event]:
        """Notify the grounds today, as the regime of the case has it."""
        data = {"notified_on": on or self.today.isoformat(), "channel": "registered_letter", **members}
        by = DECIDER if self.case.regime.startswith("fr-") else HEAD
        return self.move(by, Trigger.NOTIFY_GROUNDS, data)

    def deliberate(self, *present: str, on: str | None = None, by: Actor = DECIDER) -> list[Event]:
        """Hold a session today with these members."""
        data = {"session_on": on or self.today.isoformat(), "present": list(present or MEMBERS)}
        return self.move(by, Trigger.DELIBERATE, data)

    def adopt(self, by: Actor = DECIDER, data: dict[str, Any] | None = None) -> list[Event]:
        """Adopt it today."""
        return self.move(by, Trigger.ADOPT, data)


def as_penalties(register: Register) -> Penalties:
    """The same register, with the moves of a penalty decision."""
    return Penalties(register.today, register.events, register.facts)


def proposed(regime: str = "fr-cnil", day: str = "2023-02-10", **clause: Any) -> Penalties:
    """With the days from 20 December to 9 February proposed on 10 February 2023."""
    made = a_clause(covers=[1], **clause)
    register = served(case={"regime": regime}, orders=[an_order(1, "cease_collection")], clauses=[made])
    register.on(day).sweep()
    return as_penalties(register)


def taken_up(regime: str = "fr-cnil", **clause: Any) -> Penalties:
    """With the proposal taken up on 10 February 2023."""
    register = proposed(regime, **clause)
    register.take_up()
    return register


def notified(regime: str = "fr-cnil", **clause: Any) -> Penalties:
    """With the grounds notified on 15 February 2023: the window of 15 days ends on 2 March."""
    register = taken_up(regime, **clause)
    register.on("2023-02-15")
    register.notify()
    return register


def deliberated(regime: str = "fr-cnil", **clause: Any) -> Penalties:
    """With a session on 13 April 2023."""
    register = notified(regime, **clause)
    register.on("2023-04-13").sweep()
    register.deliberate()
    return register


def adopted_penalty(regime: str = "fr-cnil", **clause: Any) -> Penalties:
    """Adopted on 13 April 2023."""
    register = deliberated(regime, **clause)
    register.adopt()
    return register
