"""What an officer proposes, and what is then left for the scheduler."""

from datetime import date
from typing import Any

import pytest

from tests.support.refused import refused_by
from tests.support.register import OFFICER, Register, a_clause, adopted, an_order, served
from workflow.lifecycle.door.due import earliest_steps
from workflow.lifecycle.door.openings import openings
from workflow.lifecycle.vocabulary import PenaltyDecisionState, Trigger


def late(day: str = "2023-01-10", **members: Any) -> Register:
    """One order first late on 20 December 2022; the step is due on 10 February 2023."""
    clause = a_clause(covers=[1], **members)
    return served(orders=[an_order(1, "cease_collection")], clauses=[clause]).on(day)


def test_an_officer_proposes_up_to_yesterday_when_no_day_is_named() -> None:
    register = late()
    (event,) = register.propose()
    assert register.slices() == [("2022-12-20", "2023-01-09", 21, "2100000.00")]
    assert (event.step, event.late_by, event.parent) == (None, None, register.clause())
    assert "slice" not in event.data


def test_the_step_covers_only_the_rest() -> None:
    register = late()
    register.propose("2023-01-08")
    assert register.step(register.clause()).due_on == date(2023, 2, 10)
    register.on("2023-02-10").sweep()
    assert register.slices() == [
        ("2022-12-20", "2023-01-08", 20, "2000000.00"),
        ("2023-01-09", "2023-02-09", 32, "3200000.00"),
    ]


@pytest.mark.parametrize("day", ["2023-02-10", "2023-02-20"])
def test_the_step_vanishes_when_all_its_days_are_reserved(day: str) -> None:
    register = late(day)
    register.propose()
    assert [step for step in earliest_steps(register.case) if step.subject == register.clause()] == []


def test_with_assess_every_the_next_slice_begins_where_the_officer_ended() -> None:
    register = late("2023-02-15", assess_every="P30D")
    register.propose()
    step = register.step(register.clause())
    assert (step.n, step.due_on) == (2, date(2023, 3, 12))
    register.on("2023-03-12").sweep()
    assert [found[:2] for found in register.slices()] == [("2022-12-20", "2023-02-14"), ("2023-02-15", "2023-03-11")]


def test_no_day_is_fixed_twice() -> None:
    register = late()
    register.propose("2023-01-08")
    with refused_by("late_days_unfixed") as said:
        register.propose("2023-01-08")
    assert said.detail.startswith("Up to 2023-01-08 no late day is left to fix: the first late day is 2022-12-20")
    assert said.facts["reference"] == "no day is fixed twice"
    register.propose("2023-01-09")
    assert register.slices()[-1] == ("2023-01-09", "2023-01-09", 1, "100000.00")


@pytest.mark.parametrize("to", ["2023-01-10", "2023-01-11"])
def test_a_slice_ends_on_a_day_that_is_over(to: str) -> None:
    with refused_by("late_days_unfixed") as said:
        late().propose(to)
    assert said.detail == f"The slice would end on {to}, which is not over on 2023-01-10, the day of this proposal."
    assert said.facts["satisfied_by"] == "an assessed_to before 2023-01-10"


def test_a_proposal_of_an_earlier_date_assesses_no_later_day() -> None:
    register = late("2023-01-20")
    with refused_by("late_days_unfixed"):
        register.propose("2023-01-12", effective_on=date(2023, 1, 12))
    register.propose(effective_on=date(2023, 1, 12))
    assert register.slices()[0][:2] == ("2022-12-20", "2023-01-11")


def test_nothing_is_proposed_before_service() -> None:
    with refused_by("late_days_unfixed") as said:
        adopted().propose()
    assert said.detail == "No order under this clause is in force, so no day can be late."
    assert (said.facts["satisfied_by"], said.facts["who"]) == ("record service first", ["registrar"])


def test_nothing_is_proposed_where_every_order_was_met_in_time() -> None:
    register = late("2022-12-10")
    register.comply(1, "2022-12-10")
    with refused_by("late_days_unfixed") as said:
        register.on("2023-01-10").propose()
    assert said.detail == "Every order in force under this clause was complied with in time, so no day is late."


def test_nothing_is_proposed_on_the_first_late_day_and_something_on_the_next() -> None:
    register = late("2022-12-20")
    with refused_by("late_days_unfixed"):
        register.propose()
    register.on("2022-12-21").propose()
    assert register.slices() == [("2022-12-20", "2022-12-20", 1, "100000.00")]


def test_a_penalty_that_is_proposed_is_taken_up_once() -> None:
    register = late()
    register.propose()
    register.pull(OFFICER, Trigger.TAKE_UP, register.penalty(), reason="no evidence in the file")
    assert register.case.penalty_decisions[0].state is PenaltyDecisionState.DRAFT
    assert register.events[-1].text == {"reason": "no evidence in the file"}


def test_the_proposal_is_offered_exactly_when_it_would_be_taken() -> None:
    for day, open_ in (("2022-12-20", False), ("2022-12-21", True)):
        register = late(day)
        (offered,) = openings(register.case, register.clause(), OFFICER, register.today)
        assert offered.is_open is open_


def test_no_act_on_a_penalty_is_dated_before_its_days_are_over() -> None:
    register = late("2023-01-10")
    register.propose()
    with refused_by("slice_is_over") as said:
        register.pull(OFFICER, Trigger.TAKE_UP, register.penalty(), effective_on=date(2023, 1, 9))
    assert said.facts["satisfied_by"] == "a date after 2023-01-09"
    register.pull(OFFICER, Trigger.TAKE_UP, register.penalty(), effective_on=date(2023, 1, 10))
