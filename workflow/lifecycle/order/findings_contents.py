"""What is said of compliance with an order, and what was found; the assessment sheet is the reasons of the act."""

from dataclasses import dataclass
from datetime import date

from workflow.lifecycle.kernel.text import Text
from workflow.lifecycle.vocabulary import SubjectKind, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """A line of the assessment sheet: for one limb what was claimed, looked at and found; the reasons of an act."""

    limb: int
    finding: Text
    claimed: Text = ""
    evidence: Text = ""
    method: Text = ""


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


CONTENT = {
    (SubjectKind.ORDER, Trigger.ESTABLISH_NON_COMPLIANCE): NonComplianceContent,
    (SubjectKind.ORDER, Trigger.ACCEPT_LIMB): LimbContent,
    (SubjectKind.ORDER, Trigger.ACCEPT_COMPLIANCE): ComplianceContent,
    (SubjectKind.ORDER, Trigger.RECORD_RELAPSE): RelapseContent,
    (SubjectKind.ORDER, Trigger.RECORD_PREMATURE_DELETION): PrematureDeletionContent,
}
