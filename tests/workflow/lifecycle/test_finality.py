"""When an act is final: after the window and its grace, with proof, and never while an appeal is open."""

from datetime import date
from typing import Any

import pytest

from tests.support.refused import refused_by
from tests.support.register import REGISTRAR, TWO_PARTIES, Register, adopted, an_order
from tests.workflow.lifecycle.test_proceedings import appeal, appealed, item, one, ruling
from workflow.law.invalid import InvalidRequest
from workflow.lifecycle.door.due import earliest_steps
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.order.clock import OrderEnteredIntoForce
from workflow.lifecycle.proceedings.finality import DecisionFinal, DecisionFinalityProposed
from workflow.lifecycle.vocabulary import DecisionState, OrderState, Trigger


def finality(register: Register, on: str = "2023-01-05", **data: Any) -> list[Event]:
    """Record finality."""
    given = {"final_on": on, "proof": "certificate of no appeal", **data}
    return register.pull(REGISTRAR, Trigger.RECORD_FINALITY, register.decision(), given)


def test_finality_is_proposed_after_the_window_and_the_grace_and_recorded_by_a_person() -> None:
    register = one(fine=None, clauses=[])
    due = [step for step in earliest_steps(register.case) if step.trigger is Trigger.PROPOSE_FINALITY]
    assert [step.due_on for step in due] == [date(2023, 1, 4)]
    register.on("2023-01-05")
    (proposed,) = [each for each in register.sweep() if each.type == DecisionFinalityProposed.type]
    assert (proposed.effective_on, proposed.late_by) == (date(2023, 1, 4), "P1D")
    assert register.case.decisions[0].state is DecisionState.ADOPTED
    assert register.sweep() == []
    (event,) = finality(register, "2022-12-21")
    assert (event.type, event.effective_on, event.text["proof"]) == (
        DecisionFinal.type,
        date(2022, 12, 21),
        "certificate of no appeal",
    )
    decision = register.case.decisions[0]
    assert (decision.state, decision.final_on) == (DecisionState.FINAL, date(2022, 12, 21))


def test_finality_without_proof_is_no_request() -> None:
    register = one()
    with pytest.raises(InvalidRequest) as refused:
        register.pull(REGISTRAR, Trigger.RECORD_FINALITY, register.decision(), {"final_on": "2022-12-21"})
    assert [error.path for error in refused.value.errors] == ["/proof"]


def test_the_window_is_not_over_on_its_last_day() -> None:
    with refused_by("appeal_window_over") as said:
        finality(one().on("2023-01-05"), "2022-12-20")
    assert said.detail == "The time to appeal runs until 2022-12-20; the act cannot be final on 2022-12-20."
    assert (said.facts["satisfied_by"], said.facts["open_on"]) == ("a date after 2022-12-20", None)


def test_while_the_window_runs_the_day_that_opens_it_is_named_and_the_one_on_which_it_is_proposed() -> None:
    with refused_by("appeal_window_over") as said:
        finality(one().on("2022-12-20"), "2022-12-20")
    assert said.facts["satisfied_by"] == "wait until after 2022-12-20; it will be proposed on 2023-01-04"
    assert said.facts["open_on"] == "2022-12-21"


def test_nothing_is_final_while_an_appeal_is_open_or_before_its_ruling() -> None:
    register = appealed().on("2023-03-10")
    assert not [step for step in earliest_steps(register.case) if step.trigger is Trigger.PROPOSE_FINALITY]
    with refused_by("no_appeal_open") as said:
        finality(register)
    assert said.detail == "Appeal 1 of party 1, of 2022-12-01, is open."
    ruling(register, item("decision", "upheld"))
    with refused_by("appeal_window_over") as said:
        finality(register)
    assert said.detail == "A court ruled on 2023-03-01; the act is not final before that."
    (step,) = [step for step in earliest_steps(register.case) if step.trigger is Trigger.PROPOSE_FINALITY]
    assert step.due_on == date(2023, 3, 1)
    finality(register, "2023-03-02")
    assert register.case.decisions[0].state is DecisionState.FINAL


def test_nothing_is_final_before_everybody_was_served() -> None:
    draft = {"addressees": [1, 2], "orders": [an_order(1, "cease_collection")], "clauses": [], "fine": None}
    register = adopted(TWO_PARTIES, **draft).on("2023-05-01")
    register.serve(1, "2022-10-19")
    with refused_by("all_served") as said:
        finality(register, "2023-04-01")
    assert said.detail == "No service on party 2 is recorded, so no time to appeal ran for them."


def test_a_late_appeal_against_a_final_decision_can_still_annul_it() -> None:
    register = one(fine=None, clauses=[]).on("2023-01-05")
    finality(register)
    appeal(register, lodged_on="2023-01-05")
    ruling(register, item("decision", "annulled"))
    decision = register.case.decisions[0]
    assert (decision.state, decision.final_on) == (DecisionState.ANNULLED, None)


def test_a_period_from_finality_starts_with_it() -> None:
    register = one(orders=[an_order(1, "cease_collection", period_from="finality")], clauses=[], fine=None)
    assert register.held(1).state is OrderState.PENDING
    final, in_force = finality(register.on("2023-01-05"))
    assert (final.type, in_force.type) == (DecisionFinal.type, OrderEnteredIntoForce.type)
    assert register.held(1).last_day == date(2023, 3, 5)
