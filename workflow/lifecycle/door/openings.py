"""What is open on a thing: one answer for the JSON, the pages, the refusals, and what POST accepts."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from workflow.law.regime import Regime
from workflow.lifecycle.door.four_eyes import may_confirm, not_the_proposer, waits_already
from workflow.lifecycle.door.kinds import Standing, find
from workflow.lifecycle.door.machine import SECOND, fire, guards_of, permits, roles_of, rows_of, rows_on
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.facts.frozen import frozen, replace
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.refusals import Denial, for_one_that_is
from workflow.lifecycle.kernel.rules import SAME, Actor, Command, Row, Situation
from workflow.lifecycle.vocabulary import Role, Trigger


@frozen
class Opening:
    """One row seen from where the thing stands: open, or closed by a guard (`denial`) or by the state (`elsewhere`).

    `roles` are those of every open row of its trigger, as the regime has them.
    """

    row: Row
    roles: frozenset[Role]
    denial: Denial | None = None
    elsewhere: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether the trigger would be taken now, as far as that can be said without its content."""
        return self.denial is None and self.elsewhere is None


def openings(case: CaseFacts, subject: Subject, actor: Actor | None, today: date) -> list[Opening]:
    """The rows this actor may pull on a thing, one a trigger, open ones as well as closed ones with why.

    Rows for things of another nature are left out.

    Without an actor, the rows of every role.
    """
    standing = find(case, subject)
    if standing is None:
        return []
    by_trigger: dict[str, Opening] = {}
    sources: dict[str, set[str]] = {}
    rules = standing.regime(today)
    for _, row in rows_on(subject.kind):
        if row.effect_of is not None or (actor is not None and not permits(row, actor.roles, rules)):
            continue
        at = _situation(standing, row, subject, actor, today, rules)
        if any(guard.nature is not None and guard.nature(at) is not None for guard in row.guards):
            continue
        known = by_trigger.get(row.trigger)
        if row.parent_kind is not None or standing.state in row.sources:
            denial = _first_denial(row, at, anybody=actor is None) or _proposed_already(row, case, subject)
            roles = roles_of(row, rules)
            if known is None or not known.is_open:
                by_trigger[row.trigger] = Opening(row, roles, denial)
            elif denial is None:
                by_trigger[row.trigger] = replace(known, roles=known.roles | roles)
        elif not row.makes:
            from_ = sources.setdefault(row.trigger, set())
            from_.update(source.value for source in row.sources)
            if known is None or known.elsewhere is not None:
                why = f"{for_one_that_is(subject.kind.value, sorted(from_))}; this one is {standing.state.value}"
                by_trigger[row.trigger] = Opening(row, roles_of(row, rules), elsewhere=why)
    return [*by_trigger.values(), *_second(standing, subject, actor)]


def _second(standing: Standing, subject: Subject, actor: Actor | None) -> Iterator[Opening]:
    """Confirming or declining each act that waits on the thing."""
    for act in standing.case.pending_on(subject.kind, subject.id):
        roles = may_confirm(subject.kind, act)
        if actor is not None and roles.isdisjoint(actor.roles):
            continue
        denial = not_the_proposer(act, actor, roles) if actor is not None else None
        pulled = rows_of(subject.kind, act.trigger)[0][1]
        for trigger in SECOND:
            label = f"{trigger.value.capitalize()} act {act.n}: {pulled.label[:1].lower()}{pulled.label[1:]}"
            row = Row(
                trigger=trigger,
                sources=(standing.state,),
                target=pulled.target if trigger is Trigger.CONFIRM else SAME,
                roles=roles,
                label=label,
                ground=pulled.ground,
            )
            yield Opening(row, roles, denial)


def _situation(
    standing: Standing, row: Row, subject: Subject, actor: Actor | None, today: date, rules: Regime
) -> Situation[Any, Any]:
    return Situation(
        case=standing.case,
        kind=standing.kind,
        thing=standing.thing,
        command=Command(subject=subject, trigger=row.trigger),
        actor=actor or Actor("", row.roles),
        today=today,
        effective_on=today,
        regime=rules,
        fire=fire,
    )


def open_triggers(case: CaseFacts, subject: Subject, actor: Actor | None, today: date) -> list[str]:
    """The names of the open triggers; without an actor each with the roles that may pull it."""
    found = [each for each in openings(case, subject, actor, today) if each.is_open]
    if actor is not None:
        return [each.row.trigger.value for each in found]
    return [f"{each.row.trigger.value} ({', '.join(sorted(each.roles))})" for each in found]


def _proposed_already(row: Row, case: CaseFacts, subject: Subject) -> Denial | None:
    return waits_already(case, subject, row.trigger, row.confirmed_by) if row.confirmed_by else None


def _first_denial(row: Row, situation: Situation[Any, Any], anybody: bool) -> Denial | None:
    for guard in guards_of(row):
        if (denial := guard.check(situation, anybody)) is not None:
            return denial
    return None
