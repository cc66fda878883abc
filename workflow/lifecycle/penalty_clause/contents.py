"""What is said of a penalty clause: by a draft, and after it was adopted."""

from datetime import date

from workflow.law.money import Money
from workflow.lifecycle.facts import ClauseTerms
from workflow.lifecycle.facts.frozen import asks, frozen
from workflow.lifecycle.vocabulary import Retroactivity


@frozen(kw_only=True)
class ClauseContent(ClauseTerms):
    """One penalty clause of a draft."""


@frozen(kw_only=True)
class RateContent:
    """`change_rate`: the new rate, and the first day on which it holds."""

    rate: Money = asks("The new sum for each unit of delay.", Money(5_000_000, "EUR"))
    from_: date = asks("The first day on which it holds.", date(2023, 3, 1))


@frozen(kw_only=True)
class AccrualContent:
    """`start_accrual`: the day before which no day counts."""

    from_: date = asks("The day before which no day counts.", date(2023, 1, 1))


@frozen(kw_only=True)
class LiftingContent:
    """`lift`: from the day of the act on, or as if the clause had never been."""

    effect: Retroactivity = asks("Whether it ends from now on, or as if it had never been.", Retroactivity.EX_NUNC)
