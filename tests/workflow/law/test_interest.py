"""Interest: sums by hand, slices that add up, payments in any order, and what is refused."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.law.slow_interest import SlowInterest, a_request
from workflow.law.explain import explain
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


OWN: dict[str, Any] = {
    **{name: value for name, value in NL.items() if name != "regime"},
    "rates": [{"from": "2023-01-01", "percent": "5"}],
}
TENTH: dict[str, Any] = {
    **{name: value for name, value in OWN.items() if name != "rates"},
    "surcharge": {"fraction": "1/10", "per": "P6M"},
}


@settings(max_examples=12)
@given(st.integers(0, 2**64))
def test_two_hundred_sums_agree_with_a_slow_count_over_days(seed: int) -> None:
    random = Random(seed)
    for _ in range(16):
        request = a_request(random)
        found = compute_interest(request)
        assert (found["amount"], found["total"]) == SlowInterest(request).work(), request


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
    found = ask(to="2024-12-31", compounding="none")
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
        ({"payments": [{}]}, "/payments/0/on"),
        ({"payments": [{"on": "2023-07-01"}]}, "/payments/0/amount"),
        ({"regime": "nowhere"}, "/regime"),
        ({"regime": 3}, "/regime"),
        ({"regime": "fr-cnil"}, "/regime"),
        ({"from": "2023-06-30"}, "/to"),
        ({"to": "2023-06-30"}, "/to"),
        ({"interest_from": "2009-12-31"}, "/interest_from"),
        ({"rate": "5"}, "/rate"),
    ],
)
def test_what_cannot_be_read_is_named(members: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        ask(**members)
    assert path in {error.path for error in refused.value.errors}


_WRONG: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("principal", ("-1", "92233720368547758.08", 5, None)),
    ("margin", ("-1", "1000", "3,5", 3.5, "", None)),
    ("rate_of", ("each_day", "month", None)),
    ("day_count", ("actual_360", "30_360", None)),
    ("compounding", ("monthly", True, None)),
    ("round_daily", ("yes", 1, None)),
    ("rates", ([], {}, "5", None)),
    ("steps", ({}, "P2M", None)),
    ("interest_from", ("0001-01-01", "2023-02-29", None)),
)


@pytest.mark.parametrize(
    ("members", "path"),
    [
        *(({name: value}, f"/{name}") for name, values in _WRONG for value in values),
        *(({f"{name}s": 1}, f"/{name}s") for name in ("margin", "rate_of", "day_count", "compounding", "surcharge")),
        ({"rates": [{"from": "2023-01-01"}]}, "/rates/0/percent"),
        ({"rates": [{"percent": "5"}]}, "/rates/0/from"),
        ({"rates": [{"from": "2023-01-01", "percent": "-5"}]}, "/rates/0/percent"),
        ({"rates": [{"from": "2023-01-01", "percent": "5", "per": "P1Y"}]}, "/rates/0/per"),
        ({"rates": [{"from": "2023-01-01", "percent": "5"}, {"from": "2023-01-01", "percent": "6"}]}, "/rates/1/from"),
        ({"rates": [{"from": "2023-07-02", "percent": "5"}]}, "/interest_from"),
        (
            {"rates": [{"from": "2023-06-02", "percent": "5"}], "rate_of": "month_of_last_day"},
            "/interest_from",
        ),
        ({"steps": [{"after": "P2M"}]}, "/steps/0/add"),
        ({"steps": [{"add": "5"}]}, "/steps/0/after"),
        ({"steps": [{"after": "PT5H", "add": "5"}]}, "/steps/0/after"),
        ({"steps": [{"after": "2M", "add": "5"}]}, "/steps/0/after"),
        ({"steps": [{"after": "P2M", "add": "five"}]}, "/steps/0/add"),
        ({"steps": [{"after": "P2M", "add": "5"}, {"after": "P2M", "add": "1"}]}, "/steps/1/after"),
        *(
            (TENTH | {"surcharge": {"fraction": "1/10", "per": "P6M"} | {name: value}}, f"/surcharge/{name}")
            for name, values in (
                ("fraction", ("0/10", "1/0", "0.1", "-1/10", 1, None)),
                ("per", ("PT6H", "6M", 6, None)),
                ("percent", ("10",)),
            )
            for value in values
        ),
        (TENTH | {"surcharge": {"per": "P6M"}}, "/surcharge/fraction"),
        (TENTH | {"surcharge": {"fraction": "1/10"}}, "/surcharge/per"),
        (TENTH | {"interest_from": "1900-01-01", "surcharge": {"fraction": "1/10", "per": "P1D"}}, "/to"),
        *(
            (TENTH | {name: value}, f"/{name}")
            for name, value in (
                ("margin", "2"),
                ("rate_of", "day"),
                ("day_count", "actual_365"),
                ("compounding", "none"),
                ("round_daily", False),
                ("steps", []),
            )
        ),
        ({"to": "9999-12-31", "principal": "90000000000000000.00"}, "/to"),
        ({"to": "9999-12-31", "principal": "90000000000000000.00", "compounding": "yearly"}, "/to"),
    ],
)
def test_a_member_that_is_wrong_is_named(members: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        compute_interest(OWN | members if "surcharge" not in members else members)
    errors = refused.value.errors
    assert path in {error.path for error in errors}, errors
    assert all(len(error.problem) > 8 for error in errors)


@pytest.mark.parametrize("names", [("regime", "rates"), ("regime", "surcharge"), ("rates", "surcharge"), ()])
def test_one_thing_says_what_default_costs(names: tuple[str, ...]) -> None:
    sources = {"regime": "nl-ap", "rates": OWN["rates"], "surcharge": TENTH["surcharge"]}
    bare = {name: value for name, value in OWN.items() if name != "rates"}
    with pytest.raises(InvalidRequest) as refused:
        compute_interest(bare | {name: sources[name] for name in names})
    assert {error.path for error in refused.value.errors} == {f"/{name}" for name in names or ("regime",)}


def test_what_is_needed_is_named() -> None:
    with pytest.raises(InvalidRequest) as refused:
        compute_interest({})
    needed = {"/regime", "/currency", "/principal", "/interest_from", "/to"}
    assert {error.path for error in refused.value.errors} == needed


def test_the_last_year_of_the_calendar_is_a_year() -> None:
    found = ask(interest_from="9999-12-01", to="9999-12-31", steps=[{"after": "P2M", "add": "5"}])
    assert [line["days"] for line in found["lines"]] == [31]
    tenth = TENTH | {"interest_from": "9999-02-01", "to": "9999-12-31"}
    assert compute_interest(tenth)["total"] == "1000.00"


@pytest.mark.parametrize(
    ("to", "total"), [("2024-06-29", "648.64"), ("2024-06-30", "650.55"), ("2024-07-01", "652.59")]
)
def test_the_interest_of_a_full_year_bears_interest(to: str, total: str) -> None:
    # 302.4657 and 7 % of 181 or 182 days of 366; then a day on 10,650.55: 2.0370
    assert ask(to=to)["total"] == total


@pytest.mark.parametrize(
    ("to", "total"), [("2023-12-30", "0.00"), ("2023-12-31", "1000.00"), ("2024-01-01", "1000.00")]
)
def test_a_surcharge_is_owed_when_its_period_is_over(to: str, total: str) -> None:
    assert compute_interest(TENTH | {"to": to})["total"] == total


@pytest.mark.parametrize(("on", "total"), [("2023-12-31", "500.00"), ("2024-01-01", "1000.00")])
def test_a_surcharge_is_on_what_is_unpaid_when_its_period_ends(on: str, total: str) -> None:
    found = compute_interest(TENTH | {"payments": [{"on": on, "amount": "5000.00"}]})
    assert found["total"] == total
    assert [(line["from"], line["to"], line["fraction"]) for line in found["lines"]] == [
        ("2023-07-01", "2023-12-31", "1/10")
    ]


def test_slices_of_a_surcharge_have_their_own_periods() -> None:
    found = compute_interest(TENTH | {"from": "2024-01-01", "to": "2024-06-30"})
    assert (found["amount"], found["total"], len(found["lines"])) == ("1000.00", "2000.00", 1)


@pytest.mark.parametrize(("to", "percents"), [("2023-08-31", ["5"]), ("2023-09-01", ["5", "10"])])
def test_points_are_added_from_so_long_after_the_first_day(to: str, percents: list[str]) -> None:
    found = compute_interest(OWN | {"to": to, "steps": [{"after": "P2M", "add": "5"}]})
    assert [line["percent"] for line in found["lines"]] == percents


def test_another_margin_is_the_requests() -> None:
    asked = NL | {"regime": "eu-commission@1", "interest_from": "2015-01-16", "to": "2015-01-16", "margin": "2"}
    found = compute_interest(asked)
    assert [line["percent"] for line in found["lines"]] == ["2.05"]
    rules = {entry["rule"]: entry["reference"] for entry in found["explanation"]}
    assert rules["2 points added to each rate"] == "the request"
    assert (
        rules["margin is 2 by the request, in place of 3.5 (Financial Regulation art. 99; T-610/19)"] == "the request"
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("compounding", "none", "compounding is none by the request, in place of yearly (Awb art. 4:98(1)"),
        ("day_count", "actual_365", "day_count is actual_365 by the request, where the regime says nothing"),
        ("round_daily", True, "round_daily is true by the request, where the regime says nothing"),
        ("steps", [{"after": "P2M", "add": "5"}], 'steps is [{"after": "P2M", "add": "5"}] by the request, where'),
    ],
)
def test_a_member_beside_a_regime_wins_and_is_named(name: str, value: Any, said: str) -> None:
    found = ask(**{name: value})
    assert any(entry["rule"].startswith(said) for entry in found["explanation"])


def test_a_year_may_always_have_365_days() -> None:
    leap = OWN | {"interest_from": "2024-01-01", "to": "2024-12-31"}
    assert compute_interest(leap)["total"] == "500.00"
    assert compute_interest(leap | {"day_count": "actual_365"})["total"] == "501.37"


def test_ten_thousand_payments_are_counted_in_good_time() -> None:
    paid = [{"on": (date(2000, 1, 1) + timedelta(days=n)).isoformat(), "amount": "0.01"} for n in range(10_000)]
    found = compute_interest(
        OWN
        | {
            "rates": [{"from": "1999-01-01", "percent": "5"}],
            "payments": paid,
            "interest_from": "2000-01-01",
            "to": "2027-12-31",
            "compounding": "yearly",
        }
    )
    assert len(found["lines"]) == 10_000


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (
            OWN | {"to": "2023-07-10"},
            "Interest from the day after the last day of payment: from 30 June 2023 to 1 July 2023. Simple interest, "
            "yearly rates, days as they are of a year of 365 or 366. From 1 July 2023 to 10 July 2023, both included, "
            "ten days bear interest at 5 % on EUR 10,000.00. The interest amounts to EUR 13.70.",
        ),
        (
            OWN | {"from": "2023-07-10", "to": "2023-07-10"},
            "On 10 July 2023, one day bears interest at 5 % on EUR 10,000.00. The interest of these days amounts to "
            "EUR 1.37, and with the days before to EUR 13.70.",
        ),
        (
            TENTH,
            "From 1 July 2023 to 31 December 2023, both included, EUR 10,000.00 were unpaid in the end: 1/10 of them "
            "is added. The surcharge amounts to EUR 1,000.00.",
        ),
        (OWN | {"principal": "0"}, "Nothing is unpaid on these days. The interest amounts to EUR 0.00."),
    ],
)
def test_interest_in_words(request_: dict[str, Any], said: str) -> None:
    assert said in explain(compute_interest(request_), request_)


def test_interest_has_a_receipt_that_can_be_computed_again() -> None:
    made = receipt(NL, regime("nl-ap"))
    assert check_receipt(made) == []
    assert check_receipt({**made, "result": {**made["result"], "amount": "1.00"}}) != []
