"""Worked examples of the rules that the golden cases leave out, each by hand."""

from typing import Any

import pytest

from workflow.law.penalty import compute_penalty

DAILY: dict[str, Any] = {
    "accrual_from": "2024-01-01",
    "assessed_to": "2024-01-31",
    "rate": "100",
    "currency": "EUR",
    "per": "P1D",
}
LUMP: dict[str, Any] = {"currency": "EUR", "per": "lump_sum", "rate": "100"}


def outcome(**request: Any) -> tuple[int, str, str]:
    answer = compute_penalty(request)
    return answer["units"], answer["gross"], answer["amount"]


def notes(**request: Any) -> list[str]:
    rules = [entry["rule"] for entry in compute_penalty(request)["explanation"]]
    return [rule.partition(" is not applied")[0] for rule in rules if "is not applied" in rule]


def test_the_day_of_compliance_is_not_billed_unless_it_counts() -> None:
    complied = DAILY | {"complied_on": "2024-01-11"}
    assert outcome(**complied)[0] == 10
    assert outcome(**complied, compliance_day_counts=True)[0] == 11


def test_an_extension_replaces_a_computed_deadline() -> None:
    served = {name: value for name, value in DAILY.items() if name != "accrual_from"}
    answer = compute_penalty(
        served | {"served_on": "2023-11-30", "compliance_period": "P1M", "extended_to": "2024-01-10"}
    )
    assert (answer["deadline"], answer["accrual_from"], answer["units"]) == ("2024-01-10", "2024-01-11", 21)


def test_changes_of_rate_by_date() -> None:
    changes = [{"from": "2024-01-21", "rate": "10"}, {"from": "2024-01-11", "rate": "50"}]
    answer = compute_penalty(DAILY | {"rate_changes": changes})
    assert [(line["from"], line["units"], line["rate"]) for line in answer["lines"]] == [
        ("2024-01-01", 10, "100.00"),
        ("2024-01-11", 10, "50.00"),
        ("2024-01-21", 11, "10.00"),
    ]
    assert answer["gross"] == "1610.00"


def test_a_change_may_stand_in_for_the_rate() -> None:
    request = {name: value for name, value in DAILY.items() if name != "rate"}
    assert outcome(**request, rate_changes=[{"from": "2023-12-01", "rate": "1"}])[1] == "31.00"


def test_weeks_go_on_after_a_suspension() -> None:
    weekly = DAILY | {"per": "P1W", "suspensions": [{"from": "2024-01-05", "to": "2024-01-10", "reason": "stay"}]}
    answer = compute_penalty(weekly)
    assert [(line["from"], line["to"], line["units"]) for line in answer["lines"]] == [("2024-01-01", "2024-01-27", 3)]
    assert outcome(**weekly, partial_unit="started")[0] == 4


def test_months_that_reach_the_last_year_of_all() -> None:
    last = DAILY | {"accrual_from": "9999-11-15", "assessed_to": "9999-12-31", "per": "P1M"}
    assert outcome(**last)[0] == 1
    assert outcome(**last, partial_unit="started")[0] == 2
    assert outcome(**last | {"per": "P999999M"}, partial_unit="started")[0] == 1
    assert outcome(**last | {"accrual_from": "9999-11-01"})[0] == 2
    suspended = [{"from": "9999-12-01", "to": "9999-12-31"}]
    assert outcome(**last | {"accrual_from": "9999-11-01"}, suspensions=suspended)[0] == 1
    assert outcome(**last, suspensions=suspended, partial_unit="started")[0] == 1
    suspended[0]["from"] = "9999-12-15"
    assert outcome(**last, suspensions=suspended, partial_unit="started")[0] == 1


def test_the_unit_that_passes_the_cap_is_billed_for_what_is_left() -> None:
    answer = compute_penalty(DAILY | {"cap": {"amount": "250"}})
    assert (answer["units"], answer["gross"]) == (3, "250.00")
    assert answer["lines"][-1]["amount"] == "50.00"
    assert "what is left under the cap" in answer["lines"][-1]["why"]


def test_each_grown_unit_is_rounded_half_up() -> None:
    answer = compute_penalty(DAILY | {"rate": "0.05", "growth": {"factor": "1.1"}, "assessed_to": "2024-01-03"})
    assert [line["amount"] for line in answer["lines"]] == ["0.05", "0.06", "0.06"]


