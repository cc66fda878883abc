"""Receipts: made, checked from themselves alone, and every change in one noticed."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from workflow.law.receipt import check_receipt, is_receipt, receipt
from workflow.law.regime import regime

DEADLINE = {"event_on": "2022-10-19", "period": "P2M", "regime": "fr-cnil@1", "clock": "compliance"}
PENALTY = {
    "deadline": "2022-12-19",
    "rate": "100000.00",
    "currency": "EUR",
    "per": "P1D",
    "assessed_to": "2023-02-09",
    "regime": "fr-cnil@1",
}


def a_deadline() -> dict[str, Any]:
    return deepcopy(dict(receipt(DEADLINE, regime("fr-cnil@1"))))


def a_penalty() -> dict[str, Any]:
    return deepcopy(dict(receipt(PENALTY, regime("fr-cnil@1"))))


@pytest.mark.parametrize("make", [a_deadline, a_penalty])
def test_a_receipt_agrees_with_itself(make: Callable[[], dict[str, Any]]) -> None:
    assert check_receipt(make()) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda held: held["request"].update(rate="1.00"), "digest"),
        (lambda held: held["result"].update(amount="1.00"), "amount is '1.00' in it, '5200000.00'"),
        (lambda held: held["result"]["explanation"].pop(), "explanation is [{"),
        (lambda held: held["result"]["explanation"][0].update(rule="x"), "explanation/0/rule is 'x' in it, 'the first"),
        (lambda held: held["result"]["lines"][0].update(units=True), "lines/0/units is True in it, 52 when"),
        (lambda held: held["result"].update(units=None), "units is None in it, 52 when computed again"),
        (
            lambda held: held["result"]["explanation"][0].pop("before"),
            "explanation/0/before is nothing in it, '2022-12-19'",
        ),
        (lambda held: held["result"].update(more=1), "more is 1 in it, nothing when computed again"),
        (lambda held: held.update(note="x"), "and no others"),
        (lambda held: held.update(regime="fr-cnil"), "rests on fr-cnil, its request on fr-cnil@1"),
        (lambda held: held.update(regime="nl-ap@1"), "rests on nl-ap@1, its request on fr-cnil@1"),
        (lambda held: held["request"].update(rate="\ud800"), "digest"),
        (lambda held: held.update(regime_sha256="0" * 64), "another text of fr-cnil@1"),
        (lambda held: held.update(sha256="0" * 64), "digest"),
        (lambda held: held.update(regime="none@1"), "cannot be computed again"),
        (lambda held: held["request"].pop("rate"), "cannot be computed again"),
        (lambda held: held.update(request=3), "request and result are objects"),
        (lambda held: held.pop("result"), "a receipt is an object"),
    ],
)
def test_a_changed_receipt_is_named(change: Callable[[dict[str, Any]], Any], said: str) -> None:
    held = a_penalty()
    change(held)
    assert any(said in fault for fault in check_receipt(held))


def test_another_release_of_the_calendars_with_the_same_result_agrees() -> None:
    request = {"event_on": "2026-04-17", "period": "P2M", "calendar": "FR", "roll": "next_working_day"}
    held = deepcopy(dict(receipt(request, regime("fr-cnil@1"))))
    assert "holidays" in str(held["result"])
    rule = held["result"]["explanation"][-1]["rule"]
    held["result"]["explanation"][-1]["rule"] = rule.replace("holidays 0.", "holidays 9.")
    faults = check_receipt(held)
    assert len(faults) == 1
    assert "digest" in faults[0]


def a_moved_day(calendar: str) -> dict[str, Any]:
    request = {"event_on": "2026-11-25", "period": "P1M", "calendar": calendar, "roll": "next_working_day"}
    return deepcopy(dict(receipt(request, regime("fr-cnil@1"))))


def with_rule(held: dict[str, Any], old: str, new: str) -> list[str]:
    step = held["result"]["explanation"][-1]
    assert old in step["rule"]
    step["rule"] = step["rule"].replace(old, new)
    return [fault for fault in check_receipt(held) if "digest" not in fault]


@pytest.mark.parametrize("calendar", ["SE", "GB-ENG"])
def test_another_release_may_name_a_holiday_otherwise(calendar: str) -> None:
    held = a_moved_day(calendar)
    rule = held["result"]["explanation"][-1]["rule"]
    before, passed, names = rule.partition("; passed: ")
    assert "2026-12-25" in names
    held["result"]["explanation"][-1]["rule"] = f"{before.replace('holidays 0.', 'holidays 9.')}{passed}Yule)"
    assert [fault for fault in check_receipt(held) if "digest" not in fault] == []


def test_the_same_release_names_a_holiday_in_one_way() -> None:
    assert with_rule(a_moved_day("SE"), "Christmas Day", "Yule") != []


def test_another_release_with_another_rule_does_not_agree() -> None:
    held = a_moved_day("SE")
    assert with_rule(held, "holidays 0.", "holidays 9.") == []
    assert with_rule(held, "is a holiday", "is a Sunday") != []


def test_what_is_no_receipt_is_said() -> None:
    assert "a receipt is an object" in check_receipt([])[0]


@pytest.mark.parametrize("name", sorted(a_penalty()))
def test_a_receipt_that_lost_a_member_is_still_seen_as_one(name: str) -> None:
    held = a_penalty()
    del held[name]
    assert is_receipt(held)
    assert "a receipt is an object" in check_receipt(held)[0]
    assert not is_receipt({"regime": "fr-cnil@1", "regime_sha256": "x"})
