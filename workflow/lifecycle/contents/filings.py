"""What is said of a filing: what a party filed, what was found of it, what it was answered."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from workflow.lifecycle.contents.text import Text
from workflow.lifecycle.facts import Claim, Finding
from workflow.lifecycle.vocabulary import FilingOutcome, SubjectKind, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """`record_report`: when a compliance report came in, and since when it claims each limb met."""

    DATED: ClassVar = ("received_on", "the day it was received")

    received_on: date
    claims: tuple[Claim, ...]
    text: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationsContent:
    """`record_observations`: when they came in; whose they are may be left out while only one party was heard."""

    DATED: ClassVar = ("received_on", "the day they were received")

    received_on: date
    party: int | None = None
    text: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentContent:
    """`accept`, `accept_in_part` and `reject`: the assessment sheet, a line for each limb the report speaks of."""

    findings: tuple[Finding, ...]
    text: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyContent:
    """`reply`: when the observations were answered, what became of them, and the answer itself."""

    DATED: ClassVar = ("replied_on", "the day of the reply")

    replied_on: date
    outcome: FilingOutcome
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentContent:
    """`attach`: a file that is kept already, by its hash. It is never posted as such: the file itself is."""

    DATED: ClassVar = ("received_on", "the day the file was received")
    NEEDS: ClassVar = ("name",)

    sha256: str
    size: int
    media_type: str
    name: Text
    received_on: date | None = None


CONTENT: dict[tuple[SubjectKind, Trigger], type[Any]] = {
    (SubjectKind.ORDER, Trigger.RECORD_REPORT): ReportContent,
    (SubjectKind.PENALTY_DECISION, Trigger.RECORD_OBSERVATIONS): ObservationsContent,
    (SubjectKind.FILING, Trigger.ACCEPT): AssessmentContent,
    (SubjectKind.FILING, Trigger.ACCEPT_IN_PART): AssessmentContent,
    (SubjectKind.FILING, Trigger.REJECT): AssessmentContent,
    (SubjectKind.FILING, Trigger.REPLY): ReplyContent,
    (SubjectKind.FILING, Trigger.ATTACH): AttachmentContent,
}
