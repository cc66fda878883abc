"""Appeals, rulings item by item, and finality: what each does, and when it is refused."""

from datetime import date
from typing import Any

import pytest

from tests.support.refused import refused_by
from tests.support.register import (
    FINE,
    REGISTRAR,
    TWO_PARTIES,
    Register,
    a_clause,
    adopted,
    an_order,
    served,
)
from workflow.law.invalid import InvalidRequest
from workflow.law.receipt import check_receipt
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.proceedings.rulings import DecisionRulingRecorded
from workflow.lifecycle.reading.task import TaskKind
from workflow.lifecycle.reading.tasks import tasks
from workflow.lifecycle.vocabulary import ClauseState, DecisionState, OrderState, Trigger

LIMBS = [{"n": 1, "text": "one"}, {"n": 2, "text": "two"}]


ONE_EURO = {"amount": "1.00", "currency": "EUR"}


def one(**members: Any) -> Register:
    """A fine, two orders and a clause, served on a party in France on 19 October 2022; it is 1 December."""
    draft = {
        "orders": [an_order(1, "cease_collection", limbs=LIMBS), an_order(2, "delete_data")],
        "clauses": [a_clause(covers=[1])],
        "fine": FINE,
        **members,
    }
    return served(case={"parties": [{"name": "A SA", "country": "FR"}]}, **draft).on("2022-12-01")


def appeal(register: Register, **data: Any) -> list[Event]:
    """Record an appeal of party 1."""
    given = {"addressee": 1, "lodged_on": "2022-12-01", "court": "Conseil d'Etat", **data}
    return register.pull(REGISTRAR, Trigger.RECORD_APPEAL, register.decision(), given)


def ruling(register: Register, *items: dict[str, Any], **data: Any) -> list[Event]:
    """Record a ruling of 1 March 2023, final unless it says otherwise."""
    given = {
        "appeal": 1,
        "ruled_on": "2023-03-01",
        "court": "Conseil d'Etat",
        "final": True,
        "items": list(items),
        "proof": "ECLI:FR:CE:1",
        **data,
    }
    return register.on("2023-03-02").pull(REGISTRAR, Trigger.RECORD_RULING, register.decision(), given)


def item(what: str, outcome: str, **members: Any) -> dict[str, Any]:
    """One item of a ruling."""
    return {"item": what, "outcome": outcome, **members}


def appealed(**members: Any) -> Register:
    """With an appeal lodged in time."""
    register = one(**members)
    appeal(register)
    return register


@pytest.mark.parametrize(("day", "in_time"), [("2022-12-20", True), ("2022-12-21", False)])
def test_an_appeal_is_recorded_in_time_or_late(day: str, in_time: bool) -> None:
    (event,) = appeal(one().on("2023-01-05"), lodged_on=day)
    assert event.effective_on == date.fromisoformat(day)
    assert event.data["in_time"] is in_time
    assert event.data["receipt"]["result"]["last_day"] == "2022-12-20"
    assert check_receipt(event.data["receipt"]) == []


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"addressee": 2}, "no addressee"),
        ({"lodged_on": "2022-10-18"}, "the act was served on 2022-10-19"),
    ],
)
def test_an_appeal_is_of_an_addressee_after_service(data: dict[str, Any], why: str) -> None:
    with refused_by("can_be_appealed") as said:
        appeal(one(), **data)
    assert why in said.detail


def test_one_appeal_of_an_addressee_at_a_time() -> None:
    with refused_by("can_be_appealed") as said:
        appeal(appealed())
    assert said.detail == "Appeal 1 of party 1, of 2022-12-01, is open already."


def test_an_appeal_of_who_was_not_served_is_refused() -> None:
    register = adopted(TWO_PARTIES, addressees=[1, 2], clauses=[a_clause(covers=[1])]).on("2022-12-01")
    with refused_by("can_be_appealed") as said:
        appeal(register)
    assert said.detail == "The act was not served on party 1; an appeal comes after service."


def test_a_ruling_before_service_is_refused() -> None:
    register = adopted()
    with refused_by("ruling_stands") as said:
        ruling(register, item("decision", "upheld"))
    assert said.detail == "The act was not served on anybody; a ruling comes after service."


@pytest.mark.parametrize(
    ("data", "items", "why"),
    [
        ({"appeal": 2}, [item("decision", "upheld")], "There is no appeal 2; there is 1."),
        ({"ruled_on": "2022-11-30"}, [item("decision", "upheld")], "the appeal is of 2022-12-01"),
        ({}, [item("order", "annulled", number=9)], "This decision has no order 9; it has 1, 2."),
        ({}, [item("limb", "annulled", number=1, limb=3)], "Order 1 has no limb 3; it has 1, 2."),
        ({}, [item("clause", "annulled", number=2)], "No clause 2 binds party 1; the decision has 1."),
        ({}, [item("penalty", "annulled")], "record the ruling on the penalty decision"),
        ({}, [item("order", "reinstated", number=1)], "Order 1 is not annulled."),
        ({}, [item("fine", "reduced_to", amount={"amount": "20000000.00", "currency": "EUR"})], "is no reduction"),
        ({}, [item("fine", "reduced_to", amount={"amount": "20000001.00", "currency": "EUR"})], "is no reduction"),
        ({}, [item("fine", "raised_to", amount=ONE_EURO)], "is not above EUR 20000000.00"),
        ({}, [item("fine", "reduced_to", amount={"amount": "1.00", "currency": "NOK"})], "the ruling in NOK"),
    ],
)
def test_a_ruling_that_cannot_be_is_refused(data: dict[str, Any], items: list[dict[str, Any]], why: str) -> None:
    register = appealed()
    with refused_by("ruling_stands") as said:
        ruling(register, *items, **data)
    assert why in said.detail
    assert register.case.decisions[0].rulings == ()


