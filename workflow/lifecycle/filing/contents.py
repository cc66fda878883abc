"""What is said of a filing: what a party filed, what was found of it, what it was answered."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workflow.lifecycle.facts import Claim
from workflow.lifecycle.facts.frozen import asks, frozen
from workflow.lifecycle.kernel.sheet import FindingLine
from workflow.lifecycle.kernel.text import Text
from workflow.lifecycle.vocabulary import FilingOutcome, RequestKind


@frozen(kw_only=True)
class ReportContent:
    """`record_report`: since when a compliance report claims each limb met, and when it came in, by default today."""

    DATED: ClassVar = ("received_on", "the day it was received")

    claims: tuple[Claim, ...] = asks("What the party says it did, limb by limb.")
    received_on: date | None = asks("The day the report arrived.", date(2022, 12, 12), default=None)
    text: Text | None = asks("What it says.", "Collection has ended; see the annex.", default=None)


@frozen(kw_only=True)
class ObservationsContent:
    """`record_observations`: when they came in, by default today; whose they are, where several parties were heard."""

    DATED: ClassVar = ("received_on", "the day they were received")

    received_on: date | None = asks("The day the observations arrived.", date(2023, 3, 1), default=None)
    party: int | None = asks("The number of the party that makes them, where several were heard.", 1, default=None)
    text: Text | None = asks("What they say.", "The sum is contested.", default=None)


@frozen(kw_only=True)
class RequestContent:
    """`record_request` about an order: an extension until a day, or a suspension, and why."""

    DATED: ClassVar = ("received_on", "the day it was received")

    asks_for: RequestKind = asks("What the request is for.", RequestKind.EXTENSION)
    grounds: Text = asks("Why the party asks.", "The deletion needs three more weeks.")
    until: date | None = asks("The last day the party asks for.", date(2023, 1, 9), default=None)
    received_on: date | None = asks("The day the request arrived.", date(2022, 12, 1), default=None)


@frozen(kw_only=True)
class TimeRequestContent:
    """`record_request` about a penalty decision: observations may come until a later day, and why."""

    DATED: ClassVar = ("received_on", "the day it was received")

    until: date = asks("The last day for observations the party asks for.", date(2023, 3, 15))
    grounds: Text = asks("Why the party asks.", "Counsel was appointed yesterday.")
    received_on: date | None = asks("The day the request arrived.", date(2023, 3, 1), default=None)
    party: int | None = asks("The number of the party that asks, where several were heard.", 1, default=None)


@frozen(kw_only=True)
class RefusalContent:
    """`refuse`: why the time asked for is not given."""

    reasons: Text = asks("Why the request is refused.", "The period is long enough.")


@frozen(kw_only=True)
class AssessmentContent:
    """`accept`, `accept_in_part` and `reject`: the assessment sheet, a line for each limb the report speaks of."""

    findings: tuple[FindingLine, ...] = asks("What was found on each limb.")
    text: Text | None = asks("What is said of the whole.", "The report is accepted.", default=None)


@frozen(kw_only=True)
class ReplyContent:
    """`reply`: when the observations were answered, what became of them, and the answer itself."""

    DATED: ClassVar = ("replied_on", "the day of the reply")

    replied_on: date = asks("The day of the reply.", date(2023, 3, 20))
    outcome: FilingOutcome = asks("What becomes of the observations.", FilingOutcome.PARTLY_ACCEPTED)
    text: Text = asks("The reply.", "The number of days was recounted.")


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
