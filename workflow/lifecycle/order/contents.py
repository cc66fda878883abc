"""What is said of an order: by a draft, of its time and its end, of compliance with it, and what was found."""

from dataclasses import dataclass
from datetime import date

from workflow.lifecycle.facts import OrderTerms
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.kernel.sheet import FindingLine
from workflow.lifecycle.kernel.suspension import SuspensionContent
from workflow.lifecycle.vocabulary import Retroactivity


@frozen(kw_only=True)
class OrderContent(OrderTerms):
    """One order of a draft, for one addressee."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionContent:
    """`extend`: the new last day. Late days that accrued before it was given stay, unless they are undone.

    `request` is the number of the filing it grants, if of one.
    """

    last_day: date
    undoes_accrued: bool = False
    request: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSuspensionContent(SuspensionContent):
    """`suspend` an order; `request` is the number of the filing it grants, if of one."""

    request: int | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmetLimb:
    """A limb found unmet: from a day found, else from the first late day."""

    n: int
    from_: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NonComplianceContent:
    """`establish_non_compliance`: which limbs are unmet, from when, and what was looked at."""

    limbs: tuple[UnmetLimb, ...]
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LimbContent:
    """`accept_limb`: the day from which one limb is met; it may precede the claim."""

    limb: int
    met_on: date
    findings: tuple[FindingLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplianceContent:
    """`accept_compliance`: the day from which the order is complied with; it may precede the claim."""

    complied_on: date
    findings: tuple[FindingLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelapseContent:
    """`record_relapse`: the day from which limbs that were met are unmet again."""

    relapsed_on: date
    limbs: tuple[int, ...]
    findings: tuple[FindingLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrematureDeletionContent:
    """`record_premature_deletion`: when data were deleted that people had asked for; the references of the requests."""

    deleted_on: date
    requests: tuple[str, ...]
