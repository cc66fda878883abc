"""What must hold of every act in every life, whatever people, clocks and crashes do."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise

from tests.lives.data import INWARD, PRIVATE
from tests.lives.people import PEOPLE, SCHEDULER
from workflow.lifecycle.debt.arising import DebtFellDue
from workflow.lifecycle.debt.effects import DebtAdjusted
from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.facts import CaseFacts, Clause, PenaltyDecision
from workflow.lifecycle.kernel.codec import unstructure
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.kernel.kind import Parties
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.order.unmet import suspended_days
from workflow.lifecycle.reading.messages import notice, told
from workflow.lifecycle.reading.seen import seen_by
from workflow.lifecycle.vocabulary import Audience, ClauseState, OrderState, Role, SubjectKind

INSIDE = {"actor", "step", "late_by", "text", "reason", "receipt", "drafters", "act", "proposed_by"}

ACCOUNTS = {each.account for each in (*PEOPLE, SCHEDULER)} - {role.value for role in Role}

_FOLLOWS = frozenset({DebtFellDue.type, DebtAdjusted.type})


def check_act(before: CaseFacts, after: CaseFacts, events: Sequence[Event], actor: Actor) -> None:
    """Check one act against the facts it found and the facts it left."""
    for event in events:
        _nothing_private(after, event)
        if event.type.endswith(".adopted"):
            _adopted_by_another(before, event, actor)
        if event.step is not None:
            _outside_suspensions(before, event)
    for party in after.parties:
        _sees_what_it_was_told(before, after, events, frozenset({party.n}))
    for _, clause in after.clauses():
        _no_day_twice(after, clause)
        _never_above_cap(after, clause)


def _nothing_private(after: CaseFacts, event: Event) -> None:
    """Free text stands beside the chain; counsel is told what is served, and nothing of the inside."""
    assert PRIVATE not in json.dumps(dict(event.data)), event.type
    if event.audience is Audience.SERVED:
        told(after, event)
        body = notice(after, event, datetime(2023, 1, 1, tzinfo=UTC))
        assert PRIVATE not in json.dumps(body), event.type
        assert body["data"].keys().isdisjoint(INSIDE), event.type


def _sees_what_it_was_told(before: CaseFacts, after: CaseFacts, events: Sequence[Event], party: Parties) -> None:
    """What nobody told a party changes nothing of what its counsel reads; what it was told of can be read.

    But for finality that the correction of another's service undid: the act is shown as it is, the service is not. And
    what several owe together follows what was told to one of them.
    """
    seen = seen_by(after, party)
    told_now = [event for event in events if party & told(after, event)]
    for event in told_now:
        assert find(seen, event.subject) is not None, event.type
    if not told_now and not any("finality_undone" in event.data for event in events):
        differing = _differing(seen_by(before, party), seen)
        if any(event.type in _FOLLOWS for event in events):
            differing = [each for each in differing if not each.startswith("debts")]
        assert not differing, ([event.type for event in events], differing)
    words = json.dumps(unstructure(seen))
    assert PRIVATE not in words
    check_read(after, seen, words)


def check_read(after: CaseFacts, seen: CaseFacts, words: str) -> None:
    """Nothing that counsel reads holds what is written inside, or names an account or a thing not there for it."""
    assert not [name for name in (INWARD, *ACCOUNTS) if name in words]
    hidden = after.versions.keys() | {each.id for each in after.parties}
    hidden -= seen.versions.keys() | {each.id for each in seen.parties}
    assert not [id for id in hidden if id in words]


def _differing(before: CaseFacts, after: CaseFacts) -> list[str]:
    """The members that differ, but for the versions, which count what happens inside."""
    was, is_ = unstructure(before), unstructure(after)
    return [f"{name}: {was[name]} now {is_[name]}" for name in was if name != "versions" and was[name] != is_[name]]


def _adopted_by_another(before: CaseFacts, event: Event, actor: Actor) -> None:
    standing = find(before, event.subject)
    assert standing is not None
    assert Role.SCHEDULER not in actor.roles
    assert actor.account not in getattr(standing.thing, "drafters", ()), "adopted by who drafted it"
    grounds = getattr(standing.thing, "grounds", None)
    if event.subject.kind is SubjectKind.PENALTY_DECISION:
        assert grounds is not None, "adopted without notice of the grounds"
        assert actor.account != grounds.rapporteur


def _outside_suspensions(before: CaseFacts, event: Event) -> None:
    """A step is taken neither while its thing is suspended nor with a day inside a suspension that is over."""
    subject = event.parent or event.subject
    standing = find(before, subject)
    assert standing is not None
    assert standing.state not in (OrderState.SUSPENDED, ClauseState.SUSPENDED), event.type
    if subject.kind in (SubjectKind.ORDER, SubjectKind.PENALTY_CLAUSE):
        for first, last in suspended_days(standing.thing.suspensions):  # type: ignore[union-attr]
            assert not (first <= event.effective_on and (last is None or event.effective_on <= last)), event.type


def _holding(case: CaseFacts, clause: Clause) -> list[PenaltyDecision]:
    return sorted((each for each in case.penalties_of(clause.id) if each.holds_days), key=lambda each: each.from_)


def _no_day_twice(case: CaseFacts, clause: Clause) -> None:
    for first, second in pairwise(_holding(case, clause)):
        assert first.to < second.from_, f"{first.from_}..{first.to} and {second.from_}..{second.to}"


def _never_above_cap(case: CaseFacts, clause: Clause) -> None:
    """What was fixed never passes the cap; a proposal that a correction outdated fixes nothing."""
    fixed = [each for each in _holding(case, clause) if each.owed is not None]
    cap = clause.cap
    if cap is not None and cap.amount is not None:
        assert sum(each.owed.minor for each in fixed if each.owed is not None) <= cap.amount.minor
    if cap is not None and cap.units is not None:
        assert sum(each.units for each in fixed) <= cap.units