@pytest.mark.parametrize(
    ("items", "path"),
    [
        ([], "/items"),
        ([item("order", "upheld", number=1), item("order", "annulled", number=1)], "/items/1"),
        ([item("fine", "reduced_to", amount=ONE_EURO), item("fine", "annulled")], "/items/1"),
        ([item("penalty", "annulled"), item("decision", "upheld")], "/items/0"),
        ([item("order", "annulled")], "/items/0/number"),
        ([item("fine", "annulled", number=1)], "/items/0/number"),
        ([item("limb", "annulled", number=1)], "/items/0/limb"),
        ([item("order", "annulled", number=1, limb=1)], "/items/0/limb"),
        ([item("fine", "reduced_to")], "/items/0/amount"),
        ([item("fine", "annulled", amount=ONE_EURO)], "/items/0/amount"),
        ([item("order", "reduced_to", number=1, amount=ONE_EURO)], "/items/0/outcome"),
        ([item("fine", "suspended")], "/items/0/outcome"),
        ([item("decision", "annulled"), item("fine", "upheld")], "/items"),
        ([item("order", "annulled", number=1), item("limb", "upheld", number=1, limb=1)], "/items/1"),
    ],
)
def test_the_members_of_an_item_go_together(items: list[dict[str, Any]], path: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        ruling(appealed(), *items)
    assert path in [error.path for error in refused.value.errors]


def test_what_a_ruling_upholds_stays_and_the_final_one_ends_the_appeal() -> None:
    register = appealed()
    (event,) = ruling(register, item("decision", "upheld"), item("fine", "upheld"))
    assert (event.type, event.effective_on) == (DecisionRulingRecorded.type, date(2023, 3, 1))
    assert event.text == {"proof": "ECLI:FR:CE:1"}
    decision = register.case.decisions[0]
    assert (decision.state, decision.appeals[0].open, decision.fine_after_rulings) == (
        DecisionState.ADOPTED,
        False,
        None,
    )
    with refused_by("ruling_stands") as said:
        ruling(register, item("decision", "annulled"))
    assert said.detail == "The final ruling on appeal 1 is recorded."


def test_the_whole_decision_annulled_takes_everything_with_it_and_back() -> None:
    register = appealed()
    ruling(register, item("decision", "annulled"), final=False)
    decision = register.case.decisions[0]
    assert decision.state is DecisionState.ANNULLED
    assert {order.state for order in decision.orders} == {OrderState.ANNULLED}
    assert {clause.state for clause in decision.clauses} == {ClauseState.ANNULLED}
    (debt,) = register.case.debts
    assert debt.amount.minor == 0
    for wrong, why in (
        (item("decision", "upheld"), "the act is annulled, and this leaves it so"),
        (item("decision", "annulled"), "The decision is annulled already."),
    ):
        with pytest.raises(Exception, match=why):
            ruling(register, wrong, ruled_on="2023-03-02")
    ruling(register, item("decision", "reinstated"), ruled_on="2023-03-02")
    decision = register.case.decisions[0]
    assert decision.state is DecisionState.ADOPTED
    assert {order.state for order in decision.orders} == {OrderState.IN_FORCE}
    assert {clause.state for clause in decision.clauses} == {ClauseState.STANDING}
    assert register.case.debts[0].amount.amount == "20000000.00"


def test_item_by_item() -> None:
    register = appealed()
    ruling(
        register,
        item("limb", "annulled", number=1, limb=2),
        item("order", "annulled", number=2),
        item("clause", "annulled", number=1),
        item("fine", "reduced_to", amount={"amount": "15000000.00", "currency": "EUR"}),
        final=False,
    )
    decision = register.case.decisions[0]
    assert [limb.annulled_on for limb in decision.order(1).limbs] == [None, date(2023, 3, 1)]
    assert [order.state for order in decision.orders] == [OrderState.IN_FORCE, OrderState.ANNULLED]
    assert decision.clauses[0].state is ClauseState.ANNULLED
    assert decision.fine_after_rulings is not None
    assert decision.fine_after_rulings.amount == register.case.debts[0].amount.amount == "15000000.00"
    ruling(
        register,
        item("limb", "reinstated", number=1, limb=2),
        item("order", "reinstated", number=2),
        item("clause", "reinstated", number=1),
        item("fine", "raised_to", amount={"amount": "18000000.00", "currency": "EUR"}),
        ruled_on="2023-03-02",
    )
    decision = register.case.decisions[0]
    assert [limb.annulled_on for limb in decision.order(1).limbs] == [None, None]
    assert [order.state for order in decision.orders] == [OrderState.IN_FORCE, OrderState.IN_FORCE]
    assert decision.clauses[0].state is ClauseState.STANDING
    assert register.case.debts[0].amount.amount == "18000000.00"


def test_a_fine_annulled_is_owed_no_more_and_cannot_be_annulled_twice() -> None:
    register = appealed()
    ruling(register, item("fine", "annulled"), final=False)
    assert register.case.debts[0].amount.minor == 0
    with refused_by("ruling_stands") as said:
        ruling(register, item("fine", "annulled"), ruled_on="2023-03-02")
    assert said.detail == "The fine is annulled already."
    ruling(register, item("fine", "reinstated"), ruled_on="2023-03-02")
    assert register.case.debts[0].amount.amount == "20000000.00"


@pytest.mark.parametrize("what", [item("order", "suspended", number=1), item("decision", "suspended")])
def test_a_court_suspends(what: dict[str, Any]) -> None:
    register = appealed()
    ruling(register, what, item("fine", "remitted"), final=False)
    order = register.held(1)
    assert (order.state, order.suspensions[0].from_) == (OrderState.SUSPENDED, date(2023, 3, 1))


def test_what_a_court_suspended_is_a_task_after_its_final_ruling_until_it_goes_on() -> None:
    register = appealed()
    ruling(register, item("order", "suspended", number=1), item("clause", "suspended", number=1), final=False)
    assert [task.kind for task in tasks(register.case, register.today)] == []
    ruling(register, item("decision", "upheld"), ruled_on="2023-03-02")
    waiting = tasks(register.case, register.today)
    assert [(task.kind, task.subject) for task in waiting] == [
        (TaskKind.RESUME, register.order(1)),
        (TaskKind.RESUME, register.clause()),
    ]
    assert waiting[0].why == (
        "The final ruling on the appeal is of 2023-03-02; order 1, suspended since 2023-03-01, still is. Whether it "
        "goes on, and from when, is in the ruling."
    )
    assert waiting[0].who == ("decision_maker", "registrar")
    for subject in (register.order(1), register.clause()):
        register.pull(REGISTRAR, Trigger.RESUME, subject, {"resumed_on": "2023-03-02"})
    assert tasks(register.case, register.today) == []


def test_a_court_suspends_the_clause_alone() -> None:
    register = appealed()
    ruling(register, item("clause", "suspended", number=1), final=False)
    assert register.case.decisions[0].clauses[0].state is ClauseState.SUSPENDED
    assert register.held(1).state is OrderState.IN_FORCE


def test_no_ruling_comes_before_the_one_before_it() -> None:
    register = appealed()
    ruling(register, item("decision", "upheld"), final=False)
    with refused_by("ruling_stands") as said:
        ruling(register, item("decision", "upheld"), ruled_on="2023-02-28")
    assert "the ruling before it is of 2023-03-01" in said.detail


@pytest.mark.parametrize(
    ("regime", "kinds"),
    [("be-apd", [OrderState.IN_FORCE, OrderState.SUSPENDED]), ("ie-dpc", [OrderState.SUSPENDED] * 2)],
)
def test_where_the_regime_says_so_an_appeal_in_time_suspends(regime: str, kinds: list[OrderState]) -> None:
    orders = [an_order(1, "cease_collection"), an_order(2, "delete_data")]
    case = {"regime": regime, "parties": [{"name": "A SA"}]}
    register = served(case=case, orders=orders, clauses=[], fine=None).on("2022-12-20")
    appeal(register, lodged_on="2022-11-01")
    assert [order.state for order in register.case.decisions[0].orders] == kinds
    late = served(case=case, orders=orders, clauses=[], fine=None).on("2022-12-20")
    (event,) = appeal(late, lodged_on="2022-12-20")
    assert event.data["in_time"] is False
    assert {order.state for order in late.case.decisions[0].orders} == {OrderState.IN_FORCE}


@pytest.mark.parametrize(("day", "why"), [("2023-03-03", "after today"), ("2022-06-01", "before the case opened")])
def test_nothing_is_dated_in_the_future_or_before_the_case_began(day: str, why: str) -> None:
    register = appealed().on("2023-03-02")
    for trigger, data in (
        (Trigger.RECORD_APPEAL, {"addressee": 1, "lodged_on": day, "court": "c"}),
        (Trigger.RECORD_FINALITY, {"final_on": day, "proof": "p"}),
        (Trigger.RECORD_PUBLICATION, {"published_on": day}),
        (Trigger.RECORD_CONTEST, {"addressee": 1, "contested_on": day}),
    ):
        with refused_by("possible_date") as said:
            register.pull(REGISTRAR, trigger, register.decision(), data)
        assert why in said.detail
