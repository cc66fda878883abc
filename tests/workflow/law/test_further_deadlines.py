"""The further rules of a period: backwards, clear and short periods, months from the day after, recesses of courts."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.law.slow_deadline import SlowDeadline, a_request
from workflow.law.period import compute_deadline
from workflow.law.recess import RecessFileError, load_recess, recesses
from workflow.law.regime import regimes


@settings(max_examples=30)
@given(st.integers(0, 2**64))
def test_two_thousand_last_days_agree_with_a_slow_count_over_days(seed: int) -> None:
    random = Random(seed)
    for _ in range(66):
        request = a_request(random)
        expected = SlowDeadline(request).last_day()
        asked = {name: value for name, value in request.items() if name != "parts"}
        assert compute_deadline(asked)["last_day"] == expected.isoformat(), request


def last_day(event_on: str, period: str, **rules: Any) -> str:
    return str(compute_deadline({"event_on": event_on, "period": period, **rules})["last_day"])


# The event, the period, the recess and the last day: around the first and the last day of each recess.
RECESSES = [
    ("2026-07-01", "P30D", "IT", "2026-07-31"),
    ("2026-07-02", "P30D", "IT", "2026-09-01"),
    ("2026-07-31", "P1D", "IT", "2026-09-01"),
    ("2026-08-01", "P1D", "IT", "2026-09-01"),
    ("2026-08-31", "P1D", "IT", "2026-09-01"),
    ("2026-09-01", "P1D", "IT", "2026-09-02"),
    ("2026-07-01", "P1M", "IT", "2026-09-01"),
    ("2026-06-30", "P1M", "IT", "2026-07-30"),
    ("2026-08-10", "P1M", "IT", "2026-09-30"),
    ("2026-06-30", "P1M", "ES", "2026-07-30"),
    ("2026-07-01", "P1M", "ES", "2026-09-01"),
    ("2026-07-31", "P2M", "ES", "2026-10-31"),
    ("2026-08-01", "P2M", "ES", "2026-11-01"),
    ("2026-08-31", "P2M", "ES", "2026-11-01"),
    ("2026-09-01", "P2M", "ES", "2026-11-01"),
    ("2025-07-15", "P14M", "ES", "2026-11-15"),
    ("2026-07-14", "P1D", "CH-VwVG", "2026-08-16"),
    ("2026-07-14", "P1W", "CH-VwVG", "2026-08-22"),
    ("2026-07-14", "P1M", "CH-VwVG", "2026-08-14"),
    ("2026-07-14", "P1M", "CH-ZPO", "2026-09-15"),
    ("2026-03-28", "P1D", "CH-ZPO", "2026-04-13"),
    ("2026-12-17", "P1D", "CH-ZPO", "2027-01-03"),
    ("2026-05-31", "P1M", "BE", "2026-06-30"),
    ("2026-06-29", "P1M", "BE", "2026-07-29"),
    ("2026-06-30", "P1M", "BE", "2026-09-15"),
    ("2026-07-31", "P1M", "BE", "2026-09-15"),
    ("2026-08-01", "P1M", "BE", "2026-09-01"),
]


@pytest.mark.parametrize(("event_on", "period", "recess", "expected"), RECESSES)
def test_a_recess(event_on: str, period: str, recess: str, expected: str) -> None:
    assert last_day(event_on, period, recess=recess) == expected


def test_days_added_that_fall_into_a_recess_again_are_added_again() -> None:
    """From 15 July to 14 July a year later 31 days of August lie in between, which end in the next August."""
    assert last_day("2026-07-15", "P1Y", recess="IT") == "2027-09-15"


def test_a_recess_works_backwards_too() -> None:
    assert last_day("2026-09-02", "P2D", recess="IT", direction="before") == "2026-07-31"
    assert last_day("2026-08-10", "P1D", recess="IT", direction="before") == "2026-07-31"


def test_a_roll_goes_on_past_a_recess() -> None:
    """31 July 2027 is a Saturday."""
    rules = {"calendar": "IT", "roll": "next_working_day", "recess": "IT"}
    assert last_day("2027-07-01", "P30D", **rules) == "2027-09-01"
    assert last_day("2027-06-30", "P30D", **rules) == "2027-07-30"


def test_a_request_may_leave_out_the_recess_of_its_clock() -> None:
    clock = {"regime": "es-aepd", "clock": "appeal"}
    assert last_day("2026-07-15", "P2M", **clock) == "2026-10-15"
    assert last_day("2026-07-15", "P2M", **clock, recess="none") == "2026-09-15"


@pytest.mark.parametrize(
    ("event_on", "expected"),
    [("2026-01-30", "2026-02-28"), ("2026-01-31", "2026-02-28"), ("2026-02-28", "2026-03-31")],
)
def test_months_counted_from_the_day_after(event_on: str, expected: str) -> None:
    assert last_day(event_on, "P1M", month_count="day_after") == expected


def test_months_counted_from_the_day_before() -> None:
    assert last_day("2026-07-31", "P1M", month_count="day_after", direction="before") == "2026-07-01"
    assert last_day("2026-03-31", "P1M", month_count="day_after", direction="before") == "2026-03-01"


@pytest.mark.parametrize(("period", "expected"), [("P4D", "2026-05-13"), ("P5D", "2026-05-15"), ("P6D", "2026-05-12")])
def test_a_short_period_counts_working_days(period: str, expected: str) -> None:
    """8 and 14 May 2026 are holidays in France."""
    assert last_day("2026-05-06", period, short_period=5, calendar="FR") == expected


def test_clear_days_win_over_the_rules_of_a_clock() -> None:
    clock = {"regime": "ie-dpc", "clock": "appeal", "roll": "none"}
    assert last_day("2026-06-01", "P5D", **clock) == "2026-06-05"
    assert last_day("2026-06-01", "P5D", **clock, clear_days=True) == "2026-06-07"


@pytest.mark.parametrize(("period", "named"), [("P27D", True), ("P28D", False)])
def test_the_least_of_a_clock_is_compared_backwards_too(period: str, named: bool) -> None:
    request = {"event_on": "2026-05-29", "period": period, "regime": "ie-dpc", "clock": "compliance"}
    rules = [entry["rule"] for entry in compute_deadline({**request, "direction": "before"})["explanation"]]
    assert any("shorter than" in rule for rule in rules) is named


def test_each_recess_has_its_source() -> None:
    assert set(recesses()) == {"IT", "ES", "CH-ZPO", "CH-VwVG", "BE"}
    assert all(each.source and each.title for each in recesses().values())
    assert {each.id for each in regimes() for clock in each.clocks.values() if clock.recess} == {"es-aepd"}


GOOD = """name = "X"\ntitle = "x"\nsource = "x"\nverified = false\neffect = "last_day_to"\nlast_day = "09-15"
[[span]]\nfrom = "07-01"\nto = "08-31"\n"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("last_day_to", "stops", "effect is one of"),
        ('last_day = "09-15"', 'months = "untouched"', "has effect, last_day"),
        ('from = "07-01"', "easter_from = 1", "a span has from and to"),
    ],
)
def test_a_file_of_a_recess_says_what_is_wrong(old: str, new: str, said: str) -> None:
    assert load_recess(GOOD, "x.toml").name == "X"
    with pytest.raises(RecessFileError, match=said):
        load_recess(GOOD.replace(old, new), "x.toml")


def test_an_unverified_recess_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflow.law.further_rules.recess", lambda name: load_recess(GOOD, "x.toml"))
    answer = compute_deadline({"event_on": "2026-07-01", "period": "P1M", "recess": "X"})
    assert answer["last_day"] == "2026-09-15"
    assert answer["explanation"][-1]["rule"].endswith("its last day is moved (unverified)")
