"""The review list of a case as the API shows it."""

from datetime import date
from typing import Any

from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.reading.review import Doubt, review
from workflow.lifecycle.vocabulary import Trigger
from workflow.use_cases.views.shared import CaseRef, SubjectRef, View, Viewer, shown


class ChangedView(View):
    """A fact, or what follows from it, as it was relied on and as it is now."""

    fact: str
    then: Any
    now: Any


class WayOutView(View):
    """An act that would settle it."""

    trigger: Trigger
    effect: str


class ReviewEntry(View):
    """Something done on facts that are others now."""

    subject: SubjectRef
    doubt: Doubt
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
    items = [shown(ReviewEntry, each) for each in review(case, today)]
    return ReviewView(case=CaseRef.of(case), as_of=today, items=items)
