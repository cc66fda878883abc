"""What courts make of a penalty decision, and what that does to its days and to what is owed."""

from typing import Any

from tests.support.penalties import Penalties, adopted_penalty
from tests.support.refused import refused_by
from tests.support.register import DECIDER, OFFICER, REGISTRAR
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.reading.review import Doubt, review
from workflow.lifecycle.vocabulary import PenaltyDecisionState, Trigger


def appealed() -> Penalties:
    """Adopted and served on 13 April 2023, appealed on 2 May."""
    register = adopted_penalty()
    service = {"addressee": 1, "served_on": "2023-04-13", "channel": "registered_letter"}
    register.move(REGISTRAR, Trigger.RECORD_SERVICE, service)
    appeal = {"addressee": 1, "lodged_on": "2023-05-02", "court": "Conseil d'État"}
    register.on("2023-05-02").move(REGISTRAR, Trigger.RECORD_APPEAL, appeal)
    return register


def rule(register: Penalties, on: str, outcome: str, final: bool = False, **item: Any) -> None:
    """Record a ruling on the last penalty decision's first appeal."""
    ruling = {
        "appeal": 1,
        "ruled_on": on,
        "court": "Conseil d'État",
        "final": final,
        "items": [{"item": "penalty", "outcome": outcome, **item}],
        "proof": "the judgment",
    }
    register.on(on).move(REGISTRAR, Trigger.RECORD_RULING, ruling)


def owed(register: Penalties) -> str:
    """What the first penalty decision and its debt come to."""
    penalty = register.case.penalty_decisions[0]
    (debt,) = register.case.debts_of(penalty.id)
    fixed = "0.00" if penalty.owed is None else penalty.owed.amount
    assert debt.amount.amount == fixed
    return fixed


def test_a_ruling_that_lowers_the_sum_leaves_the_statement_and_lowers_what_is_owed() -> None:
    register = appealed()
    rule(register, "2023-09-01", "reduced_to", amount={"amount": "4000000.00", "currency": "EUR"})
    penalty = register.held_penalty()
    assert (penalty.state, penalty.units, penalty.amount.amount) == (PenaltyDecisionState.REDUCED, 52, "5200000.00")
    assert owed(register) == "4000000.00"
    assert review(register.case, register.today) == []


def test_what_is_annulled_frees_its_days_and_comes_back_over_a_new_proposal() -> None:
    register = appealed()
    rule(register, "2023-09-01", "annulled")
    assert register.held_penalty().state is PenaltyDecisionState.ANNULLED
    assert owed(register) == "0.00"
    register.propose("2023-02-19")
    assert register.slices()[1][:3] == ("2022-12-20", "2023-02-19", 62)
    first = register.case.penalty_decisions[0]
    second = register.penalty()
    ruling = {
        "appeal": 1,
        "ruled_on": "2023-10-01",
        "court": "Conseil d'État",
        "final": True,
        "items": [{"item": "penalty", "outcome": "reinstated"}],
        "proof": "the judgment",
    }
    at = next(event.subject for event in register.events if event.subject.id == first.id)
    register.on("2023-10-01").pull(REGISTRAR, Trigger.RECORD_RULING, at, ruling)
    assert owed(register) == "5200000.00"
    (entry,) = [each for each in review(register.case, register.today) if each.doubt is Doubt.SUM]
    assert entry.subject == second
    with refused_by("sum_still_holds"):
        register.take_up()
    register.move(OFFICER, Trigger.REPLACE_SUM)
    assert register.slices()[1][:3] == ("2023-02-10", "2023-02-19", 10)
    assert review(register.case, register.today) == []
    assert fold(None, register.events) == register.case


def test_no_act_of_the_body_is_dated_before_the_ruling() -> None:
    register = appealed()
    rule(register, "2023-09-01", "upheld")
    register.on("2023-09-02")
    with refused_by("not_backwards") as said:
        register.move(DECIDER, Trigger.WITHDRAW, {"reasons": "why"}, effective_on=register.today.replace(month=8))
    assert said.facts["satisfied_by"].startswith("an effective_on of 2023-09-01 or later; ")
