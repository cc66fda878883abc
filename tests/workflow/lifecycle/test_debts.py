"""A debt: it arises, falls due, is paid, changes with its act, is given time, and ends."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.debts import Debts, day, eur, owing
from tests.support.penalties import proposed
from tests.support.refused import refused_by
from tests.support.register import DECIDER, HEAD, OFFICER, REGISTRAR, TWO_PARTIES, served
from workflow.law.money import Money
from workflow.lifecycle.debt import effects as debt_effects
from workflow.lifecycle.debt.arising import DebtArose
from workflow.lifecycle.debt.payments import DebtPaymentRecorded
from workflow.lifecycle.door.due import step_of
from workflow.lifecycle.door.openings import open_triggers
from workflow.lifecycle.facts import Payment
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.refusals import RoleNotPermitted
from workflow.lifecycle.vocabulary import DebtKind, DebtState, Trigger


def test_a_fine_is_due_from_service_with_its_last_day_and_receipt() -> None:
    register = owing()
    debt = register.debt()
    assert (debt.state, debt.kind, debt.addressee) == (DebtState.DUE, DebtKind.FINE, 1)
    assert (debt.arose_on, debt.fell_due_on, debt.due_by) == (day("2022-10-19"), day("2022-10-19"), day("2022-11-21"))
    assert debt.collected_by == "treasury"
    (arose,) = [event for event in register.events if event.type == DebtArose.type]
    assert arose.data["receipt"]["result"]["last_day"] == "2022-11-21"  # 19 November is a Saturday


def test_a_sum_of_zero_makes_no_debt_and_ids_count_on_in_one_act() -> None:
    register = owing()
    at, zero, some = register.at(Trigger.RECORD_SERVICE), Money(0, "EUR"), Money(500, "EUR")
    assert debt_effects.arise(at, DebtKind.FINE, register.decision(), 1, zero) == []
    ids = {debt_effects.arise(at, DebtKind.FINE, register.decision(), 1, some, nth)[0].subject.id for nth in (0, 1)}
    assert len(ids | {register.debt().id}) == 3


def test_an_act_that_makes_no_debts_is_a_mistake_of_the_program() -> None:
    register = owing()
    with pytest.raises(AssertionError, match="remind"):
        debt_effects.arise(register.at(Trigger.REMIND), DebtKind.FINE, register.decision(), 1, Money(500, "EUR"))


def test_where_finality_makes_it_due_a_debt_waits_for_it() -> None:
    register = owing(in_regime="fi-ombudsman")
    assert (register.debt().state, register.debt().due_by) == (DebtState.PENDING, None)
    register.on("2023-01-10").becomes_final()
    assert (register.debt().state, register.debt().fell_due_on) == (DebtState.DUE, day("2023-01-10"))
    assert register.becomes_final() == []


def test_what_was_paid_before_it_fell_due_counts() -> None:
    for in_regime in ("fi-ombudsman", "se-imy"):
        register = owing(in_regime=in_regime).on("2022-12-01")
        register.pay("10.00")
        assert register.debt().state is DebtState.PENDING
        register.on("2023-01-10").becomes_final()
        if in_regime == "se-imy":
            register.move(Trigger.FALL_DUE, {"decided_on": "2023-01-10"}, REGISTRAR)
        assert register.debt().state is DebtState.PARTLY_PAID


def test_finality_while_collection_is_suspended_makes_it_due_all_the_same() -> None:
    register = owing(in_regime="fi-ombudsman").on("2022-12-01")
    register.suspend()
    register.on("2023-01-10").becomes_final()
    assert (register.debt().state, register.debt().before) == (DebtState.SUSPENDED, DebtState.DUE)
    register.on("2023-02-01").resume()
    assert register.debt().state is DebtState.DUE


def test_a_court_decision_is_recorded_where_it_makes_the_debt_due_and_nowhere_else() -> None:
    register = owing(in_regime="se-imy").on("2023-03-01")
    assert register.becomes_final() == []
    register.move(Trigger.FALL_DUE, {"decided_on": "2023-02-20"}, REGISTRAR)
    assert (register.debt().state, register.debt().fell_due_on) == (DebtState.DUE, day("2023-02-20"))
    waits = owing(in_regime="fi-ombudsman").on("2023-03-01")
    with refused_by("due_by_court"):
        waits.move(Trigger.FALL_DUE, {"decided_on": "2023-02-20"}, REGISTRAR)


def test_no_day_is_made_up_where_a_regime_states_no_period_for_payment() -> None:
    register = owing(in_regime="be-apd")
    assert (register.debt().state, register.debt().due_by) == (DebtState.DUE, None)
    assert "payment_overdue (scheduler)" not in open_triggers(
        register.case, register.debt_subject(), None, register.today
    )
    assert step_of(register.case, register.debt_subject(), register.today) is None


def test_a_life_due_partly_paid_paid() -> None:
    register = owing().on("2022-11-10")
    register.pay("400.00")
    assert (register.debt().state, register.debt().outstanding) == (DebtState.PARTLY_PAID, 60000)
    register.pay("600.00", "2022-11-05")
    assert (register.debt().state, register.debt().outstanding) == (DebtState.PAID, 0)
    paid = [event for event in register.events if event.type == DebtPaymentRecorded.type]
    assert [event.effective_on for event in paid] == [day("2022-11-10"), day("2022-11-05")]
    assert all("reference" not in event.data and event.text["reference"] for event in paid)


def test_a_life_paid_annulled_refunded() -> None:
    register = owing().on("2022-11-10")
    register.pay("1000.00")
    register.on("2023-03-01").fixed_at(None)
    with refused_by("refund_fits"):
        other = {"amount": "1.00", "currency": "NOK"}
        register.move(Trigger.RECORD_REFUND, {"refunded_on": "2023-03-01", "amount": other, "reference": "x"})
    assert (register.debt().state, register.debt().outstanding) == (DebtState.REFUND_DUE, -100000)
    register.refund("250.00")
    assert register.debt().state is DebtState.REFUND_DUE
    with refused_by("refund_fits") as said:
        register.refund("750.01")
    assert "EUR 750.00" in said.detail
    register.refund("750.00")
    assert (register.debt().state, register.debt().paid) == (DebtState.REFUNDED, 0)


@pytest.mark.parametrize(
    ("paid", "fixed", "state", "outstanding"),
    [
        ("0", None, DebtState.CANCELLED, 0),
        ("0", "600.00", DebtState.DUE, 60000),
        ("0", "1200.00", DebtState.DUE, 120000),
        ("400.00", "600.00", DebtState.PARTLY_PAID, 20000),
        ("400.00", "400.00", DebtState.PAID, 0),
        ("400.00", "100.00", DebtState.REFUND_DUE, -30000),
        ("400.00", None, DebtState.REFUND_DUE, -40000),
        ("1000.00", "1500.00", DebtState.PARTLY_PAID, 50000),
    ],
)
def test_another_sum_of_the_act_moves_the_debt(
    paid: str, fixed: str | None, state: DebtState, outstanding: int
) -> None:
    register = owing().on("2022-11-10")
    if paid != "0":
        register.pay(paid)
    register.fixed_at(fixed)
    assert (register.debt().state, register.debt().outstanding) == (state, outstanding)


def test_the_same_sum_changes_nothing_and_what_was_taken_away_may_come_back() -> None:
    register = owing()
    assert register.fixed_at("1000.00") == []
    register.fixed_at(None)
    register.fixed_at("1000.00")
    assert register.debt().state is DebtState.DUE
    register.pay("1000.00")
    register.fixed_at("900.00")
    register.fixed_at("1000.00")
    assert register.debt().state is DebtState.PAID
    register.fixed_at(None)
    register.refund("1000.00")
    register.fixed_at("700.00")
    assert (register.debt().state, register.debt().outstanding) == (DebtState.DUE, 70000)


def test_a_debt_cancelled_before_finality_comes_back_as_pending() -> None:
    register = owing(in_regime="fi-ombudsman")
    register.fixed_at(None)
    register.fixed_at("10.00")
    assert register.debt().state is DebtState.PENDING


@pytest.mark.parametrize("state", [each for each in DebtState if each is not DebtState.ABSENT])
def test_whatever_the_state_another_sum_leads_somewhere(state: DebtState) -> None:
    register = owing()
    for amount, paid, before in ((0, 0, 5), (5, 0, 3), (3, 5, 5), (5, 5, 4), (7, 5, 5), (2, 1, 3)):
        payments = (Payment(1, register.today, Money(paid, "EUR")),) if paid else ()
        held = replace(register.debt(), state=state, amount=Money(before, "EUR"), payments=payments)
        if state is DebtState.CANCELLED and (paid or before):
            continue
        if state is DebtState.PAID and held.outstanding:
            continue
        at = replace(register.at(Trigger.WITHDRAW), case=replace(register.case, debts=(held,)))
        assert len(debt_effects.adjust(at, register.decision(), Money(amount, "EUR"))) == 1


def test_a_service_that_is_corrected_moves_the_last_day_of_payment() -> None:
    register = owing().on("2023-03-01")
    events = debt_effects.move_due(register.at(Trigger.CORRECT_SERVICE), register.decision(), 1, day("2022-10-26"))
    register.let(*events)
    assert (register.debt().state, register.debt().due_by) == (DebtState.DUE, day("2022-11-28"))
    assert debt_effects.move_due(register.at(Trigger.CORRECT_SERVICE), register.decision(), 2, register.today) == []
    dutch = owing(in_regime="nl-ap")
    at = dutch.at(Trigger.CORRECT_SERVICE)
    (moved,) = debt_effects.move_due(at, dutch.decision(), 1, day("2022-10-26"))
    assert moved.data["due_by"] == "2022-12-07"
    final = owing(in_regime="fi-ombudsman")
    final.on("2023-01-10").becomes_final()
    assert debt_effects.move_due(final.at(Trigger.CORRECT_SERVICE), final.decision(), 1, final.today) == []


def test_a_fine_that_was_never_served_is_owed_again_from_its_service() -> None:
    register = owing().on("2023-03-01")
    never = {"addressee": 1, "never_served": True, "proof": "the letter came back"}
    register.pull(REGISTRAR, Trigger.CORRECT_SERVICE, register.decision(), never)
    register.confirm(register.decision())
    assert (register.debt().state, register.debt().amount) == (DebtState.CANCELLED, Money(0, "EUR"))
    register.on("2023-04-03").serve(1, "2023-04-03")
    (debt,) = register.case.debts
    assert (debt.state, debt.outstanding, debt.fell_due_on) == (DebtState.DUE, 100000, day("2023-04-03"))
    assert debt.due_by == day("2023-05-03")


def test_a_joint_fine_is_owed_once_however_many_are_served() -> None:
    register = served(fine=eur("10.00"), clauses=[], addressees=[1, 2], case=TWO_PARTIES)
    register.on("2022-11-02").serve(2, "2022-11-02")
    (debt,) = register.case.debts
    assert (debt.addressee, debt.amount, debt.fell_due_on) == (None, Money(1000, "EUR"), day("2022-10-19"))


def test_a_forfeited_penalty_is_payable_from_the_last_day_it_is_for_whatever_the_day_of_its_decision() -> None:
    register = proposed("nl-ap", cap={"amount": "5100000.00"})
    at = replace(owing(in_regime="nl-ap").at(Trigger.RECORD_SERVICE), case=register.case, today=register.today)
    (arose,) = debt_effects.arise(at, DebtKind.PENALTY, register.penalty(), 1, Money(500, "EUR"))
    assert register.held_penalty().to == day("2023-02-09")
    assert arose.data["state"] == "due"
    assert arose.data["due_by"] == "2023-03-23"
    assert arose.data["collected_by"] == "authority"


PAYMENTS: list[tuple[dict[str, Any], str, str]] = [
    ({"amount": eur("1000.01")}, "payment_fits", "EUR 1000.00"),
    ({"amount": eur("0.00")}, "payment_fits", "nothing"),
    ({"amount": {"amount": "10.00", "currency": "NOK"}}, "payment_fits", "NOK"),
    ({"paid_on": "2022-10-18"}, "after_it_arose", "2022-10-19"),
    ({"paid_on": "2022-11-11"}, "possible_date", "2022-11-11"),
]


@pytest.mark.parametrize(("members", "guard", "named"), PAYMENTS)
def test_a_payment_that_cannot_be_is_refused(members: dict[str, Any], guard: str, named: str) -> None:
    register = owing().on("2022-11-10")
    data = {"paid_on": "2022-11-10", "amount": eur("10.00"), "reference": "x", **members}
    with refused_by(guard) as said:
        register.move(Trigger.RECORD_PAYMENT, data)
    assert named in said.detail


def test_only_the_finance_officer_records_payments() -> None:
    register = owing()
    data = {"paid_on": "2022-10-19", "amount": eur("10.00"), "reference": "x"}
    for actor in (OFFICER, HEAD, DECIDER, REGISTRAR):
        with pytest.raises(RoleNotPermitted):
            register.move(Trigger.RECORD_PAYMENT, data, actor)


CENTS = st.lists(st.integers(1, 50_000), min_size=1, max_size=6)


@given(CENTS, st.randoms(use_true_random=False))
def test_payments_add_up_never_pass_the_debt_and_their_order_does_not_matter(sums: list[int], random: Any) -> None:
    owed = Money(70_000, "EUR")
    ends = []
    fitting = sums[: next((n for n in range(len(sums), 0, -1) if sum(sums[:n]) <= owed.minor), 0)]
    for order in (fitting, random.sample(fitting, len(fitting))):
        register = _quick(owed)
        for n, minor in enumerate(order):
            register.on(f"2022-11-{10 + n}").pay(Money(minor, "EUR").amount)
            assert 0 <= register.debt().paid <= owed.minor
        assert register.debt().paid == sum(order)
        assert register.debt().outstanding == owed.minor - sum(order)
        ends.append((register.debt().state, register.debt().outstanding))
    assert ends[0] == ends[1]


_BEGUN = owing("700.00")


def _quick(owed: Money) -> Debts:
    assert _BEGUN.debt().amount == owed
    return Debts(date(2022, 11, 1), [], _BEGUN.facts)
