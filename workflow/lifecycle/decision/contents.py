"""What opens a case, what makes a draft, and what is said when a decision is published or withdrawn."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workflow.law.money import Money
from workflow.lifecycle.facts import Cap, Hearing, Limb
from workflow.lifecycle.vocabulary import (
    AccruesFrom,
    Form,
    Liability,
    Nature,
    PeriodFrom,
    Retroactivity,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderContent:
    """One order of a draft, for one addressee."""

    n: int
    kind: str
    addressee: int
    ground: str
    nature: Nature
    limbs: tuple[Limb, ...]
    period: str | None = None
    period_from: PeriodFrom = PeriodFrom.SERVICE
    comply_by_fixed: date | None = None
    evidence_by: date | None = None
    roll: str | None = None
    after: tuple[int, ...] = ()
    lapses_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseContent:
    """One penalty clause of a draft."""

    n: int
    covers: tuple[int, ...]
    rate: Money
    per: str
    assess_after: str
    assess_every: str | None = None
    partial_unit: str | None = None
    cap: Cap | None = None
    accrues_from: AccruesFrom = AccruesFrom.DAY_AFTER_LAST_DAY
    accrues_from_on: date | None = None
    liability: Liability = Liability.SEVERAL


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftContent:
    """`draft` and `revise`: the whole draft of a decision or formal notice."""

    reference: str
    language: str
    addressees: tuple[int, ...]
    orders: tuple[OrderContent, ...]
    clauses: tuple[ClauseContent, ...]
    fine: Money | None = None
    hearing: Hearing | None = None
    assumed: tuple[str, ...] = ()
    form: Form = Form.CORRECTIVE_DECISION


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationContent:
    """`record_publication`: the day the decision was published."""

    DATED: ClassVar = ("published_on", "the day of publication")

    published_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalContent:
    """`withdraw`: whether the decision ends from now on or as if it had never been; a draft needs no effect."""

    effect: Retroactivity | None = None
