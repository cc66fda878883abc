"""A service that is corrected: a new fact, from which every clock of that addressee is derived again."""

from datetime import date
from typing import Any

import pytest

from tests.support.refused import refused_by
from tests.support.register import (
    DECIDER,
    HEAD,
    OFFICER,
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
from workflow.lifecycle.door.four_eyes import ActProposed
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.order.clock import OrderClockMoved, OrderPeriodExpired
from workflow.lifecycle.penalty_clause.accrual import lateness
from workflow.lifecycle.proceedings.correction import DecisionServiceCorrected
from workflow.lifecycle.proceedings.service import DecisionServed
from workflow.lifecycle.reading.review import Doubt, ReviewEntry, review
from workflow.lifecycle.vocabulary import OrderState, Trigger

FINALITY = {"final_on": "2023-03-10", "proof": "certificate of no appeal"}


def one(**members: Any) -> Register:
    """One order of two months under a clause, served on 19 October 2022: its last day is 19 December."""
    return served(orders=[an_order(1, "cease_collection")], clauses=[a_clause(covers=[1])], **members)


def correct(register: Register, **data: Any) -> list[Event]:
    """Correct the service on party 1: the registrar proposes, the head confirms."""
    given = {"addressee": 1, "proof": "the postman's book", **data}
    register.pull(REGISTRAR, Trigger.CORRECT_SERVICE, register.decision(), given)
    return register.confirm(register.decision())


def test_the_example_of_the_design_seven_days_less() -> None:
    register = one().on("2022-12-20")
    register.sweep()
    register.on("2023-02-10").sweep()
    assert register.slices() == [("2022-12-20", "2023-02-09", 52, "5200000.00")]
    corrected, moved = correct(register.on("2023-03-01"), served_on="2022-10-26")
    assert (corrected.type, corrected.effective_on) == (DecisionServiceCorrected.type, date(2023, 3, 1))
    assert (corrected.data["was"], corrected.data["served_on"]) == ("2022-10-19", "2022-10-26")
    assert corrected.data["corrected_from"] == ["2022-10-19"]
    assert corrected.data["proposed_by"] == "registrar"
    assert [(each["kind"], each["n"]) for each in corrected.data["relied_on"]] == [("penalty_decision", 1)]
    assert moved.type == OrderClockMoved.type
    assert moved.data["was"] == {"starts_on": "2022-10-19", "last_day": "2022-12-19"}
    assert (moved.data["last_day"], moved.data["first_late_day"]) == ("2022-12-26", "2022-12-27")
    assert moved.data["superseded"] == {"expiry_recorded_on": "2022-12-20", "by": "2022-12-27"}
    assert check_receipt(moved.data["receipt"]) == []
    order = register.held(1)
    assert (order.state, order.expiry_recorded_on) == (OrderState.EXPIRED, date(2022, 12, 27))
    decision = register.case.decisions[0]
    late = lateness(register.case, decision, decision.clauses[0])
    assert late.start == date(2022, 12, 27)


def test_an_expiry_recorded_too_early_is_undone_while_days_are_left() -> None:
    register = one().on("2022-12-20")
    register.sweep()
    _, moved = correct(register, served_on="2022-10-26")
    assert moved.data["superseded"] == {"expiry_recorded_on": "2022-12-20", "by": None}
    order = register.held(1)
    assert (order.state, order.expiry_recorded_on, order.reminded) == (OrderState.IN_FORCE, None, ())
    (reminded,) = register.on("2022-12-25").sweep()
    assert reminded.data["last_day"] == "2022-12-26"
    register.on("2022-12-27")
    (expired,) = register.sweep()
    assert (expired.type, expired.effective_on) == (OrderPeriodExpired.type, date(2022, 12, 27))


def test_a_date_moved_to_an_earlier_day_leaves_an_order_in_force_until_its_expiry_is_recorded() -> None:
    register = one().on("2022-12-15")
    register.sweep()
    _, moved = correct(register, served_on="2022-10-18")
    assert moved.data["last_day"] == "2022-12-18"
    assert "superseded" not in moved.data
    assert register.held(1).state is OrderState.IN_FORCE


def test_a_correction_of_a_correction_keeps_both_dates() -> None:
    register = one().on("2022-11-30")
    correct(register, served_on="2022-10-26")
    (corrected, moved) = correct(register, served_on="2022-10-24", channel="bailiff")
    assert corrected.data["corrected_from"] == ["2022-10-19", "2022-10-26"]
    service = register.case.decisions[0].services[0]
    assert service.corrected_from == (date(2022, 10, 19), date(2022, 10, 26))
    assert (service.served_on, service.channel.value) == (date(2022, 10, 24), "bailiff")
    assert moved.data["was"]["starts_on"] == "2022-10-26"
    assert len([each for each in register.events if each.type == DecisionServed.type]) == 1


def test_what_was_never_served_is_pending_again_and_can_be_served() -> None:
    register = one().on("2022-12-20")
    register.sweep()
    corrected, moved = correct(register, never_served=True)
    assert corrected.data["never_served"] is True
    assert (moved.data["state"], moved.data["last_day"]) == ("pending", None)
    order = register.held(1)
    assert (order.state, order.starts_on, order.last_day, order.first_late_day) == (
        OrderState.PENDING,
        None,
        None,
        None,
    )
    assert register.case.decisions[0].services == ()
    assert register.sweep() == []
    with refused_by("can_be_corrected"):
        correct(register, served_on="2022-10-26")
    register.serve(1, "2022-12-15")
    assert register.held(1).last_day == date(2023, 2, 15)


def test_what_was_never_served_is_neither_extended_nor_stayed_any_more() -> None:
    register = one().on("2022-12-01")
    register.pull(DECIDER, Trigger.EXTEND, register.order(1), {"last_day": "2023-01-31"})
    stay = {"effect": "no_accrual", "from": "2022-12-01", "scope": "order"}
    register.pull(DECIDER, Trigger.SUSPEND, register.order(1), stay)
    correct(register, never_served=True)
    order = register.held(1)
    assert (order.state, order.extended_to, order.open_suspension) == (OrderState.PENDING, None, None)
    register.serve(1, "2022-12-01")
    assert (register.held(1).state, register.held(1).last_day) == (OrderState.IN_FORCE, date(2023, 2, 1))


def test_time_that_was_given_stands_whatever_the_service() -> None:
    register = one().on("2022-12-01")
    register.pull(DECIDER, Trigger.EXTEND, register.order(1), {"last_day": "2023-01-31"})
    _, moved = correct(register, served_on="2022-10-26")
    assert (moved.data["starts_on"], moved.data["last_day"]) == ("2022-10-26", "2023-01-31")
    assert register.held(1).extended_to == date(2023, 1, 31)


def test_the_clock_of_the_other_addressee_does_not_move() -> None:
    orders = [an_order(1, "cease_collection"), an_order(2, "cease_collection", addressee=2)]
    register = adopted(TWO_PARTIES, addressees=[1, 2], orders=orders, clauses=[]).on("2022-11-30")
    register.serve(1, "2022-10-19")
    register.serve(2, "2022-10-19")
    before = register.held(2)
    correct(register, served_on="2022-10-26")
    assert register.held(1).starts_on == date(2022, 10, 26)
    assert register.held(2) == before


def test_a_given_date_stands_whatever_the_service() -> None:
    orders = [an_order(1, "cease_collection", period=None, comply_by_fixed="2022-12-31")]
    register = served(orders=orders, clauses=[]).on("2022-11-30")
    _, moved = correct(register, served_on="2022-10-26")
    assert (moved.data["starts_on"], moved.data["last_day"]) == ("2022-10-26", "2022-12-31")


def test_a_correction_needs_another_person() -> None:
    register = one().on("2022-11-30")
    data = {"addressee": 1, "served_on": "2022-10-26", "proof": "book"}
    (proposed,) = register.pull(REGISTRAR, Trigger.CORRECT_SERVICE, register.decision(), data)
    assert proposed.type == ActProposed.type
    assert register.held(1).starts_on == date(2022, 10, 19)
    with refused_by("not_the_proposer"):
        register.confirm(register.decision(), Actor("registrar", HEAD.roles))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"served_on": "2022-10-19"}, "is recorded so already"),
        ({"served_on": "2022-10-16"}, "before the adoption on 2022-10-17"),
        ({"served_on": "2022-12-01"}, "after today, 2022-11-30"),
        ({"served_on": "2022-10-26", "addressee": 2}, "no addressee"),
        ({"basis": "posted", "posted_on": "2022-10-18"}, "has no rule by which"),
    ],
)
def test_a_correction_is_refused_that_corrects_nothing_or_cannot_be(data: dict[str, Any], why: str) -> None:
    with refused_by("can_be_corrected") as said:
        correct(one().on("2022-11-30"), **data)
    assert why in said.detail


