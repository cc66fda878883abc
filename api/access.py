"""Who is asking, and whether they may use a route at all. Every route names its rule; there is no default."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.state import state_of
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import STAFF, Role
from workflow.use_cases.accounts.keys import actor_of

_BEARER = HTTPBearer(auto_error=False, description="A key made by `enjoin key create`.")

EVERYBODY = frozenset(Role)


class NotAuthenticated(Exception):
    """No key, or one that is unknown or revoked."""


class NotAllowed(Exception):
    """The key is good, but none of its roles may use this route."""

    def __init__(self, what: str, roles: frozenset[Role], actor: Actor) -> None:
        yours = " and ".join(sorted(actor.roles)) or "nobody"
        super().__init__(f"{what} is for {', '.join(sorted(roles))}; you are {yours}.")
        self.roles = sorted(roles)


class Rule:
    """A dependency that lets the holders of some roles pass and says who they are."""

    def __init__(self, what: str, roles: frozenset[Role]) -> None:
        self.what = what
        self.roles = roles

    def __call__(
        self, request: Request, bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
    ) -> Actor:
        """The actor; raises NotAuthenticated or NotAllowed."""
        actor = authenticate(request, bearer.credentials if bearer is not None else None)
        if actor.roles.isdisjoint(self.roles):
            raise NotAllowed(self.what, self.roles, actor)
        return actor


def authenticate(request: Request, key: str | None) -> Actor:
    """Who holds this key; raises NotAuthenticated. The key is looked up each time, so a revoked one ends at once."""
    if key is None:
        raise NotAuthenticated("Send a key: Authorization: Bearer enjoin_…")
    with state_of(request).reader.connect() as connection:
        actor = actor_of(connection, key)
    if actor is None:
        raise NotAuthenticated("The key is unknown or was revoked; `enjoin key create` makes one.")
    return actor


def actor_again(request: Request) -> Actor:
    """Who is asking, once more: after a wait the key may be revoked. Raises NotAuthenticated."""
    return authenticate(request, request.headers["authorization"].partition(" ")[2])


def anybody() -> None:
    """The rule of a route that needs no key."""


def is_public(request: Request) -> bool:
    """Whether the route of this request is open to anybody."""
    dependant = getattr(request.scope.get("route"), "dependant", None)
    return dependant is not None and any(each.call is anybody for each in dependant.dependencies)


CaseReader = Annotated[Actor, Depends(Rule("Reading cases", STAFF | {Role.COUNSEL}))]
Reader = Annotated[Actor, Depends(Rule("Reading the inside of a case", STAFF))]
DueReader = Annotated[Actor, Depends(Rule("The due list", STAFF | {Role.SCHEDULER}))]
Told = Annotated[Actor, Depends(Rule("Reading what counsel is told", STAFF | {Role.COUNSEL}))]
FeedHolder = Annotated[Actor, Depends(Rule("A calendar feed", frozenset(STAFF - {Role.AUDITOR} | {Role.COUNSEL})))]
Sender = Annotated[Actor, Depends(Rule("Deliveries", frozenset({Role.SCHEDULER})))]
Anyone = Annotated[Actor, Depends(Rule("This", EVERYBODY))]
