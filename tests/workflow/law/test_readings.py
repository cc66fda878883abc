"""Readings side by side, and results in words."""

from typing import Any

import pytest

from workflow.law.explain import explain
from workflow.law.invalid import InvalidRequest
from workflow.law.penalty import compute_penalty
from workflow.law.period import compute_deadline
from workflow.law.readings import compute_readings

CLEARVIEW: dict[str, Any] = {
    "served_on": "2022-10-19",
    "compliance_period": "P2M",
    "rate": "100000",
    "currency": "EUR",
    "per": "P1D",
    "assessed_to": "2023-02-09",
    "regime": "fr-cnil",
}
DISPUTED = CLEARVIEW | {"served_on": ["2022-10-18", "2022-10-19"], "assessed_to": ["2023-02-08", "2023-02-09"]}


def test_the_four_readings_of_clearview() -> None:
    answer = compute_readings(DISPUTED)
    assert answer["disputed"] == ["served_on", "assessed_to"]
    assert [(each["last_day"], each["units"], each["amount"]) for each in answer["readings"]] == [
        ("2022-12-18", 52, "5200000.00"),
        ("2022-12-18", 53, "5300000.00"),
        ("2022-12-19", 51, "5100000.00"),
        ("2022-12-19", 52, "5200000.00"),
    ]
    assert answer["readings"][0]["given"] == {"served_on": "2022-10-18", "assessed_to": "2023-02-08"}


def test_a_request_without_dispute_has_one_reading() -> None:
    [only] = compute_readings(CLEARVIEW | {"suspensions": []})["readings"]
    assert only["accrual_from"] == "2022-12-20"
    assert only["given"] == {}


def test_readings_of_a_fixed_start_and_of_a_deadline() -> None:
    fixed = {"deadline": ["2022-12-18", "2022-12-19"], "rate": "1", "currency": "EUR", "per": "P1D"}
    found = compute_readings(fixed | {"assessed_to": "2022-12-31"})["readings"]
    assert [(each["last_day"], each["units"]) for each in found] == [("2022-12-18", 13), ("2022-12-19", 12)]
    rolls = {"event_on": "2023-12-18", "period": "P2M", "calendar": "FR", "roll": ["none", "next_working_day"]}
    found = compute_readings(rolls)["readings"]
    assert [each["last_day"] for each in found] == ["2024-02-18", "2024-02-19"]


@pytest.mark.parametrize(
    ("request_", "path"),
    [
        ([], ""),
        (CLEARVIEW | {"served_on": []}, "/served_on"),
        (CLEARVIEW | {"served_on": ["2022-10-18", "x"]}, "/served_on/1"),
        (CLEARVIEW | {"rate": ["1", "100001"]}, "/rate/1"),
        (CLEARVIEW | {"cap": [{"units": 3}, {"units": 0}]}, "/cap/1/units"),
        (CLEARVIEW | {"served_on": ["2022-10-18"] * 300}, ""),
        (DISPUTED | {"currency": "ECU"}, "/currency"),
    ],
)
def test_a_wrong_alternative_is_named_by_its_place(request_: Any, path: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        compute_readings(request_)
    assert [error.path for error in refused.value.errors] == [path]


def test_clearview_reads_like_a_paragraph() -> None:
    text = explain(compute_penalty(CLEARVIEW), CLEARVIEW)
    assert "\n" not in text
    for sentence in (
        "The order was served on 19 October 2022.",
        "The day of the event is not counted; two months on, the last day is 19 December 2022 (CPC art. 641).",
        "(observed in Kourou, SAN-2024-009; a rule not yet verified).",
        "The first late day is the day after it, 20 December 2022.",
        "No rate is above the limit of EUR 100,000.00 for one day (LIL art. 20 IV).",
        "From 20 December 2022 to 9 February 2023, both included, 52 days at EUR 100,000.00 make EUR 5,200,000.00.",
        "The penalty amounts to EUR 5,200,000.00.",
    ):
        assert sentence in text


def test_a_statement_with_everything_in_words() -> None:
    request = {
        "accrual_from": "2024-01-01",
        "assessed_to": "2024-01-02",
        "currency": "EUR",
        "per": "P1D",
        "rate": "1500",
        "already_liquidated": [{"from": "2024-01-01", "to": "2024-01-01"}],
        "reduction": {"fraction": "1/2", "reason": "difficulties met"},
    }
    text = explain(compute_penalty(request), request)
    assert "The penalty runs from 1 January 2024." in text
    assert "On 1 January 2024 1 day at EUR 1,500.00 make EUR 0.00 (fixed before)." in text
    assert "In all 1 day is counted." in text
    assert text.endswith("After reduction EUR 750.00 remains to be paid.")


def test_a_lump_sum_without_dates_in_words() -> None:
    request = {"currency": "EUR", "per": "lump_sum", "scope": "per_obligation"}
    request["obligations"] = [{"name": "part 5", "rate": "40000", "met": False}]  # type: ignore[assignment]
    assert "1 unit at 40,000.00 make 40,000.00 (part 5: not met)." in explain(compute_penalty(request))


def test_deadlines_in_words() -> None:
    request = {"event_on": "2026-04-17", "period": "P15D", "regime": "fr-cnil", "clock": "observations"}
    text = explain(compute_deadline(request), request)
    assert "The event that starts the clock was on 17 April 2026." in text
    assert "from 2 May 2026 to 4 May 2026 (CPC art. 642)." in text
    assert "The last day that still counts is 4 May 2026. It ends at 2026-05-04T22:00:00Z." in text
    assert explain(compute_deadline({"event_on": "2026-04-17", "period": "P1D"})).endswith("counts is 18 April 2026.")
    hours = {"event_at": "2026-03-28T12:20", "timezone": "Europe/Paris", "period": "PT24H"}
    assert explain(compute_deadline(hours)).endswith("The period ends at 2026-03-29T14:00:00+02:00.")
