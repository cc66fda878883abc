"""What happens to an act once it is adopted: its service, the appeals against it, what courts made of it."""

from datetime import date
from typing import Protocol

from workflow.law.money import Money
from workflow.lifecycle.facts.frozen import asks, frozen
from workflow.lifecycle.vocabulary import ItemKind, RulingOutcome, ServiceBasis, ServiceChannel, ServiceFailure


@frozen
class Service:
    """Formal delivery of an act to one addressee: on which legal date, and on what basis it counts as delivered.

    `contested_on` is the day the addressee disputed it; the date stands until it is corrected. `corrected_from` are
    the dates that were recorded before, oldest first. `posted_on` is the day it was sent, where that is known.
    """

    addressee: int
    served_on: date
    channel: ServiceChannel
    assumed: bool
    basis: ServiceBasis = ServiceBasis.DELIVERED
    contested_on: date | None = None
    corrected_from: tuple[date, ...] = ()
    posted_on: date | None = None


@frozen
class FailedService:
    """An attempt at service that failed. It starts no clock."""

    addressee: int
    attempted_on: date
    channel: ServiceChannel
    outcome: ServiceFailure


@frozen
class Appeal:
    """An appeal of one addressee; `open` until a final ruling."""

    n: int
    addressee: int
    lodged_on: date
    court: str
    open: bool = True


@frozen
class RulingItem:
    """What a court did with one item: `number` is that of the order or clause, `limb` that of a limb of the order.

    `amount` goes with `reduced_to` and `raised_to`.
    """

    item: ItemKind = asks("What the line is about.", ItemKind.DECISION)
    outcome: RulingOutcome = asks("What the court did with it.", RulingOutcome.UPHELD)
    number: int | None = asks("The number of the order or clause.", 1, default=None)
    limb: int | None = asks("The number of the limb of that order.", 1, default=None)
    amount: Money | None = asks("The sum to which it was reduced or raised.", Money(200_000_000, "EUR"), default=None)


@frozen
class Ruling:
    """A ruling on an appeal."""

    n: int
    appeal: int
    ruled_on: date
    court: str
    final: bool
    items: tuple[RulingItem, ...]


class Served(Protocol):
    """An adopted act that is served and can be appealed: a corrective decision or a penalty decision."""

    @property
    def services(self) -> tuple[Service, ...]:
        """The service on each addressee that was served."""

    @property
    def attempts(self) -> tuple[FailedService, ...]:
        """The attempts that failed."""

    @property
    def appeals(self) -> tuple[Appeal, ...]:
        """The appeals against it."""

    @property
    def rulings(self) -> tuple[Ruling, ...]:
        """What courts made of it."""

    @property
    def adopted_on(self) -> date | None:
        """The legal date of its adoption."""

    def service_on(self, addressee: int) -> Service | None:
        """The service on one addressee, if any."""
