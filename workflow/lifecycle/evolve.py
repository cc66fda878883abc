"""What we know now: the fold of events into facts, one file a kind of thing under `acts/`."""

from collections.abc import Iterable

from workflow.lifecycle.acts.case import opened
from workflow.lifecycle.acts.four_eyes import settled
from workflow.lifecycle.acts.registry import FOLDS
from workflow.lifecycle.events import Event
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.frozen import replace


def evolve(facts: CaseFacts | None, event: Event) -> CaseFacts:
    """The facts after one more event of the case; None before the first, which opens it."""
    after = opened(event) if facts is None else settled(FOLDS[event.type](facts, event), event)
    versions = dict(after.versions)
    for thing in (event.subject, event.parent):
        if thing is not None:
            versions[thing.id] = versions.get(thing.id, 0) + 1
    return replace(after, versions=versions)


def fold(facts: CaseFacts | None, events: Iterable[Event]) -> CaseFacts:
    """The facts after these events; raises ValueError when there are none and were none."""
    for event in events:
        facts = evolve(facts, event)
    if facts is None:
        raise ValueError("a case begins with an event")
    return facts
