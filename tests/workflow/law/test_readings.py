"""Readings side by side."""

from typing import Any

import pytest

from workflow.law.invalid import InvalidRequest
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
        (CLEARVIEW | {"rate": {"percent": "5", "turnover": "365", "days": 365}}, "/rate"),
        (CLEARVIEW | {"rate": ["1", {"percent": "5", "turnover": "365", "days": 365}]}, "/rate/1"),
        (CLEARVIEW | {"cap": [{"units": 3}, {"units": 0}]}, "/cap/1/units"),
        (CLEARVIEW | {"served_on": ["2022-10-18"] * 300}, ""),
        (DISPUTED | {"currency": "ECU"}, "/currency"),
    ],
)
def test_a_wrong_alternative_is_named_by_its_place(request_: Any, path: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        compute_readings(request_)
    assert [error.path for error in refused.value.errors] == [path]
