"""Receipts: a computation with all it rests on, so that anybody can repeat it from the receipt alone.

A receipt is JSON: `request`, `regime` (pinned), `regime_sha256` (of the regime's file), `result`, and `sha256`, the
digest of the canonical JSON (UTF-8, keys sorted, no spaces) of the other four.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from workflow.law.calendar_words import PASSED
from workflow.law.explanation import UNVERIFIED
from workflow.law.interest import compute_interest
from workflow.law.invalid import InvalidRequest
from workflow.law.penalty import compute_penalty
from workflow.law.period import compute_deadline
from workflow.law.regime import Regime, regime

_MEMBERS = ("request", "regime", "regime_sha256", "result")
_ALL = (*_MEMBERS, "sha256")
_SHOWN = 200
_NOTHING = object()
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False)
_RELEASE = re.compile(r", holidays [0-9.]+(?=[),;])")
_PASSED = re.compile(rf'{PASSED}[^"]*?(?=\)(?:{re.escape(UNVERIFIED)})?")')


def receipt(request: Mapping[str, Any], rules: Regime) -> Mapping[str, Any]:
    """Compute a deadline (a request with `period`), interest (with `principal`) or a penalty under a regime.

    The calculators are pure, so equal requests share one receipt, which nobody may change: in a sweep, orders served
    on one day under the same terms are many. InvalidRequest as the calculators raise it.
    """
    return _receipt(_CANONICAL.encode(request), rules.pin)


def clock_receipt(
    rules: Regime, clock: str, day: date, period: str | None = None, **more: str | int | bool | None
) -> Mapping[str, Any]:
    """The receipt of the last day under a clock of a regime that starts on a day.

    `period` is the clock's own where none is given. `more` are further members of a deadline request, like `roll`;
    those that are None are left out. KeyError when the regime has no such clock, InvalidRequest when there is no
    period at all.
    """
    request = {
        "event_on": day.isoformat(),
        "period": rules.clocks[clock].period if period is None else period,
        "regime": rules.pin,
        "clock": clock,
        "timezone": rules.timezone,
    }
    return receipt(request | {name: value for name, value in more.items() if value is not None}, rules)


def check_receipt(held: Any) -> list[str]:
    """Recompute a receipt; the sentences say what does not agree, none when everything does.

    A result computed with another release of the calendars agrees when its dates and sums do.
    """
    return list(_faults(held))


def is_receipt(value: Any) -> bool:
    """Whether this is a JSON object meant as a receipt: one that lacks a single member was changed, and is none."""
    return isinstance(value, Mapping) and sum(name in value for name in _ALL) >= len(_ALL) - 1


@lru_cache(maxsize=1024)
def _receipt(request: str, pin: str) -> Mapping[str, Any]:
    asked = json.loads(request)
    made = {"request": asked, "regime": pin, "regime_sha256": regime(pin).sha256, "result": _compute(asked)}
    return made | {"sha256": _digest(made)}


def _compute(request: Mapping[str, Any]) -> dict[str, Any]:
    if "principal" in request:
        return compute_interest(request)
    return compute_deadline(request) if "period" in request else compute_penalty(request)


def _faults(held: Any) -> Iterator[str]:
    if not isinstance(held, Mapping) or set(held) != set(_ALL):
        yield f"a receipt is an object with the members {', '.join(_MEMBERS)} and sha256, and no others"
        return
    if held["sha256"] != _digest({name: held[name] for name in _MEMBERS}):
        yield "its digest is not that of its contents: something in it was changed"
    request, result = held["request"], held["result"]
    if not isinstance(request, Mapping) or not isinstance(result, Mapping):
        yield "request and result are objects"
        return
    try:
        rules = regime(str(held["regime"]))
        again = _compute(request)
    except InvalidRequest as invalid:
        yield f"it cannot be computed again: {invalid}"
        return
    if rules.pin != held["regime"] or request.get("regime", rules.pin) != rules.pin:
        yield f"it rests on {held['regime']}, its request on {request.get('regime', rules.pin)}; both name one version"
    if rules.sha256 != held["regime_sha256"]:
        yield f"this release holds another text of {rules.pin} than the one it rests on"
    yield from _differences(*_whatever_release(result, again), "")


def _whatever_release(held: Mapping[str, Any], again: Mapping[str, Any]) -> tuple[Any, Any]:
    """Two results without the release of the calendars and its names of holidays, where they rest on different ones."""
    results = held, again
    steps = [_CANONICAL.encode(result.get("explanation")) for result in results]
    if _RELEASE.findall(steps[0]) == _RELEASE.findall(steps[1]):
        return results
    one, other = (json.loads(_PASSED.sub("", _RELEASE.sub("", each))) for each in steps)
    return {**held, "explanation": one}, {**again, "explanation": other}


def _differences(held: Any, again: Any, place: str) -> Iterator[str]:
    if isinstance(held, Mapping) and isinstance(again, Mapping):
        for name in sorted({*held, *again}):
            yield from _differences(
                held.get(name, _NOTHING), again.get(name, _NOTHING), f"{place}/{name}" if place else name
            )
    elif isinstance(held, list) and isinstance(again, list) and len(held) == len(again):
        for n, (one, other) in enumerate(zip(held, again, strict=True)):
            yield from _differences(one, other, f"{place}/{n}")
    elif type(held) is not type(again) or held != again:
        yield f"{place} is {_briefly(held)} in it, {_briefly(again)} when computed again"


def _briefly(value: Any) -> str:
    text = "nothing" if value is _NOTHING else repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _digest(value: Any) -> str:
    # Half a character, which a changed receipt may hold, is a change and no reason to stop.
    return sha256(_CANONICAL.encode(value).encode("utf-8", "surrogatepass")).hexdigest()
