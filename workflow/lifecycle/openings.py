"""What is open on a thing: one answer for the JSON, the pages, the refusals, and what POST accepts."""

from datetime import date

from workflow.lifecycle.events import Subject
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.frozen import frozen
from workflow.lifecycle.guards.dates import POSSIBLE_DATE
from workflow.lifecycle.machine import permits, rows_on
from workflow.lifecycle.refusals import Denial
from workflow.lifecycle.rules import Actor, Command, Row, Situation
from workflow.lifecycle.standing import find


@frozen
class Opening:
    """One row seen from where the thing stands: open, or closed by a guard (`denial`) or by the state (`elsewhere`)."""

    row: Row
    denial: Denial | None = None
    elsewhere: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether the trigger would be taken now, as far as that can be said without its content."""
        return self.denial is None and self.elsewhere is None


def openings(case: CaseFacts, subject: Subject, actor: Actor | None, today: date) -> list[Opening]:
    """The rows this actor may pull on a thing, one a trigger, open ones as well as closed ones with why.

    Without an actor, the rows of every role.
    """
    standing = find(case, subject)
    if standing is None:
        return []
    by_trigger: dict[str, Opening] = {}
    for _, row in rows_on(subject.kind):
        if row.effect_of is not None or (actor is not None and not permits(row, actor.roles)):
            continue
        if row.posted_on is not None or row.source is standing.state:
            situation = Situation(
                case=case,
                thing=standing.thing,
                command=Command(subject=subject, trigger=row.trigger),
                actor=actor or Actor("", row.roles),
                today=today,
                effective_on=today,
                regime=standing.regime(case, today),
            )
            by_trigger[row.trigger] = Opening(row, _first_denial(row, situation))
        elif row.trigger not in by_trigger and row.source.value != "absent":
            by_trigger[row.trigger] = Opening(row, elsewhere=f"goes from {row.source.value}")
    return list(by_trigger.values())


def open_triggers(case: CaseFacts, subject: Subject, actor: Actor | None, today: date) -> list[str]:
    """The names of the open triggers; without an actor each with the roles that may pull it."""
    found = [each.row for each in openings(case, subject, actor, today) if each.is_open]
    if actor is not None:
        return [row.trigger.value for row in found]
    return [f"{row.trigger.value} ({', '.join(sorted(role.value for role in row.roles))})" for row in found]


def _first_denial(row: Row, situation: Situation) -> Denial | None:
    for guard in (POSSIBLE_DATE, *row.guards):
        if (denial := guard.check(situation)) is not None:
            return denial
    return None
