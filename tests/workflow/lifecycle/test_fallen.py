"""A penalty decision whose basis fell away: nothing is asked for under it, until the basis comes back or it is void."""

from typing import Any

import pytest

from tests.support.debts import FINANCE, eur
from tests.support.penalties import Penalties, adopted_penalty, proposed
from tests.support.refused import refused_by
from tests.support.register import DECIDER, OFFICER, REGISTRAR
from workflow.lifecycle.debt.effects import DebtAdjusted
from workflow.lifecycle.facts import Debt
from workflow.lifecycle.kernel.events import Event, Subject
from workflow.lifecycle.penalty_decision.outcomes import PenaltyDeclaredVoid
from workflow.lifecycle.reading.task import TaskKind
from workflow.lifecycle.reading.tasks import tasks
from workflow.lifecycle.vocabulary import DebtState, PenaltyDecisionState, SubjectKind, Trigger

WHY = {"reasons": "the body's reasons"}
SERVED = {"addressee": 1, "served_on": "2023-04-13", "channel": "registered_letter"}


def penalised(regime: str = "fr-cnil") -> Penalties:
    """The penalty adopted and served on 13 April 2023; the decision it rests on was appealed in time."""
    register = adopted_penalty(regime)
    register.move(REGISTRAR, Trigger.RECORD_SERVICE, SERVED)
    appeal = {"addressee": 1, "lodged_on": "2022-12-01", "court": "Conseil d'État"}
    register.pull(REGISTRAR, Trigger.RECORD_APPEAL, register.decision(), appeal)
    return register


def rule(register: Penalties, outcome: str, item: dict[str, Any] | None = None) -> list[Event]:
    """Record a ruling of today on the decision, by default on the whole of it."""
    ruling = {
        "appeal": 1,
        "ruled_on": register.today.isoformat(),
        "court": "Conseil d'État",
        "final": False,
        "items": [{"item": "decision", "outcome": outcome, **(item or {})}],
        "proof": "the judgment",
    }
    return register.pull(REGISTRAR, Trigger.RECORD_RULING, register.decision(), ruling)


def debt(register: Penalties) -> Debt:
    """The debt of the penalty."""
    return register.case.debts[0]


def pay(register: Penalties, amount: str) -> None:
    """Record a payment of today."""
    subject = Subject(SubjectKind.DEBT, debt(register).id)
    data = {"paid_on": register.today.isoformat(), "amount": eur(amount), "reference": "bank statement 7"}
    register.pull(FINANCE, Trigger.RECORD_PAYMENT, subject, data)


def kinds(register: Penalties) -> list[TaskKind]:
    """What waits for a person."""
    return [task.kind for task in tasks(register.case, register.today)]


ORDER = {"item": "order", "number": 1}
CLAUSE = {"item": "clause", "number": 1}


@pytest.mark.parametrize("item", [None, ORDER, CLAUSE])
def test_what_lost_its_basis_is_not_asked_for_and_comes_back_with_it(item: dict[str, Any] | None) -> None:
    register = penalised()
    before = debt(register)
    register.on("2023-05-01")
    assert rule(register, "annulled", item)[-1].type == DebtAdjusted.type
    assert (debt(register).state, debt(register).amount.minor) == (DebtState.CANCELLED, 0)
    assert TaskKind.DECLARE_VOID in kinds(register)
    assert [event.type for event in register.on("2024-05-01").sweep() if event.subject.kind is SubjectKind.DEBT] == []
    rule(register, "reinstated", item)
    assert (debt(register).state, debt(register).amount) == (DebtState.DUE, before.amount)
    assert TaskKind.DECLARE_VOID not in kinds(register)


def test_what_fell_due_when_the_penalty_became_final_is_due_again() -> None:
    register = penalised("fi-ombudsman")
    assert debt(register).state is DebtState.PENDING
    register.on("2024-04-13").sweep()
    register.move(REGISTRAR, Trigger.RECORD_FINALITY, {"final_on": "2024-04-13", "proof": "no appeal"})
    before = debt(register)
    rule(register, "annulled")
    rule(register, "reinstated")
    assert (before.state, debt(register).state) == (DebtState.DUE, DebtState.DUE)


def test_what_was_paid_is_given_back_and_the_penalty_is_void_all_the_same() -> None:
    register = penalised()
    pay(register, "5200000.00")
    register.on("2023-05-01")
    rule(register, "annulled")
    assert debt(register).state is DebtState.REFUND_DUE
    assert [event.type for event in register.move(DECIDER, Trigger.DECLARE_VOID, WHY)] == [PenaltyDeclaredVoid.type]
    assert register.held_penalty().state is PenaltyDecisionState.VOID
    assert TaskKind.DECLARE_VOID not in kinds(register)
    rule(register, "reinstated")
    assert debt(register).state is DebtState.REFUND_DUE


def test_a_proposal_that_lost_its_basis_is_not_taken_up_and_says_the_way_out() -> None:
    register = proposed()
    lift = {"effect": "ex_tunc"}
    register.pull(DECIDER, Trigger.LIFT, register.order(1), lift)
    with refused_by("sum_still_holds") as said:
        register.move(OFFICER, Trigger.TAKE_UP)
    assert said.detail == (
        "What this penalty rested on fell away: order 1 under clause 1 fell away from the beginning."
    )
    assert said.facts["satisfied_by"].startswith("declare_void")
    assert (said.facts["who"], kinds(register)) == (["decision_maker"], [TaskKind.DECLARE_VOID])


def test_what_rests_on_nothing_is_neither_served_nor_final() -> None:
    register = adopted_penalty()
    lift = {"effect": "ex_tunc"}
    register.pull(DECIDER, Trigger.LIFT, register.order(1), lift)
    with refused_by("basis_stands"):
        register.move(REGISTRAR, Trigger.RECORD_SERVICE, SERVED)
    register = penalised()
    register.pull(DECIDER, Trigger.LIFT, register.order(1), lift)
    register.on("2024-04-13")
    with refused_by("basis_stands"):
        register.move(REGISTRAR, Trigger.RECORD_FINALITY, {"final_on": "2024-04-13", "proof": "none"})
    assert [event.type for event in register.sweep() if event.subject == register.penalty()] == []
