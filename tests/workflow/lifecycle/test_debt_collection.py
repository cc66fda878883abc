"""Collecting a debt: overdue, handed over, given time, secured, suspended, given up."""

from typing import Any

import pytest

from tests.support.debts import day, eur, owing
from tests.support.refused import refused_by
from tests.support.register import DECIDER
from workflow.law.money import Money
from workflow.lifecycle.debt.collection import DebtLimitationNear, DebtOverdue, DebtWrittenOff
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.refusals import IllegalTransition
from workflow.lifecycle.vocabulary import DebtState, Trigger


def test_a_debt_is_overdue_the_day_after_its_last_day_and_only_once() -> None:
    register = owing().on("2022-11-21")
    assert DebtOverdue.type not in {event.type for event in register.sweep()}
    taken = register.on("2022-11-22").sweep()
    (overdue,) = [event for event in taken if event.type == DebtOverdue.type]
    assert overdue.data == {"due_by": "2022-11-21", "outstanding": eur("1000.00")}
    assert overdue.effective_on == day("2022-11-22")
    assert [event for event in register.on("2022-11-30").sweep() if event.type == DebtOverdue.type] == []
    paid = owing().on("2022-11-21")
    paid.pay("1000.00")
    assert [event for event in paid.on("2022-11-22").sweep() if event.type == DebtOverdue.type] == []


def test_the_limitation_is_near_ninety_days_before_its_end() -> None:
    register = owing().on("2027-07-20")
    near = [event for event in register.sweep() if event.type == DebtLimitationNear.type]
    assert near == []
    (near_now,) = [event for event in register.on("2027-07-21").sweep() if event.type == DebtLimitationNear.type]
    assert near_now.data["last_day"] == "2027-10-19"
    assert register.on("2027-08-21").sweep() == []


def test_a_debt_is_handed_over_to_whom_the_regime_names_or_to_another() -> None:
    register = owing().on("2022-12-01")
    with refused_by("not_backwards"):
        register.move(Trigger.HAND_OVER, {"handed_over_on": "2022-10-01"})
    register.move(Trigger.HAND_OVER, {"handed_over_on": "2022-11-30"})
    held = register.debt()
    assert (held.state, held.collected_by, held.handed_over_on) == (
        DebtState.HANDED_OVER,
        "treasury",
        day("2022-11-30"),
    )
    register.pay("1.00")
    assert register.debt().state is DebtState.HANDED_OVER
    other = owing().on("2022-12-01")
    other.move(Trigger.HAND_OVER, {"handed_over_on": "2022-11-30", "collector": "bailiff of Paris"})
    assert other.debt().collected_by == "bailiff of Paris"


def test_a_deferral_gives_more_time_and_ends_when_it_is_missed() -> None:
    register = owing().on("2022-11-10")
    with refused_by("later_day"):
        register.move(Trigger.DEFER, {"until": "2022-11-21"})
    register.move(Trigger.DEFER, {"until": "2023-01-31"})
    assert (register.debt().state, register.debt().deferred_to) == (DebtState.DEFERRED, day("2023-01-31"))
    with refused_by("in_default"):
        register.move(Trigger.RECORD_DEFAULT)
    assert register.on("2022-12-01").step(register.debt_subject()).due_on == day("2023-02-01")
    register.on("2023-02-01").move(Trigger.RECORD_DEFAULT)
    assert register.debt().state is DebtState.DUE


def parts(*given: tuple[str, str]) -> dict[str, Any]:
    return {"parts": [{"due_by": due_by, "amount": eur(amount)} for due_by, amount in given]}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (parts(("2022-12-31", "500.00")), "EUR 500.00"),
        (parts(("2022-12-31", "500.00"), ("2022-12-31", "500.00")), "follow each other"),
        (parts(("2022-11-10", "500.00"), ("2022-12-31", "500.00")), "follow each other"),
        (parts(("2022-12-31", "0.00"), ("2023-01-31", "1000.00")), "above zero"),
        ({"parts": []}, "EUR 0.00"),
        ({"parts": [{"due_by": "2022-12-31", "amount": {"amount": "1000.00", "currency": "NOK"}}]}, "EUR"),
    ],
)
def test_instalments_are_the_whole_of_what_is_outstanding(given: dict[str, Any], named: str) -> None:
    register = owing().on("2022-11-10")
    with refused_by("parts_fit") as said:
        register.move(Trigger.AGREE_INSTALMENTS, given)
    assert named in said.detail


def test_instalments_are_covered_from_the_first_and_end_when_one_is_missed() -> None:
    register = owing().on("2022-11-10")
    register.pay("100.00")
    agreed = parts(("2022-12-31", "300.00"), ("2023-01-31", "300.00"), ("2023-02-28", "300.00"))
    register.move(Trigger.AGREE_INSTALMENTS, agreed)
    assert register.debt().state is DebtState.INSTALMENTS
    assert register.step(register.debt_subject()).due_on == day("2023-01-01")
    register.on("2022-12-20").pay("350.00")
    assert register.step(register.debt_subject()).due_on == day("2023-02-01")
    assert DebtOverdue.type in {event.type for event in register.on("2023-02-01").sweep()}
    register.fixed_at("2000.00")
    assert register.step(register.debt_subject()).due_on == day("2023-01-01")
    register.move(Trigger.RECORD_DEFAULT)
    assert register.debt().state is DebtState.PARTLY_PAID


