"""The events of the authority's own stream: accounts, keys, counsel on record, endpoints, feeds, each case opened."""

from typing import TYPE_CHECKING

from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.kernel.events import Event, Payload, event
from workflow.lifecycle.vocabulary import Audience

if TYPE_CHECKING:
    from workflow.lifecycle.facts import CaseFacts


class OfAuthority(Payload):
    """An event of no case."""

    __slots__ = ()

    def fold(self, case: "CaseFacts", event: Event) -> "CaseFacts":
        """It stands in no journal of a case."""
        raise AssertionError(f"{self.type} is an event of the authority")


@event("case.registered", Audience.INTERNAL)
class CaseRegistered(OfAuthority):
    """A case was opened: one removed since is missed."""

    case: str
    reference: str


@event("account.created", Audience.INTERNAL)
class AccountCreated(OfAuthority):
    """An account with these roles."""

    roles: tuple[str, ...]


@event("key.created", Audience.INTERNAL)
class KeyCreated(OfAuthority):
    """A key of an account; `process` is the one it was made for, if for one."""

    account: str
    prefix: str
    process: str | None = None


@event("key.revoked", Audience.INTERNAL)
class KeyRevoked(OfAuthority):
    """A key taken out of use."""


@event("checkpoint.signed", Audience.INTERNAL)
class CheckpointSigned(OfAuthority):
    """The heads of so many streams, signed: the digest of the text and the key."""

    sha256: str
    key: str
    streams: int


@event("feed.created", Audience.INTERNAL)
class FeedCreated(OfAuthority):
    """A calendar feed of one case, or of all the account sees."""

    feed: str
    case: str | None


@event("feed.revoked", Audience.INTERNAL)
class FeedRevoked(OfAuthority):
    """A calendar feed taken out of use."""

    feed: str


@frozen(kw_only=True)
class OfParty(OfAuthority):
    """An event about counsel of a party in a case."""

    case: str
    party: int


@event("representation.recorded", Audience.INTERNAL)
class RepresentationRecorded(OfParty):
    """An account of counsel is on record for a party of a case."""


@event("representation.ended", Audience.INTERNAL)
class RepresentationEnded(OfParty):
    """An account of counsel is off the record for a party."""


@event("endpoint.registered", Audience.INTERNAL)
class EndpointRegistered(OfParty):
    """An endpoint for the messages of these types, of all where none are named."""

    url: str
    types: tuple[str, ...] | None


@event("endpoint.activated", Audience.INTERNAL)
class EndpointActivated(OfParty):
    """It answered its ping."""


@event("endpoint.paused", Audience.INTERNAL)
class EndpointPaused(OfParty):
    """It is sent nothing for now."""


@event("endpoint.resumed", Audience.INTERNAL)
class EndpointResumed(OfParty):
    """It is sent messages again."""


@event("endpoint.secret_rotated", Audience.INTERNAL)
class EndpointSecretRotated(OfParty):
    """It has a new secret; the one before signs beside it for some hours."""

    old_secret_for_hours: int


@event("endpoint.disabled", Audience.INTERNAL)
class EndpointDisabled(OfParty):
    """It answered that it is gone for good."""


@event("endpoint.removed", Audience.INTERNAL)
class EndpointRemoved(OfParty):
    """It is sent nothing any more; `mandate_ended` says that its counsel went off the record."""

    mandate_ended: bool = False
