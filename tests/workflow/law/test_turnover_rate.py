"""A rate as a share of the average daily turnover: exact for a line, rounded once, limited by the regime."""

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.law.requests_by_hand import PENALTY
from tests.workflow.law.slow_turnover import SlowTurnover, a_request
from workflow.law.explain import explain
from workflow.law.invalid import InvalidRequest
from workflow.law.money import decimal
from workflow.law.penalty import compute_penalty
from workflow.law.regime import regime

SHARE = {"percent": "5", "turnover": "1000000000.00", "days": 365}
RATED: dict[str, Any] = PENALTY | {"rate": SHARE, "assessed_to": "2024-01-10"}


@settings(max_examples=25)
@given(st.integers(0, 2**64))
def test_a_thousand_penalties_agree_with_a_slow_count_over_days(seed: int) -> None:
    random = Random(seed)
    for _ in range(40):
        request = a_request(random)
        answer = compute_penalty(request)
        assert (answer["units"], answer["gross"], answer["amount"]) == SlowTurnover(request).work(), request


def test_a_line_has_the_exact_fraction_beside_what_it_is_rounded() -> None:
    [line] = compute_penalty(RATED)["lines"]
    assert line == {
        **{"from": "2024-01-01", "to": "2024-01-10", "units": 10, "why": "not met"},
        **{"rate": "10000000/73", "rate_rounded": "136986.30", "amount": "1369863.01"},
    }


def test_a_share_that_is_a_whole_sum_is_written_as_one() -> None:
    whole = {"percent": "5", "turnover": "36500", "days": 365}
    [line] = compute_penalty(RATED | {"rate": whole})["lines"]
    assert (line["rate"], line["rate_rounded"], line["amount"]) == ("5", "5.00", "50.00")


def test_each_line_is_rounded_once() -> None:
    """Three days of EUR 0.01/3 in two lines: two thirds of a cent make one, one third makes none."""
    tiny = {"percent": "100", "turnover": "0.01", "days": 3}
    cut = RATED | {"rate": tiny, "suspensions": [{"from": "2024-01-03", "to": "2024-01-03"}]}
    lines = compute_penalty(cut | {"assessed_to": "2024-01-04"})["lines"]
    assert [(line["units"], line["amount"]) for line in lines] == [(2, "0.01"), (1, "0.00")]


def test_a_statement_says_the_share_in_words() -> None:
    said = explain(compute_penalty(RATED), RATED)
    assert (
        "One day costs 5 % of the average daily turnover: EUR 1,000,000,000.00 in 365 days, exactly EUR 10000000/73."
        in said
    )
    assert "ten days at about EUR 136,986.30 make EUR 1,369,863.01." in said


@pytest.mark.parametrize(("percent", "refused"), [("4.999999", False), ("5", False), ("5.000001", True)])
def test_a_regime_limits_the_share(percent: str, refused: bool) -> None:
    request = RATED | {"regime": "eu-commission", "rate": SHARE | {"percent": percent}}
    if not refused:
        rules = [entry["rule"] for entry in compute_penalty(request)["explanation"]]
        assert "the rate is not above the limit of 5 % of the average daily turnover" in rules
        assert not any("is not checked" in rule for rule in rules)
        return
    with pytest.raises(InvalidRequest) as wrong:
        compute_penalty(request)
    [error] = wrong.value.errors
    assert error.path == "/rate/percent"
    assert error.problem == (
        "above the limit of eu-commission@1, 5 % of the average daily turnover (Reg. 1/2003 art. 24(1))"
    )


@pytest.mark.parametrize(("turnover", "refused"), [("730000000", False), ("730000001", True)])
def test_a_limit_in_money_is_compared_with_the_exact_share(turnover: str, refused: bool) -> None:
    request = RATED | {"regime": "fr-cnil", "rate": {"percent": "5", "turnover": turnover, "days": 365}}
    if refused:
        with pytest.raises(InvalidRequest, match="above the limit"):
            compute_penalty(request)
    else:
        assert compute_penalty(request)["amount"] == "1000000.00"


def test_a_sum_is_not_compared_with_a_share() -> None:
    rules = [each["rule"] for each in compute_penalty(PENALTY | {"regime": "eu-commission"})["explanation"]]
    assert any(rule.startswith("the limit of the rate is not checked: 5 %") for rule in rules)


def test_an_unverified_limit_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    found = regime("eu-commission")
    cited = dict(found.clause.cited)
    cited["max_rate_percent"] = replace(cited["max_rate_percent"], verified=False)
    changed = replace(found, clause=replace(found.clause, cited=cited))
    monkeypatch.setattr("workflow.law.rules_request.regime", lambda name, on: changed)
    rules = [each["rule"] for each in compute_penalty(RATED | {"regime": "eu-commission"})["explanation"]]
    assert "the rate is not above the limit of 5 % of the average daily turnover (unverified)" in rules


@pytest.mark.parametrize(
    ("number", "written"),
    [(Fraction(5), "5"), (Fraction(17, 4), "4.25"), (Fraction(1, 10**6), "0.000001"), (Fraction(1, 3), "1/3")],
)
def test_a_number_of_per_cent_is_written_exactly(number: Fraction, written: str) -> None:
    assert decimal(number) == written
