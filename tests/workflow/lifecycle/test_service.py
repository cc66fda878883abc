"""Service: once a decision and addressee, not before adoption, and only that addressee's orders come into force."""

from datetime import date

import pytest

from tests.support.refused import refused_by
from tests.support.register import REGISTRAR, TWO_PARTIES, Register, a_clause, adopted, an_order
from workflow.lifecycle.door.openings import Opening, openings
from workflow.lifecycle.order.clock import OrderEnteredIntoForce
from workflow.lifecycle.proceedings.service import DecisionServed
from workflow.lifecycle.vocabulary import OrderState, Trigger


def two(**members: object) -> Register:
    """Two orders, one for each of two addressees."""
    draft = {
        "addressees": [1, 2],
        "orders": [an_order(1, "cease_collection"), an_order(2, "cease_collection", addressee=2)],
        "clauses": [a_clause(covers=[1, 2])],
        **members,
    }
    return adopted(TWO_PARTIES, **draft).on("2022-11-30")


def test_service_on_one_addressee_leaves_the_orders_of_the_other_pending() -> None:
    register = two()
    events = register.serve(1, "2022-10-19")
    assert [event.type for event in events] == [DecisionServed.type, OrderEnteredIntoForce.type]
    untouched = register.held(2)
    assert untouched.state is OrderState.PENDING
    assert (untouched.starts_on, untouched.last_day, untouched.first_late_day) == (None, None, None)
    assert register.case.versions[register.order(2).id] == 1


def test_two_addressees_served_on_different_days_have_different_clocks() -> None:
    register = two()
    register.serve(1, "2022-10-19")
    register.serve(2, "2022-11-02")
    assert [(order.starts_on, order.last_day) for order in register.case.decisions[0].orders] == [
        (date(2022, 10, 19), date(2022, 12, 19)),
        (date(2022, 11, 2), date(2023, 1, 2)),
    ]
    assert [service.served_on for service in register.case.decisions[0].services] == [
        date(2022, 10, 19),
        date(2022, 11, 2),
    ]


def test_all_events_of_service_are_dated_by_the_day_of_service() -> None:
    events = two().serve(1, "2022-10-19")
    assert {event.effective_on for event in events} == {date(2022, 10, 19)}


def test_the_same_addressee_is_not_served_twice() -> None:
    register = two()
    register.serve(1, "2022-10-19")
    with refused_by("can_be_served") as said:
        register.serve(1, "2022-10-26")
    assert said.detail == "Service on party 1 is already recorded, on 2022-10-19."
    assert said.facts["reference"] == "one service a decision and addressee"


def test_who_is_no_addressee_is_not_served() -> None:
    with refused_by("can_be_served") as said:
        two().serve(3, "2022-10-19")
    assert said.detail == "Party 3 is no addressee of this decision."
    assert said.facts["satisfied_by"] == "one of the addressees 1, 2"


@pytest.mark.parametrize(("day", "open_"), [("2022-10-17", True), ("2022-10-16", False)])
def test_nothing_is_served_before_it_was_adopted(day: str, open_: bool) -> None:
    register = two()
    if open_:
        assert register.serve(1, day)
        return
    with refused_by("can_be_served") as said:
        register.serve(1, day)
    assert said.detail == "Service on 2022-10-16 lies before the adoption on 2022-10-17."
    assert said.facts["satisfied_by"] == "a date not before 2022-10-17"


def test_service_is_not_recorded_before_its_day() -> None:
    with refused_by("possible_date"):
        two().serve(1, "2022-12-01")


def offered(register: Register) -> Opening:
    """How service is offered to the registrar."""
    found = openings(register.case, register.decision(), REGISTRAR, register.today)
    return next(each for each in found if each.row.trigger is Trigger.RECORD_SERVICE)


def test_service_is_offered_until_everybody_is_served() -> None:
    register = two()
    for addressee in (1, 2):
        assert offered(register).is_open
        register.serve(addressee, "2022-11-02")
    denial = offered(register).denial
    assert denial is not None
    assert denial.detail == "Service on party 1 is already recorded, on 2022-11-02."


def test_what_is_assumed_of_the_service_stands_on_each_event() -> None:
    register = two()
    events = register.serve(1, "2022-10-19", assumed=("served_on",))
    assert [event.data["assumed"] for event in events] == [["served_on"], ["served_on"]]
    register.serve(2, "2022-10-20")
    assert [service.assumed for service in register.case.decisions[0].services] == [True, False]
