"""The acts on filings: recording what came in, assessing a report, replying to observations, withdrawing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.days import day_before
from workflow.lifecycle.facts import (
    Attachment,
    CaseFacts,
    Claim,
    Filing,
    Order,
    PenaltyDecision,
    child_id,
)
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.filing.contents import (
    AssessmentContent,
    AttachmentContent,
    ObservationsContent,
    ReplyContent,
    ReportContent,
    RequestContent,
    TimeRequestContent,
)
from workflow.lifecycle.filing.guards import heard
from workflow.lifecycle.kernel.codec import structure, unstructure
from workflow.lifecycle.kernel.events import Event, EventType, Subject
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.sheet import SheetLine, lines_of
from workflow.lifecycle.kernel.tree import with_filing
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.vocabulary import Asked, FilingKind, FilingState, SubjectKind, Trigger

_ASSESSED = {
    Trigger.ACCEPT: EventType.FILING_ACCEPTED,
    Trigger.ACCEPT_IN_PART: EventType.FILING_PARTLY_ACCEPTED,
    Trigger.REJECT: EventType.FILING_REJECTED,
}
_STATES = {
    EventType.FILING_UNDER_ASSESSMENT: FilingState.UNDER_ASSESSMENT,
    EventType.FILING_ACCEPTED: FilingState.ACCEPTED,
    EventType.FILING_PARTLY_ACCEPTED: FilingState.PARTLY_ACCEPTED,
    EventType.FILING_REJECTED: FilingState.REJECTED,
    EventType.FILING_WITHDRAWN: FilingState.WITHDRAWN,
}


def record_report(at: Situation[Any, Any]) -> list[Event]:
    """`filing.received` on an order: the claims, and whether it came by the day set for evidence or the last day."""
    order: Order = at.thing
    content: ReportContent = at.command.content
    data = {"claims": unstructure(content.claims)}
    return [_received(at, FilingKind.COMPLIANCE_REPORT, order.addressee, data)]


def record_observations(at: Situation[Any, Any]) -> list[Event]:
    """`filing.received` on a penalty decision, and whether the window was still open."""
    penalty: PenaltyDecision = at.thing
    content: ObservationsContent = at.command.content
    party = content.party or heard(at.case, penalty)[0]
    return [_received(at, FilingKind.OBSERVATIONS, party, {})]


def record_request(at: Situation[Any, Any]) -> list[Event]:
    """`filing.received` on an order or a penalty decision: what is asked for, and whether the last day was over."""
    content: RequestContent | TimeRequestContent = at.command.content
    if isinstance(content, TimeRequestContent):
        party, asks_for = content.party or heard(at.case, at.thing)[0], Asked.EXTENSION
    else:
        party, asks_for = at.thing.addressee, content.asks_for
    data = {"asks_for": asks_for.value}
    if content.until is not None:
        data["until"] = content.until.isoformat()
    return [_received(at, FilingKind.REQUEST, party, data)]


def filed_by(case: CaseFacts, about: Subject, kind: FilingKind, asks_for: Asked | None = None) -> date | None:
    """The last day for what is filed about an order or the grounds of a penalty, as it now is; None without one.

    A suspension can be asked for at any time.
    """
    if asks_for is Asked.SUSPENSION:
        return None
    if about.kind is SubjectKind.ORDER:
        _, order = case.order(about.id)
        return order.last_day if kind is FilingKind.REQUEST else order.evidence_by or order.last_day
    grounds = next(each for each in case.penalty_decisions if each.id == about.id).grounds
    if grounds is None:
        return None
    if grounds.waived_on is None:
        return grounds.window_ends_on
    return min(grounds.window_ends_on, day_before(grounds.waived_on))


def _in_time(at: Situation[Any, Any], by: date | None) -> dict[str, Any]:
    return {} if by is None else {"in_time": at.effective_on <= by, "file_by": by.isoformat()}


def _received(at: Situation[Any, Any], kind: FilingKind, party: int, more: dict[str, Any]) -> Event:
    n = len(at.case.filings) + 1
    data: dict[str, Any] = {
        "n": n,
        "kind": kind.value,
        "about": {"kind": at.command.subject.kind.value, "id": at.command.subject.id},
        "party": party,
        "received_on": at.effective_on.isoformat(),
        **more,
        **_in_time(at, filed_by(at.case, at.command.subject, kind, getattr(at.command.content, "asks_for", None))),
    }
    made = Subject(SubjectKind.FILING, child_id(at.case.id, "filing", n))
    return written(at, EventType.FILING_RECEIVED, data, subject=made, parent=at.command.subject)


def assess(at: Situation[Any, Any]) -> list[Event]:
    """`filing.under_assessment`."""
    return [written(at, EventType.FILING_UNDER_ASSESSMENT)]


def conclude(at: Situation[Any, Any]) -> list[Event]:
    """`filing.accepted`, `filing.partly_accepted` or `filing.rejected`, with the assessment sheet."""
    content: AssessmentContent = at.command.content
    return [
        written(at, _ASSESSED[at.command.trigger], {"findings": [{"limb": line.limb} for line in content.findings]})
    ]


def reply(at: Situation[Any, Any]) -> list[Event]:
    """`filing.replied`: the observations are answered; the reply itself is the event's text."""
    content: ReplyContent = at.command.content
    data = {"replied_on": content.replied_on.isoformat(), "outcome": content.outcome.value}
    return [written(at, EventType.FILING_REPLIED, data)]


