"""CNIL v Clearview AI in memory, from the proposal of February 2023 to the day its penalty is final."""

from datetime import date

from tests.support.penalties import as_penalties
from tests.support.register import OFFICER, REGISTRAR, served
from workflow.lifecycle.debt.arising import DebtArose
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.penalty_decision.hearing import PenaltyObservationsClosed
from workflow.lifecycle.proceedings.finality import PenaltyFinalityProposed
from workflow.lifecycle.proceedings.service import PenaltyServed
from workflow.lifecycle.reading.review import review
from workflow.lifecycle.vocabulary import DebtState, OrderState, PenaltyDecisionState, Trigger


def test_clearview_to_the_end() -> None:
    register = as_penalties(served())
    for day in ("2022-11-19", "2022-12-12", "2022-12-18", "2022-12-20", "2023-02-10"):
        register.on(day).sweep()
    assert register.slices() == [("2022-12-20", "2023-02-09", 52, "5200000.00")]
    register.move(OFFICER, Trigger.TAKE_UP)
    register.on("2023-02-15").notify()
    (closed,) = register.on("2023-03-03").swept()
    assert closed.type == PenaltyObservationsClosed.type
    register.on("2023-04-13").deliberate()
    register.adopt()
    assert (register.held_penalty().state, register.held_penalty().adopted_on) == (
        PenaltyDecisionState.ADOPTED,
        date(2023, 4, 13),
    )
    register.on("2023-05-10")
    service = {"addressee": 1, "served_on": "2023-05-10", "channel": "registered_letter"}
    events = register.move(REGISTRAR, Trigger.RECORD_SERVICE, service)
    assert [event.type for event in events] == [PenaltyServed.type, DebtArose.type]
    debt = register.case.debts_of(register.penalty().id)[0]
    assert (debt.amount.amount, debt.state) == ("5200000.00", DebtState.DUE)
    step = register.step(register.penalty())
    assert step.trigger is Trigger.PROPOSE_FINALITY
    register.today = step.due_on
    assert [event.type for event in register.swept()] == [PenaltyFinalityProposed.type]
    final = {"final_on": step.due_on.isoformat(), "proof": "certificate of no appeal"}
    register.move(REGISTRAR, Trigger.RECORD_FINALITY, final)
    penalty = register.held_penalty()
    assert penalty.state is PenaltyDecisionState.FINAL
    assert penalty.owed is not None
    assert penalty.owed.amount == "5200000.00"
    assert {order.state for order in register.case.decisions[0].orders} == {OrderState.EXPIRED}
    assert review(register.case, register.today) == []
    assert fold(None, register.events) == register.case


def test_served_a_week_later_by_a_proof_of_march_the_sum_is_stated_anew() -> None:
    register = as_penalties(served())
    for day in ("2022-12-20", "2023-02-10"):
        register.on(day).sweep()
    register.take_up()
    register.on("2023-03-01")
    proof = {"addressee": 1, "served_on": "2022-10-26", "proof": "the delivery slip", "channel": "registered_letter"}
    register.pull(REGISTRAR, Trigger.CORRECT_SERVICE, register.decision(), proof)
    register.confirm(register.decision())
    doubts = {entry.doubt.value for entry in review(register.case, register.today)}
    assert "sum_of_other_facts" in doubts
    register.move(OFFICER, Trigger.REPLACE_SUM)
    assert register.slices() == [("2022-12-27", "2023-02-09", 45, "4500000.00")]
    assert fold(None, register.events) == register.case