def test_breaches_on_countable_days_only_and_twice_on_one_day() -> None:
    breaches = ["2024-01-05", "2024-01-05", "2023-12-31", "2024-02-01", "2024-01-09", "2024-01-02"]
    excused = [{"from": "2024-01-09", "to": "2024-01-09", "reason": "outage"}]
    answer = compute_penalty(DAILY | {"per": "breach", "breaches": breaches, "excused": excused})
    assert [line["from"] for line in answer["lines"]] == ["2024-01-02", "2024-01-05", "2024-01-05"]


def test_each_obligation_has_its_own_days_rate_cap_and_count() -> None:
    duties = [
        {"name": "a", "complied_on": "2024-01-11", "rate": "10"},
        {"name": "b", "unmet": [{"from": "2024-01-30"}], "count": 3},
        {"name": "c", "cap": {"units": 2}},
        {"name": "d", "unmet": [{"from": "2023-12-01", "to": "2024-01-01"}]},
    ]
    answer = compute_penalty(DAILY | {"scope": "per_obligation", "obligations": duties, "cap": {"amount": "1000"}})
    assert [(each["name"], each["units"], each["amount"]) for each in answer["by_obligation"]] == [
        ("a", 10, "100.00"),
        ("b", 6, "600.00"),
        ("c", 2, "200.00"),
        ("d", 1, "100.00"),
    ]
    assert (answer["units"], answer["gross"]) == (19, "1000.00")


def test_an_obligation_that_was_met_needs_no_rate() -> None:
    duties = [{"name": "a", "met": True}, {"name": "b", "met": False, "rate": "7"}]
    without_rate = {name: value for name, value in LUMP.items() if name != "rate"}
    assert outcome(**without_rate, scope="per_obligation", obligations=duties) == (1, "7.00", "7.00")


@pytest.mark.parametrize(("met", "units"), [([True, True], 0), ([True, False], 1), ([False, False], 1)])
@pytest.mark.parametrize(
    "days", [{}, {"accrual_from": "2024-01-01"}, {"deadline": "2023-12-31", "assessed_to": "2024-01-31"}]
)
def test_a_whole_lump_sum_is_one_if_any_duty_is_unmet(met: list[bool], units: int, days: dict[str, str]) -> None:
    duties = [{"name": str(n), "met": value} for n, value in enumerate(met)]
    answer = compute_penalty(LUMP | {"scope": "whole", "obligations": duties} | days)
    assert answer["units"] == units
    assert [line["from"] for line in answer["lines"]] == ["2024-01-01" if days else None] * units


def test_several_addressees_each_owe_under_their_own_cap() -> None:
    parties = {
        "liability": "several",
        "addressees": [{"name": "a"}, {"name": "b", "rate": "300"}],
        "cap": {"amount": "900"},
    }
    answer = compute_penalty(DAILY | parties)
    assert (answer["units"], answer["gross"]) == (9, "1800.00")
    assert [(each["name"], each["units"], each["gross"]) for each in answer["by_addressee"]] == [
        ("a", 9, "900.00"),
        ("b", 3, "900.00"),
    ]


def test_a_joint_debt_is_one() -> None:
    parties = {"liability": "joint", "addressees": [{"name": "a"}, {"name": "b"}]}
    answer = compute_penalty(DAILY | parties)
    assert (answer["units"], answer["gross"]) == (31, "3100.00")
    assert "by_addressee" not in answer
    assert any("owed jointly by a and b" in entry["rule"] for entry in answer["explanation"])


@pytest.mark.parametrize(
    ("reduction", "amount"),
    [
        ({"rate": "10"}, "310.00"),
        ({"rate": "101"}, "3100.00"),
        ({"fraction": "9/10"}, "2790.00"),
        ({"fraction": "2/1"}, "3100.00"),
        ({"amount": "1"}, "1.00"),
        ({"amount": "5000"}, "3100.00"),
        ({"waived": True}, "0.00"),
    ],
)
def test_a_reduction_says_what_remains(reduction: dict[str, Any], amount: str) -> None:
    answer = compute_penalty(DAILY | {"reduction": {**reduction, "reason": "conduct"}})
    assert (answer["gross"], answer["amount"]) == ("3100.00", amount)
    assert answer["lines"][-1]["why"] == "reduction: conduct"


