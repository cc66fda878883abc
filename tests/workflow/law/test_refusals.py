"""Every member out of place, of the wrong type or contradictory is refused with its path and the way out."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.law.bad_deadlines import DEADLINES
from tests.workflow.law.bad_penalties import PENALTIES
from tests.workflow.law.requests_by_hand import DEADLINE, HOURS, LUMP, PENALTY, SERVED, Request
from workflow.law.invalid import InvalidRequest
from workflow.law.penalty import compute_penalty
from workflow.law.period import compute_deadline

REFUSED = [(compute_deadline, *case) for case in DEADLINES] + [(compute_penalty, *case) for case in PENALTIES]


@pytest.mark.parametrize(
    ("compute", "request_", "path"),
    [(case[0], case[2], case[3]) for case in REFUSED],
    ids=[case[1] for case in REFUSED],
)
def test_refused_at_its_path(compute: Callable[[Any], Any], request_: Any, path: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        compute(request_)
    errors = refused.value.errors
    assert path in [error.path for error in errors], errors
    assert all(len(error.problem) > 5 for error in errors)
    assert str(refused.value)


def test_everything_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(InvalidRequest) as refused:
        compute_penalty({"accrual_from": 0, "rate": "x", "currency": "ECU", "per": "P", "asessed_to": "2024-01-31"})
    found = {error.path: error.problem for error in refused.value.errors}
    assert set(found) == {"/accrual_from", "/rate", "/currency", "/per", "/asessed_to", "/assessed_to"}
    assert found["/asessed_to"] == "unknown member; did you mean assessed_to?"
    assert found["/accrual_from"] == "a date like 2022-12-20, not the number 0"


@pytest.mark.parametrize("request_", [3, None, "x", [PENALTY]])
def test_of_what_is_no_object_nothing_more_is_said(request_: Any) -> None:
    with pytest.raises(InvalidRequest) as refused:
        compute_penalty(request_)
    assert [error.path for error in refused.value.errors] == [""]


def test_what_is_wrong_is_named_once() -> None:
    with pytest.raises(InvalidRequest) as refused:
        compute_penalty(SERVED | {"served_on": 0})
    assert [error.path for error in refused.value.errors] == ["/served_on"]


@pytest.mark.parametrize("value", [True, False, float("nan"), 10**30, (), {}, b"x", "x" * 100])
def test_a_wrong_value_is_shown_briefly(value: Any) -> None:
    with pytest.raises(InvalidRequest) as refused:
        compute_deadline(DEADLINE | {"event_on": value})
    assert len(refused.value.errors[0].problem) < 100


def test_names_that_are_no_texts_are_unknown_too() -> None:
    strange: dict[Any, Any] = {**DEADLINE, 5: 1}
    with pytest.raises(InvalidRequest) as refused:
        compute_deadline(strange)
    assert refused.value.errors[0].path == "/5"


words = st.sampled_from(
    [
        *(value for request in (DEADLINE, HOURS, PENALTY) for value in request.values()),
        *("P1W", "lump_sum", "breach", "fr-cnil", "appeal", "FR", "EU", "whole", "several", "joint", "per_obligation"),
        *("started", "next_working_day", "include", "working", "1/2", "2"),
    ]
)
plain = st.one_of(st.none(), st.booleans(), st.integers(-3, 40), st.floats(), st.text(max_size=5))
scalars = st.one_of(plain, words, words, words)
names = st.sampled_from(
    [
        *sorted({*DEADLINE, *HOURS, *PENALTY, *SERVED}),
        *("deadline", "extended_to", "complied_on", "regime", "clock", "roll", "calendar", "first_day", "day_kind"),
        *("franc", "distance_months", "min_working_days", "extra_holidays", "until", "tiers", "growth", "factor"),
        *("cap", "amount", "units", "suspensions", "excused", "already_liquidated", "from", "to", "reason", "name"),
        *("obligations", "scope", "met", "unmet", "count", "addressees", "liability", "reduction", "fraction"),
        *("waived", "breaches", "partial_unit", "compliance_day_counts", "rate_changes"),
    ]
)
anything = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=6)),
    max_leaves=12,
)
bases: st.SearchStrategy[Request] = st.sampled_from([{}, DEADLINE, HOURS, PENALTY, SERVED, LUMP])


@settings(max_examples=400)
@given(bases, st.one_of(anything, st.dictionaries(names, anything, max_size=5)))
def test_any_json_is_computed_or_refused(base: Request, json_value: Any) -> None:
    request = {**base, **json_value} if isinstance(json_value, dict) else json_value
    for compute in (compute_deadline, compute_penalty):
        assert all(path == "" or path.startswith("/") for path in _answer(compute, request))


def _answer(compute: Callable[[Any], Any], request: Any) -> list[str]:
    """Give the paths of the refusal, none when the answer is JSON."""
    try:
        json.dumps(compute(request))
    except InvalidRequest as refused:
        return [error.path for error in refused.errors]
    return []
