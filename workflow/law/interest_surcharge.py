"""A surcharge in place of interest: a part of what is unpaid for each completed period since the debt was due.

Source: L. 689/1981 art. 27(6), a tenth for each half-year. Period k runs from the first day plus k-1 periods to the eve
of the first day plus k periods, each computed in one step.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from workflow.law.duration import add_months
from workflow.law.explanation import REQUEST, entry
from workflow.law.interest_terms import InterestTerms
from workflow.law.invalid import invalid
from workflow.law.statement import rounded

_DAY = timedelta(days=1)
MOST_PERIODS = 10_000


class Charge(NamedTuple):
    """One completed period, both days included, and what was unpaid on its last day in minor units."""

    first: date
    last: date
    unpaid: int
    fraction: Fraction

    @property
    def exact(self) -> Fraction:
        """What the period costs, in minor units."""
        return self.unpaid * self.fraction


def charges(terms: InterestTerms) -> Iterator[Charge]:
    """Give the periods completed by the last day on which something was unpaid, and note the rule.

    InvalidRequest for more than `MOST_PERIODS` of them.
    """
    surcharge = terms.surcharge
    assert surcharge is not None
    rule = (
        f"{surcharge.fraction} of what is unpaid on the last day of each completed period of {surcharge.per.words}, "
        "in place of interest"
    )
    terms.explanation.append(entry(rule, REQUEST, (terms.begins - _DAY).isoformat(), terms.begins.isoformat()))
    paid, unpaid = iter([*terms.payments, (date.max, 0)]), terms.principal
    on, minor = next(paid)
    first, k = terms.begins, 0
    while True:
        k += 1
        try:
            after = add_months(terms.begins, k * surcharge.per.all_months) + k * timedelta(days=surcharge.per.all_days)
        except OverflowError:
            return
        last = after - _DAY
        if last > terms.last:
            return
        while on <= last and on < date.max:
            unpaid -= minor
            on, minor = next(paid)
        if unpaid <= 0:
            return
        if k > MOST_PERIODS:
            raise invalid("/to", f"more than {MOST_PERIODS} periods: a longer period, or an earlier day")
        yield Charge(first, last, unpaid, surcharge.fraction)
        first = after


def surcharged(found: Iterable[Charge], until: date) -> int:
    """Give the sum of the periods completed by a day, rounded once."""
    exact = sum((each.exact for each in found if each.last <= until), Fraction(0))
    return rounded(exact.numerator, exact.denominator)
