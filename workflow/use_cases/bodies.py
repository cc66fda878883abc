"""The `data` of each trigger as a body, and how it becomes the content that `decide` reads."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from workflow.law.invalid import InvalidRequest, MemberError
from workflow.law.regime import regime
from workflow.lifecycle.contents import (
    CaseContent,
    ComplianceContent,
    NewParty,
    NewRepresentative,
    ProposalContent,
    ServiceContent,
)
from workflow.lifecycle.drafts import errors_below
from workflow.lifecycle.vocabulary import (
    PartyKind,
    ServiceChannel,
    Trigger,
)
from workflow.use_cases.draft_body import DraftBody
from workflow.use_cases.members import (
    Body,
    IsoDate,
    Name,
    Number,
    Words,
    read_body,
)


class PartyBody(Body):
    """A party of the case. The name of a natural person is kept apart from the chained journal."""

    name: Name
    kind: PartyKind = PartyKind.LEGAL_PERSON
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None


class RepresentativeBody(Body):
    """Somebody who acts for party number `party`."""

    party: Number
    name: Name
    role: Name = "counsel"


class CaseBody(Body):
    """Opens a case. Parties are numbered 1, 2, 3 … as given."""

    reference: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9./-]{0,59}$")]
    regime: Name
    opened_on: IsoDate
    parties: Annotated[list[PartyBody], Field(min_length=1, max_length=100)]
    representatives: Annotated[tuple[RepresentativeBody, ...], Field(max_length=100)] = ()

    def content(self) -> CaseContent:
        """The content of `open`; raises InvalidRequest for a regime that does not exist."""
        regime(self.regime, self.opened_on)
        return CaseContent(
            reference=self.reference,
            regime=self.regime,
            opened_on=self.opened_on,
            parties=tuple(NewParty(name=each.name, kind=each.kind, country=each.country) for each in self.parties),
            representatives=tuple(
                NewRepresentative(party=each.party, name=each.name, role=each.role) for each in self.representatives
            ),
        )


class ServiceBody(Body):
    """Formal delivery to one addressee: on which day and how; `proof` says what proves it."""

    addressee: Number
    served_on: IsoDate
    channel: ServiceChannel
    proof: Words | None = None

    def content(self) -> ServiceContent:
        """The content of `record_service`."""
        return ServiceContent(**self.model_dump())


class ComplianceBody(Body):
    """The day from which the order is complied with; it may precede the claim."""

    complied_on: IsoDate

    def content(self) -> ComplianceContent:
        """The content of `accept_compliance`."""
        return ComplianceContent(complied_on=self.complied_on)


class ProposalBody(Body):
    """An officer's proposal: the last day assessed, by default yesterday. The scheduler's follows its step."""

    assessed_to: IsoDate | None = None

    def content(self) -> ProposalContent:
        """The content of `propose_penalty`."""
        return ProposalContent(assessed_to=self.assessed_to)


_BODIES: dict[Trigger, type[Any]] = {
    Trigger.OPEN: CaseBody,
    Trigger.DRAFT: DraftBody,
    Trigger.REVISE: DraftBody,
    Trigger.RECORD_SERVICE: ServiceBody,
    Trigger.ACCEPT_COMPLIANCE: ComplianceBody,
    Trigger.PROPOSE_PENALTY: ProposalBody,
}


def read_content(trigger: Trigger, data: Mapping[str, Any], at: str = "") -> Any:
    """The content of a trigger from its `data`, None where it takes none; raises InvalidRequest below this path."""
    model = _BODIES.get(trigger)
    if model is None:
        if data:
            raise InvalidRequest(*(MemberError(f"{at}/{name}", f"{trigger} takes no data") for name in data))
        return None
    with errors_below(at):
        return read_body(model, data).content()
