"""The days on which an order is unmet, limb by limb: from its first late day, less days met or suspended."""

from collections.abc import Iterator
from datetime import date

from workflow.law.days import day_before
from workflow.law.intervals import without
from workflow.lifecycle.facts import Limb, Order, Spell, Suspension
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.vocabulary import Retroactivity

Gap = tuple[date, date | None]


@frozen
class Span:
    """The days on which a limb of an order is unmet: from the first to the last, None while it still is."""

    order: Order
    limb: Limb
    first: date
    last: date | None


def spans(order: Order, not_before: date | None = None) -> Iterator[Span]:
    """The spans of an order in force, from its first late day or a later one.

    Until a finding a limb is presumed unmet from the first late day. The day on which a limb is met is not late. Days
    of a suspension are dropped, those for which time was given, and every day of what was annulled, or ended as if it
    had never been.
    """
    if order.first_late_day is None or order.annulled_on is not None or order.ended_as is Retroactivity.EX_TUNC:
        return
    start = order.first_late_day if not_before is None else max(not_before, order.first_late_day)
    given: list[Gap] = [(grace.from_, grace.to) for grace in order.graces]
    for limb in order.standing:
        gaps = [*suspended_days(order.suspensions, limb.n), *given]
        for spell in limb.unmet:
            yield from _of_spell(order, limb, spell, start, gaps)


def suspended_days(suspensions: tuple[Suspension, ...], limb: int | None = None) -> list[Gap]:
    """The days dropped by suspensions of the whole, and by those of one limb."""
    return [
        (each.from_, each.to) for each in suspensions if each.stops_days and (each.limb is None or each.limb == limb)
    ]


def _of_spell(order: Order, limb: Limb, spell: Spell, start: date, gaps: list[Gap]) -> Iterator[Span]:
    first = start if spell.from_ is None else max(spell.from_, start)
    ends = [day_before(day) for day in (spell.met_on, order.ended_on) if day is not None]
    last = min(ends, default=None)
    if last is not None and last < first:
        return
    for begin, end in without(first, last, gaps):
        yield Span(order, limb, begin, end)
