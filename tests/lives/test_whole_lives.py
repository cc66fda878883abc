"""Whole lives of cases on both databases: people, the scheduler, crashes, jumps of the clock, in any order.

Forty lives of thirty steps on SQLite and fifteen on PostgreSQL, as the law is the same there and only the store is
another; `LIVES=400` in the environment lives longer, on both.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tests.api.conftest import JumpingClock
from tests.lives.data import BENCH, PRIVATE, a_whole_draft, data_for
from tests.lives.invariants import check_act, check_read
from tests.lives.people import ONE_EACH, PEOPLE, SCHEDULER
from tests.support.register import CASE
from workflow.law.invalid import InvalidRequest
from workflow.lifecycle.door.due import earliest_steps
from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.door.openings import openings
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import Event, Subject
from workflow.lifecycle.kernel.refusals import Refusal
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.reading.forecast import forecast
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger
from workflow.store.journal import read_case
from workflow.store.missing import NotFound
from workflow.store.verify import verify
from workflow.store.writer import Writer
from workflow.use_cases.accounts.keys import CONSOLE, NewKey, create_key
from workflow.use_cases.accounts.visible import visible
from workflow.use_cases.acting.advance import Transition, advance
from workflow.use_cases.acting.bodies import CaseBody
from workflow.use_cases.acting.draft_body import DecisionBody
from workflow.use_cases.acting.draft_decision import draft_decision
from workflow.use_cases.acting.open_case import open_case
from workflow.use_cases.acting.outcome import Outcome
from workflow.use_cases.counsel.mandates import Mandate, put_on_record
from workflow.use_cases.views.shared import Viewer
from workflow.use_cases.views.show import show

LIVES = {"sqlite": 40, "postgresql": 15}
STEPS = 30
_NUMBERS = count(1)
OFFICER = next(each for each in ONE_EACH if Role.CASE_OFFICER in each.roles)


class Crash(Exception):
    """The process dies here."""


class Mortal(Writer):
    """A writer that dies before its commit when it is told to, at the second try too."""

    dies = False

    def _before_commit(self) -> None:
        if self.dies:
            raise Crash


class Life:
    """One case in a database, moved by whoever acts next."""

    def __init__(self, engine: Engine, dice: Random) -> None:
        self.engine, self.dice = engine, dice
        self.clock = JumpingClock()
        self.writer = Mortal(engine, self.clock)
        self.day = date(2022, 10, 3)
        self.clock.jump(self.day.isoformat())
        parties = [{"name": "First SA"}, {"name": "Second Inc.", "country": "US"}]
        body = CASE | {"reference": f"LIFE-{next(_NUMBERS)}", "opened_on": "2022-06-02", "parties": parties}
        body["representatives"] = []
        self.case: CaseFacts = self.writer.run(open_case, CaseBody.model_validate(body), OFFICER).case
        draft = DecisionBody.model_validate({"case": self.case.id, **a_whole_draft(dice)})
        self.case = self.writer.run(draft_decision, draft, OFFICER).case
        self.seen = len(self.events())
        self.counsel = [self.represented(party.n) for party in self.case.parties]
        for what in PROLOGUE[: dice.choice([0, 3, 4, 5, 7, 8, 9, 10, 11])]:
            what(self)

    def represented(self, party: int) -> Actor:
        """Counsel on record for a party."""
        name = f"counsel {self.case.reference} {party}"
        made = self.writer.run(create_key, NewKey(name, frozenset({Role.COUNSEL})), CONSOLE)
        self.writer.run(put_on_record, Mandate(name, self.case.id, party), CONSOLE)
        return Actor(made.account, frozenset({Role.COUNSEL}), frozenset({party}))

    def events(self) -> list[Event]:
        """The journal of the case."""
        with self.engine.connect() as connection:
            return [each.event for each in read_case(connection, self.case.id)]

    def do(self, transition: Transition, actor: Actor) -> Outcome | None:
        """Pull a trigger; None when it is refused, which leaves nothing behind."""
        before = self.case
        try:
            outcome = self.writer.run(advance, transition, actor)
        except (Refusal, InvalidRequest, NotFound, Crash):
            return None
        self.case = outcome.case
        events = self.events()
        check_act(before, self.case, events[self.seen :], actor)
        self.seen = len(events)
        return outcome

    def things(self) -> list[Subject]:
        """Everything in the case on which something may be pulled."""
        case = self.case
        return [
            case.subject,
            *(Subject(SubjectKind.DECISION, each.id) for each in case.decisions),
            *(order.subject for _, order in case.orders()),
            *(clause.subject for _, clause in case.clauses()),
            *(Subject(SubjectKind.PENALTY_DECISION, each.id) for each in case.penalty_decisions),
            *(Subject(SubjectKind.FILING, each.id) for each in case.filings),
            *(Subject(SubjectKind.DEBT, each.id) for each in case.debts),
        ]

    def act(self) -> None:
        """Somebody pulls something that looks open to them, with data near the truth."""
        offered: dict[Trigger, list[tuple[Subject, Actor]]] = {}
        people = self.dice.sample([*PEOPLE, *self.counsel], 4)
        for subject in self.things():
            for actor in people:
                for opening in openings(self.case, subject, actor, self.day):
                    if opening.is_open and opening.row.trigger not in ENDS:
                        offered.setdefault(opening.row.trigger, []).append((subject, actor))
        if not offered:
            return
        waits = Trigger.CONFIRM in offered and self.dice.random() < 0.7
        trigger = Trigger.CONFIRM if waits else self.dice.choice(sorted(offered))
        subject, actor = self.dice.choice(offered[trigger])
        self.pull(subject, trigger, actor)

    def end(self) -> None:
        """Somebody ends something, or tries what is not open to them."""
        trigger = self.dice.choice([*sorted(ENDS), *Trigger])
        self.pull(self.dice.choice(self.things()), trigger, self.dice.choice([*PEOPLE, *self.counsel]))

    def pull(self, subject: Subject, trigger: Trigger, actor: Actor) -> None:
        """Pull one trigger."""
        if trigger is Trigger.OPEN:
            return
        data = data_for(self.dice, self.case, subject, trigger, self.day)
        version = self.case.versions.get(subject.id)
        self.do(
            Transition(subject=subject, trigger=trigger.value, data=data, version=version, reason=f"{PRIVATE} reason"),
            actor,
        )

    def wait(self) -> None:
        """Time passes."""
        self.jump(self.dice.choice([1, 1, 5, 12, 30, 70]))

    def jump(self, days: int) -> None:
        """The register's clock jumps ahead."""
        self.day += timedelta(days=days)
        self.clock.jump(self.day.isoformat())

    def sweep(self) -> list[str]:
        """The scheduler takes everything that is due, and again from a stale list: no step happens twice."""
        taken: list[str] = []
        refused: set[str] = set()
        while due := [s for s in earliest_steps(self.case, self.day) if s.due_on <= self.day and s.key not in refused]:
            for step in sorted(due, key=lambda step: (step.due_on, step.subject.id)):
                transition = Transition(subject=step.subject, trigger=step.trigger.value, step=step.key)
                outcome = self.do(transition, SCHEDULER)
                if outcome is None:
                    refused.add(step.key)
                    continue
                taken.append(step.key)
                again = self.writer.run(advance, transition, SCHEDULER)
                assert again.outcome == "already_done"
        return taken

    def foresee(self) -> None:
        """What the forecast says until a day is what the scheduler then does, day by day."""
        until = self.day + timedelta(days=self.dice.choice([1, 20, 45]))
        expected = [step.key for step in forecast(self.case, self.day, until)]
        taken = self.sweep()
        while self.day < until:
            coming = [step.due_on for step in earliest_steps(self.case) if step.due_on > self.day]
            ahead = min([until, *coming])
            self.jump((ahead - self.day).days)
            taken += self.sweep()
        assert taken == expected

    def read(self) -> None:
        """Counsel of each party reads all it sees, and nothing else is there for it."""
        for actor in self.counsel:
            viewer = Viewer(actor, self.clock.now())
            with self.engine.connect() as connection:
                seen = visible(connection, self.case, viewer.actor)
                for subject in self.things():
                    if find(seen, subject) is None:
                        with pytest.raises(NotFound):
                            show(connection, self.case, subject, viewer)
                    else:
                        check_read(self.case, seen, show(connection, self.case, subject, viewer).model_dump_json())

    def crash(self) -> None:
        """The process dies in the middle of an act: nothing of it is left, and a new one goes on."""
        self.writer.dies = True
        self.act()
        self.writer.close()
        self.writer = Mortal(self.engine, self.clock)
        assert len(self.events()) == self.seen


