"""What must hold of every act in every life, whatever people, clocks and crashes do."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise

from tests.lives.data import PRIVATE
from workflow.lifecycle.events import Event
from workflow.lifecycle.facts import CaseFacts, Clause, PenaltyDecision
from workflow.lifecycle.notices import notice, told
from workflow.lifecycle.rules import Actor
from workflow.lifecycle.standing import find
from workflow.lifecycle.unmet import stays
from workflow.lifecycle.vocabulary import Audience, ClauseState, OrderState, Role, SubjectKind

INSIDE = {"actor", "step", "late_by", "text", "reason", "receipt", "drafters", "act", "proposed_by"}


def check_act(before: CaseFacts, after: CaseFacts, events: Sequence[Event], actor: Actor) -> None:
    """Check one act against the facts it found and the facts it left."""
    for event in events:
        _nothing_private(after, event)
        if event.type.value.endswith(".adopted"):
            _adopted_by_another(before, event, actor)
        if event.step is not None:
            _outside_suspensions(before, event)
    for _, clause in after.clauses():
        _no_day_twice(after, clause)
        _never_above_cap(after, clause)


def _nothing_private(after: CaseFacts, event: Event) -> None:
    """Free text stands beside the chain; counsel is told what is served, and nothing of the inside."""
    assert PRIVATE not in json.dumps(dict(event.data)), event.type
    if event.type.audience is Audience.SERVED:
        told(after, event)
        body = notice(after, event, datetime(2023, 1, 1, tzinfo=UTC))
        assert PRIVATE not in json.dumps(body), event.type
        assert body["data"].keys().isdisjoint(INSIDE), event.type


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
        for first, last in stays(standing.thing.suspensions):  # type: ignore[union-attr]
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
