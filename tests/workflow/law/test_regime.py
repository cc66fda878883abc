"""Regimes: every value has its source, unknown keys refuse to load, and each says what its law says."""

import tomllib
from datetime import date
from hashlib import sha256
from importlib import resources
from itertools import pairwise
from typing import Any

import pytest

from workflow.law.invalid import InvalidRequest
from workflow.law.money import Money
from workflow.law.penalty import compute_penalty
from workflow.law.period import compute_deadline
from workflow.law.regime import load_regime, regime, regimes
from workflow.law.regime_schema import RegimeFileError

NAMES = (
    *("be-apd", "de-federal", "es-aepd", "eu-commission", "fi-ombudsman", "fr-cnil", "fr-cnil-simplified", "ie-dpc"),
    *("nl-ap", "no-datatilsynet", "se-imy", "uk-ico"),
)
GOOD = (resources.files("workflow.law") / "regimes" / "fr-cnil.toml").read_text("utf-8")
_RATE = '{ from = 2024-01-01, percent = "4.25" }'
DAYS = {"accrual_from": "2024-07-01", "assessed_to": "2024-07-10", "rate": "100", "per": "P1D"}


def _rates(value: str) -> str:
    return f'[interest]\nrates = {{ value = {value}, ref = "x", verified = true }}\n[limitation]'


def test_all_regimes_are_there() -> None:
    assert sorted({each.id for each in regimes()}) == list(NAMES)


@pytest.mark.parametrize("each", regimes(), ids=lambda each: each.pin)
def test_a_regime_is_its_file(each: Any) -> None:
    assert each.pin == f"{each.id}@{each.version}"
    assert each.sha256 == sha256(each.text.encode()).hexdigest()
    assert tomllib.loads(each.text)["title"] == each.title
    assert all(cited.ref for cited in each.values.values())
    unverified = [f"{each.id}: {path}" for path, cited in each.values.items() if not cited.verified]
    assert list(each.unverified) == unverified
    assert regime(each.pin) is each
    assert each.clocks["access_request"].period == "P1M"


@pytest.mark.parametrize("name", NAMES)
def test_versions_of_a_regime_adjoin(name: str) -> None:
    versions = [each for each in regimes() if each.id == name]
    assert versions[-1].valid_to is None
    for earlier, later in pairwise(versions):
        assert earlier.valid_to is not None
        assert (later.valid_from - earlier.valid_to).days == 1


def test_the_french_regime() -> None:
    fr = regime("fr-cnil")
    assert (fr.timezone, fr.currency, fr.calendar, fr.accrual_stops) == ("Europe/Paris", "EUR", "FR", "complied_on")
    assert fr.clocks["compliance"].roll == "none"
    assert fr.clocks["appeal"].franc
    assert fr.clocks["appeal"].abroad_months == 2
    assert fr.clause.max_rate is not None
    assert fr.clause.max_rate.money == Money(10_000_000, "EUR")
    assert (fr.clause.max_rate.per, fr.clause.max_rate.ref) == ("P1D", "LIL art. 20 IV")
    assert fr.ladder.remind_days_before == (30, 7, 1)
    assert fr.who["notify_grounds"] == fr.who["close"] == ("decision_maker",)
    assert "fr-cnil: clock.compliance.roll" in fr.unverified


def test_the_version_in_force_on_a_day_and_the_newest_without_one() -> None:
    assert regime("no-datatilsynet", date(2023, 7, 14)).version == 1
    assert regime("no-datatilsynet", date(2024, 6, 17)).version == 1
    assert regime("no-datatilsynet", date(2024, 6, 18)).version == 2
    assert regime("no-datatilsynet").version == 2
    assert regime("no-datatilsynet@1", date(2025, 1, 1)).version == 1


