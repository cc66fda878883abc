"""What is said of an order: by a draft, of its time and its end, of compliance with it, and what was found."""

from datetime import date

from workflow.lifecycle.facts import OrderTerms
from workflow.lifecycle.facts.frozen import asks, frozen
from workflow.lifecycle.kernel.sheet import FindingLine
from workflow.lifecycle.kernel.suspension import SuspensionContent
from workflow.lifecycle.vocabulary import Retroactivity


@frozen(kw_only=True)
class OrderContent(OrderTerms):
    """One order of a draft, for one addressee."""


@frozen(kw_only=True)
class ExtensionContent:
    """`extend`: the new last day. Late days that accrued before it was given stay, unless they are undone.

    `request` is the number of the filing it grants, if of one.
    """

    last_day: date = asks("The new last day that still counts.", date(2023, 1, 9))
    undoes_accrued: bool = asks("Whether late days of before no longer count.", False, default=False)
    request: int | None = asks("The number of the filing that this grants, if one waits.", 3, default=None)


@frozen(kw_only=True)
class OrderSuspensionContent(SuspensionContent):
    """`suspend` an order; `request` is the number of the filing it grants, if of one."""

    request: int | None = asks("The number of the filing that this grants, if one waits.", 3, default=None)


@frozen(kw_only=True)
class LiftingContent:
    """`lift`: from the day of the act on, or as if the thing had never been."""

    effect: Retroactivity = asks("Whether it ends from now on, or as if it had never been.", Retroactivity.EX_NUNC)


@frozen(kw_only=True)
class LapseContent:
    """`record_lapse`: the first day on which the order no longer binds; by default the day after it was made for."""

    lapsed_on: date | None = asks(
        "The first day on which it no longer binds; by default the day after it was made for.",
        date(2023, 3, 1),
        default=None,
    )


@frozen(kw_only=True)
class AnnulmentContent:
    """`record_annulment`: the day of the annulment, by default that of the act; no day of the order counts."""

    annulled_on: date | None = asks(
        "The day of the annulment; by default the day of the act.", date(2023, 5, 9), default=None
    )


@frozen(kw_only=True)
class UnmetLimb:
    """A limb found unmet: from a day found, else from the first late day."""

    n: int = asks("The number of the limb.", 1)
    from_: date | None = asks(
        "The first day found unmet; by default the first late day.", date(2022, 12, 20), default=None
    )


@frozen(kw_only=True)
class NonComplianceContent:
    """`establish_non_compliance`: which limbs are unmet, from when, and what was looked at."""

    limbs: tuple[UnmetLimb, ...] = asks("The limbs found unmet.")
    findings: tuple[FindingLine, ...] = asks("What was found on each of them.")


@frozen(kw_only=True)
class LimbContent:
    """`accept_limb`: the day from which one limb is met; it may precede the claim."""

    limb: int = asks("The number of the limb.", 1)
    met_on: date = asks("The day it was met: that day is not late.", date(2023, 2, 10))
    findings: tuple[FindingLine, ...] = asks("What was found.", default=())


@frozen(kw_only=True)
class ComplianceContent:
    """`accept_compliance`: the day from which the order is complied with; it may precede the claim."""

    complied_on: date = asks("The day the last limb was met: that day is not late.", date(2023, 2, 10))
    findings: tuple[FindingLine, ...] = asks("What was found on each limb.", default=())


@frozen(kw_only=True)
class RelapseContent:
    """`record_relapse`: the day from which limbs that were met are unmet again."""

    relapsed_on: date = asks("The first day unmet again.", date(2023, 3, 1))
    limbs: tuple[int, ...] = asks("The numbers of the limbs unmet again.", (1,))
    findings: tuple[FindingLine, ...] = asks("What was found on each of them.", default=())


@frozen(kw_only=True)
class PrematureDeletionContent:
    """`record_premature_deletion`: when data were deleted that people had asked for; the references of the requests."""

    deleted_on: date = asks("The day the data were deleted.", date(2022, 11, 2))
    requests: tuple[str, ...] = asks("The references of the requests that were still open.", ("AR-2022-0001",))
