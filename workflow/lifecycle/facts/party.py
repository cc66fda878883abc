"""Who a case concerns and who acts for them."""

from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.vocabulary import PartyKind


@frozen
class Party:
    """A party of the case. `name` is empty for a natural person, whose name stands beside the journal."""

    n: int
    id: str
    kind: PartyKind
    name: str
    country: str | None = None


@frozen
class Representative:
    """Somebody who acts for a party; the name stands beside the journal."""

    n: int
    id: str
    party: int
    role: str
