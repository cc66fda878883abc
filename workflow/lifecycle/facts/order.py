"""An order: one duty of one addressee, its limbs and its time."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from workflow.lifecycle.facts.frozen import asks, frozen
from workflow.lifecycle.facts.ids import Subject
from workflow.lifecycle.vocabulary import (
    Nature,
    OrderState,
    PeriodFrom,
    Retroactivity,
    SubjectKind,
    SuspensionEffect,
    SuspensionScope,
)


@frozen
class Spell:
    """A time in which a limb is unmet: from a day found, else from the first late day, to the day before `met_on`."""

    from_: date | None = None
    met_on: date | None = None


@frozen
class Limb:
    """A head of an order. Without spells it is presumed unmet from the first late day on.

    An annulled limb was never a duty: none of its days count until the annulment is reversed.
    """

    n: int = asks("The number of the limb in the order.", 1)
    text: str = asks("What is to be done.", "Stop collecting photographs of people in France.")
    spells: tuple[Spell, ...] = ()
    annulled_on: date | None = None

    @property
    def met_on(self) -> date | None:
        """The day it was met, None while it is not."""
        return self.spells[-1].met_on if self.spells else None

    @property
    def unmet(self) -> tuple[Spell, ...]:
        """Its spells, the presumed one where nothing was found yet."""
        return self.spells or (Spell(),)


@frozen
class Finding:
    """A line of an assessment sheet: on which limb, the act that was proposed with it, and its place there.

    Its words are the reasons of the act; they stand beside the journal, with the proposal.
    """

    limb: int
    act: int
    place: int


@frozen
class Suspension:
    """A stay: of the order or one limb of it, a clause, or the collection of a debt; open while `to` is None."""

    n: int
    scope: SuspensionScope
    effect: SuspensionEffect
    from_: date
    to: date | None = None
    limb: int | None = None

    @property
    def stops_days(self) -> bool:
        """Whether its days are dropped."""
        return self.effect is not SuspensionEffect.COLLECTION_ONLY


@frozen
class Grace:
    """Time given when days were late already: from the first of these days to the last nothing is late, after it is."""

    from_: date
    to: date


@frozen(kw_only=True)
class OrderTerms:
    """What a decision says of an order: one duty of one addressee. `lapses_on` ends an order made for a time only."""

    n: int = asks("The number of the order in the decision.", 1)
    kind: str = asks("What is ordered.", "cease_collection")
    addressee: int = asks("The number of the party it binds.", 1)
    ground: str = asks("The article it is made under.", "GDPR art. 58(2)(f)")
    nature: Nature = asks(
        "Whether it is discharged once, can be breached again, or holds from one day to another.", Nature.CONTINUOUS
    )
    limbs: tuple[Limb, ...] = asks("What is to be done, head by head.")
    period: str | None = asks("The time to comply, from service: P2M is two months.", "P2M", default=None)
    period_from: PeriodFrom = asks("What starts the period.", PeriodFrom.SERVICE, default=PeriodFrom.SERVICE)
    comply_by_fixed: date | None = asks(
        "The last day, where it is fixed and no period runs.", date(2022, 12, 19), default=None
    )
    evidence_by: date | None = asks("The last day to prove compliance.", date(2022, 12, 19), default=None)
    roll: str | None = asks(
        "What becomes of a last day that is no working day; by default as the regime says.",
        "next_working_day",
        default=None,
    )
    after: tuple[int, ...] = asks("The numbers of the orders to comply with first.", (2,), default=())
    lapses_on: date | None = asks("The last day of an order made for a time only.", date(2023, 12, 31), default=None)


@frozen(kw_only=True)
class Order(OrderTerms):
    """An order, and what became of it.

    `before` is the state a suspension found it in, `annulled_in` the one an annulment did: what is annulled was never a
    duty, until the annulment is reversed. The last day it has now was given on `clock_set_on`, None while it is that of
    its service; `graces` are the times given after days were late. `ended_on` is the first day on which it no longer
    binds, `ended_as` whether the days before count. `findings` are the latest lines on each limb. `requests` counts the
    access requests under it by state; `acted_on` is the legal date of the last finding, extension, lifting or closing.
    """

    id: str
    state: OrderState = OrderState.PENDING
    starts_on: date | None = None
    last_day: date | None = None
    first_late_day: date | None = None
    extended_to: date | None = None
    clock_set_on: date | None = None
    graces: tuple[Grace, ...] = ()
    reminded: tuple[int, ...] = ()
    expiry_recorded_on: date | None = None
    complied_on: date | None = None
    before: OrderState | None = None
    suspensions: tuple[Suspension, ...] = ()
    ended_on: date | None = None
    ended_as: Retroactivity | None = None
    annulled_on: date | None = None
    annulled_in: OrderState | None = None
    closed_on: date | None = None
    findings: tuple[Finding, ...] = ()
    requests: Mapping[str, int] = field(default_factory=dict)
    premature_deletion_on: date | None = None
    acted_on: date | None = None

    @property
    def subject(self) -> Subject:
        """What an event about it is about."""
        return Subject(SubjectKind.ORDER, self.id)

    @property
    def standing(self) -> tuple[Limb, ...]:
        """The limbs that no court annulled."""
        return tuple(limb for limb in self.limbs if limb.annulled_on is None)

    @property
    def is_complied(self) -> bool:
        """Whether compliance was accepted and nothing undid it since, also while it is suspended or closed."""
        return self.complied_on is not None and self.annulled_on is None

    @property
    def open_suspension(self) -> Suspension | None:
        """The stay of the whole order that is running, if one is."""
        return next((each for each in self.suspensions if each.to is None and each.limb is None), None)
