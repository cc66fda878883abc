"""A filing as the API shows it."""

from collections.abc import Mapping
from datetime import date

from workflow.lifecycle.events import Subject
from workflow.lifecycle.facts import CaseFacts, Filing
from workflow.lifecycle.vocabulary import SubjectKind
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


class FilingView(View):
    """What a party filed, about what, and what became of it. It stops no clock.

    `in_time` is null where there was no day to be in time for. `needs_answer` says whether the next step waits for it.
    `text` is what it said, as far as it was typed in and not erased.
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
    state: str
    needs_answer: bool
    claims: list[ClaimView]
    findings: list[FindingView]
    replied_on: date | None
    text: str | None
    pending_acts: list[PendingView]
    open_transitions: list[OpenTransition]


def filing_view(case: CaseFacts, filing: Filing, texts: Mapping[str, str], viewer: Viewer) -> FilingView:
    """Show a filing; `texts` are those kept beside the event that recorded it."""
    subject = Subject(SubjectKind.FILING, filing.id)
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
        state=filing.state.value,
        needs_answer=filing.needs_answer,
        claims=[ClaimView(limb=each.limb, met_on=each.met_on) for each in filing.claims],
        findings=[FindingView.of(line) for line in filing.findings],
        replied_on=filing.replied_on,
        text=texts.get("text"),
        pending_acts=pending_acts(case, subject),
        open_transitions=open_transitions(case, subject, viewer),
    )
