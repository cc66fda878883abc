"""The statement of one debt: a tariff, caps and fixed slices laid over the units of a grid, line by line.

Lines are runs of units at one rate; what was fixed before is listed with nothing to pay, and still counts for
ordinals and caps, so that slices always sum to the whole. A rate that is a fraction is multiplied by the units of its
line and rounded once: slices of such a rate may differ from the whole by one minor unit a line.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from workflow.law.grid import Grid
from workflow.law.intervals import Days, contains
from workflow.law.invalid import InvalidRequest, MemberError, invalid
from workflow.law.money import LARGEST_SUM
from workflow.law.terms import Cap, Price, Tariff

MOST_GROWN_UNITS = 20_000
_MOST_GROWN_DIGITS = 250_000

FIXED_BEFORE = "fixed before"
LEFT_UNDER_CAP = "what is left under the cap"


@dataclass(slots=True)
class Line:
    """So many units in a row at one rate; days are None for a lump sum without dates."""

    first: int | None
    last: int | None
    units: int
    rate: Price
    amount: int
    why: str


@dataclass(slots=True)
class Statement:
    """Lines, their units and sum; `capped` names the limit at which units stopped."""

    lines: list[Line]
    units: int
    gross: int
    capped: str | None = None


def state(grid: Grid, tariff: Tariff, cap: Cap, fixed: Days, at: str, why: str) -> Statement:
    """Lay a tariff over a grid.

    InvalidRequest at `at` when a sum passes 64 bits, and when units grow beyond what can be computed.
    """
    made = Statement([], 0, 0)
    limit = grid.count
    if cap.units is not None and cap.units < limit:
        limit, made.capped = cap.units, "units"
    running = 0
    growth = None if tariff.growth is None else _Growth(tariff.growth, limit)
    for first, after, is_fixed in _runs(grid, fixed, tariff, limit):
        for unit, until, rate in _priced(grid, tariff, growth, (first, after)):
            units, left = until - unit, 0
            amount = priced(rate, units)
            if cap.amount is not None and running + amount > cap.amount:
                units, left = _under_cap(cap.amount - running, rate)
                amount = priced(rate, units)
                made.capped = "amount"
            total = running + amount + left
            if total > LARGEST_SUM:
                raise _beyond(unit + (LARGEST_SUM - running) // rate + 1, at, tariff)
            running = total
            if units:
                _add(made, grid, unit, unit + units, rate, amount, is_fixed, why)
            if left:
                _add(made, grid, unit + units, unit + units + 1, rate, left, is_fixed, f"{why}: {LEFT_UNDER_CAP}")
            if cap.amount is not None and running >= cap.amount and unit + units + bool(left) < grid.count:
                made.capped = "amount"
                return made
    return made


def _beyond(unit: int, at: str, tariff: Tariff) -> InvalidRequest:
    problem = f"unit {unit} takes the sum beyond {LARGEST_SUM} minor units; lower or cap it"
    places = (at, "/growth") if tariff.growth is not None else (at,)
    return InvalidRequest(*(MemberError(place, problem) for place in places))


def _under_cap(room: int, rate: Price) -> tuple[int, int]:
    """Give how many units fit under what is left of a cap, and what the next one is billed for."""
    if isinstance(rate, int):
        return divmod(room, rate)
    # The most units whose product is rounded to `room` or less: below half a minor unit above it.
    units = -(-(room + Fraction(1, 2)) // rate) - 1
    return units, room - priced(rate, units)


def _add(
    made: Statement, grid: Grid, first: int, after: int, rate: Price, amount: int, is_fixed: bool, why: str
) -> None:
    line = Line(grid.first(first), grid.last(after - 1), after - first, rate, amount, why)
    if is_fixed:
        line.amount, line.why = 0, FIXED_BEFORE
    else:
        made.units += line.units
        made.gross += amount
    made.lines.append(line)


def _runs(grid: Grid, fixed: Days, tariff: Tariff, limit: int) -> Iterator[tuple[int, int, bool]]:
    """Cut the units where a line ends: at gaps, changes of rate, and the edges of fixed slices."""
    cuts = {limit, *grid.breaks()}
    cuts.update(grid.beginning_from(change.day) for change in tariff.changes)
    passed = 0
    for units, _ in tariff.tiers:
        passed += units or 0
        cuts.add(passed)
    for first, last in fixed:
        cuts.add(grid.belonging_from(first))
        cuts.add(grid.belonging_from(last + 1))
    begin = 0
    for cut in sorted(cut for cut in cuts if 0 < cut <= limit):
        yield begin, cut, contains(fixed, grid.belongs(begin))
        begin = cut


class _Growth:
    """The factor to the power of each unit's number, in exact fractions; units are asked for in order."""

    __slots__ = ("_bottom", "_factor", "_top", "_unit")

    def __init__(self, factor: Fraction, units: int) -> None:
        digits = len(str(max(factor.numerator, factor.denominator)))
        if units > MOST_GROWN_UNITS or units * digits > _MOST_GROWN_DIGITS:
            raise invalid("/growth", f"too many units to grow one by one ({units}): cap the units or the sum")
        self._factor = factor
        self._top = self._bottom = 1
        self._unit = 0

    def price(self, rate: int, unit: int) -> int:
        """Give what a unit costs, rounded half up."""
        for _ in range(unit - self._unit):
            self._top *= self._factor.numerator
            self._bottom *= self._factor.denominator
        self._unit = unit
        return rounded(rate * self._top, self._bottom)


def _priced(
    grid: Grid, tariff: Tariff, growth: _Growth | None, run: tuple[int, int]
) -> Iterator[tuple[int, int, Price]]:
    """Give the rate of a run of units; with growth every unit is a run of its own."""
    rate = _rate(grid, tariff, run[0])
    if growth is None:
        yield *run, rate
        return
    assert isinstance(rate, int)  # a share of turnover beside growth was refused when it was read
    for unit in range(*run):
        yield unit, unit + 1, growth.price(rate, unit)


def _rate(grid: Grid, tariff: Tariff, k: int) -> Price:
    passed = 0
    for units, rate in tariff.tiers:
        passed += units or 0
        if units is None or k < passed:
            return rate
    day = grid.first(k) if tariff.changes else 0
    n = bisect_right(tariff.changes, day, key=lambda change: change.day)
    rate_now = tariff.changes[n - 1].rate if n else tariff.rate
    # A request in which a unit may have no rate was refused when it was read.
    assert rate_now is not None
    return rate_now


def priced(rate: Price, units: int) -> int:
    """Give what so many units cost; of a fraction rounded half up, once."""
    if isinstance(rate, int):
        return rate * units
    return rounded(rate.numerator * units, rate.denominator)


def rounded(top: int, bottom: int) -> int:
    """Round a fraction above or at zero half up to a whole number."""
    return (2 * top + bottom) // (2 * bottom)


def share(amount: int, fraction: Fraction) -> int:
    """Give a fraction of a sum, rounded half up."""
    return rounded(amount * fraction.numerator, fraction.denominator)