def test_a_day_that_no_version_covers_is_refused() -> None:
    with pytest.raises(InvalidRequest) as refused:
        regime("no-datatilsynet", date(2018, 7, 19))
    (error,) = refused.value.errors
    assert error.path == "/regime"
    assert "in force from 2018-07-20, not on 2018-07-19" in error.problem


@pytest.mark.parametrize("name", ["", "fr", "fr-cnil@0", "fr-cnil@1@1", "@1"])
def test_an_unknown_regime_names_those_that_are_known(name: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        regime(name)
    assert refused.value.errors[0].path == "/regime"
    assert "fr-cnil@1" in refused.value.errors[0].problem


def test_norway_refuses_an_urgent_order_after_june_2024() -> None:
    before, after = regime("no-datatilsynet@1").clause, regime("no-datatilsynet@2").clause
    assert before.refusal_of("GDPR art. 66(1)") is None
    refusal = after.refusal_of("GDPR art. 66(1)")
    assert refusal is not None
    assert "PVN-2024-04" in refusal.ref
    assert after.refusal_of("GDPR art. 58(2)(d)") is None


def refusal(**request: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRequest) as refused:
        compute_penalty(DAYS | {"currency": "EUR"} | request)
    return [(error.path, error.problem) for error in refused.value.errors]


@pytest.mark.parametrize(("name", "instead"), [("uk-ico", "penalty notice"), ("ie-dpc", "court confirms")])
def test_a_regime_without_accrual_says_so(name: str, instead: str) -> None:
    [(path, problem)] = refusal(regime=name)
    assert path == "/regime"
    assert "has no penalty that accrues" in problem
    assert instead in problem


def test_germany_has_one_sum_for_each_threat() -> None:
    [(path, problem)] = refusal(regime="de-federal")
    assert path == "/per"
    assert "one sum for each threat (VwVG" in problem
    answer = compute_penalty(DAYS | {"currency": "EUR", "per": "lump_sum", "regime": "de-federal"})
    assert (answer["units"], answer["amount"]) == (1, "100.00")
    [(path, problem)] = refusal(regime="de-federal", per="lump_sum", rate="25000.01")
    assert path == "/rate"
    assert problem.endswith("(VwVG § 11(3)) (unverified)")


def test_the_netherlands_demand_a_cap() -> None:
    [(path, problem)] = refusal(regime="nl-ap")
    assert path == "/cap"
    assert "Awb art. 5:32b(2)" in problem
    assert (
        compute_penalty(DAYS | {"currency": "EUR", "regime": "nl-ap", "cap": {"amount": "500"}})["amount"] == "500.00"
    )
    assert compute_penalty(DAYS | {"currency": "EUR", "regime": "nl-ap", "per": "lump_sum"})["amount"] == "100.00"
    duties = [{"name": "a"}, {"name": "b", "cap": {"units": 3}}]
    paths = [path for path, _ in refusal(regime="nl-ap", scope="per_obligation", obligations=duties)]
    assert paths == ["/cap", "/obligations/1/cap"]


def test_a_limit_in_turnover_is_named_as_not_checked() -> None:
    answer = compute_penalty(DAYS | {"currency": "EUR", "regime": "eu-commission"})
    assert any("5 % of the average daily turnover" in entry["rule"] for entry in answer["explanation"])


def test_a_limit_for_a_day_is_compared_with_months_and_not_with_breaches() -> None:
    fr = {"currency": "EUR", "regime": "fr-cnil"}
    assert refusal(**fr, per="P1M", rate="2800000.01")[0][0] == "/rate"
    compute_penalty(DAYS | fr | {"per": "P1M", "rate": "2800000"})
    answer = compute_penalty(DAYS | fr | {"per": "breach", "breaches": [], "rate": "900000"})
    assert any(
        "for one day is not compared with a rate for a breach" in entry["rule"] for entry in answer["explanation"]
    )


def test_a_limit_is_compared_with_tiers_alone() -> None:
    tiers = [{"units": 3, "rate": "100000"}, {"rate": "5"}]
    request = {name: value for name, value in DAYS.items() if name != "rate"} | {"currency": "EUR", "tiers": tiers}
    assert compute_penalty(request | {"regime": "fr-cnil"})["gross"] == "300035.00"


def test_spanish_days_are_working_days_and_months_are_not() -> None:
    observations = {"regime": "es-aepd", "clock": "observations"}
    assert compute_deadline({"event_on": "2026-03-02", "period": "P10D", **observations})["last_day"] == "2026-03-16"
    assert compute_deadline({"event_on": "2026-03-02", "period": "P1M", **observations})["last_day"] == "2026-04-02"
    answer = compute_penalty(
        {"served_on": "2026-03-02", "compliance_period": "P10D", "regime": "es-aepd", "per": "lump_sum"}
        | {"rate": "100", "currency": "EUR", "assessed_to": "2026-06-30"}
    )
    assert answer["deadline"] == "2026-03-16"


def test_a_british_day_may_count_from_the_event() -> None:
    request = {"event_on": "2026-03-02", "period": "P21D", "regime": "uk-ico", "clock": "observations"}
    answer = compute_deadline(request)
    assert answer["last_day"] == "2026-03-22"
    assert answer["ends_at"] == "2026-03-23T00:00:00Z"


def test_what_a_request_gives_itself_wins_and_is_not_called_unverified() -> None:
    request = {"event_on": "2023-12-18", "period": "P2M", "regime": "fr-cnil", "clock": "compliance"}
    own = compute_deadline(request | {"roll": "next_working_day", "calendar": "FR-57"})
    assert own["last_day"] == "2024-02-19"
    assert "roll (unverified)" not in str(own["explanation"])
    assert "no roll (unverified)" in str(compute_deadline(request)["explanation"])


def test_an_unverified_calendar_is_named_where_it_is_used() -> None:
    request = {"event_on": "2026-03-02", "period": "P1M", "regime": "be-apd", "clock": "appeal"}
    assert "not verified" in compute_deadline(request)["explanation"][-1]["rule"]


def test_hours_under_a_regime_leave_its_rules_for_days_aside() -> None:
    answer = compute_deadline(
        {"event_at": "2026-03-28T12:20", "period": "PT24H", "regime": "fr-cnil", "clock": "appeal", "roll": "none"}
    )
    assert answer["last_instant"] == "2026-03-29T14:00:00+02:00"
    assert "the clock appeal is not applied" in str(answer["explanation"])
    assert "roll is not applied" in str(answer["explanation"])


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('id = "fr-cnil"', 'id = "fr-cnil', "Invalid|Illegal|Expected|Unescaped"),
        ('id = "fr-cnil"\n', "", "id is missing"),
        ("version = 1", 'version = "1"', "version is missing or wrong"),
        ("[debt]", "[debts]", "unknown table"),
        ("[clock.payment]", "[clock.lunch]", "unknown table"),
        ("[who]", "sanction = 5\n[who]", "clause.sanction is unknown"),
        ("[debt]", "[[debt]]", "debt is no table"),
        ("[clock.compliance]", 'colour = { value = 1, ref = "x", verified = true }\n[clock.compliance]', "is unknown"),
        ('calendar = { value = "FR"', 'calendar = { value = "XX"', "a country like FR"),
        ('timezone = { value = "Europe/Paris"', 'timezone = { value = "Paris"', "time zone"),
        ('currency = { value = "EUR"', 'currency = { value = "ECU"', "ISO 4217"),
        ('period = { value = "P15D"', 'period = { value = "P0D"', "a length like"),
        ('per = "P1D" }', 'per = "P1D", x = 1 }', "amount, currency and per"),
        ('amount = "100000"', 'amount = "1e5"', "decimal string"),
        ('"exclude"', '"sometimes"', "one of exclude, include"),
        ("value = [30, 7, 1]", "value = []", "not empty"),
        ("value = [30, 7, 1]", 'value = ["30"]', "of type int"),
        ("franc = { value = true", "franc = { value = 1", "of type bool"),
        (', ref = "CJA art. L4", verified = false', "", "{ value, ref, verified }"),
        ('ref = "CJA art. L4"', 'ref = " "', "ref is the legal source"),
        ('ref = "CJA art. L4", verified = false', 'ref = "CJA art. L4", verified = "no"', "ref is the legal source"),
        ('appeal = { value = "none", ref = "CJA art. L4", verified = false }\n', "", "suspensive.appeal is missing"),
        ("[limitation]", _rates("[]"), "a list that is not empty"),
        ("[limitation]", _rates("[{ from = 2024-01-01 }]"), "a table of from and percent"),
        ("[limitation]", _rates('[{ from = 2024-01-01, percent = "1e3" }]'), "a percent is a decimal string"),
        ("[limitation]", _rates("[{ from = 2024-01-01, percent = 5 }]"), "a percent is a decimal string"),
        ("[limitation]", _rates(f"[{_RATE}, {_RATE}]"), "earliest first"),
    ],
)
def test_a_file_that_is_wrong_refuses_to_load(old: str, new: str, problem: str) -> None:
    assert old in GOOD
    with pytest.raises(RegimeFileError, match=problem):
        load_regime(GOOD.replace(old, new).encode(), "fr-cnil.toml")


