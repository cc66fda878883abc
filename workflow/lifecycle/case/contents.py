"""What opens a case."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workflow.law.invalid import MemberError
from workflow.lifecycle.kernel.faults import refuse
from workflow.lifecycle.vocabulary import PartyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewParty:
    """A party named when the case opens."""

    name: str
    kind: PartyKind
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRepresentative:
    """Somebody who acts for party number `party`."""

    party: int
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseContent:
    """`open`: a case with its parties and who represents them. Parties are numbered 1, 2, 3 … as given."""

    DATED: ClassVar = ("opened_on", "the day the case opened")

    reference: str
    regime: str
    opened_on: date
    parties: tuple[NewParty, ...]
    representatives: tuple[NewRepresentative, ...] = ()


def check_case(content: CaseContent) -> None:
    """Raise InvalidRequest when a representative acts for a party that is not named."""
    refuse(
        MemberError(
            f"/representatives/{i}/party", f"no party {each.party}; parties are numbered 1 to {len(content.parties)}"
        )
        for i, each in enumerate(content.representatives)
        if not 1 <= each.party <= len(content.parties)
    )
