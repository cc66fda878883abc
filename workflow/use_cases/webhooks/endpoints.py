"""Where counsel is told: an endpoint for a represented party, with a secret that is shown once."""

import secrets
from base64 import b64encode
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import orjson
from sqlalchemy import Connection, select

from workflow.law.days import local_day
from workflow.law.invalid import invalid
from workflow.law.regime import regime
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.authority import EndpointRegistered, EndpointSecretRotated
from workflow.lifecycle.kernel.refusals import Denial, GuardRefused, IllegalTransition, RoleNotPermitted
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import Role, SubjectKind
from workflow.store.sealed import Vault
from workflow.store.tables.access import representations
from workflow.store.tables.outbox import LISTENING, EndpointState, endpoints, messages
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.accounts.representation import check_represents
from workflow.use_cases.acting.once import Memory
from workflow.use_cases.authority import say
from workflow.use_cases.webhooks.endpoint_moves import read_endpoint, write
from workflow.use_cases.webhooks.pings import ping, secret_of

REGISTER_ROLES = frozenset({Role.CASE_OFFICER, Role.COUNSEL})


@dataclass(frozen=True, slots=True)
class NewEndpoint:
    """An address to be told of what concerns party number `party` of a case; of these types, None for all."""

    case: str
    party: int
    url: str
    vault: Vault
    types: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class NewSecret:
    """An endpoint with the secret it was just given, shown once; None when the same is answered later."""

    id: str
    version: int
    secret: str | None


def secrets_again(vault: Vault) -> Memory[NewSecret]:
    """How a new secret is answered again: by the sealed one, while the endpoint stands as that answer left it.

    Once it is active, paused or has another secret, somebody had the first answer, or has to make a new one.
    """

    def find(connection: Connection, kept: list[Any]) -> NewSecret:
        id, version = kept
        same = select(endpoints.c.secret).where(endpoints.c.id == id, endpoints.c.version == version)
        sealed = connection.scalar(same)
        return NewSecret(id, version, None if sealed is None else vault.open(sealed, secret_of(id)))

    return Memory(lambda made: [made.id, made.version], find)


@touches(cases=lambda wanted: [(SubjectKind.CASE, wanted.case)], authority=True)
def register_endpoint(uow: UnitOfWork, wanted: NewEndpoint, actor: Actor) -> NewSecret:
    """Register an endpoint. It is sent a ping, and once that was answered what happens from now on."""
    case = uow.case(uow.case_of(SubjectKind.CASE, wanted.case))
    if actor.roles.isdisjoint(REGISTER_ROLES):
        raise RoleNotPermitted("register an endpoint", sorted(REGISTER_ROLES), sorted(actor.roles), [])
    check_represents(uow.connection, case, wanted.party, actor)
    _check_party(uow, case, wanted.party)
    id, secret = str(uuid4()), _new_secret()
    types = None if wanted.types is None else tuple(sorted(wanted.types))
    row = {
        "id": id,
        "case": case.id,
        "party": wanted.party,
        "url": wanted.url,
        "types": None if types is None else orjson.dumps(types).decode(),
        "secret": wanted.vault.seal(secret, secret_of(id)),
        "state": EndpointState.PENDING,
        "version": 1,
        "last_sequence": 0,
        "created_at": uow.machine_now,
        "created_by": actor.account,
    }
    uow.insert(endpoints, [row])
    uow.insert(messages, [ping(id, case.id, case.reference, uow.machine_now)])
    registered = EndpointRegistered(case=case.id, party=wanted.party, url=wanted.url, types=types)
    today = local_day(uow.now, regime(case.regime).timezone)
    say(uow, SubjectKind.ENDPOINT, id, registered, actor, today)
    return NewSecret(id, 1, secret)


@dataclass(frozen=True, slots=True)
class Rotation:
    """A new secret for an endpoint; the one it has signs beside it for some hours more."""

    endpoint: str
    case: str
    version: int
    keep_old_hours: int
    vault: Vault


@touches(cases=lambda wanted: [(SubjectKind.CASE, wanted.case)], authority=True)
def rotate_secret(uow: UnitOfWork, wanted: Rotation, actor: Actor) -> NewSecret:
    """Give an endpoint a new secret, which is shown once. A secret that was still kept from before signs no more."""
    row = read_endpoint(uow, wanted.endpoint, wanted.version)
    if row.state not in LISTENING:
        raise IllegalTransition("endpoint", "rotate", row.state.value, sorted(LISTENING), [])
    secret = _new_secret()
    until = uow.machine_now + timedelta(hours=wanted.keep_old_hours)
    old, old_until = (row.secret, until) if wanted.keep_old_hours > 0 else (None, None)
    sealed = wanted.vault.seal(secret, secret_of(row.id))
    rotated = EndpointSecretRotated(case=row.case, party=row.party, old_secret_for_hours=wanted.keep_old_hours)
    write(uow, row, rotated, actor, secret=sealed, old_secret=old, old_secret_until=old_until)
    return NewSecret(row.id, row.version + 1, secret)


@dataclass(frozen=True, slots=True)
class PingRequest:
    """A ping asked for."""

    endpoint: str
    case: str


@touches(cases=lambda wanted: [(SubjectKind.CASE, wanted.case)])
def send_ping(uow: UnitOfWork, wanted: PingRequest, _actor: Actor) -> str:
    """Send an endpoint a ping; the message's id."""
    case = uow.case(wanted.case)
    state = uow.connection.scalar(select(endpoints.c.state).where(endpoints.c.id == wanted.endpoint))
    if state not in LISTENING:
        raise IllegalTransition("endpoint", "ping", str(state), sorted(LISTENING), [])
    row = ping(wanted.endpoint, case.id, case.reference, uow.machine_now)
    uow.insert(messages, [row])
    return str(row["id"])


def _new_secret() -> str:
    return "whsec_" + b64encode(secrets.token_bytes(32)).decode()


def _check_party(uow: UnitOfWork, case: CaseFacts, party: int) -> None:
    if party not in {each.n for each in case.parties}:
        raise invalid("/party", f"no party {party} in this case; parties are numbered 1 to {len(case.parties)}")
    if party in {each.party for each in case.representatives}:
        return
    on_record = select(representations.c.account).where(
        representations.c.case == case.id, representations.c.party == party, representations.c.ended_at.is_(None)
    )
    if uow.connection.execute(on_record.limit(1)).first() is None:
        denial = Denial(
            detail=f"Party {party} has no representative on record in this case.",
            reference="an endpoint is for a represented party",
            satisfied_by="name a representative when the case is opened, or put counsel on record",
            who=("case_officer",),
        )
        raise GuardRefused("party_is_represented", denial, [])