def test_never_served_and_a_date_are_one_too_many() -> None:
    with pytest.raises(InvalidRequest, match="does not go with never_served"):
        correct(one().on("2022-11-30"), never_served=True, served_on="2022-10-26")


def test_a_later_service_undoes_a_finality_that_came_before_its_window_was_over() -> None:
    register = served(case={"parties": [{"name": "A SA"}]}, orders=[an_order(1, "cease_collection")], clauses=[])
    register.on("2023-03-10").pull(REGISTRAR, Trigger.RECORD_FINALITY, register.decision(), FINALITY)
    events = correct(register, served_on="2022-10-26")
    assert "finality_undone" not in events[0].data
    assert register.case.decisions[0].final_on == date(2023, 3, 10)
    events = correct(register, served_on="2023-01-20")
    assert events[0].data["finality_undone"] is True
    assert {"kind": "finality", "final_on": "2023-03-10"} in events[0].data["relied_on"]
    decision = register.case.decisions[0]
    assert (decision.state.value, decision.final_on) == ("adopted", None)


def test_an_order_whose_time_ran_from_an_undone_finality_is_pending_again() -> None:
    orders = [an_order(1, "cease_collection", period_from="finality")]
    register = served(case={"parties": [{"name": "A SA"}]}, orders=orders, clauses=[])
    assert register.held(1).state is OrderState.PENDING
    register.on("2023-03-10").pull(REGISTRAR, Trigger.RECORD_FINALITY, register.decision(), FINALITY)
    assert register.held(1).last_day == date(2023, 5, 10)
    correct(register, served_on="2023-01-20")
    assert (register.held(1).state, register.held(1).starts_on) == (OrderState.PENDING, None)


