"""What opens a case."""

from datetime import date
from typing import ClassVar

from workflow.law.invalid import MemberError
from workflow.lifecycle.facts.frozen import asks, frozen
from workflow.lifecycle.kernel.faults import refuse
from workflow.lifecycle.vocabulary import PartyKind


@frozen(kw_only=True)
class NewParty:
    """A party named when the case opens."""

    name: str = asks("The name of the company or person.", "Clearview AI, Inc.")
    kind: PartyKind = asks("Whether it is a company or a natural person.", PartyKind.LEGAL_PERSON)
    country: str | None = asks("The country of its seat, by two letters.", "US", default=None)


@frozen(kw_only=True)
class NewRepresentative:
    """Somebody who acts for party number `party`."""

    party: int = asks("The number of the party it acts for.", 1)
    name: str = asks("Its name.", "A. Counsel")
    role: str = asks("What it is to the party.", "counsel")


@frozen(kw_only=True)
class CaseContent:
    """`open`: a case with its parties and who represents them. Parties are numbered 1, 2, 3 … as given."""

    DATED: ClassVar = ("opened_on", "the day the case opened")

    reference: str = asks("The file reference of the case.", "CNIL-2022-019")
    regime: str = asks("The rules of the authority, by their name.", "fr-cnil")
    opened_on: date = asks("The day the case was opened.", date(2022, 6, 2))
    parties: tuple[NewParty, ...] = asks("The parties; they are numbered 1, 2, 3 as given.")
    representatives: tuple[NewRepresentative, ...] = asks("Who acts for the parties.", default=())


def check_case(content: CaseContent) -> None:
    """Raise InvalidRequest when a representative acts for a party that is not named."""
    refuse(
        MemberError(
            f"/representatives/{i}/party", f"no party {each.party}; parties are numbered 1 to {len(content.parties)}"
        )
        for i, each in enumerate(content.representatives)
        if not 1 <= each.party <= len(content.parties)
    )
