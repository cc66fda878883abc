"""The days of a debt with one rate and one unpaid sum, and the interest they come to."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from workflow.law.duration import MONTHS_IN_YEAR, add_months
from workflow.law.interest_terms import InterestTerms
from workflow.law.invalid import invalid
from workflow.law.money import LARGEST_SUM
from workflow.law.statement import rounded

_DAY = timedelta(days=1)


class Run(NamedTuple):
    """First and last day, what is unpaid in minor units, and the yearly rate in per cent."""

    first: date
    last: date
    unpaid: int
    percent: Fraction

    @property
    def days(self) -> int:
        """The number of days, both ends included."""
        return (self.last - self.first).days + 1


class _Year(NamedTuple):
    """A year of a debt, counted from the first day of interest, and its principal with the interest added so far.

    `interest` is that of the full year, rounded; None for the days after the last full year.
    """

    first: date
    last: date
    principal: int
    interest: int | None


class Reckoning:
    """The interest of one debt; without compounding all of its days are as one year that is never full."""

    def __init__(self, terms: InterestTerms) -> None:
        self._terms = terms
        self._paid_on = [day for day, _ in terms.payments]
        self._paid = [0, *accumulate(minor for _, minor in terms.payments)]
        self._rated_on = [day for day, _ in terms.rates]
        years = range(terms.begins.year + 1, terms.last.year + 1)
        new_years = () if terms.year_of_365 else (date(year, 1, 1) for year in years)
        self._turns = sorted({*new_years, *self._paid_on, *self._rated_on})
        self._years = list(self._counted())

    def total(self, until: date) -> int:
        """Give the interest from the first day to a day: of each full year, and of the rest, each rounded once."""
        whole = 0
        for year in self._years:
            if year.interest is None or year.last > until:
                return whole + self._sum(year.first, min(year.last, until), year.principal)
            whole += year.interest
            if year.last == until:
                break
        return whole

    def runs(self, first: date, last: date) -> Iterator[Run]:
        """Give the runs between two days; none for days on which all is paid."""
        for year in self._years:
            if year.first <= last and first <= year.last:
                yield from self._runs(max(first, year.first), min(last, year.last), year.principal)

    def exact(self, run: Run) -> Fraction:
        """Give the interest of a run in minor units; where days are rounded, that of a day times the days."""
        in_year = 365
        if not self._terms.year_of_365 and run.first.year < date.max.year:
            in_year = (date(run.first.year + 1, 1, 1) - date(run.first.year, 1, 1)).days
        day = run.unpaid * run.percent / (100 * in_year)
        if self._terms.round_daily:
            return Fraction(rounded(day.numerator, day.denominator) * run.days)
        return day * run.days

    def _counted(self) -> Iterator[_Year]:
        terms, principal, first, k = self._terms, self._terms.principal, self._terms.begins, 0
        while terms.compounds:
            k += 1
            try:
                after = add_months(terms.begins, k * MONTHS_IN_YEAR)
            except OverflowError:
                break
            if after - _DAY > terms.last:
                break
            interest = self._sum(first, after - _DAY, principal)
            yield _Year(first, after - _DAY, principal, interest)
            principal, first = principal + interest, after
            if principal > LARGEST_SUM:
                raise invalid("/to", f"the sum passes {LARGEST_SUM} minor units on {after}: an earlier day")
        if first <= terms.last:
            yield _Year(first, terms.last, principal, None)

    def _sum(self, first: date, last: date, principal: int) -> int:
        exact = sum(map(self.exact, self._runs(first, last, principal)), Fraction(0))
        return rounded(exact.numerator, exact.denominator)

    def _runs(self, first: date, last: date, principal: int) -> Iterator[Run]:
        inside = self._turns[bisect_right(self._turns, first) : bisect_right(self._turns, last)]
        ends = [*(turn - _DAY for turn in inside), last]
        for begins, ends_on in zip([first, *inside], ends, strict=True):
            unpaid = principal - self._paid[bisect_right(self._paid_on, begins)]
            if unpaid > 0:
                percent = self._terms.rates[bisect_right(self._rated_on, begins) - 1][1]
                yield Run(begins, ends_on, unpaid, percent)