@contextmanager
def living(engine: Engine, dice: Random) -> Iterator[Life]:
    life = Life(engine, dice)
    try:
        yield life
    finally:
        life.writer.close()


Part = Callable[[Life], None]


def _pulled(life: Life, subject: Subject, trigger: Trigger, role: Role, data: dict[str, Any]) -> None:
    actor = next(each for each in ONE_EACH if role in each.roles)
    version = life.case.versions[subject.id]
    life.do(Transition(subject=subject, trigger=trigger.value, data=data, version=version), actor)


def _decision(trigger: Trigger, role: Role) -> Part:
    """A person of a role pulls a trigger on the first decision."""

    def do(life: Life) -> None:
        _pulled(life, Subject(SubjectKind.DECISION, life.case.decisions[0].id), trigger, role, {})

    return do


def _penalty(trigger: Trigger, role: Role, dated: str = "", **data: Any) -> Part:
    """A person of a role pulls a trigger on the first penalty decision, if there is one; `dated` is today."""

    def do(life: Life) -> None:
        given = data | ({dated: life.day.isoformat()} if dated else {})
        for penalty in life.case.penalty_decisions[:1]:
            _pulled(life, penalty.subject, trigger, role, given)

    return do


def _served(life: Life) -> None:
    for addressee in life.case.decisions[0].addressees:
        data = {"addressee": addressee, "served_on": life.day.isoformat(), "channel": "courier"}
        subject = Subject(SubjectKind.DECISION, life.case.decisions[0].id)
        _pulled(life, subject, Trigger.RECORD_SERVICE, Role.REGISTRAR, data)


