"""What is said of a filing: what a party filed, what was found of it, what it was answered."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workflow.lifecycle.facts import Claim
from workflow.lifecycle.kernel.sheet import FindingLine
from workflow.lifecycle.kernel.text import Text
from workflow.lifecycle.vocabulary import FilingOutcome, RequestKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """`record_report`: since when a compliance report claims each limb met, and when it came in, by default today."""

    DATED: ClassVar = ("received_on", "the day it was received")

    claims: tuple[Claim, ...]
    received_on: date | None = None
    text: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationsContent:
    """`record_observations`: when they came in, by default today; whose they are, where several parties were heard."""

    DATED: ClassVar = ("received_on", "the day they were received")

    received_on: date | None = None
    party: int | None = None
    text: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestContent:
    """`record_request` about an order: an extension until a day, or a suspension, and why."""

    DATED: ClassVar = ("received_on", "the day it was received")

    asks_for: RequestKind
    grounds: Text
    until: date | None = None
    received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRequestContent:
    """`record_request` about a penalty decision: observations may come until a later day, and why."""

    DATED: ClassVar = ("received_on", "the day it was received")

    until: date
    grounds: Text
    received_on: date | None = None
    party: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalContent:
    """`refuse`: why the time asked for is not given."""

    reasons: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentContent:
    """`accept`, `accept_in_part` and `reject`: the assessment sheet, a line for each limb the report speaks of."""

    findings: tuple[FindingLine, ...]
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