def attach(at: Situation[Any, Any]) -> list[Event]:
    """`filing.attached`: which file came, and whether it came while the filing it belongs to could have."""
    filing: Filing = at.thing
    content: AttachmentContent = at.command.content
    about = Subject(filing.about_kind, filing.about)
    data = {
        "sha256": content.sha256,
        "size": content.size,
        "media_type": content.media_type,
        "received_on": at.effective_on.isoformat(),
        **_in_time(at, filed_by(at.case, about, filing.kind, filing.asks_for)),
    }
    return [written(at, EventType.FILING_ATTACHED, data)]


def withdraw(at: Situation[Any, Any]) -> list[Event]:
    """`filing.withdrawn` by the party that filed it."""
    return [written(at, EventType.FILING_WITHDRAWN)]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after an event about a filing."""
    data = event.data
    if event.type is EventType.FILING_RECEIVED:
        return with_filing(case, _made(event))
    filing = next(each for each in case.filings if each.id == event.subject.id)
    if event.type is EventType.FILING_ATTACHED:
        return with_filing(case, replace(filing, attachments=(*filing.attachments, _attached(event))))
    if event.type is EventType.FILING_REPLIED:
        replied_on = date.fromisoformat(data["replied_on"])
        return with_filing(case, replace(filing, state=FilingState(data["outcome"]), replied_on=replied_on))
    lines = tuple(SheetLine(each["limb"]) for each in data.get("findings", ()))
    findings = lines_of(lines, event.payload.act) or filing.findings
    return with_filing(case, replace(filing, state=_STATES[event.type], findings=findings))


def _attached(event: Event) -> Attachment:
    data = event.data
    return Attachment(
        sha256=data["sha256"],
        size=data["size"],
        media_type=data["media_type"],
        received_on=date.fromisoformat(data["received_on"]),
        in_time=data.get("in_time"),
        file_by=_file_by(data),
    )


def _file_by(data: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(data["file_by"]) if "file_by" in data else None


def _made(event: Event) -> Filing:
    data = event.data
    return Filing(
        id=event.subject.id,
        n=data["n"],
        kind=FilingKind(data["kind"]),
        about_kind=SubjectKind(data["about"]["kind"]),
        about=data["about"]["id"],
        party=data["party"],
        received_on=date.fromisoformat(data["received_on"]),
        state=FilingState.RECEIVED,
        in_time=data.get("in_time"),
        file_by=_file_by(data),
        asks_for=Asked(data["asks_for"]) if "asks_for" in data else None,
        until=date.fromisoformat(data["until"]) if "until" in data else None,
        claims=structure(tuple[Claim, ...], data.get("claims", ())),
    )


ACTS = {
    (SubjectKind.FILING, Trigger.RECORD_REPORT): record_report,
    (SubjectKind.FILING, Trigger.RECORD_OBSERVATIONS): record_observations,
    (SubjectKind.FILING, Trigger.RECORD_REQUEST): record_request,
    (SubjectKind.FILING, Trigger.ASSESS): assess,
    (SubjectKind.FILING, Trigger.ACCEPT): conclude,
    (SubjectKind.FILING, Trigger.ACCEPT_IN_PART): conclude,
    (SubjectKind.FILING, Trigger.REJECT): conclude,
    (SubjectKind.FILING, Trigger.REPLY): reply,
    (SubjectKind.FILING, Trigger.ATTACH): attach,
    (SubjectKind.FILING, Trigger.WITHDRAW): withdraw,
}
FOLDS = dict.fromkeys(
    (EventType.FILING_RECEIVED, EventType.FILING_ATTACHED, EventType.FILING_REPLIED, *_STATES), evolve
)