def _later(days: int) -> Part:
    def do(life: Life) -> None:
        life.jump(days)
        life.sweep()

    return do


PROLOGUE: list[Part] = [
    _decision(Trigger.SUBMIT, Role.CASE_OFFICER),
    _decision(Trigger.ADOPT, Role.DECISION_MAKER),
    _served,
    _later(20),
    _later(120),
    _penalty(Trigger.TAKE_UP, Role.CASE_OFFICER),
    _penalty(Trigger.NOTIFY_GROUNDS, Role.DECISION_MAKER, "notified_on", channel="courier"),
    _later(40),
    _penalty(Trigger.DELIBERATE, Role.DECISION_MAKER, "session_on", present=list(BENCH)),
    _penalty(Trigger.ADOPT, Role.DECISION_MAKER),
    _penalty(Trigger.RECORD_SERVICE, Role.REGISTRAR, "served_on", addressee=1, channel="courier"),
]
"""How a life begins, as far as it is drawn to: from a draft to a penalty that is served."""

ENDS = frozenset(
    {
        Trigger.CLOSE,
        Trigger.CLOSE_WITHOUT_PENALTY,
        Trigger.DECLARE_VOID,
        Trigger.DECLINE,
        Trigger.DRAFT,
        Trigger.LIFT,
        Trigger.RECORD_ANNULMENT,
        Trigger.RECORD_LAPSE,
        Trigger.RECORD_UNCOLLECTABLE,
        Trigger.REVISE,
        Trigger.WITHDRAW,
        Trigger.WRITE_OFF,
    }
)
"""What would end a life early if it were as likely as the rest: it is pulled by `end` alone."""
WHAT = ["act"] * 9 + ["sweep", "wait", "wait", "foresee", "crash", "end"]


@pytest.mark.long
def test_whole_lives(engine: Engine) -> None:
    """A life is drawn from its seed: a failing one is lived again as it was."""
    lives = int(os.environ.get("LIVES", LIVES[engine.dialect.name]))

    @given(seed=st.integers(0, 2**32))
    @settings(max_examples=lives, suppress_health_check=list(HealthCheck))
    def live(seed: int) -> None:
        dice = Random(seed)
        with living(engine, dice) as life:
            for what in dice.choices(WHAT, k=STEPS):
                getattr(life, what)()
            life.read()

    live()
    with engine.connect() as connection:
        assert verify(connection) == []
