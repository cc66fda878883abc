"""The review list of a case as the API shows it."""

from datetime import date
from typing import Any

from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.penalty_decision.sums import Changed
from workflow.lifecycle.reading.review import Entry, WayOut, review
from workflow.use_cases.views.shared import CaseRef, SubjectRef, View, Viewer


class ChangedView(View):
    """A fact, or what follows from it, as it was relied on and as it is now."""

    fact: str
    then: Any
    now: Any

    @classmethod
    def of(cls, changed: Changed) -> "ChangedView":
        """Show a change."""
        return cls(fact=changed.fact, then=changed.then, now=changed.now)


class WayOutView(View):
    """An act that would settle it."""

    trigger: str
    effect: str

    @classmethod
    def of(cls, way: WayOut) -> "WayOutView":
        """Show a way out."""
        return cls(trigger=way.trigger.value, effect=way.effect)


class ReviewEntry(View):
    """Something done on facts that are others now."""

    subject: SubjectRef
    doubt: str
    why: str
    changed: list[ChangedView]
    ways_out: list[WayOutView]


class ReviewView(View):
    """What in a case a person should look at again, as of a day."""

    case: CaseRef
    as_of: date
    items: list[ReviewEntry]


def review_view(case: CaseFacts, viewer: Viewer) -> ReviewView:
    """Show the review list as of the viewer's day."""
    today = viewer.today(case)
    return ReviewView(case=CaseRef.of(case), as_of=today, items=[_entry(each) for each in review(case, today)])


def _entry(entry: Entry) -> ReviewEntry:
    return ReviewEntry(
        subject=SubjectRef.of(entry.subject),
        doubt=entry.doubt.value,
        why=entry.why,
        changed=[ChangedView.of(each) for each in entry.changed],
        ways_out=[WayOutView.of(each) for each in entry.ways_out],
    )
