"""How a case opens, closes, and opens again."""

from datetime import date

from workflow.lifecycle.case.contents import CaseContent, NewParty
from workflow.lifecycle.facts import CaseFacts, Party, Representative, case_id, child_id
from workflow.lifecycle.facts.frozen import copied, replace
from workflow.lifecycle.kernel.events import Event, Payload, event
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.writing import followed
from workflow.lifecycle.vocabulary import Audience, CaseState, PartyKind


@event("case.opened", Audience.INTERNAL)
class CaseOpened(Payload):
    """A case was opened, with its parties and who represents them."""

    reference: str
    regime: str
    opened_on: date
    parties: tuple[Party, ...]
    representatives: tuple[Representative, ...]

    def begins(self, id: str, state: CaseState) -> CaseFacts:
        """The case as it is at first."""
        return copied(CaseFacts, self, id=id, state=state)

    def fold(self, case: CaseFacts | None, event: Event) -> CaseFacts:
        """The case as it begins: there was none before."""
        return self.begins(event.subject.id, CaseState.OPEN)


@event("case.closed", Audience.INTERNAL)
class CaseClosed(Payload):
    """Nothing in it is left to do."""

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """Closed."""
        return replace(case, state=CaseState.CLOSED, closed_on=event.effective_on)


@event("case.reopened", Audience.INTERNAL)
class CaseReopened(Payload):
    """A closed case goes on."""

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """Open again."""
        return replace(case, state=CaseState.REOPENED, closed_on=None)


def blank(content: CaseContent) -> CaseFacts:
    """The case as it would be before it is opened: what the guards of `open` look at."""
    return _opening(content).begins(case_id(content.reference), CaseState.ABSENT)


def open_case(at: Situation[CaseFacts, CaseContent]) -> list[Event]:
    """`case.opened`; names of natural persons go beside the chain as `party/n` and `representative/n`."""
    content = at.content
    names = {
        f"party/{n}": party.name
        for n, party in enumerate(content.parties, start=1)
        if party.kind is PartyKind.NATURAL_PERSON
    } | {f"representative/{n}": each.name for n, each in enumerate(content.representatives, start=1)}
    return [replace(followed(at, _opening(content), at.case.subject), text=names)]


def _opening(content: CaseContent) -> CaseOpened:
    """What opens a case; the name of a natural person stands beside the journal."""
    id = case_id(content.reference)
    return CaseOpened(
        reference=content.reference,
        regime=content.regime,
        opened_on=content.opened_on,
        parties=tuple(
            Party(n, child_id(id, "party", n), party.kind, _public_name(party), party.country)
            for n, party in enumerate(content.parties, start=1)
        ),
        representatives=tuple(
            Representative(n, child_id(id, "representative", n), each.party, each.role)
            for n, each in enumerate(content.representatives, start=1)
        ),
    )


def _public_name(party: NewParty) -> str:
    return party.name if party.kind is PartyKind.LEGAL_PERSON else ""


def begun(event: Event) -> CaseFacts:
    """The case that this event opens; ValueError for any other, for a case begins with its opening."""
    if not isinstance(event.payload, CaseOpened):
        raise ValueError(f"a case begins with its opening, not with {event.payload.type}")
    return event.payload.fold(None, event)
