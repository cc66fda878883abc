"""Accounts and their keys: made at the console, shown once, looked up by digest, revoked at once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from json import dumps, loads
from uuid import uuid4

from sqlalchemy import Connection, select, update

from workflow.lifecycle.kernel.authority import AccountCreated, KeyCreated, KeyRevoked
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import Role, SubjectKind
from workflow.store.tables.access import accounts, keys
from workflow.store.tables.journal import journal
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.authority import say

CONSOLE = Actor("console", frozenset({Role.ADMINISTRATOR}))
"""Whoever has the machine: the one who makes the first key."""

PREFIX = "enjoin_"
_SHOWN = len(PREFIX) + 6


class OtherRoles(Exception):
    """An account of this name has other roles."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key to be made for the account of this name, which is made with these roles if there is none.

    `process` names the process it is made for, as far as it is one's own: when that has ended, the key is of no use.
    """

    name: str
    roles: frozenset[Role]
    process: str | None = None


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A key: `key` is shown once and kept nowhere."""

    id: str
    account: str
    key: str


@touches(authority=True)
def create_key(uow: UnitOfWork, wanted: NewKey, actor: Actor) -> MadeKey:
    """Make a key; OtherRoles when the account exists with other roles."""
    account = account_for(uow, wanted, actor)
    key, id = PREFIX + secrets.token_urlsafe(32), str(uuid4())
    row = {
        "id": id,
        "account": account,
        "prefix": key[:_SHOWN],
        "digest": digest(key),
        "created_at": uow.machine_now,
        "revoked_at": None,
    }
    uow.insert(keys, [row])
    created = KeyCreated(account=account, prefix=key[:_SHOWN], process=wanted.process)
    say(uow, SubjectKind.KEY, id, created, actor)
    return MadeKey(id, account, key)


@touches(authority=True)
def revoke_key(uow: UnitOfWork, id: str, actor: Actor) -> None:
    """Take a key out of use; revoking twice changes nothing."""
    statement = update(keys).where(keys.c.id == id, keys.c.revoked_at.is_(None)).values(revoked_at=uow.machine_now)
    if uow.execute(statement).rowcount:
        say(uow, SubjectKind.KEY, id, KeyRevoked(), actor)


def actor_of(connection: Connection, key: str) -> Actor | None:
    """Who this key belongs to, or None for one that is unknown, revoked, or of an account no longer active."""
    row = connection.execute(
        select(accounts.c.id, accounts.c.roles)
        .join(keys, keys.c.account == accounts.c.id)
        .where(keys.c.digest == digest(key), keys.c.revoked_at.is_(None), accounts.c.active)
    ).one_or_none()
    return None if row is None else Actor(row.id, frozenset(map(Role, loads(row.roles))))


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key as it can be told from others: never the key itself."""

    id: str
    prefix: str
    account: str
    name: str
    roles: tuple[str, ...]
    revoked: bool
    process: str | None


def find_keys(connection: Connection) -> list[KnownKey]:
    """All keys there are or were, oldest first."""
    created = (journal.c.subject_id == keys.c.id) & (journal.c.type == KeyCreated.type)
    rows = connection.execute(
        select(
            keys.c.id,
            keys.c.prefix,
            keys.c.account,
            keys.c.revoked_at,
            accounts.c.name,
            accounts.c.roles,
            journal.c.body,
        )
        .join(accounts, accounts.c.id == keys.c.account)
        .join(journal, created, isouter=True)
        .order_by(keys.c.created_at, keys.c.id)
    )
    return [
        KnownKey(
            id=row.id,
            prefix=row.prefix,
            account=row.account,
            name=row.name,
            roles=tuple(loads(row.roles)),
            revoked=row.revoked_at is not None,
            process=loads(row.body)["data"].get("process") if row.body else None,
        )
        for row in rows
    ]


def account_names(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The names of accounts by id."""
    if not ids:
        return {}
    rows = connection.execute(select(accounts.c.id, accounts.c.name).where(accounts.c.id.in_(set(ids))))
    return {row.id: row.name for row in rows}


def account_roles(connection: Connection, ids: Sequence[str]) -> dict[str, frozenset[Role]]:
    """The roles of accounts by id."""
    rows = connection.execute(select(accounts.c.id, accounts.c.roles).where(accounts.c.id.in_(set(ids))))
    return {row.id: frozenset(map(Role, loads(row.roles))) for row in rows}


def digest(key: str) -> str:
    """What is kept of a key. It holds 256 random bits, so one round of SHA-256 is enough."""
    return sha256(key.encode()).hexdigest()


def account_for(uow: UnitOfWork, wanted: NewKey, actor: Actor) -> str:
    """The account of this name, made with these roles if there is none; OtherRoles when it has others."""
    roles = dumps(sorted(wanted.roles))
    found = uow.connection.execute(select(accounts).where(accounts.c.name == wanted.name)).first()
    if found is not None:
        if found.roles != roles:
            raise OtherRoles(f"the account {wanted.name!r} has the roles {', '.join(loads(found.roles))}")
        return str(found.id)
    id = str(uuid4())
    uow.insert(
        accounts, [{"id": id, "name": wanted.name, "roles": roles, "active": True, "created_at": uow.machine_now}]
    )
    say(uow, SubjectKind.ACCOUNT, id, AccountCreated(roles=tuple(sorted(wanted.roles))), actor)
    return id
