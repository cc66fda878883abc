"""A whole case at random: people and the scheduler act in any order, and what must hold holds after every act."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.support.register import DECIDER, HEAD, OFFICER, REGISTRAR, SCHEDULER, TWO_PARTIES, a_draft, opened
from tests.workflow.lifecycle.case_invariants import CaseInvariants
from tests.workflow.lifecycle.random_case import drafts
from tests.workflow.lifecycle.slow_days import late_days, slow_sum
from workflow.lifecycle.door.due import earliest_steps
from workflow.lifecycle.door.evolve import evolve, fold
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.kernel.refusals import GuardRefused, IllegalTransition, RoleNotPermitted
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.penalty_decision.proposal import PenaltyProposed
from workflow.lifecycle.vocabulary import DecisionState, OrderState, Role, Trigger

OTHER_OFFICER = Actor("other officer", frozenset({Role.CASE_OFFICER, Role.DECISION_MAKER}))
OFFICERS = st.sampled_from([OFFICER, OTHER_OFFICER])
BACK = st.integers(0, 12).map(timedelta)
ORDER = st.integers(1, 3)


class WholeCase(CaseInvariants):
    """One case from the draft on."""

    before: CaseFacts

    @initialize(draft=drafts(), how_far=st.sampled_from([0, 1, 2, 3, 3, 3, 3, 3]), later=st.integers(0, 40))
    def begin(self, draft: dict[str, Any], how_far: int, later: int) -> None:
        """Begin with a draft, a decision adopted, one served on one addressee, or on both and some days later."""
        self.register = opened(**TWO_PARTIES).on("2022-10-13")
        self.register.pull(OFFICER, Trigger.DRAFT, data=draft)
        self.moved = set()
        self.before = self.register.case
        if how_far:
            self.register.pull(OFFICER, Trigger.SUBMIT, self.register.decision())
            self.register.on("2022-10-17").pull(DECIDER, Trigger.ADOPT, self.register.decision())
            for addressee in range(1, how_far):
                self.register.serve(addressee, "2022-10-17")
            self.register.today += timedelta(days=later)

    def try_(self, actor: Actor, trigger: str, subject: Any, data: dict[str, Any] | None = None, **more: Any) -> bool:
        """Pull a trigger; a refusal must leave everything as it was."""
        self.before, count = self.register.case, len(self.register.events)
        try:
            events = self.register.pull(actor, trigger, subject, data, **more)
        except (GuardRefused, IllegalTransition):
            assert self.register.case is self.before
            assert len(self.register.events) == count
            return False
        self.check(events)
        return True

    def check(self, events: list[Event]) -> None:
        for event in events:
            if event.type == PenaltyProposed.type:
                _, clause = self.before.clause(event.data["clause"])
                first, last = (date.fromisoformat(event.data[key]) for key in ("from", "to"))
                units, total = slow_sum(self.before, clause, first, last)
                stated = event.data["receipt"]["result"]
                assert (stated["units"], stated["amount"]) == (units, f"{total // 100}.{total % 100:02}")
                assert last < event.effective_on <= self.register.today

    @rule(days=st.sampled_from([1, 1, 2, 5, 9, 30]))
    def wait(self, days: int) -> None:
        self.register.today += timedelta(days=days)

    @rule()
    def sweep(self) -> None:
        while due := [s for s in earliest_steps(self.register.case, self.register.today) if s.due_on <= self.today]:
            for step in due:
                self.before = self.register.case
                events = self.register.pull(SCHEDULER, step.trigger, step.subject, step=step.key)
                assert [(event.effective_on, event.step) for event in events] == [(step.due_on, step.key)]
                self.check(events)

    @precondition(lambda self: self.state is DecisionState.DRAFT)
    @rule(officer=OFFICERS, draft=drafts())
    def revise(self, officer: Actor, draft: dict[str, Any]) -> None:
        assert self.try_(officer, Trigger.REVISE, self.register.decision(), draft)

    @precondition(lambda self: self.state is DecisionState.DRAFT)
    @rule(officer=OFFICERS)
    def submit(self, officer: Actor) -> None:
        assert self.try_(officer, Trigger.SUBMIT, self.register.decision())

    @precondition(lambda self: self.state is DecisionState.IN_REVIEW)
    @rule(by=st.sampled_from([HEAD, DECIDER]))
    def return_to_draft(self, by: Actor) -> None:
        assert self.try_(by, Trigger.RETURN_TO_DRAFT, self.register.decision())

    @precondition(lambda self: self.state is not DecisionState.ADOPTED)
    @rule(by=st.sampled_from([DECIDER, DECIDER, OTHER_OFFICER]))
    def adopt(self, by: Actor) -> None:
        with pytest.raises(RoleNotPermitted):
            self.register.pull(SCHEDULER, Trigger.ADOPT, self.register.decision(), step="any")
        drafted = by.account in self.register.case.decisions[0].drafters
        in_review = self.state is DecisionState.IN_REVIEW
        assert self.try_(by, Trigger.ADOPT, self.register.decision()) is (in_review and not drafted)

    @precondition(
        lambda self: self.state is DecisionState.ADOPTED and len(self.register.case.decisions[0].services) < 2
    )
    @rule(addressee=st.sampled_from([1, 2]), back=BACK)
    def serve(self, addressee: int, back: timedelta) -> None:
        decision = self.register.case.decisions[0]
        day = self.today - back
        assert decision.adopted_on is not None
        data = {"addressee": addressee, "served_on": day.isoformat(), "channel": "courier"}
        open_ = decision.service_on(addressee) is None and day >= decision.adopted_on
        assert self.try_(REGISTRAR, Trigger.RECORD_SERVICE, self.register.decision(), data) is open_
        self.mark_moved()

    @precondition(lambda self: self.state is DecisionState.ADOPTED)
    @rule(n=ORDER, back=BACK)
    def comply(self, n: int, back: timedelta) -> None:
        data = {"complied_on": (self.today - back).isoformat()}
        if self.try_(OTHER_OFFICER, Trigger.ACCEPT_COMPLIANCE, self.register.order(n), data):
            self.try_(HEAD, Trigger.CONFIRM, self.register.order(n))
        self.mark_moved()

    def mark_moved(self) -> None:
        """Clauses of which days already reserved turned out late or not: their sums are for a person to review."""
        for decision, clause in self.before.clauses():
            now = self.register.case.clause(clause.id)[0]
            reserved = [penalty.to for penalty in self.before.penalties_of(clause.id)]
            if reserved and late_days(decision, clause, max(reserved)) != late_days(now, clause, max(reserved)):
                self.moved.add(clause.id)

    @precondition(lambda self: self.state is DecisionState.ADOPTED)
    @rule(n=ORDER)
    def record_expiry(self, n: int) -> None:
        order = self.register.held(n)
        over = order.state is OrderState.IN_FORCE and order.last_day is not None and order.last_day < self.today
        assert self.try_(OFFICER, Trigger.RECORD_EXPIRY, self.register.order(n)) is over

    @precondition(lambda self: self.state is DecisionState.ADOPTED)
    @rule(place=st.integers(0, 3), back=BACK)
    def propose(self, place: int, back: timedelta) -> None:
        clauses = self.register.case.decisions[0].clauses
        to = self.today - back - timedelta(days=1)
        subject = self.register.clause(place % len(clauses))
        self.try_(OFFICER, Trigger.PROPOSE_PENALTY, subject, {"assessed_to": to.isoformat()})

    @precondition(lambda self: self.register.case.penalty_decisions)
    @rule(officer=OFFICERS)
    def take_up(self, officer: Actor) -> None:
        self.try_(officer, Trigger.TAKE_UP, self.register.penalty())

    @property
    def state(self) -> DecisionState:
        return self.register.case.decisions[0].state


WholeCase.TestCase.settings = settings(max_examples=40, stateful_step_count=30)
TestWholeCase = WholeCase.TestCase


def test_facts_after_each_event_are_those_of_the_events_so_far() -> None:
    register = opened().on("2022-10-13")
    register.pull(OFFICER, Trigger.DRAFT, data=a_draft())
    facts = None
    for place, event in enumerate(register.events, start=1):
        facts = evolve(facts, event)
        assert facts == fold(None, register.events[:place])
        assert sum(facts.versions.values()) >= place
    assert facts == register.case
