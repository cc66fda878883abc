"""Access requests moved at random: the order's counts are the sum of their states, with or without them loaded."""

from collections import Counter
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.support.register import OFFICER, served
from tests.workflow.lifecycle.test_access_requests import asked, subject
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.refusals import GuardRefused, IllegalTransition
from workflow.lifecycle.vocabulary import Trigger

MOVES: list[tuple[Trigger, dict[str, Any] | None]] = [
    *((t, None) for t in (Trigger.BEGIN, Trigger.ASK_IDENTITY, Trigger.RECORD_IDENTITY, Trigger.VERIFY, Trigger.CLOSE)),
    *((t, {name: None}) for t, name in ((Trigger.EXTEND, "told_on"), (Trigger.RECORD_ANSWER, "answered_on"),
      (Trigger.RECORD_NO_DATA, "found_on"), (Trigger.DISPUTE, "disputed_on"))),
    (Trigger.RECORD_REFUSAL, {"refused_on": None, "ground": "x"}),
    (Trigger.SET_ASIDE, {"reasons": "x"}),
]  # fmt: skip


class Requests(RuleBasedStateMachine):
    """Requests registered and moved in any order, by whoever may."""

    @initialize()
    def begin(self) -> None:
        self.register = served().on("2022-10-20")

    @rule(days=st.integers(0, 20))
    def wait(self, days: int) -> None:
        self.register.today += timedelta(days=days)

    @rule(n=st.integers(1, 6))
    def ask(self, n: int) -> None:
        known = any(each.reference == f"R-{n}" for each in self.register.case.requests)
        try:
            asked(self.register, f"R-{n}")
        except GuardRefused:
            assert known
        else:
            assert not known

    @rule(place=st.integers(0, 5), moved=st.sampled_from(MOVES), back=st.integers(0, 10), confirmed=st.booleans())
    def pull(self, place: int, moved: tuple[Trigger, dict[str, Any] | None], back: int, confirmed: bool) -> None:
        if not self.register.case.requests:
            return
        at = subject(self.register, place % len(self.register.case.requests))
        trigger, members = moved
        day = (self.register.today - timedelta(days=back)).isoformat()
        data = members and {name: value or day for name, value in members.items()}
        try:
            (event,) = self.register.pull(OFFICER, trigger, at, data)
            if event.type == "act.proposed" and confirmed:
                self.register.confirm(at)
        except (GuardRefused, IllegalTransition):
            return

    @invariant()
    def counts_are_the_sum_of_the_states(self) -> None:
        case = self.register.case
        order = self.register.held(1)
        assert order.requests == dict(Counter(each.state.value for each in case.requests))
        assert sum(order.requests.values()) == len(case.requests)
        assert [each.n for each in case.requests] == list(range(1, len(case.requests) + 1))

    @invariant()
    def counts_need_no_request_to_be_loaded(self) -> None:
        facts = None
        for event in self.register.events:
            facts = fold(facts, [event])
            facts = replace(facts, requests=())
        assert facts is not None
        assert facts.decisions == self.register.case.decisions

    @invariant()
    def no_day_contradicts_another(self) -> None:
        for each in self.register.case.requests:
            days = [day for day in (each.extended_on, each.dealt_with_on, each.disputed_on) if day is not None]
            assert all(each.received_on <= day <= self.register.today for day in days)
            assert each.extended_on is None or each.extended_on <= each.statutory_by


Requests.TestCase.settings = settings(max_examples=40, stateful_step_count=25)
TestRequests = Requests.TestCase
