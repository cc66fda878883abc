"""The public calculators: a date or a sum without a case. One request gives one answer, a list gives a list."""

from collections.abc import Callable, Mapping
from math import inf
from time import perf_counter
from typing import Any

from workflow.law.interest import compute_interest
from workflow.law.invalid import InvalidRequest, invalid
from workflow.law.penalty import compute_penalty
from workflow.law.period import compute_deadline
from workflow.law.readings import compute_readings

Calculator = Callable[[Mapping[str, Any]], dict[str, Any]]

MOST_REQUESTS = 1_000
MOST_GROWN_READINGS = 16
"""Readings of a rate that grows are computed unit by unit, each of them."""

BUDGET_SECONDS = 5.0
"""After so long the rest of a list is refused: anybody may ask, and others wait."""


def _readings(request: Mapping[str, Any]) -> dict[str, Any]:
    grows = isinstance(request, Mapping) and "growth" in request
    return compute_readings(request, MOST_GROWN_READINGS) if grows else compute_readings(request)


CALCULATORS: dict[str, Calculator] = {
    "deadline": compute_deadline,
    "penalty": compute_penalty,
    "interest": compute_interest,
    "readings": _readings,
}
"""Each calculator by its name in paths and on the command line."""


def calculate(
    name: str, request: Any, refuse: Callable[[InvalidRequest], dict[str, Any]], *, alone: bool = False
) -> Any:
    """Compute a request, or each of a list; a bad one of a list is what `refuse` makes of it, in its place.

    InvalidRequest for a bad single request, and for a list that is too long. What a list has not got to in five
    seconds is refused in its place. Whoever computes `alone`, on a machine of their own, has neither limit.
    """
    compute = CALCULATORS[name]
    if not isinstance(request, list):
        return compute(request)
    if len(request) > MOST_REQUESTS and not alone:
        raise invalid("", f"at most {MOST_REQUESTS} requests at once, not {len(request)}; split the list")
    until = inf if alone else perf_counter() + BUDGET_SECONDS
    return [_in_place(compute, each, refuse, until) for each in request]


def _in_place(
    compute: Calculator, request: Any, refuse: Callable[[InvalidRequest], dict[str, Any]], until: float
) -> dict[str, Any]:
    try:
        if perf_counter() > until:
            raise invalid("", f"the list took over {BUDGET_SECONDS:.0f} seconds to get here; ask for this one again")
        return compute(request)
    except InvalidRequest as wrong:
        return refuse(wrong)
