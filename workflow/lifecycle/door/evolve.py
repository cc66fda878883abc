"""What we know now: the fold of events into facts."""

from collections.abc import Iterable

from workflow.lifecycle.case.case import begun
from workflow.lifecycle.door.four_eyes import settled
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event


def evolve(facts: CaseFacts | None, event: Event) -> CaseFacts:
    """The facts after one more event of the case; None before the first, which opens it."""
    after = begun(event) if facts is None else settled(event.payload.fold(facts, event), event)
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
