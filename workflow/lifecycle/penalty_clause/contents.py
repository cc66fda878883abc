"""What is said of a penalty clause after it was adopted."""

from dataclasses import dataclass
from datetime import date

from workflow.law.money import Money
from workflow.lifecycle.order.contents import LiftingContent, ResumptionContent, SuspensionContent
from workflow.lifecycle.vocabulary import SubjectKind, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class RateContent:
    """`change_rate`: the new rate, and the first day on which it holds."""

    rate: Money
    from_: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AccrualContent:
    """`start_accrual`: the day before which no day counts."""

    from_: date


CONTENT = {
    (SubjectKind.PENALTY_CLAUSE, Trigger.CHANGE_RATE): RateContent,
    (SubjectKind.PENALTY_CLAUSE, Trigger.START_ACCRUAL): AccrualContent,
    (SubjectKind.PENALTY_CLAUSE, Trigger.SUSPEND): SuspensionContent,
    (SubjectKind.PENALTY_CLAUSE, Trigger.RESUME): ResumptionContent,
    (SubjectKind.PENALTY_CLAUSE, Trigger.LIFT): LiftingContent,
}
