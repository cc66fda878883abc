"""The `data` of each trigger as a body, and how it becomes the content that `decide` reads."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from workflow.law.invalid import InvalidRequest, MemberError
from workflow.law.regime import regime
from workflow.lifecycle.case.contents import CaseContent, NewParty, NewRepresentative
from workflow.lifecycle.decision.contents import DraftContent
from workflow.lifecycle.door.contents import CONTENT
from workflow.lifecycle.kernel.faults import errors_below
from workflow.lifecycle.vocabulary import PartyKind, SubjectKind, Trigger
from workflow.use_cases.acting.body_types import Body, IsoDate, Name, Number, read_body
from workflow.use_cases.acting.derived_bodies import body_of, content_of, described_by
from workflow.use_cases.acting.draft_body import DraftBody


@described_by(NewParty)
class PartyBody(Body):
    """A party of the case. The name of a natural person is kept apart from the chained journal."""

    name: Name
    kind: PartyKind = PartyKind.LEGAL_PERSON
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None


@described_by(NewRepresentative)
class RepresentativeBody(Body):
    """Somebody who acts for party number `party`."""

    party: Number
    name: Name
    role: Name = "counsel"


@described_by(CaseContent)
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
        return content_of(CaseContent, self)


_BODIES: dict[Any, Any] = {CaseContent: CaseBody, DraftContent: DraftBody}
"""Bodies written by hand: their JSON has another shape than what it is read into."""


def body_class(content: Any) -> type[Body]:
    """The model that reads the JSON of this content."""
    return _BODIES.get(content) or body_of(content)


def read_content(kind: SubjectKind, trigger: Trigger, data: Mapping[str, Any], at: str = "") -> Any:
    """The content of a trigger on a kind of thing from its `data`, None where it takes none.

    Raises InvalidRequest below this path.
    """
    content: Any = CONTENT.get((kind, trigger))
    if content is None:
        if data:
            raise InvalidRequest(*(MemberError(f"{at}/{name}", f"{trigger} takes no data") for name in data))
        return None
    with errors_below(at):
        body = read_body(body_class(content), data)
        return body.content() if content in _BODIES else content_of(content, body)
