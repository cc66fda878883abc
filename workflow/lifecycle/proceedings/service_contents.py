"""What is said of the service of an act."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workflow.lifecycle.kernel.text import Text
from workflow.lifecycle.vocabulary import AttemptOutcome, ServiceBasis, ServiceChannel, SubjectKind, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceContent:
    """`record_service`: on whom, on which day, how, and on what basis it counts as served.

    `served_on` goes with `delivered` and `refused`. The others name the day they rest on, from which the regime gives
    the legal day: `first_presented_on` for `uncollected`, `made_available_on` for `unopened`, `posted_on` for `posted`.
    """

    DATED: ClassVar = ("served_on", "the day of service")
    NEEDS: ClassVar = ("addressee", "served_on", "channel")

    addressee: int
    channel: ServiceChannel
    basis: ServiceBasis = ServiceBasis.DELIVERED
    served_on: date | None = None
    first_presented_on: date | None = None
    made_available_on: date | None = None
    posted_on: date | None = None
    proof: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedServiceContent:
    """`record_failed_service`: an attempt that reached nobody. It starts no clock."""

    DATED: ClassVar = ("attempted_on", "the day of the attempt")

    addressee: int
    attempted_on: date
    channel: ServiceChannel
    outcome: AttemptOutcome
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestContent:
    """`record_contest`: the addressee disputes that, or when, the act was served; the date stands until corrected."""

    DATED: ClassVar = ("contested_on", "the day service was contested")

    addressee: int
    contested_on: date
    grounds: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionContent:
    """`correct_service`: what is now known of the service on an addressee, or that it was `never_served`.

    The channel stays as it was where none is given.
    """

    NEEDS: ClassVar = ("addressee", "served_on", "proof")

    addressee: int
    proof: Text
    never_served: bool = False
    channel: ServiceChannel | None = None
    basis: ServiceBasis = ServiceBasis.DELIVERED
    served_on: date | None = None
    first_presented_on: date | None = None
    made_available_on: date | None = None
    posted_on: date | None = None


CONTENT = {
    (kind, trigger): content
    for kind in (SubjectKind.DECISION, SubjectKind.PENALTY_DECISION)
    for trigger, content in (
        (Trigger.RECORD_SERVICE, ServiceContent),
        (Trigger.RECORD_FAILED_SERVICE, FailedServiceContent),
        (Trigger.RECORD_CONTEST, ContestContent),
        (Trigger.CORRECT_SERVICE, CorrectionContent),
    )
}
