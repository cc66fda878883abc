"""A step is taken on its day and not before, under its own key, once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.refused import refused_by
from tests.support.register import OFFICER, SCHEDULER, Register, a_clause, an_order, served
from workflow.lifecycle.door.due import earliest_steps
from workflow.lifecycle.kernel.refusals import IllegalTransition, NotDue
from workflow.lifecycle.kernel.step import Step
from workflow.lifecycle.order.clock import OrderPeriodExpired
from workflow.lifecycle.vocabulary import OrderState, Trigger


def one(on: str = "2022-10-19", **members: Any) -> Register:
    clause = a_clause(covers=[1], assess_every="P30D", **members)
    return served(on, orders=[an_order(1, "cease_collection")], clauses=[clause])


def every_step(register: Register) -> list[Step]:
    """The first seven steps in the order they fall due, each taken on its day."""
    taken: list[Step] = []
    while len(taken) < 7:
        (step, *_) = sorted(earliest_steps(register.case, register.today), key=lambda step: step.due_on)
        register.today = step.due_on
        register.pull(SCHEDULER, step.trigger, step.subject, step=step.key)
        taken.append(step)
    return taken


def test_the_steps_of_an_order_and_its_clause_and_their_keys() -> None:
    register = one()
    order, clause, decision = register.order(1).id, register.clause().id, register.decision().id
    assert [(step.key, step.due_on.isoformat()) for step in every_step(register)] == [
        (f"order/{order}/remind/2022-12-19/1", "2022-11-19"),
        (f"order/{order}/remind/2022-12-19/2", "2022-12-12"),
        (f"order/{order}/remind/2022-12-19/3", "2022-12-18"),
        (f"order/{order}/record_expiry/2022-12-19/1", "2022-12-20"),
        (f"penalty_clause/{clause}/propose_penalty/2022-12-20/1", "2023-02-10"),
        (f"decision/{decision}/propose_finality/2023-02-20/1", "2023-03-07"),
        (f"penalty_clause/{clause}/propose_penalty/2022-12-20/2", "2023-03-12"),
    ]


@pytest.mark.parametrize("place", range(7))
def test_each_step_is_accepted_on_its_day_and_refused_the_day_before_with_the_date(place: int) -> None:
    step = every_step(one())[place]
    register = one()
    register.today = step.due_on - timedelta(days=1)
    register.sweep()
    with pytest.raises(NotDue) as refused:
        register.pull(SCHEDULER, step.trigger, step.subject, step=step.key)
    assert refused.value.facts == {"step": step.key, "due_on": step.due_on.isoformat()}
    assert refused.value.detail.endswith(f"the next step of this kind is due on {step.due_on}.")
    register.today = step.due_on
    (event,) = register.pull(SCHEDULER, step.trigger, step.subject, step=step.key)
    assert (event.step, event.effective_on, event.late_by) == (step.key, step.due_on, "PT0S")


@pytest.mark.parametrize("place", range(6))
def test_a_step_taken_is_due_no_more(place: int) -> None:
    step = every_step(one())[place]
    register = one()
    register.today = step.due_on
    register.sweep()
    with pytest.raises(NotDue):
        register.pull(SCHEDULER, step.trigger, step.subject, step=step.key)


def test_a_key_belongs_to_its_trigger_and_to_its_thing() -> None:
    register = one().on("2022-11-19")
    step = register.step(register.order(1))
    with pytest.raises(NotDue, match="no step of this kind is pending"):
        register.pull(SCHEDULER, Trigger.RECORD_EXPIRY, step.subject, step=step.key)
    with pytest.raises(NotDue):
        register.pull(SCHEDULER, Trigger.PROPOSE_PENALTY, register.clause(), step=step.key)


def test_the_key_changes_with_the_day_it_is_counted_from() -> None:
    early, late = one(), one("2022-10-26")
    keys = [{step.key for step in earliest_steps(each.case)} for each in (early, late)]
    assert len(keys[0]) == 3
    assert keys[0].isdisjoint(keys[1])


def test_the_key_of_a_slice_changes_when_the_first_late_day_does() -> None:
    orders = [an_order(1, "cease_collection", period="P1M"), an_order(2, "delete_data")]
    register = served(orders=orders, clauses=[a_clause(covers=[1, 2])]).on("2022-12-01")
    before = register.step(register.clause())
    register.comply(1, "2022-11-15")
    after = register.step(register.clause())
    assert (before.due_on, after.due_on) == (date(2023, 1, 11), date(2023, 2, 10))
    assert before.key.replace("2022-11-20", "2022-12-20") == after.key
    with pytest.raises(NotDue, match="due on 2023-02-10"):
        register.on("2023-01-11").pull(SCHEDULER, Trigger.PROPOSE_PENALTY, register.clause(), step=before.key)


def test_an_officer_cannot_record_expiry_on_the_last_day() -> None:
    register = one().on("2022-12-19")
    with refused_by("period_over") as said:
        register.pull(OFFICER, Trigger.RECORD_EXPIRY, register.order(1))
    assert said.detail == "The last day is 2022-12-19; expiry can be recorded on the day after it."
    assert said.facts["satisfied_by"] == "wait until after 2022-12-19"


def test_an_expiry_recorded_by_an_officer_takes_the_schedulers_step() -> None:
    register = one().on("2022-12-22")
    step = register.step(register.order(1))
    (event,) = register.pull(OFFICER, Trigger.RECORD_EXPIRY, register.order(1))
    assert (event.type, event.step) == (OrderPeriodExpired.type, step.key)
    assert (event.effective_on, event.late_by) == (date(2022, 12, 20), "P2D")
    assert register.sweep() == []
    with pytest.raises(NotDue):
        register.pull(SCHEDULER, Trigger.RECORD_EXPIRY, register.order(1), step=step.key)
    with pytest.raises(IllegalTransition):
        register.pull(OFFICER, Trigger.RECORD_EXPIRY, register.order(1))


def test_expiry_makes_no_finding_and_repeats_the_computation() -> None:
    register = one().on("2022-12-20")
    (event,) = register.sweep()
    assert event.data["finding"] == "none"
    assert event.data["receipt"] == register.events[-2].data["receipt"]
    assert register.held(1).state is OrderState.EXPIRED


def test_a_decision_not_adopted_and_an_order_not_served_have_no_step() -> None:
    register = one()
    decision = register.case.decisions[0]
    pending = replace(decision, orders=tuple(replace(each, starts_on=None) for each in decision.orders))
    assert earliest_steps(replace(register.case, decisions=(replace(pending, regime=None),))) == []
