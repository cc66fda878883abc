"""Interest on a debt: charged once, for days that are over; paid first where the regime says so; it changes with it."""

from typing import Any

import pytest

from tests.support.debts import Debts, day, eur, owing
from tests.support.refused import refused_by
from workflow.law.money import Money
from workflow.law.receipt import check_receipt
from workflow.law.regime import regime
from workflow.lifecycle.debt.arising import DebtArose
from workflow.lifecycle.debt.interest import Interest, NoInterest, charge
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.vocabulary import DebtKind, DebtState, Trigger


def in_default(amount: str = "10000.00") -> Debts:
    """A Dutch fine due on 19 October 2022, in default from 1 December."""
    register = owing(amount, in_regime="nl-ap")
    assert register.debt().due_by == day("2022-11-30")
    return register.on("2023-12-01")


def charged(register: Debts, to: str | None = None) -> Debts:
    """Interest charged up to a day, by default yesterday."""
    register.move(Trigger.CHARGE_INTEREST, {"to": to} if to else {})
    return register


def test_interest_is_a_debt_of_its_own_with_its_days_and_receipt() -> None:
    register = charged(in_default())
    interest = register.debt(2)
    # 31 days of 2022 at 2 %, 181 of 2023 at 4 %, 153 at 6 %: 16.986 + 198.356 + 251.507
    assert (interest.kind, interest.amount) == (DebtKind.INTEREST, Money(46685, "EUR"))
    assert (interest.source, interest.addressee) == (register.debt().id, 1)
    assert (interest.from_, interest.to) == (day("2022-12-01"), day("2023-11-30"))
    assert (interest.state, interest.due_by) == (DebtState.DUE, day("2024-01-12"))
    arose = register.events[-1]
    assert (arose.type, arose.parent) == (DebtArose.type, register.debt_subject())
    assert check_receipt(arose.data["statement"]) == []


def test_slices_of_interest_follow_each_other_and_never_overlap() -> None:
    register = charged(in_default(), "2023-06-30")
    charged(register, "2023-09-30")
    first, second = register.debt(2), register.debt(3)
    assert (first.to, second.from_) == (day("2023-06-30"), day("2023-07-01"))
    with refused_by("interest_accrued") as said:
        charged(register, "2023-09-30")
    assert "charged already" in said.detail
    whole = charge(register.case, register.debt(), day("2023-09-30"), register.rules, instead_of=2)
    assert isinstance(whole, Interest)
    assert whole.total == Money(first.amount.minor + second.amount.minor, "EUR")


@pytest.mark.parametrize(
    ("to", "named"), [("2022-11-30", "2022-11-30"), ("2023-12-01", "not over"), ("2022-12-15", "no interest")]
)
def test_days_without_interest_cannot_be_charged(to: str, named: str) -> None:
    with refused_by("interest_accrued") as said:
        charged(in_default(), to)
    assert named in said.detail


def test_interest_runs_while_payment_is_deferred_and_stops_when_all_is_paid() -> None:
    register = in_default().on("2022-11-10")
    register.move(Trigger.DEFER, {"until": "2023-06-30"})
    register.on("2023-03-01").pay("10000.00")
    register.on("2023-12-01")
    found = charge(register.case, register.debt(), day("2023-11-30"), register.rules)
    assert isinstance(found, Interest)
    assert [line["to"] for line in found.receipt["result"]["lines"]] == ["2022-12-31", "2023-02-28"]


def test_interest_is_paid_before_the_debt_where_the_regime_says_so() -> None:
    register = charged(in_default())
    with refused_by("payment_fits") as said:
        register.pay("10466.86")
    assert "EUR 466.85 of interest" in said.detail
    register.pay("400.00")
    assert (register.debt().state, register.debt().paid, register.debt(2).paid) == (DebtState.DUE, 0, 40000)
    register.pay("166.85")
    assert (register.debt(2).state, register.debt(2).outstanding) == (DebtState.PAID, 0)
    assert (register.debt().state, register.debt().paid) == (DebtState.PARTLY_PAID, 10000)
    register.pay("9900.00")
    assert register.debt().state is DebtState.PAID
    received = [event.data.get("received") for event in register.events if event.subject == register.debt_subject()]
    assert received[-3:] == [eur("400.00"), eur("166.85"), None]


def test_a_payment_made_before_interest_was_charged_goes_to_the_debt() -> None:
    register = charged(in_default())
    register.pay("100.00", "2023-05-01")
    assert (register.debt().paid, register.debt(2).paid) == (10000, 0)


def test_interest_alone_can_be_paid() -> None:
    register = charged(in_default())
    register.pay("466.85", n=2)
    assert register.debt(2).state is DebtState.PAID
    assert register.debt().paid == 0


def test_interest_changes_with_its_debt() -> None:
    register = charged(in_default())
    register.pay("466.85", n=2)
    register.fixed_at("5000.00")
    assert (register.debt(2).amount, register.debt(2).state) == (Money(23342, "EUR"), DebtState.REFUND_DUE)
    register.fixed_at(None)
    assert register.debt(2).amount == Money(0, "EUR")
    assert (register.debt().state, register.debt(2).outstanding) == (DebtState.CANCELLED, -46685)


def test_the_interest_charged_first_is_paid_first() -> None:
    register = charged(charged(in_default(), "2023-06-30"))
    register.pay("100.00")
    assert (register.debt(2).paid, register.debt(3).paid, register.debt().paid) == (10000, 0, 0)


def nowhere(register: Debts, **members: Any) -> str:
    found = charge(register.case, replace(register.debt(), **members), day("2023-11-30"), register.rules)
    assert isinstance(found, NoInterest)
    return found.detail


def test_no_interest_is_charged_on_what_was_given_up() -> None:
    register = in_default()
    register.move(Trigger.WRITE_OFF)
    register.confirm_debt()
    with refused_by("interest_accrued") as said:
        charged(register)
    assert "written off" in said.detail


def test_why_there_is_no_interest_is_said() -> None:
    register = in_default()
    assert "no last day of payment" in nowhere(register, due_by=None)
    assert "bears no interest" in nowhere(register, kind=DebtKind.INTEREST)
    assert "begins on 2010-01-01" in nowhere(register, due_by=day("2009-12-30"))
    assert "names no interest" in nowhere(owing())
    rules = regime("nl-ap")
    values = {name: cited for name, cited in rules.values.items() if not name.startswith("interest.")}
    bare = type("Rules", (), {"pin": rules.pin, "values": values})
    found = charge(register.case, register.debt(), day("2023-11-30"), bare)  # type: ignore[arg-type]
    assert isinstance(found, NoInterest)
    assert "no table" in found.detail


def test_no_interest_accrues_on_a_debt_paid_in_time() -> None:
    register = owing("10000.00", in_regime="nl-ap").on("2022-11-20")
    register.pay("9000.00")
    held = replace(register.debt(), amount=Money(900000, "EUR"))
    register.facts = replace(register.case, debts=(held,))
    with refused_by("interest_accrued") as said:
        charged(register.on("2023-12-01"))
    assert "no interest has accrued" in said.detail
