"""A debt: it arises, falls due, is paid, changes with its act, is given time, and ends."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.lifecycle.debts import Debts, day, eur, owing
from tests.workflow.lifecycle.penalties import proposed
from tests.workflow.lifecycle.refused import refused_by
from tests.workflow.lifecycle.register import DECIDER, HEAD, OFFICER, REGISTRAR, TWO_PARTIES, served
from workflow.law.money import Money
from workflow.lifecycle.acts import debt_effects
from workflow.lifecycle.due import step_of
from workflow.lifecycle.events import EventType
from workflow.lifecycle.facts import Payment
from workflow.lifecycle.frozen import replace
from workflow.lifecycle.openings import open_triggers
from workflow.lifecycle.refusals import IllegalTransition, RoleNotPermitted
from workflow.lifecycle.vocabulary import DebtKind, DebtState, Trigger


def test_a_fine_is_due_from_service_with_its_last_day_and_receipt() -> None:
    register = owing()
    debt = register.debt()
    assert (debt.state, debt.kind, debt.addressee) == (DebtState.DUE, DebtKind.FINE, 1)
    assert (debt.arose_on, debt.fell_due_on, debt.due_by) == (day("2022-10-19"), day("2022-10-19"), day("2022-11-21"))
    assert debt.collected_by == "treasury"
    (arose,) = [event for event in register.events if event.type is EventType.DEBT_AROSE]
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
    paid = [event for event in register.events if event.type is EventType.DEBT_PAYMENT_RECORDED]
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


def test_a_debt_is_overdue_the_day_after_its_last_day_and_only_once() -> None:
    register = owing().on("2022-11-21")
    assert EventType.DEBT_OVERDUE not in {event.type for event in register.sweep()}
    taken = register.on("2022-11-22").sweep()
    (overdue,) = [event for event in taken if event.type is EventType.DEBT_OVERDUE]
    assert overdue.data == {"due_by": "2022-11-21", "outstanding": eur("1000.00")}
    assert overdue.effective_on == day("2022-11-22")
    assert [event for event in register.on("2022-11-30").sweep() if event.type is EventType.DEBT_OVERDUE] == []
    paid = owing().on("2022-11-21")
    paid.pay("1000.00")
    assert [event for event in paid.on("2022-11-22").sweep() if event.type is EventType.DEBT_OVERDUE] == []


def test_the_limitation_is_near_ninety_days_before_its_end() -> None:
    register = owing().on("2027-07-20")
    near = [event for event in register.sweep() if event.type is EventType.DEBT_LIMITATION_NEAR]
    assert near == []
    (near_now,) = [event for event in register.on("2027-07-21").sweep() if event.type is EventType.DEBT_LIMITATION_NEAR]
    assert near_now.data["last_day"] == "2027-10-19"
    assert register.on("2027-08-21").sweep() == []


def test_a_debt_is_handed_over_to_whom_the_regime_names_or_to_another() -> None:
    register = owing().on("2022-12-01")
    with refused_by("after_it_arose"):
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
    assert EventType.DEBT_OVERDUE in {event.type for event in register.on("2023-02-01").sweep()}
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
    assert EventType.DEBT_OVERDUE not in {event.type for event in register.on("2022-12-01").sweep()}
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


def test_writing_off_needs_the_head() -> None:
    register = owing().on("2022-12-01")
    register.move(Trigger.WRITE_OFF, reason="insolvent, nothing to gain")
    assert register.debt().state is DebtState.DUE
    (ended,) = register.confirm_debt()
    assert (ended.type, ended.data["proposed_by"]) == (EventType.DEBT_WRITTEN_OFF, "finance")
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