def test_a_file_that_is_no_text_refuses_to_load() -> None:
    with pytest.raises(RegimeFileError):
        load_regime(b"\xff", "x.toml")


def test_the_least_a_regime_must_say() -> None:
    leaf = 'ref = "x", verified = true }'
    text = f"""
id = "x"
version = 1
title = "x"
authority = "x"
[general]
valid_from = {{ value = 2020-01-01, {leaf}
timezone = {{ value = "UTC", {leaf}
currency = {{ value = "EUR", {leaf}
calendar = {{ value = "FR", {leaf}
[clock.compliance]
roll = {{ value = "none", {leaf}
[clock.access_request]
period = {{ value = "P1M", {leaf}
extension = {{ value = "P2M", {leaf}
[clause]
accrual = {{ value = "exposure", {leaf}
accrual_stops = {{ value = "evidenced_on", {leaf}
[suspensive]
appeal = {{ value = "none", {leaf}
[debt]
due = {{ value = "service", {leaf}
[ladder]
remind_days_before = {{ value = [1], {leaf}
finality_grace_days = {{ value = 0, {leaf}
"""
    found = load_regime(text.encode(), "x.toml")
    assert found.unverified == ()
    assert set(found.clocks) == {"compliance", "access_request"}


def test_every_unverified_rule_a_result_rests_on_is_named() -> None:
    request = {"event_on": "2022-10-19", "period": "P2M", "regime": "fr-cnil", "clock": "compliance"}
    assert "the clock compliance starts at service (unverified)" in str(compute_deadline(request)["explanation"])
    penalty = {"rate": "1", "currency": "EUR", "per": "P1D", "assessed_to": "2023-02-09", "deadline": "2022-12-19"}
    plain = str(compute_penalty(penalty | {"regime": "fr-cnil"})["explanation"])
    assert "accrual ends" not in plain
    duties = [{"name": "a", "complied_on": "2023-01-10"}]
    said = str(compute_penalty(penalty | {"regime": "fr-cnil", "scope": "whole", "obligations": duties})["explanation"])
    assert "accrual ends with the day of compliance (unverified)" in said
    assert "one penalty covers all obligations together (unverified)" in said


def test_a_verified_rule_needs_no_word() -> None:
    request = {"rate": "1", "currency": "EUR", "per": "P1D", "assessed_to": "2023-02-09", "deadline": "2022-12-19"}
    answer = compute_penalty(request | {"regime": "eu-commission", "complied_on": "2023-01-10"})
    assert "accrual ends" not in str(answer["explanation"])
