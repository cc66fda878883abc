"""A filing as the API shows it."""

from collections.abc import Mapping
from datetime import date

from workflow.lifecycle.facts import Attachment, CaseFacts, Filing
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.vocabulary import FilingKind, FilingState, RequestKind
from workflow.use_cases.views.order import FindingView
from workflow.use_cases.views.pending import PendingView
from workflow.use_cases.views.shared import CaseRef, PartyRef, SubjectRef, View, Viewer, shown
from workflow.use_cases.views.thing import NextAct, OpenTransition, ThingView, show_thing, shows


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
        return shown(cls, attachment, name=name)


@shows(Filing, unshown="about_kind")
class FilingView(ThingView):
    """What a party filed, about what, and what became of it. It stops no clock.

    `in_time` says whether it came by `file_by`, the last day as it then was; both are null where there was none. A
    request `asks_for` an extension or a suspension, the former `until` a day. `needs_answer` says whether the next step
    waits for it. `text` is what it said, `answer` what it was told, as far as they were typed in and not erased.
    """

    n: int
    version: int
    case: CaseRef
    kind: FilingKind
    about: SubjectRef
    party: PartyRef
    received_on: date
    in_time: bool | None
    file_by: date | None
    asks_for: RequestKind | None
    until: date | None
    state: FilingState
    needs_answer: bool
    claims: list[ClaimView]
    findings: list[FindingView]
    replied_on: date | None
    attachments: list[AttachmentView]
    text: str | None
    answer: str | None
    pending_acts: list[PendingView]
    open_transitions: list[OpenTransition]
    next_acts: list[NextAct]


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
    return show_thing(
        FilingView,
        case,
        filing.subject,
        viewer,
        about=Subject(filing.about_kind, filing.about),
        party=case.party(filing.party),
        findings=[FindingView.of(line, words) for line in filing.findings],
        attachments=[AttachmentView.of(each, names.get(each.sha256)) for each in filing.attachments],
        text=texts.get("text") or texts.get("grounds"),
        answer=answers.get("text") or answers.get("reasons"),
    )
