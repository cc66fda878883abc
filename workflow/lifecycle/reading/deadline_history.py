"""How each deadline of a party came to be what it is: what its calendar calls the revisions of an entry."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import groupby

from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.facts.frozen import frozen, replace
from workflow.lifecycle.kernel.events import Recorded
from workflow.lifecycle.reading.deadlines import Deadline, deadlines


@frozen
class Revision:
    """A deadline as it is now, how often it changed since the party first had it, and when it last did.

    One that is no more, as there is no last day any more, has the day it had and does not stand.
    """

    deadline: Deadline
    sequence: int
    changed_at: datetime


def history(events: Iterable[Recorded], parties: Collection[int], told: Collection[str]) -> list[Revision]:
    """The deadlines of these parties in a case, from all its events and the ids of those that one of them was told.

    A deadline that never stood for them is none of theirs.
    """
    case = None
    heard: set[str] = set()
    found: dict[str, Revision] = {}
    for _, act in groupby(events, key=lambda each: each.act):
        recorded = list(act)
        case = fold(case, [each.event for each in recorded])
        heard.update(each.event.subject.id for each in recorded if each.id in told)
        if heard:
            now = {each.key: each for each in deadlines(case, parties, heard)}
            _revise(found, now, recorded[-1].recorded_at)
    return list(found.values())


def _revise(found: dict[str, Revision], now: dict[str, Deadline], at: datetime) -> None:
    for key, before in found.items():
        after = now.pop(key, None) or replace(before.deadline, stands=False)
        if after != before.deadline:
            found[key] = Revision(after, before.sequence + 1, at)
    found.update({key: Revision(new, 0, at) for key, new in now.items() if new.stands})
