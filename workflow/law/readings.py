"""Readings: one request with alternatives for disputed facts, computed in every combination, side by side."""

from collections.abc import Mapping
from itertools import product
from typing import Any

from workflow.law.invalid import InvalidRequest, MemberError, invalid
from workflow.law.members import shown
from workflow.law.penalty import compute_penalty
from workflow.law.period import compute_deadline
from workflow.law.turnover_request import is_share

MOST_READINGS = 256

# Members that are lists in any request: a list there is no alternative.
_LISTS = frozenset(
    {
        *("breaches", "rate_changes", "tiers", "suspensions", "excused", "already_liquidated", "obligations"),
        *("addressees", "extra_holidays"),
    }
)
_OF_A_DEADLINE = ("period", "event_on", "event_at")
_SHOWN = ("last_day", "last_instant", "ends_at", "accrual_from", "units", "gross", "amount")


def compute_readings(request: Mapping[str, Any], most: int = MOST_READINGS) -> dict[str, Any]:
    """Compute a request in every reading of its disputed facts.

    A member that is a list where the calculators take one value holds the alternatives, like
    `{"served_on": ["2022-10-18", "2022-10-19"]}`. A request with `period`, `event_on` or `event_at` is a deadline, any
    other a penalty. The answer holds `disputed`, the members with alternatives, and `readings`: for each combination
    what was `given`, the last day, the first late day, the units and the sums.

    InvalidRequest names a wrong alternative by its place (`/served_on/1`), and more than `most` combinations.
    """
    if not isinstance(request, Mapping):
        raise invalid("", f"an object, not {shown(request)}")
    disputed = {
        str(name): list(value)
        for name, value in request.items()
        if isinstance(value, list | tuple) and name not in _LISTS
    }
    _refuse_shares(request.get("rate"))
    combinations = 1
    for name, alternatives in disputed.items():
        combinations *= len(alternatives)
        if not alternatives:
            raise invalid(f"/{name}", "no alternatives: give at least one value")
    if combinations > most:
        raise invalid("", f"{combinations} readings; at most {most}: dispute fewer facts at once")
    is_deadline = any(name in request for name in _OF_A_DEADLINE)
    errors: dict[MemberError, None] = {}
    readings: list[dict[str, Any]] = []
    for places in product(*(range(len(alternatives)) for alternatives in disputed.values())):
        chosen = dict(zip(disputed, places, strict=True))
        given = {name: disputed[name][place] for name, place in chosen.items()}
        try:
            readings.append(_reading({**request, **given}, given, is_deadline))
        except InvalidRequest as wrong:
            errors |= {MemberError(_placed(error.path, chosen), error.problem): None for error in wrong.errors}
    if errors:
        raise InvalidRequest(*errors)
    return {"disputed": list(disputed), "readings": readings}


def _refuse_shares(rate: Any) -> None:
    """Refuse a rate that is a share of turnover: its fraction has no place beside sums."""
    for at, each in (
        [(f"/rate/{n}", each) for n, each in enumerate(rate)] if isinstance(rate, list | tuple) else [("/rate", rate)]
    ):
        if is_share(each):
            raise invalid(at, "a share of turnover has no readings: compute each penalty by itself, or give a sum")


def _reading(request: Mapping[str, Any], given: dict[str, Any], is_deadline: bool) -> dict[str, Any]:
    answer = compute_deadline(request) if is_deadline else compute_penalty(request)
    last_day = answer.get("deadline", request.get("deadline"))
    first_late = request.get("accrual_from")
    known = {"last_day": last_day, "accrual_from": first_late} | answer
    return {"given": given, **{name: known[name] for name in _SHOWN if known.get(name) is not None}}


def _placed(path: str, chosen: Mapping[str, int]) -> str:
    """Add to the path of a wrong member which of its alternatives was wrong."""
    _, name, *rest = [*path.split("/"), ""]
    return f"/{name}/{chosen[name]}" + "".join(f"/{part}" for part in rest if part) if name in chosen else path