def test_a_security_covers_what_is_outstanding_and_may_fall_away() -> None:
    register = owing().on("2022-11-10")
    for amount in (eur("1000.01"), eur("0.00"), {"amount": "1.00", "currency": "NOK"}):
        with refused_by("security_fits"):
            register.move(Trigger.RECORD_SECURITY, {"amount": amount})
    register.move(Trigger.RECORD_SECURITY, {"security": "guarantee of a bank"})
    assert (register.debt().state, register.debt().secured) == (DebtState.SECURED, None)
    register.move(Trigger.RECORD_DEFAULT)
    register.move(Trigger.RECORD_SECURITY, {"amount": eur("900.00")})
    assert register.debt().secured == Money(90000, "EUR")


def test_collection_alone_can_be_suspended_and_resumes_where_it_was() -> None:
    register = owing().on("2022-11-10")
    for scope, effect in (("order", "collection_only"), ("collection", "no_accrual")):
        with refused_by("collection_alone"):
            register.suspend(scope=scope, effect=effect)
    register.suspend()
    with pytest.raises(IllegalTransition):
        register.move(Trigger.HAND_OVER, {"handed_over_on": "2022-11-10"})
    with refused_by("after_the_stay_began"):
        register.resume()
    register.on("2022-11-20").pay("1.00")
    assert register.debt().state is DebtState.SUSPENDED
    assert DebtOverdue.type not in {event.type for event in register.on("2022-12-01").sweep()}
    register.resume()
    assert register.debt().state is DebtState.PARTLY_PAID
    assert register.debt().suspensions[0].to == day("2022-11-30")
    register.on("2022-12-02").suspend(DECIDER)
    register.pay("999.00")
    assert register.debt().state is DebtState.PAID


def test_uncollectable_abroad_is_for_who_is_abroad_and_gives_nothing_up() -> None:
    register = owing().on("2022-12-01")
    register.move(Trigger.RECORD_UNCOLLECTABLE)
    assert register.debt().state is DebtState.UNCOLLECTABLE_ABROAD
    register.pay("10.00")
    assert (register.debt().state, register.debt().outstanding) == (DebtState.UNCOLLECTABLE_ABROAD, 99000)
    home = owing()
    assert home.facts is not None
    home.facts = replace(home.facts, parties=(replace(home.facts.parties[0], country="FR"),))
    with refused_by("party_abroad"):
        home.move(Trigger.RECORD_UNCOLLECTABLE)


@pytest.mark.parametrize(("countries", "abroad"), [(("FR", "FR"), False), (("FR", "US"), True), (("US", "US"), True)])
def test_one_debtor_abroad_of_two_is_enough(countries: tuple[str, str], abroad: bool) -> None:
    register = owing().on("2022-12-01")
    first = register.case.parties[0]
    parties = tuple(replace(first, n=n, id=f"party {n}", country=each) for n, each in enumerate(countries, start=1))
    joint = replace(register.debt(), addressee=None)
    register.facts = replace(register.case, parties=parties, debts=(joint,))
    if abroad:
        register.move(Trigger.RECORD_UNCOLLECTABLE)
    else:
        with refused_by("party_abroad"):
            register.move(Trigger.RECORD_UNCOLLECTABLE)


def test_writing_off_needs_the_head() -> None:
    register = owing().on("2022-12-01")
    register.move(Trigger.WRITE_OFF, reason="insolvent, nothing to gain")
    assert register.debt().state is DebtState.DUE
    (ended,) = register.confirm_debt()
    assert (ended.type, ended.data["proposed_by"]) == (DebtWrittenOff.type, "finance")
    assert register.debt().state is DebtState.WRITTEN_OFF


def test_a_time_bar_is_recorded_after_the_limitation_alone_and_needs_the_head() -> None:
    register = owing().on("2027-10-19")
    with refused_by("time_is_over") as said:
        register.move(Trigger.RECORD_TIME_BAR)
    assert "2027-10-19" in said.detail
    register.on("2027-10-20").move(Trigger.RECORD_TIME_BAR)
    register.confirm_debt()
    assert register.debt().state is DebtState.TIME_BARRED
    with refused_by("time_is_over") as said:
        owing(in_regime="be-apd").on("2099-01-01").move(Trigger.RECORD_TIME_BAR)
    assert "states no period" in said.detail


def test_suspended_days_are_added_to_the_limitation_where_the_regime_says_so() -> None:
    register = owing(in_regime="nl-ap").on("2022-12-01")
    register.suspend()
    register.on("2022-12-11").resume()
    with refused_by("time_is_over") as said:
        register.on("2023-10-25").move(Trigger.RECORD_TIME_BAR)
    assert "2023-10-29" in said.detail
