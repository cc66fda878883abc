"""What is said of an access request: who asked is never said, only the reference the parties use."""

from dataclasses import dataclass
from datetime import date

from workflow.lifecycle.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestContent:
    """`register_request`: the pseudonym the parties use for it, and the day the respondent received it."""

    reference: str
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionNoticeContent:
    """`extend`: the day on which the respondent told the person that it needs more time, and why."""

    told_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerContent:
    """`record_answer`: the day on which the respondent answered."""

    answered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalContent:
    """`record_refusal`: the day on which the respondent refused, and the article it relied on."""

    refused_on: date
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDataContent:
    """`record_no_data`: the day on which the respondent said that it holds no data of the person."""

    found_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeContent:
    """`dispute`: the day on which the person said that this was no answer."""

    disputed_on: date
    text: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsideContent:
    """`set_aside`: why this request no longer counts under the order."""

    reasons: Text