def test_a_flat_rate_takes_the_place_of_each_partys_own() -> None:
    parties = {"liability": "several", "addressees": [{"name": "a"}, {"name": "b", "rate": "300"}]}
    answer = compute_penalty(DAILY | parties | {"reduction": {"rate": "1", "reason": "conduct"}})
    assert (answer["units"], answer["amount"]) == (31, "62.00")
    assert sum(float(each["amount"]) for each in answer["by_addressee"]) == 62


def test_what_cannot_matter_is_accepted_and_named() -> None:
    assert notes(**DAILY, roll="next_working_day", calendar="FR", regime="fr-cnil") == [
        "roll",
        "calendar",
        "the compliance clock of fr-cnil@1",
    ]
    lists: dict[str, list[str]] = {
        name: [] for name in ("suspensions", "rate_changes", "tiers", "obligations", "addressees", "breaches")
    }
    assert sorted(notes(**DAILY, **lists)) == sorted(lists)
    assert notes(**DAILY, complied_on="2024-01-31") == ["assessed_to"]
    assert notes(**DAILY, complied_on="2024-01-31", compliance_day_counts=True) == []
    assert notes(**DAILY, compliance_day_counts=True) == ["compliance_day_counts"]
    assert notes(**DAILY | {"per": "lump_sum"}, partial_unit="started") == ["partial_unit"]
    empty = {"scope": "whole", "liability": "joint", "obligations": [], "addressees": []}
    assert notes(**DAILY, **empty) == ["obligations", "addressees"]


def test_completed_units_by_default_are_flagged() -> None:
    flagged = [entry["rule"] for entry in compute_penalty(DAILY | {"per": "P1W"})["explanation"]]
    assert flagged == ["only completed units of one week count, as nothing else is said"]
    assert compute_penalty(DAILY)["explanation"] == []


def test_currencies_of_no_and_three_decimals() -> None:
    assert outcome(**DAILY | {"currency": "JPY", "rate": "150"}) == (31, "4650", "4650")
    assert outcome(**DAILY | {"currency": "KWD", "rate": "0.125"})[2] == "3.875"


def test_suspended_days_are_explained_with_their_reason() -> None:
    stay = {"from": "2023-12-20", "to": "2024-01-10", "reason": "Ordonnance 2020-306 art. 4"}
    [entry] = compute_penalty(DAILY | {"suspensions": [stay]})["explanation"]
    assert entry["rule"] == "not counted: 2023-12-20 to 2024-01-10, 10 late days"
    assert entry["reference"] == "Ordonnance 2020-306 art. 4"
    gone = {"from": "2023-12-20", "to": "2023-12-31"}
    assert compute_penalty(DAILY | {"suspensions": [gone]})["explanation"] == []


def test_an_obligation_under_a_regime_without_rate_of_its_own() -> None:
    duties = [{"name": "a"}, {"name": "b", "rate": "5"}]
    request = DAILY | {"regime": "fr-cnil", "scope": "per_obligation", "obligations": duties}
    assert outcome(**request)[1] == "3255.00"


def test_a_minimum_that_is_met_is_explained() -> None:
    served = {name: value for name, value in DAILY.items() if name != "accrual_from"}
    answer = compute_penalty(
        served | {"served_on": "2023-11-30", "compliance_period": "P1M", "regime": "eu-commission"}
    )
    assert answer["deadline"] == "2024-01-03"
    assert any("contains 2 working days" in entry["rule"] for entry in answer["explanation"])


def test_a_start_after_the_end_leaves_no_day_for_a_duty_unmet_since_before() -> None:
    request = {
        "accrual_from": "2023-01-16",
        "assessed_to": "2023-01-15",
        "rate": "1",
        "currency": "EUR",
        "per": "lump_sum",
        "scope": "whole",
        "obligations": [{"name": "duty", "unmet": [{"from": "2023-01-15"}]}],
    }
    answer = compute_penalty(request)
    assert (answer["units"], answer["amount"]) == (0, "0.00")
