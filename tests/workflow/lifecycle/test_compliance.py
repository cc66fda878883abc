"""When an order can be said to be complied with, and from which day."""

from datetime import date

import pytest

from tests.support.refused import refused_by
from tests.support.register import OFFICER, Register, a_clause, an_order, served
from workflow.lifecycle.door.openings import Opening, openings
from workflow.lifecycle.vocabulary import OrderState


def later(day: str = "2022-11-20") -> Register:
    return served().on(day)


def test_compliance_is_true_from_a_day_that_may_precede_the_act() -> None:
    register = later()
    (event,) = register.comply(1, "2022-11-01")
    assert event.effective_on == date(2022, 11, 20)
    assert (register.held(1).state, register.held(1).complied_on) == (OrderState.COMPLIED, date(2022, 11, 1))
    assert [limb.met_on for limb in register.held(1).limbs] == [date(2022, 11, 1)]


@pytest.mark.parametrize("day", ["2022-10-19", "2022-11-20"])
def test_it_may_be_the_day_of_service_or_today(day: str) -> None:
    register = later()
    register.comply(1, day)
    assert register.held(1).complied_on == date.fromisoformat(day)


def test_it_is_not_after_today() -> None:
    with refused_by("complied_on_is_past") as said:
        later().comply(1, "2022-11-21")
    assert said.detail == "Compliance is said to be true from 2022-11-21, after 2022-11-20, the day of this act."
    assert said.facts["satisfied_by"] == "a date not after 2022-11-20"


def test_it_is_not_after_the_day_on_which_it_is_accepted() -> None:
    register = later()
    with refused_by("complied_on_is_past"):
        register.comply(1, "2022-11-10", effective_on=date(2022, 11, 9))
    register.comply(1, "2022-11-10", effective_on=date(2022, 11, 10))


def test_it_is_not_before_service() -> None:
    with refused_by("complied_on_since_service") as said:
        later().comply(1, "2022-10-18")
    assert said.detail == (
        "Compliance is said to be true from 2022-10-18; the order binds from its service on 2022-10-19."
    )
    assert said.facts["satisfied_by"].startswith("2022-10-19 ")


def test_deletion_waits_for_the_access_requests() -> None:
    register = later()
    with refused_by("prerequisites_met") as said:
        register.comply(2, "2022-11-01")
    assert said.detail == (
        "This order comes after order 1 (answer_access_requests), which is not complied with; deleting first "
        "destroys what people asked for."
    )
    assert said.facts["reference"] == "Order SAN-2022-019, operative part"
    assert said.facts["satisfied_by"] == "accept compliance with order 1 (answer_access_requests) first"
    assert said.facts["who"] == ["head_of_enforcement"]
    register.comply(1, "2022-11-01")
    register.comply(2, "2022-11-01")
    assert register.held(2).state is OrderState.COMPLIED


def test_deletion_was_not_complied_with_before_what_it_comes_after() -> None:
    register = later()
    register.comply(1, "2022-11-10")
    with refused_by("prerequisites_met") as said:
        register.comply(2, "2022-11-09")
    assert "complied with from 2022-11-10; it cannot be complied with from 2022-11-09" in said.detail
    assert said.facts["satisfied_by"] == "a date not before 2022-11-10"


def test_an_order_of_another_kind_waits_without_the_word_of_deletion() -> None:
    orders = [an_order(1, "cease_collection"), an_order(2, "report_measures", after=[1])]
    register = served(orders=orders, clauses=[a_clause(covers=[1, 2])]).on("2022-11-20")
    with refused_by("prerequisites_met") as said:
        register.comply(2, "2022-11-01")
    assert said.detail == "This order comes after order 1 (cease_collection), which is not complied with."


def seen_by_officer(register: Register) -> dict[str, Opening]:
    found = openings(register.case, register.order(2), OFFICER, register.today)
    return {each.row.trigger.value: each for each in found}


def test_an_order_stands_open_or_closed_before_anybody_names_a_day() -> None:
    register = later()
    seen = seen_by_officer(register)
    closed = seen["accept_compliance"]
    assert not closed.is_open
    assert closed.denial is not None
    assert "order 1 (answer_access_requests)" in closed.denial.detail
    register.comply(1, "2022-11-01")
    seen = seen_by_officer(register)
    assert seen["accept_compliance"].is_open


def test_compliance_can_be_accepted_after_expiry_with_a_day_before_it() -> None:
    register = served().on("2022-12-28")
    register.sweep()
    register.comply(3, "2022-12-19")
    assert register.held(3).state is OrderState.COMPLIED
