"""What we know now: the fold of events into facts, one file a kind of thing under `acts/`."""

from collections.abc import Callable, Iterable

from workflow.lifecycle.acts import case as case_acts
from workflow.lifecycle.acts import decision, drafting, order, penalty
from workflow.lifecycle.events import Event, EventType
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.frozen import replace

_DRAFTING = frozenset(
    {
        EventType.ORDER_DRAFTED,
        EventType.ORDER_REVISED,
        EventType.ORDER_DISCARDED,
        EventType.CLAUSE_DRAFTED,
        EventType.CLAUSE_REVISED,
        EventType.CLAUSE_DISCARDED,
    }
)


def evolve(facts: CaseFacts | None, event: Event) -> CaseFacts:
    """The facts after one more event of the case; None before the first, which opens it."""
    after = case_acts.opened(event) if facts is None else _fold(event.type)(facts, event)
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


def _fold(type_: EventType) -> Callable[[CaseFacts, Event], CaseFacts]:
    if type_ in _DRAFTING:
        return drafting.evolve
    kind = type_.value.partition(".")[0]
    return _BY_KIND[kind]


_BY_KIND: dict[str, Callable[[CaseFacts, Event], CaseFacts]] = {
    "decision": decision.evolve,
    "order": order.evolve,
    "penalty_decision": penalty.evolve,
}
