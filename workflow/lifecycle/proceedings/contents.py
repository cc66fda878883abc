"""What is said of the life of an act after its adoption: its service, appeals, rulings, finality."""

from datetime import date
from typing import ClassVar

from workflow.lifecycle.facts import RulingItem
from workflow.lifecycle.facts.frozen import asks, frozen
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


@frozen(kw_only=True)
class ServiceContent:
    """`record_service`: on whom, on which day, how, and on what basis it counts as served.

    `served_on` goes with `delivered` and `refused`. The others name the day they rest on, from which the regime gives
    the legal day: `first_presented_on` for `uncollected`, `made_available_on` for `unopened`, `posted_on` for `posted`.
    """

    DATED: ClassVar = ("served_on", "the day of service")
    NEEDS: ClassVar = ("addressee", "served_on", "channel")

    addressee: int = asks("The number of the party served.", 1)
    channel: ServiceChannel = asks("How it was delivered.", ServiceChannel.REGISTERED_LETTER)
    basis: ServiceBasis = asks("Why it counts as served.", ServiceBasis.DELIVERED, default=ServiceBasis.DELIVERED)
    served_on: date | None = asks("The day it was handed over.", date(2022, 10, 19), default=None)
    first_presented_on: date | None = asks(
        "The day it was first presented, where nobody collected it.", date(2022, 10, 4), default=None
    )
    made_available_on: date | None = asks(
        "The day it was made available, where nobody opened it.", date(2022, 10, 4), default=None
    )
    posted_on: date | None = asks("The day it was posted.", date(2022, 10, 17), default=None)
    proof: Text | None = asks("What proves the service.", "Acknowledgement of receipt RR122", default=None)


@frozen(kw_only=True)
class FailedServiceContent:
    """`record_failed_service`: an attempt that reached nobody. It starts no clock."""

    DATED: ClassVar = ("attempted_on", "the day of the attempt")

    addressee: int = asks("The number of the party.", 1)
    attempted_on: date = asks("The day of the attempt.", date(2022, 10, 18))
    channel: ServiceChannel = asks("How it was to be delivered.", ServiceChannel.BAILIFF)
    outcome: ServiceFailure = asks("Why the attempt failed.", ServiceFailure.NOT_FOUND)
    note: Text | None = asks("What is to be known of it.", "No such name at the door.", default=None)


@frozen(kw_only=True)
class ContestContent:
    """`record_contest`: the addressee disputes that, or when, the act was served; the date stands until corrected."""

    DATED: ClassVar = ("contested_on", "the day service was contested")

    addressee: int = asks("The number of the party.", 1)
    contested_on: date = asks("The day it contested the service.", date(2022, 11, 2))
    grounds: Text | None = asks("Why.", "The letter went to a former address.", default=None)


@frozen(kw_only=True)
class CorrectionContent:
    """`correct_service`: what is now known of the service on an addressee, or that it was `never_served`.

    The channel stays as it was where none is given.
    """

    NEEDS: ClassVar = ("addressee", "served_on", "proof")

    addressee: int = asks("The number of the party.", 1)
    proof: Text = asks("What proves the correction.", "Statement of the postal service of 3 November 2022")
    never_served: bool = asks("Whether nothing was served at all.", False, default=False)
    channel: ServiceChannel | None = asks(
        "How it was delivered; as it was where none is given.", ServiceChannel.REGISTERED_LETTER, default=None
    )
    basis: ServiceBasis = asks("Why it counts as served.", ServiceBasis.DELIVERED, default=ServiceBasis.DELIVERED)
    served_on: date | None = asks("The day it was handed over.", date(2022, 10, 25), default=None)
    first_presented_on: date | None = asks(
        "The day it was first presented, where nobody collected it.", date(2022, 10, 10), default=None
    )
    made_available_on: date | None = asks(
        "The day it was made available, where nobody opened it.", date(2022, 10, 10), default=None
    )
    posted_on: date | None = asks("The day it was posted.", date(2022, 10, 17), default=None)


@frozen(kw_only=True)
class AppealContent:
    """`record_appeal`: who appealed, when, to which court."""

    DATED: ClassVar = ("lodged_on", "the day the appeal was lodged")

    addressee: int = asks("The number of the party that appeals.", 1)
    lodged_on: date = asks("The day the appeal was lodged.", date(2022, 12, 12))
    court: str = asks("The court it was lodged with.", "Conseil d'État")


@frozen(kw_only=True)
class RulingContent:
    """`record_ruling`: what a court made of each item, in which appeal; `final` ends the appeal."""

    DATED: ClassVar = ("ruled_on", "the day of the ruling")

    appeal: int = asks("The number of the appeal.", 1)
    ruled_on: date = asks("The day of the ruling.", date(2023, 5, 9))
    court: str = asks("The court that ruled.", "Conseil d'État")
    final: bool = asks("Whether it ends the appeal.", True)
    items: tuple[RulingItem, ...] = asks("What the court did, item by item.")
    proof: Text = asks("Where the ruling is found.", "Ruling no. 469000")


@frozen(kw_only=True)
class FinalityContent:
    """`record_finality`: since when the act is final, with the proof that no appeal is open."""

    DATED: ClassVar = ("final_on", "the day the act became final")

    final_on: date = asks("The first day on which the act is final.", date(2022, 12, 20))
    proof: Text = asks("What proves that no appeal is open.", "Certificate of the registry of the court")
