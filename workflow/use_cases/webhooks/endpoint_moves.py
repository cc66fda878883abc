"""From one state of an endpoint to the next: each move is an event of the authority.

pending --ping answered--> active <--> paused          any but removed --> removed
pending, active, paused --answered 410--> disabled
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from workflow.lifecycle.kernel.authority import (
    EndpointActivated,
    EndpointDisabled,
    EndpointPaused,
    EndpointRemoved,
    EndpointResumed,
    OfParty,
)
from workflow.lifecycle.kernel.refusals import IllegalTransition, VersionConflict
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.missing import NotFound
from workflow.store.tables.outbox import LISTENING, EndpointState, endpoints
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.authority import say
from workflow.use_cases.webhooks.attempts import give_up

PAUSE, RESUME, REMOVE = "pause", "resume", "remove"

_MOVES: dict[str, tuple[frozenset[EndpointState], EndpointState, type[OfParty]]] = {
    PAUSE: (frozenset({EndpointState.ACTIVE}), EndpointState.PAUSED, EndpointPaused),
    RESUME: (frozenset({EndpointState.PAUSED}), EndpointState.ACTIVE, EndpointResumed),
    REMOVE: (frozenset(EndpointState) - {EndpointState.REMOVED}, EndpointState.REMOVED, EndpointRemoved),
}


@dataclass(frozen=True, slots=True)
class Move:
    """A move of an endpoint of a case by a person who read it at `version`."""

    endpoint: str
    case: str
    name: str
    version: int


@touches(cases=lambda move: [(SubjectKind.CASE, move.case)], authority=True)
def move_endpoint(uow: UnitOfWork, move: Move, actor: Actor) -> None:
    """Pause, resume or remove an endpoint.

    What is made while it pauses is sent when it resumes; what waits when it is removed is given up, and the case says
    so.
    """
    sources, target, event = _MOVES[move.name]
    row = read_endpoint(uow, move.endpoint, move.version)
    if row.state not in sources:
        raise illegal(move.name, row.state)
    write(uow, row, event(case=row.case, party=row.party), actor, state=target)
    if target is EndpointState.REMOVED:
        give_up(uow, [row.id])


def read_endpoint(uow: UnitOfWork, id: str, version: int) -> Any:
    """The endpoint as it stands under the locks; NotFound, or VersionConflict when somebody moved it meanwhile."""
    row = uow.connection.execute(select(endpoints).where(endpoints.c.id == id)).one_or_none()
    if row is None:
        raise NotFound(SubjectKind.ENDPOINT, id)
    if row.version != version:
        raise VersionConflict(version, row.version, row.state is not EndpointState.REMOVED)
    return row


def answered(uow: UnitOfWork, ids: Collection[str], actor: Actor) -> None:
    """Endpoints that answered a ping: those that waited for it are active from now on."""
    if ids:
        _move_those_in(uow, ids, (EndpointState.PENDING,), EndpointState.ACTIVE, EndpointActivated, actor)


def gone(uow: UnitOfWork, ids: Collection[str], actor: Actor) -> None:
    """Endpoints that answered that they are gone for good are sent nothing more."""
    if ids:
        _move_those_in(uow, ids, LISTENING, EndpointState.DISABLED, EndpointDisabled, actor)


def write(uow: UnitOfWork, row: Any, said: OfParty, actor: Actor, **values: Any) -> None:
    """Write a change of an endpoint, and what the authority says of it."""
    uow.execute(update(endpoints).where(endpoints.c.id == row.id).values(version=row.version + 1, **values))
    say(uow, SubjectKind.ENDPOINT, row.id, said, actor)


def illegal(name: str, state: EndpointState) -> IllegalTransition:
    """The refusal of a move that is not open in this state."""
    sources = _MOVES[name][0]
    open_ = [each for each, (from_, _, _) in _MOVES.items() if state in from_]
    return IllegalTransition("endpoint", name, state.value, sorted(sources), open_)


def _move_those_in(
    uow: UnitOfWork,
    ids: Collection[str],
    states: Collection[EndpointState],
    target: EndpointState,
    event: type[OfParty],
    actor: Actor,
) -> None:
    found = select(endpoints).where(endpoints.c.id.in_(ids), endpoints.c.state.in_(states)).order_by(endpoints.c.id)
    for row in uow.connection.execute(found).all():
        write(uow, row, event(case=row.case, party=row.party), actor, state=target)
