"""The public calculators: a date or a sum without a case. One request gives one answer, a list gives a list."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.law.invalid import InvalidRequest, invalid
from workflow.law.penalty import compute_penalty
from workflow.law.period import compute_deadline
from workflow.law.readings import compute_readings

Calculator = Callable[[Mapping[str, Any]], dict[str, Any]]

CALCULATORS: dict[str, Calculator] = {
    "deadline": compute_deadline,
    "penalty": compute_penalty,
    "readings": compute_readings,
}
"""Each calculator by its name in paths and on the command line."""

MOST_REQUESTS = 1_000


def calculate(name: str, request: Any, refuse: Callable[[InvalidRequest], dict[str, Any]]) -> Any:
    """Compute a request, or each of a list; a bad one of a list is what `refuse` makes of it, in its place.

    InvalidRequest for a bad single request, and for a list that is too long.
    """
    compute = CALCULATORS[name]
    if not isinstance(request, list):
        return compute(request)
    if len(request) > MOST_REQUESTS:
        raise invalid("", f"at most {MOST_REQUESTS} requests at once, not {len(request)}; split the list")
    return [_in_place(compute, each, refuse) for each in request]


def _in_place(compute: Calculator, request: Any, refuse: Callable[[InvalidRequest], dict[str, Any]]) -> dict[str, Any]:
    try:
        return compute(request)
    except InvalidRequest as wrong:
        return refuse(wrong)
