"""A filing as the API shows it."""

from collections.abc import Mapping
from datetime import date

from workflow.lifecycle.facts import Attachment, CaseFacts, Filing
from workflow.use_cases.views.order_parts import FindingView
from workflow.use_cases.views.shared import (
    CaseRef,
    OpenTransition,
    PartyRef,
    PendingView,
    SubjectRef,
    View,
    Viewer,
    open_transitions,
    pending_acts,
)


class ClaimView(View):
    """A limb that a report claims is met, and since when."""

    limb: int
    met_on: date


class AttachmentView(View):
    """A file that came with a filing, and whether it came in time; `name` is null once it was erased."""

    sha256: str
    size: int
    media_type: str
    name: str | None
    received_on: date
    in_time: bool | None
    file_by: date | None

    @classmethod
    def of(cls, attachment: Attachment, name: str | None) -> "AttachmentView":
        """Show a file under the name it was sent with."""
        return cls(
            sha256=attachment.sha256,
            size=attachment.size,
            media_type=attachment.media_type,
            name=name,
            received_on=attachment.received_on,
            in_time=attachment.in_time,
            file_by=attachment.file_by,
        )


class FilingView(View):
    """What a party filed, about what, and what became of it. It stops no clock.

    `in_time` says whether it came by `file_by`, the last day as it then was; both are null where there was none. A
    request `asks_for` an extension or a suspension, the former `until` a day. `needs_answer` says whether the next step
    waits for it. `text` is what it said, `answer` what it was told, as far as they were typed in and not erased.
    """

    id: str
    n: int
    version: int
    case: CaseRef
    kind: str
    about: SubjectRef
    party: PartyRef
    received_on: date
    in_time: bool | None
    file_by: date | None
    asks_for: str | None
    until: date | None
    state: str
    needs_answer: bool
    claims: list[ClaimView]
    findings: list[FindingView]
    replied_on: date | None
    attachments: list[AttachmentView]
    text: str | None
    answer: str | None
    pending_acts: list[PendingView]
    open_transitions: list[OpenTransition]


def filing_view(
    case: CaseFacts,
    filing: Filing,
    texts: Mapping[str, str],
    answers: Mapping[str, str],
    names: Mapping[str, str | None],
    words: Mapping[int, Mapping[str, str]],
    viewer: Viewer,
) -> FilingView:
    """Show a filing; `texts` are those kept beside the event that recorded it, `answers` those beside the one that
    answered it, `names` those of its files by hash, `words` those of the acts proposed on it by their number.
    """
    subject = filing.subject
    return FilingView(
        id=filing.id,
        n=filing.n,
        version=case.versions[filing.id],
        case=CaseRef.of(case),
        kind=filing.kind.value,
        about=SubjectRef(kind=filing.about_kind.value, id=filing.about),
        party=PartyRef.of(case, filing.party),
        received_on=filing.received_on,
        in_time=filing.in_time,
        file_by=filing.file_by,
        asks_for=filing.asks_for.value if filing.asks_for is not None else None,
        until=filing.until,
        state=filing.state.value,
        needs_answer=filing.needs_answer,
        claims=[ClaimView(limb=each.limb, met_on=each.met_on) for each in filing.claims],
        findings=[FindingView.of(line, words) for line in filing.findings],
        replied_on=filing.replied_on,
        attachments=[AttachmentView.of(each, names.get(each.sha256)) for each in filing.attachments],
        text=texts.get("text") or texts.get("grounds"),
        answer=answers.get("text") or answers.get("reasons"),
        pending_acts=pending_acts(case, subject, words),
        open_transitions=open_transitions(case, subject, viewer),
    )
