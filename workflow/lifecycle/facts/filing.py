"""What a party filed: a compliance report, observations, or a request for time."""

from datetime import date

from workflow.lifecycle.facts.frozen import asks, frozen
from workflow.lifecycle.facts.ids import Subject
from workflow.lifecycle.facts.order import Finding
from workflow.lifecycle.vocabulary import FilingKind, FilingState, RequestKind, SubjectKind


@frozen
class Claim:
    """What a report claims of one limb: met since a day."""

    limb: int = asks("The number of the limb.", 1)
    met_on: date = asks("The day since which the party says it is met.", date(2022, 12, 12))


@frozen
class Attachment:
    """A file that came with a filing, known by its hash; the file itself lies beside the journal.

    `in_time` and `file_by` as for the filing: whether it came before the day the filing answers to was over.
    """

    sha256: str
    size: int
    media_type: str
    received_on: date
    in_time: bool | None = None
    file_by: date | None = None


@frozen
class Filing:
    """A compliance report on an order, observations on a penalty decision, or a request for time. It stops no clock.

    `in_time` says whether it came by `file_by`, the last day it answers to as it then was; both None where there is
    none. A request asks for an extension until a day, or for a suspension. `replied_on`: when it was answered.
    """

    id: str
    n: int
    kind: FilingKind
    about_kind: SubjectKind
    about: str
    party: int
    received_on: date
    state: FilingState
    in_time: bool | None = None
    file_by: date | None = None
    asks_for: RequestKind | None = None
    until: date | None = None
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    replied_on: date | None = None
    attachments: tuple[Attachment, ...] = ()

    @property
    def subject(self) -> Subject:
        """What an event about it is about."""
        return Subject(SubjectKind.FILING, self.id)

    @property
    def waits(self) -> bool:
        """Whether somebody still has to deal with it."""
        return self.state in (FilingState.RECEIVED, FilingState.UNDER_ASSESSMENT)

    @property
    def needs_answer(self) -> bool:
        """Whether it must be dealt with before the next step: what came after the window or last day need not be."""
        return self.waits and (self.kind is FilingKind.COMPLIANCE_REPORT or self.in_time is not False)
