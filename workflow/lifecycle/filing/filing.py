"""What a party filed: how it is recorded with its files, assessed, answered, or withdrawn by the party."""

from datetime import date
from typing import Any, ClassVar

from workflow.law.days import day_before
from workflow.lifecycle.facts import Attachment, CaseFacts, Claim, Filing, Order, PenaltyDecision, child_id
from workflow.lifecycle.facts.frozen import copied, frozen, replace
from workflow.lifecycle.filing.contents import AssessmentContent, AttachmentContent, ObservationsContent, ReportContent
from workflow.lifecycle.filing.guards import heard
from workflow.lifecycle.kernel.events import Event, Payload, Subject, event, told
from workflow.lifecycle.kernel.rules import Act, Situation
from workflow.lifecycle.kernel.sheet import SheetLine, lines_of, sheet
from workflow.lifecycle.kernel.tree import Of, with_filing
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.vocabulary import Audience, FilingKind, FilingOutcome, FilingState, RequestKind, SubjectKind

_IN_TIME = "Whether it came in time; null where no day is set."
_FILE_BY = "The last day on which it would have been in time; left out where there is none."


@event("filing.received", Audience.SERVED)
class FilingReceived(Payload):
    """A report, observations or a request came in, in time or not."""

    n: int
    about: Subject
    party: int
    kind: FilingKind = told("What it is.", FilingKind.REQUEST)
    received_on: date = told("The day it was received.", date(2022, 12, 10))
    in_time: bool | None = told(_IN_TIME, True, default=None)
    file_by: date | None = told(_FILE_BY, date(2022, 12, 19), default=None)
    asks_for: RequestKind | None = told("What a request is for.", RequestKind.EXTENSION, default=None)
    until: date | None = told("The day until which time is asked for.", date(2023, 1, 31), default=None)
    claims: tuple[Claim, ...] = ()

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with one filing more."""
        about = {"about_kind": self.about.kind, "about": self.about.id}
        return with_filing(case, copied(Filing, self, id=event.subject.id, state=FilingState.RECEIVED, **about))


@event("filing.attached", Audience.SERVED)
class FilingAttached(Of[Filing]):
    """A file came with it or after it, in time or not."""

    sha256: str = told(
        "The SHA-256 of the file, in hexadecimal.", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    )
    size: int = told("The length of the file in bytes.", 48213)
    media_type: str = told("What kind of file it is.", "application/pdf")
    received_on: date = told("The day it was received.", date(2023, 2, 8))
    in_time: bool | None = told(_IN_TIME, True, default=None)
    file_by: date | None = told(_FILE_BY, date(2022, 12, 19), default=None)

    def on(self, filing: Filing, event: Event) -> Filing:
        """With one file more."""
        return replace(filing, attachments=(*filing.attachments, copied(Attachment, self)))


@event("filing.under_assessment", Audience.SERVED)
class FilingUnderAssessment(Of[Filing]):
    """Its assessment began."""

    def on(self, filing: Filing, event: Event) -> Filing:
        """Under assessment."""
        return replace(filing, state=FilingState.UNDER_ASSESSMENT)


@frozen(kw_only=True)
class Assessed(Of[Filing]):
    """The end of the assessment of a report, with the assessment sheet."""

    outcome: ClassVar[FilingState]

    findings: tuple[SheetLine, ...] = ()

    def on(self, filing: Filing, event: Event) -> Filing:
        """With what became of it, and what was found."""
        return replace(filing, state=self.outcome, findings=lines_of(self.findings, self.act))


@event("filing.accepted", Audience.SERVED)
class FilingAccepted(Assessed):
    """The report was accepted. That is no acceptance of compliance, which is an act on the order."""

    outcome = FilingState.ACCEPTED


@event("filing.partly_accepted", Audience.SERVED)
class FilingPartlyAccepted(Assessed):
    """The report was accepted in part."""

    outcome = FilingState.PARTLY_ACCEPTED


@event("filing.rejected", Audience.SERVED)
class FilingRejected(Assessed):
    """The report was rejected."""

    outcome = FilingState.REJECTED


@event("filing.replied", Audience.SERVED)
class FilingReplied(Of[Filing]):
    """The observations were answered."""

    replied_on: date = told("The day of the reply.", date(2023, 3, 15))
    outcome: FilingOutcome = told("How it ended.", FilingOutcome.ACCEPTED)

    def on(self, filing: Filing, event: Event) -> Filing:
        """With what became of it."""
        return replace(filing, state=FilingState(self.outcome.value), replied_on=self.replied_on)


@event("filing.withdrawn", Audience.SERVED)
class FilingWithdrawn(Of[Filing]):
    """The party that filed it took it back."""

    def on(self, filing: Filing, event: Event) -> Filing:
        """Withdrawn."""
        return replace(filing, state=FilingState.WITHDRAWN)


def record_report(at: Situation[Order, ReportContent]) -> list[Event]:
    """`filing.received` on an order: the claims, and whether it came by the day set for evidence or the last day."""
    return [received(at, FilingKind.COMPLIANCE_REPORT, at.thing.addressee, claims=at.content.claims)]


def record_observations(at: Situation[PenaltyDecision, ObservationsContent]) -> list[Event]:
    """`filing.received` on a penalty decision, and whether the window was still open."""
    return [received(at, FilingKind.OBSERVATIONS, at.content.party or heard(at.case, at.thing)[0])]


def received(
    at: Situation[Any, Any],
    kind: FilingKind,
    party: int,
    *,
    claims: tuple[Claim, ...] = (),
    asks_for: RequestKind | None = None,
    until: date | None = None,
) -> Event:
    """`filing.received` about the thing the act is on."""
    n, about = len(at.case.filings) + 1, at.command.subject
    file_by = filed_by(at.case, about, kind, asks_for)
    filed = FilingReceived(
        n=n,
        kind=kind,
        about=about,
        party=party,
        received_on=at.effective_on,
        in_time=_in_time(at, file_by),
        file_by=file_by,
        asks_for=asks_for,
        until=until,
        claims=claims,
    )
    made = Subject(SubjectKind.FILING, child_id(at.case.id, "filing", n))
    return written(at, filed, subject=made, parent=about)


def filed_by(case: CaseFacts, about: Subject, kind: FilingKind, asks_for: RequestKind | None = None) -> date | None:
    """The last day for what is filed about an order or the grounds of a penalty, as it now is; None without one.

    A suspension can be asked for at any time.
    """
    if asks_for is RequestKind.SUSPENSION:
        return None
    if about.kind is SubjectKind.ORDER:
        _, order = case.order(about.id)
        return order.last_day if kind is FilingKind.REQUEST else order.evidence_by or order.last_day
    grounds = case.penalty_decision(about.id).grounds
    if grounds is None:
        return None
    if grounds.waived_on is None:
        return grounds.window_ends_on
    return min(grounds.window_ends_on, day_before(grounds.waived_on))


def _in_time(at: Situation[Any, Any], by: date | None) -> bool | None:
    return None if by is None else at.effective_on <= by


def attach(at: Situation[Filing, AttachmentContent]) -> list[Event]:
    """`filing.attached`: which file came, and whether it came while the filing it belongs to could have."""
    filing, content = at.thing, at.content
    file_by = filed_by(at.case, Subject(filing.about_kind, filing.about), filing.kind, filing.asks_for)
    came = {"received_on": at.effective_on, "in_time": _in_time(at, file_by), "file_by": file_by}
    return [written(at, copied(FilingAttached, content, **came))]


def concluded(assessed: type[Assessed]) -> Act:
    """The act that ends the assessment of a report so, with the assessment sheet."""

    def conclude(at: Situation[Filing, AssessmentContent]) -> list[Event]:
        return [written(at, assessed(findings=sheet(at.content.findings)))]

    return conclude
