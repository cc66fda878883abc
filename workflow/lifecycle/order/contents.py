"""What is said of an order's time and its end: extension, stay and resumption, lifting, lapse, annulment."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workflow.lifecycle.vocabulary import Retroactivity, SubjectKind, SuspensionEffect, SuspensionScope, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionContent:
    """`extend`: the new last day. Late days that accrued before it was given stay, unless they are undone.

    `request` is the number of the filing it grants, if of one.
    """

    last_day: date
    undoes_accrued: bool = False
    request: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionContent:
    """`suspend`: what is stayed, what that does to its days, and the first day of it."""

    DATED: ClassVar = ("from_", "the first day of the suspension")

    scope: SuspensionScope
    effect: SuspensionEffect
    from_: date
    limb: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSuspensionContent(SuspensionContent):
    """`suspend` an order: as above; `request` is the number of the filing it grants, if of one."""

    request: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumptionContent:
    """`resume`: the first day that counts again; which suspension, where several run; a new last day, where due."""

    DATED: ClassVar = ("resumed_on", "the day of resumption")

    resumed_on: date
    suspension: int | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftingContent:
    """`lift`: from the day of the act on, or as if the thing had never been."""

    effect: Retroactivity


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseContent:
    """`record_lapse`: the first day on which the order no longer binds; by default the day after it was made for."""

    lapsed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnulmentContent:
    """`record_annulment`: the day of the annulment, by default that of the act; no day of the order counts."""

    annulled_on: date | None = None


CONTENT = {
    (SubjectKind.ORDER, Trigger.EXTEND): ExtensionContent,
    (SubjectKind.ORDER, Trigger.SUSPEND): OrderSuspensionContent,
    (SubjectKind.ORDER, Trigger.RESUME): ResumptionContent,
    (SubjectKind.ORDER, Trigger.LIFT): LiftingContent,
    (SubjectKind.ORDER, Trigger.RECORD_LAPSE): LapseContent,
    (SubjectKind.ORDER, Trigger.RECORD_ANNULMENT): AnnulmentContent,
}
