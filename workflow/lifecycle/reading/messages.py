"""What counsel is told of an event, and which parties are: references and dates, no personal data.

`sequence` is added by the outbox, which counts the messages of each endpoint under the case's lock.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.facts import AccessRequest, CaseFacts, Clause, Debt, Filing, Order, PenaltyDecision
from workflow.lifecycle.kernel.events import Event, Payload, Subject, members_told
from workflow.lifecycle.penalty_decision.hearing import PenaltyGroundsNotified, PenaltyWindowExtended
from workflow.lifecycle.penalty_decision.outcomes import PenaltyClosed, PenaltyDeclaredVoid, PenaltyWithdrawn
from workflow.lifecycle.vocabulary import Audience

_OF_THE_GROUNDS = (
    PenaltyGroundsNotified,
    PenaltyWindowExtended,
    PenaltyClosed,
    PenaltyWithdrawn,
    PenaltyDeclaredVoid,
)
"""Told to whom the grounds were notified: that they were, until when to answer, and that nothing came of them."""


def told(case: CaseFacts, event: Event) -> frozenset[int]:
    """The numbers of the parties an event is for: nobody for an internal one, else those it concerns who know of it.

    Of a penalty decision a party learns nothing between the grounds and its service, but that nothing comes of them:
    not of the session, not of the adoption, not of a service that failed.
    """
    if event.audience is not Audience.SERVED:
        return frozenset()
    standing = find(case, event.subject)
    if standing is None:
        return frozenset()
    parties = standing.told
    if event.data.get("addressee") is not None:
        parties &= {event.data["addressee"]}
    if isinstance(standing.thing, PenaltyDecision) and not isinstance(event.payload, _OF_THE_GROUNDS):
        parties &= standing.thing.reached
    return parties


def notice(case: CaseFacts, event: Event, recorded_at: datetime) -> dict[str, Any]:
    """The body of the webhook, but for `data.sequence`. A webhook is a courtesy copy: it has no legal effect."""
    said = type(event.payload)
    members = {name: event.data[name] for name in members_told(said) if name in event.data}
    return message(case, event.subject, said, members, event.effective_on, recorded_at)


def message(
    case: CaseFacts,
    subject: Subject,
    said: type[Payload],
    members: Mapping[str, Any],
    effective_on: date,
    recorded_at: datetime,
) -> dict[str, Any]:
    """What counsel is told of an event of this class, with these of its members."""
    return {
        "type": said.type,
        "timestamp": recorded_at.isoformat().replace("+00:00", "Z"),
        "data": {
            "case": case.reference,
            **_about(case, subject),
            "effective_on": effective_on.isoformat(),
            "legal_effect": "none",
            **members,
        },
    }


def _about(case: CaseFacts, subject: Subject) -> dict[str, Any]:
    """The thing a notice is about, in the numbers people use, and where it can be read."""
    standing = find(case, subject)
    assert standing is not None
    thing, decision = standing.thing, standing.decision
    kind, id = subject.kind.value, subject.id
    about: dict[str, Any] = {"links": {kind: f"/v1/{kind.replace('_', '-')}s/{id}"}}
    match thing:
        case Order() if decision is not None:
            return {"order": decision.number_of(thing), "kind": thing.kind, **about}
        case PenaltyDecision() | Filing() | Debt():
            of = {"decision": decision.reference} if decision is not None else {}
            return {**of, kind: thing.n, **about}
        case Clause() if decision is not None:
            return {"decision": decision.reference, "penalty_clause": thing.n, **about}
        case AccessRequest():
            return {"access_request": thing.reference, **about}
        case _ if decision is not None:
            return {"decision": decision.reference, **about}
        case _:
            return about
