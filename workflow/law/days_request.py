"""Reading sets of dates: what is suspended or excused, what was fixed before, when breaches happened."""

from datetime import date
from itertools import pairwise

from workflow.law.intervals import Days
from workflow.law.members import Members, as_date, shown
from workflow.law.terms import Span

MOST_SPANS = 1_000
MOST_BREACHES = 10_000

_SPAN = frozenset(("from", "to", "reason"))
_SLICE = frozenset(("from", "to"))
_STATED = {"suspensions": "suspended, as the request states", "excused": "excused, as the request states"}


def read_spans(members: Members, name: str, known: frozenset[str] = _SPAN) -> list[Span]:
    """Read spans of days from one date to another, both inclusive."""
    spans: list[Span] = []
    for span in members.objects(name, MOST_SPANS, known) or ():
        first, last = span.date("from"), span.date("to")
        reason = span.text("reason")
        for member in ("from", "to"):
            if member not in span:
                span.fail(member, "is needed: a date, inclusive")
        if first is not None and last is not None:
            if last < first:
                span.fail("to", f"is before from ({first}): a span ends on or after the day it begins")
            else:
                spans.append(Span(first.toordinal(), last.toordinal(), reason or _STATED.get(name, "")))
    return spans


def read_slices(members: Members) -> Days:
    """Read the days fixed before, in order; slices may adjoin and not overlap."""
    slices = [(span.first, span.last) for span in read_spans(members, "already_liquidated", _SLICE)]
    written = list(slices)
    slices.sort()
    for earlier, later in pairwise(slices):
        if later[0] <= earlier[1]:
            n = written.index(later)
            day = date.fromordinal(later[0])
            members.fail(f"already_liquidated/{n}/from", f"{day} lies in another slice: no date is fixed twice")
    return slices


def read_breaches(members: Members) -> list[int]:
    """Read the dates of breaches, in order; the same date twice is two."""
    days: list[int] = []
    for n, value in enumerate(members.items("breaches", MOST_BREACHES) or ()):
        day = as_date(value)
        if day is None:
            members.fail(f"breaches/{n}", f"a date like 2022-12-20, not {shown(value)}")
        else:
            days.append(day.toordinal())
    return sorted(days)
