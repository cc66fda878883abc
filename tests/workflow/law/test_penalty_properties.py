"""What is true of every penalty, whatever the request; and a second calculator that agrees."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.law.requests import FIRST, SPAN, near, penalties
from tests.workflow.law.slow_penalty import Slow, cents
from workflow.law.penalty import compute_penalty

quick = settings(max_examples=200)


@settings(max_examples=600)
@given(penalties())
def test_a_slow_calculator_agrees(request: dict[str, Any]) -> None:
    answer = compute_penalty(request)
    assert (answer["units"], answer["gross"], answer["amount"]) == Slow(request).work()


@quick
@given(penalties())
def test_the_lines_sum_to_gross_and_with_the_reduction_to_the_amount(request: dict[str, Any]) -> None:
    answer = compute_penalty(request)
    reduced = [line for line in answer["lines"] if line["why"].startswith("reduction")]
    lines = [line for line in answer["lines"] if line not in reduced]
    assert sum(cents(line["amount"]) for line in lines) == cents(answer["gross"])
    assert sum(cents(line["amount"]) for line in answer["lines"]) == cents(answer["amount"])
    assert cents(answer["amount"]) <= cents(answer["gross"])
    for by in ("by_addressee", "by_obligation"):
        if by in answer:
            assert sum(cents(party["gross"]) for party in answer[by]) == cents(answer["gross"])
            assert sum(cents(party["amount"]) for party in answer[by]) == cents(answer["amount"])


@quick
@given(penalties(simple=True))
def test_no_date_is_billed_twice_nor_one_that_is_suspended(request: dict[str, Any]) -> None:
    if request["per"] != "P1D":
        request["per"] = "P1D"
        request.pop("breaches", None)
    seen: set[date] = set()
    suspended = {day for span in request["suspensions"] + request["excused"] for day in _days(span)}
    for line in compute_penalty(request)["lines"]:
        days = _days(line)
        assert len(days) == line["units"]
        assert not days & seen
        assert not days & suspended
        seen |= days


@quick
@given(penalties(simple=True), st.integers(0, SPAN), st.integers(0, SPAN))
def test_adjoining_slices_sum_to_the_whole(request: dict[str, Any], one: int, two: int) -> None:
    whole = request | {"already_liquidated": []}
    last = date.fromisoformat(whole["assessed_to"])
    cuts = sorted({min(FIRST + timedelta(days=n), last) for n in (one, two)} | {last})
    total = units = 0
    fixed: list[dict[str, str]] = []
    begin = FIRST
    for cut in cuts:
        answer = compute_penalty(whole | {"assessed_to": cut.isoformat(), "already_liquidated": fixed})
        total += cents(answer["gross"])
        units += answer["units"]
        fixed = [*fixed, {"from": begin.isoformat(), "to": cut.isoformat()}]
        begin = cut + timedelta(days=1)
    # A lump sum or a started unit is billed when it begins, a completed one when it ends: either way once.
    assert total == cents(compute_penalty(whole)["gross"])
    assert units == compute_penalty(whole)["units"]


@quick
@given(penalties(simple=True))
def test_never_above_the_cap_nor_beyond_its_units(request: dict[str, Any]) -> None:
    cap = request.get("cap", {})
    answer = compute_penalty(request)
    if "amount" in cap:
        assert cents(answer["gross"]) <= cents(cap["amount"])
    if "units" in cap:
        assert answer["units"] <= cap["units"]


@quick
@given(penalties(simple=True), near)
def test_a_later_end_never_lowers_the_sum(request: dict[str, Any], other: str) -> None:
    early, late = sorted([request["assessed_to"], other])
    sums = [compute_penalty(request | {"assessed_to": day})["gross"] for day in (early, late)]
    assert cents(sums[0]) <= cents(sums[1])


@quick
@given(penalties())
def test_the_union_is_never_above_the_sum_of_the_obligations(request: dict[str, Any]) -> None:
    if request.get("scope") != "whole" or request["per"] not in ("P1D", "lump_sum") or "cap" in request:
        return
    for name in ("tiers", "growth", "addressees", "liability", "reduction"):
        request.pop(name, None)
    request["rate"] = "100"
    each = compute_penalty(request | {"scope": "per_obligation"})
    assert cents(compute_penalty(request)["gross"]) <= cents(each["gross"])


def _days(span: dict[str, Any]) -> set[date]:
    first, last = date.fromisoformat(span["from"]), date.fromisoformat(span["to"])
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}
