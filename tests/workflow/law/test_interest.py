"""Interest: sums by hand, slices that add up, payments in any order, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.law.interest import bears_interest, compute_interest
from workflow.law.invalid import InvalidRequest
from workflow.law.receipt import check_receipt, receipt
from workflow.law.regime import regime

NL: dict[str, Any] = {
    "regime": "nl-ap@1",
    "currency": "EUR",
    "principal": "10000.00",
    "interest_from": "2023-07-01",
    "to": "2023-12-31",
}


def ask(**members: Any) -> dict[str, Any]:
    return compute_interest(NL | members)


def test_half_a_year_at_one_rate_by_hand() -> None:
    # 10,000 x 6 % x 184/365 = 302.4657...
    found = ask()
    assert (found["amount"], found["total"]) == ("302.47", "302.47")
    (line,) = found["lines"]
    assert (line["from"], line["to"], line["days"], line["percent"]) == ("2023-07-01", "2023-12-31", 184, "6")
    assert line["exact"] == "22080/73"


def test_a_year_has_its_own_days_and_each_day_its_rate() -> None:
    # 10,000 x (6 % x 184/365 + 7 % x 366/366) = 302.4657 + 700
    found = ask(to="2024-12-31")
    assert found["total"] == "1002.47"
    assert [line["percent"] for line in found["lines"]] == ["6", "7"]


def test_a_payment_counts_from_its_own_day() -> None:
    found = ask(payments=[{"on": "2023-07-11", "amount": "10000.00"}])
    # ten days on 10,000 at 6 %: 16.44, below the twenty euros from which it is owed
    assert (found["amount"], found["lines"][0]["days"]) == ("0.00", 10)
    assert any("no interest below EUR 20.00" in step["rule"] for step in found["explanation"])
    more = ask(payments=[{"on": "2023-07-21", "amount": "10000.00"}])
    assert more["amount"] == "32.88"


@pytest.mark.parametrize(("on", "days"), [("2023-12-30", 182), ("2023-12-31", 183), ("2024-01-01", 184)])
def test_a_payment_on_the_last_day_counts_on_that_day(on: str, days: int) -> None:
    found = ask(payments=[{"on": on, "amount": "10000.00"}])
    assert sum(line["days"] for line in found["lines"]) == days


@pytest.mark.parametrize(("to", "rates"), [("2023-12-31", ["6"]), ("2024-01-01", ["6", "7"])])
def test_a_rate_that_changes_on_the_last_day_holds_on_that_day(to: str, rates: list[str]) -> None:
    assert [line["percent"] for line in ask(to=to)["lines"]] == rates


def test_the_table_of_rates_holds_from_its_first_day() -> None:
    first = regime("nl-ap@1").values["interest.rates"].value[0][0]
    assert ask(interest_from=first.isoformat(), to=first.isoformat())["lines"]
    with pytest.raises(InvalidRequest, match="begins on"):
        ask(interest_from=(first - timedelta(days=1)).isoformat(), to=first.isoformat())


@pytest.mark.parametrize(("principal", "amount"), [("12160.59", "0.00"), ("12166.67", "20.00"), ("12172.75", "20.01")])
def test_interest_of_exactly_the_minimum_is_owed(principal: str, amount: str) -> None:
    # Ten days at 6 % of 365: 19.99, 20.00 and 20.01.
    assert ask(principal=principal, to="2023-07-10")["amount"] == amount


def test_the_rate_of_a_month_may_hold_for_the_whole_time() -> None:
    asked = NL | {"regime": "eu-commission@1", "interest_from": "2024-06-20", "to": "2025-06-19"}
    found = compute_interest(asked)
    # last day of payment 19 June 2024: the rate of 1 June, 4.5 and 3.5 points
    assert {line["percent"] for line in found["lines"]} == {"8"}
    assert any("2024-06-01" in step["rule"] for step in found["explanation"])


def test_only_a_regime_with_a_table_bears_interest() -> None:
    assert bears_interest(regime("nl-ap"))
    assert not bears_interest(regime("fr-cnil"))


@given(
    st.integers(1, 10**9),
    st.lists(st.tuples(st.integers(-30, 900), st.integers(1, 10**9)), max_size=5),
    st.lists(st.integers(0, 900), min_size=1, max_size=6, unique=True),
    st.randoms(use_true_random=False),
)
def test_slices_add_up_to_the_whole_and_the_order_of_payments_does_not_matter(
    principal: int, paid: list[tuple[int, int]], ends: list[int], random: Any
) -> None:
    begins = date(2022, 11, 15)

    def on(days: int) -> str:
        return (begins + timedelta(days=days)).isoformat()

    payments = [{"on": on(n), "amount": f"{minor // 100}.{minor % 100:02}"} for n, minor in paid]
    asked = {
        "regime": "nl-ap@1",
        "currency": "EUR",
        "principal": f"{principal // 100}.{principal % 100:02}",
        "interest_from": begins.isoformat(),
        "payments": payments,
    }
    ends = sorted(ends)
    whole = compute_interest(asked | {"to": on(ends[-1])})
    first, summed = 0, 0
    for end in ends:
        slice_ = compute_interest(asked | {"from": on(first), "to": on(end)})
        summed += int(slice_["amount"].replace(".", ""))
        first = end + 1
    assert summed == int(whole["total"].replace(".", ""))
    shuffled = asked | {"payments": random.sample(payments, len(payments)), "to": on(ends[-1])}
    assert compute_interest(shuffled) == whole


def test_the_days_of_a_slice_are_its_lines() -> None:
    found = ask(**{"from": "2023-12-01", "to": "2024-01-10"})
    assert [(line["from"], line["to"]) for line in found["lines"]] == [
        ("2023-12-01", "2023-12-31"),
        ("2024-01-01", "2024-01-10"),
    ]
    assert float(found["amount"]) < float(found["total"])


@pytest.mark.parametrize(
    ("members", "path"),
    [
        ({"to": None}, "/to"),
        ({"currency": "XXX"}, "/currency"),
        ({"principal": 3}, "/principal"),
        ({"payments": [{"on": "x", "amount": "1"}]}, "/payments/0/on"),
        ({"payments": [{}]}, "/payments/0/"),
        ({"regime": "nowhere"}, "/regime"),
        ({"regime": 3}, "/regime"),
        ({"regime": "fr-cnil"}, "/regime"),
        ({"from": "2023-06-30"}, "/to"),
        ({"to": "2023-06-30"}, "/to"),
        ({"interest_from": "2010-01-01"}, "/interest_from"),
        ({"rate": "5"}, "/rate"),
    ],
)
def test_what_cannot_be_read_is_named(members: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        ask(**members)
    assert path in {error.path for error in refused.value.errors}


def test_what_is_needed_is_named() -> None:
    with pytest.raises(InvalidRequest) as refused:
        compute_interest({})
    needed = {"/regime", "/currency", "/principal", "/interest_from", "/to"}
    assert {error.path for error in refused.value.errors} == needed


def test_the_last_year_of_the_calendar_is_a_year() -> None:
    found = ask(interest_from="9999-12-01", to="9999-12-30")
    assert found["lines"][0]["days"] == 30


def test_interest_has_a_receipt_that_can_be_computed_again() -> None:
    made = receipt(NL, regime("nl-ap"))
    assert check_receipt(made) == []
    assert check_receipt({**made, "result": {**made["result"], "amount": "1.00"}}) != []
