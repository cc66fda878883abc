"""How a decision ends otherwise: a formal notice closed or referred, a decision withdrawn; and when it is adopted."""

from typing import Any

import pytest

from tests.support.refused import refused_by
from tests.support.register import (
    DECIDER,
    FINE,
    HEAD,
    OFFICER,
    REGISTRAR,
    Register,
    a_clause,
    a_draft,
    adopted,
    an_order,
    drafted,
    opened,
    served,
    submitted,
)
from workflow.law.invalid import InvalidRequest
from workflow.lifecycle.decision.outcome import DecisionReferred, DecisionWithdrawn
from workflow.lifecycle.door.due import earliest_steps
from workflow.lifecycle.vocabulary import ClauseState, DecisionState, OrderState, Retroactivity, Trigger

NOTICE: dict[str, Any] = {
    "form": "formal_notice",
    "orders": [an_order(1, "cease_collection")],
    "clauses": [],
    "fine": None,
    "hearing": None,
    "assumed": [],
}


def notice() -> Register:
    """A formal notice, served on 19 October 2022: it needs no hearing record."""
    return served(**NOTICE)


def test_a_formal_notice_needs_no_hearing_and_is_closed_when_its_orders_are_met() -> None:
    register = notice().on("2022-11-10")
    assert register.case.decisions[0].form.value == "formal_notice"
    with refused_by("orders_ended") as said:
        register.pull(DECIDER, Trigger.CLOSE, register.decision())
    assert "1 (in_force)" in said.detail
    register.comply(1, "2022-11-01")
    register.pull(DECIDER, Trigger.CLOSE, register.decision())
    register.confirm(register.decision())
    assert register.case.decisions[0].state is DecisionState.CLOSED


def test_a_formal_notice_not_followed_is_referred() -> None:
    register = notice().on("2022-12-20")
    register.pull(HEAD, Trigger.REFER, register.decision(), reason="nothing was done")
    assert register.case.decisions[0].state is DecisionState.REFERRED
    assert register.events[-1].type == DecisionReferred.type


def test_a_formal_notice_never_becomes_final() -> None:
    register = notice().on("2023-06-01")
    register.sweep()
    assert not [step for step in earliest_steps(register.case) if step.trigger is Trigger.PROPOSE_FINALITY]
    with refused_by("all_served") as said:
        data = {"final_on": "2023-05-01", "proof": "p"}
        register.pull(REGISTRAR, Trigger.RECORD_FINALITY, register.decision(), data)
    assert said.detail == "A formal notice does not become final: it is closed, or the matter is referred."


@pytest.mark.parametrize(
    ("members", "path"),
    [({"fine": {"amount": "1.00", "currency": "EUR"}}, "/fine"), ({"clauses": [a_clause(covers=[1])]}, "/clauses")],
)
def test_a_formal_notice_has_neither_fine_nor_clause(members: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        opened().on("2022-10-13").pull(OFFICER, Trigger.DRAFT, data=a_draft(**(NOTICE | members)))
    assert path in [error.path for error in refused.value.errors]


def test_a_corrective_decision_is_neither_closed_nor_referred() -> None:
    register = served(fine=None)
    for actor, trigger in ((DECIDER, Trigger.CLOSE), (HEAD, Trigger.REFER)):
        with refused_by("formal_notice"):
            register.pull(actor, trigger, register.decision())


@pytest.mark.parametrize("make", [drafted, submitted])
def test_a_draft_is_withdrawn_without_more(make: Any) -> None:
    register = make()
    (event,) = register.pull(DECIDER, Trigger.WITHDRAW, register.decision())
    assert event.type == DecisionWithdrawn.type
    decision = register.case.decisions[0]
    assert (decision.state, decision.withdrawn_as) == (DecisionState.WITHDRAWN, None)
    assert {order.state for order in decision.orders} == {OrderState.PENDING}


@pytest.mark.parametrize("effect", ["ex_nunc", "ex_tunc"])
def test_an_adopted_decision_is_withdrawn_with_its_effect_in_time(effect: str) -> None:
    register = served(fine=FINE).on("2022-12-01")
    with refused_by("says_the_effect"):
        register.pull(DECIDER, Trigger.WITHDRAW, register.decision())
    register.pull(DECIDER, Trigger.WITHDRAW, register.decision(), {"effect": effect})
    decision = register.case.decisions[0]
    assert (decision.state, decision.withdrawn_as) == (DecisionState.WITHDRAWN, Retroactivity(effect))
    assert {order.state for order in decision.orders} == {OrderState.LIFTED}
    assert {order.ended_as for order in decision.orders} == {Retroactivity(effect)}
    assert {clause.state for clause in decision.clauses} == {ClauseState.LIFTED}
    (debt,) = register.case.debts
    assert (debt.amount.minor == 0) is (effect == "ex_tunc")


def test_withdrawn_before_service_no_clock_ever_was() -> None:
    register = adopted().on("2022-10-18")
    register.pull(DECIDER, Trigger.WITHDRAW, register.decision(), {"effect": "ex_tunc"})
    decision = register.case.decisions[0]
    assert {order.state for order in decision.orders} == {OrderState.LIFTED}
    assert {order.starts_on for order in decision.orders} == {None}
    assert register.case.debts == ()
    assert register.on("2023-06-01").sweep() == []
