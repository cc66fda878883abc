"""What is said of the life of an act after its adoption: its service, appeals, rulings, finality."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workflow.lifecycle.facts import RulingItem
from workflow.lifecycle.kernel.text import Text
from workflow.lifecycle.vocabulary import ServiceBasis, ServiceChannel, ServiceFailure

RESTS_ON = {
    ServiceBasis.UNCOLLECTED: "first_presented_on",
    ServiceBasis.UNOPENED: "made_available_on",
    ServiceBasis.POSTED: "posted_on",
}
"""The member that a deemed service rests on; for the others it is the day of service itself."""

DAYS_OF_SERVICE = ("served_on", *RESTS_ON.values())
"""The members that give, or lead to, the day of service: with one of them assumed, that day is."""


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
    outcome: ServiceFailure
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


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealContent:
    """`record_appeal`: who appealed, when, to which court."""

    DATED: ClassVar = ("lodged_on", "the day the appeal was lodged")

    addressee: int
    lodged_on: date
    court: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingContent:
    """`record_ruling`: what a court made of each item, in which appeal; `final` ends the appeal."""

    DATED: ClassVar = ("ruled_on", "the day of the ruling")

    appeal: int
    ruled_on: date
    court: str
    final: bool
    items: tuple[RulingItem, ...]
    proof: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalityContent:
    """`record_finality`: since when the act is final, with the proof that no appeal is open."""

    DATED: ClassVar = ("final_on", "the day the act became final")

    final_on: date
    proof: Text
