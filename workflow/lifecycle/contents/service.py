"""What is said of the service of an act."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workflow.lifecycle.contents.text import Text
from workflow.lifecycle.vocabulary import ServiceChannel, SubjectKind, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceContent:
    """`record_service`: on whom, on which day, how."""

    DATED: ClassVar = ("served_on", "the day of service")

    addressee: int
    served_on: date
    channel: ServiceChannel
    proof: Text | None = None


CONTENT = {(SubjectKind.DECISION, Trigger.RECORD_SERVICE): ServiceContent}
