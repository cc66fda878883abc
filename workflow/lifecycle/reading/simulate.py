"""What would happen until a day if people did certain things: the case run forward in memory with hypothetical acts.

On each day the scheduler's steps come first, then the acts of that day in the order given, then the steps they made
due. An act goes through `decide` like any other. Where it needs a second person, another hypothetical account confirms
it at once. Nothing is kept: the facts it began with are as they were.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from workflow.law.invalid import InvalidRequest, invalid
from workflow.lifecycle.door.decide import decide
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.door.four_eyes import ActProposed, ConfirmationContent, confirming_roles
from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.door.machine import SECOND, roles_of, rows_of
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.facts.frozen import copied, frozen
from workflow.lifecycle.kernel.events import Event, Subject
from workflow.lifecycle.kernel.refusals import Refusal
from workflow.lifecycle.kernel.rules import Actor, Command
from workflow.lifecycle.reading.forward import Fired, Forward
from workflow.lifecycle.reading.paths import subject_at
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger

MOST_STEPS, MOST_ACTS, MOST_YEARS = 2_000, 100, 30
"""How far a simulation goes before it is refused."""


class NoSuchThing(Refusal):
    """The thing of an act is not there on its day."""

    code = "not_found"
    title = "There is no such thing"


@frozen(kw_only=True)
class Hypothesis:
    """An act somebody might do on a day. `to` is a thing or a path to one that may only come to be by then.

    Without `roles`, it is done by an account with a role that may; without `account`, by one of its roles' name.
    """

    on: date
    to: Subject | str
    kind: SubjectKind
    trigger: Trigger
    content: Any = None
    content_at: str = ""
    effective_on: date | None = None
    reason: str | None = None
    account: str | None = None
    roles: frozenset[Role] = frozenset()


@frozen(kw_only=True)
class Moment:
    """One thing on the path: a step (`fired`) or act number `act`; its events, or why it was refused.

    `case` is the case after it; `by` who acted, `confirmed_by` the second person where one was needed.
    """

    day: date
    case: CaseFacts
    trigger: Trigger
    subject: Subject | None
    by: Actor | None = None
    confirmed_by: Actor | None = None
    act: int | None = None
    fired: Fired | None = None
    events: tuple[Event, ...] = ()
    refused: Refusal | InvalidRequest | None = None


def simulate(case: CaseFacts, today: date, until: date, acts: Sequence[Hypothesis]) -> Iterator[Moment]:
    """The path from today until that day, both included, one by one; with no acts it is the forecast.

    InvalidRequest for an act dated outside the span, and when more steps fire than are bearable.
    """
    for i, act in enumerate(acts):
        if not today <= act.on <= until:
            raise invalid(f"/acts/{i}/on", f"a day from today, {today}, to the last day of the simulation, {until}")
    forward, steps = Forward(case, today), 0
    ahead = sorted(enumerate(acts), key=lambda each: each[1].on)
    day: date | None = today
    while day is not None and day <= until:
        forward.jump(day)
        for moment in _day(forward, [each for each in ahead if each[1].on == day]):
            steps += moment.fired is not None
            if steps > MOST_STEPS:
                raise invalid("/until", f"a nearer day: more than {MOST_STEPS} steps fire until then")
            yield moment
        days = [forward.next_day(), *(act.on for _, act in ahead if act.on > day)]
        day = min((each for each in days if each is not None), default=None)


def _day(forward: Forward, acts: Sequence[tuple[int, Hypothesis]]) -> Iterator[Moment]:
    yield from _sweep(forward)
    for i, act in acts:
        moment = _act(forward, i, act)
        forward.case = moment.case
        yield moment
    if acts:
        yield from _sweep(forward)


def _sweep(forward: Forward) -> Iterator[Moment]:
    for fired in forward.sweep():
        yield Moment(
            day=forward.day,
            case=fired.case,
            trigger=fired.step.trigger,
            subject=fired.step.subject,
            fired=fired,
            events=fired.events,
        )


def _act(forward: Forward, i: int, act: Hypothesis) -> Moment:
    """Do one act, and have it confirmed where that is needed."""
    case, day = forward.case, forward.day
    subject = subject_at(case, act.to) if isinstance(act.to, str) else act.to
    if subject is None or find(case, subject) is None:
        gone = NoSuchThing(f"There is no {act.to if isinstance(act.to, str) else act.to.id} in the case on {day}.")
        return Moment(day=day, case=case, trigger=act.trigger, subject=subject, act=i, refused=gone)
    by = _actor(case, subject, act, day)
    second: Actor | None = None
    try:
        events = _pull(case, subject, act, by, day)
        after = fold(case, events)
        if isinstance(events[0].payload, ActProposed):
            second = _second(after, subject)
            confirming = Command(
                subject=subject,
                trigger=Trigger.CONFIRM,
                content=ConfirmationContent(act=events[0].data["n"]),
                reason=act.reason,
                version=after.versions[subject.id],
            )
            confirmed = decide(after, confirming, second, day)
            events, after = [*events, *confirmed], fold(after, confirmed)
    except (Refusal, InvalidRequest) as why:
        return Moment(day=day, case=case, trigger=act.trigger, subject=subject, by=by, act=i, refused=why)
    return Moment(
        day=day,
        case=after,
        trigger=act.trigger,
        subject=subject,
        by=by,
        confirmed_by=second,
        act=i,
        events=tuple(events),
    )


def _pull(case: CaseFacts, subject: Subject, act: Hypothesis, by: Actor, day: date) -> list[Event]:
    command = copied(Command, act, subject=subject, version=case.versions.get(subject.id, 0))
    return decide(case, command, by, day)


def _actor(case: CaseFacts, subject: Subject, act: Hypothesis, day: date) -> Actor:
    """Who does an act: whoever it names, or somebody whose role may."""
    roles = act.roles or frozenset(_may(case, subject, act.trigger, day)[:1])
    return Actor(act.account or _named(roles), roles)


def _may(case: CaseFacts, subject: Subject, trigger: Trigger, day: date) -> list[Role]:
    """The roles of people that may pull a trigger, as the regime has it."""
    if trigger in SECOND:
        return sorted(confirming_roles(case, subject))
    standing = find(case, subject)
    rules = standing.regime(day) if standing is not None else None
    rows = [row for _, row in rows_of(subject.kind, trigger)]
    return sorted({role for row in rows for role in roles_of(row, rules)} - {Role.SCHEDULER})


def _second(case: CaseFacts, subject: Subject) -> Actor:
    """Another account than the proposer's, with a role that confirms."""
    roles = frozenset(sorted(confirming_roles(case, subject))[:1])
    return Actor(f"a second {_named(roles)}", roles)


def _named(roles: frozenset[Role]) -> str:
    return "hypothetical " + (" and ".join(sorted(role.value for role in roles)) or "nobody")
