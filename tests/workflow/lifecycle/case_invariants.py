"""What holds of a case after every act, whoever acted and in whatever order."""

from datetime import date, timedelta
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant

from tests.support.register import Register
from tests.workflow.lifecycle.slow_days import late_days, reserved_days
from workflow.lifecycle.decision.review import DecisionAdopted
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.penalty_clause.accrual import lateness


class CaseInvariants(RuleBasedStateMachine):
    """A case in a register. `moved` are the clauses of which days already reserved turned out late, or not late."""

    register: Register
    moved: set[str]

    @property
    def today(self) -> date:
        return self.register.today

    @invariant()
    def the_events_give_the_facts(self) -> None:
        events = self.register.events
        assert fold(None, events) == self.register.case
        half = fold(None, events[: len(events) // 2 + 1])
        assert fold(half, events[len(events) // 2 + 1 :]) == self.register.case

    @invariant()
    def no_step_is_taken_twice(self) -> None:
        steps = [event.step for event in self.register.events if event.step is not None]
        assert len(steps) == len(set(steps))

    @invariant()
    def no_day_is_in_two_slices(self) -> None:
        for _, clause in self.register.case.clauses():
            days = reserved_days(self.register.case.penalties_of(clause.id))
            assert len(days) == len(set(days))

    @invariant()
    def no_sum_passes_its_cap(self) -> None:
        for _, clause in self.register.case.clauses():
            sums = [penalty.amount.minor for penalty in self.register.case.penalties_of(clause.id)]
            if clause.cap is not None and clause.cap.amount is not None:
                assert max(sums, default=0) <= clause.cap.amount.minor
                assert clause.id in self.moved or sum(sums) <= clause.cap.amount.minor

    @invariant()
    def lateness_is_the_union_of_days(self) -> None:
        for decision, clause in self.register.case.clauses():
            late = lateness(self.register.case, decision, clause)
            if clause.cap is not None and clause.cap.until is not None:
                continue
            days = late_days(decision, clause, self.today)
            assert [late.start] == days[:1] or (days == [] and (late.start is None or late.start > self.today))
            fast = {day for day in map(date.fromordinal, range(738000, self.today.toordinal() + 1)) if _in(late, day)}
            assert fast == set(days)

    @invariant()
    def nobody_adopts_what_they_drafted(self) -> None:
        adopted_by = [event.actor for event in self.register.events if event.type == DecisionAdopted.type]
        assert set(adopted_by).isdisjoint(self.register.case.decisions[0].drafters)
        assert "scheduler" not in adopted_by

    @invariant()
    def the_dates_of_an_order_do_not_contradict_each_other(self) -> None:
        for decision, order in self.register.case.orders():
            if order.starts_on is None:
                assert (order.last_day, order.complied_on) == (None, None)
                continue
            assert order.last_day is not None
            assert decision.adopted_on is not None
            assert decision.adopted_on <= order.starts_on <= order.last_day
            assert order.complied_on is None or order.starts_on <= order.complied_on <= self.today
            if order.expiry_recorded_on is not None:
                assert order.expiry_recorded_on == order.last_day + timedelta(days=1)


def _in(late: Any, day: date) -> bool:
    return any(span.first <= day and (span.last is None or day <= span.last) for span in late.spans)