def overtaken(register: Register) -> list[ReviewEntry]:
    """What the review lists of compliance accepted before the service as it is now."""
    return [each for each in review(register.case, register.today) if each.doubt is Doubt.COMPLIANCE]


def test_compliance_accepted_before_the_corrected_service_is_listed_until_it_is_accepted_again() -> None:
    register = one().on("2022-11-20")
    register.comply(1, "2022-10-25")
    assert overtaken(register) == []
    with refused_by("accepted_before_service") as said:
        register.comply(1, "2022-11-01")
    assert said.detail == "Compliance with this order was accepted already, from 2022-10-25."
    correct(register, served_on="2022-11-02")
    (entry,) = overtaken(register)
    assert entry.why == (
        "Compliance with order 1 was accepted (limb 1 from 2022-10-25); by the service as corrected it binds from "
        "2022-11-02 on."
    )
    assert [(each.fact, each.then, each.now) for each in entry.changed] == [("starts_on", "2022-10-19", "2022-11-02")]
    assert [way.trigger for way in entry.ways_out] == [Trigger.ACCEPT_COMPLIANCE]
    with refused_by("complied_on_since_service"):
        register.comply(1, "2022-10-25")
    register.comply(1, "2022-11-02")
    order = register.held(1)
    assert (order.state, order.complied_on, order.limbs[0].met_on) == (OrderState.COMPLIED, *[date(2022, 11, 2)] * 2)
    assert overtaken(register) == []


def test_a_closed_order_is_listed_too_and_stays_closed() -> None:
    register = one().on("2022-11-20")
    register.comply(1, "2022-10-25")
    register.pull(DECIDER, Trigger.CLOSE, register.order(1))
    correct(register, served_on="2022-11-02")
    assert len(overtaken(register)) == 1
    register.comply(1, "2022-11-02")
    assert register.held(1).state is OrderState.CLOSED
    assert overtaken(register) == []


def test_a_limb_accepted_before_the_corrected_service_is_accepted_again() -> None:
    limbs = [{"n": 1, "text": "one"}, {"n": 2, "text": "two"}]
    register = served(orders=[an_order(1, "cease_collection", limbs=limbs)], clauses=[a_clause(covers=[1])])
    register.on("2022-11-20").pull(OFFICER, Trigger.ACCEPT_LIMB, register.order(1), {"limb": 1, "met_on": "2022-10-25"})
    register.confirm(register.order(1))
    correct(register, served_on="2022-11-02")
    (entry,) = overtaken(register)
    assert [way.trigger for way in entry.ways_out] == [Trigger.ACCEPT_LIMB]
    register.pull(OFFICER, Trigger.ACCEPT_LIMB, register.order(1), {"limb": 1, "met_on": "2022-11-03"})
    register.confirm(register.order(1))
    assert [limb.met_on for limb in register.held(1).limbs] == [date(2022, 11, 3), None]
    assert overtaken(register) == []


def test_a_stay_goes_on_before_compliance_is_accepted_again_and_a_lasting_duty_may_be_unmet() -> None:
    order = an_order(1, "cease_collection", nature="continuous")
    register = served(orders=[order], clauses=[a_clause(covers=[1])]).on("2022-11-20")
    register.comply(1, "2022-10-25")
    correct(register, served_on="2022-11-02")
    (entry,) = overtaken(register)
    assert [way.trigger for way in entry.ways_out] == [Trigger.ACCEPT_COMPLIANCE, Trigger.RECORD_RELAPSE]
    stay = {"scope": "order", "effect": "no_accrual", "from": "2022-11-20"}
    register.pull(DECIDER, Trigger.SUSPEND, register.order(1), stay)
    (entry,) = overtaken(register)
    assert [way.trigger for way in entry.ways_out] == [Trigger.RESUME]
