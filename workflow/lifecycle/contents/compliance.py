"""What is said of compliance with an order."""

from dataclasses import dataclass
from datetime import date

from workflow.lifecycle.vocabulary import SubjectKind, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplianceContent:
    """`accept_compliance`: the day from which the order is complied with; it may precede the claim."""

    complied_on: date


CONTENT = {(SubjectKind.ORDER, Trigger.ACCEPT_COMPLIANCE): ComplianceContent}
