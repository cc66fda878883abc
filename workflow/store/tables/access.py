"""Accounts, their keys and feeds, and whom counsel is on record for: who may knock."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlmodel import Field, SQLModel

from workflow.store.columns import table


class AccountRow(SQLModel, table=True):
    """An account. `roles` is a JSON list of roles, sorted."""

    __tablename__ = "accounts"

    id: str = Field(primary_key=True)
    name: str
    roles: str
    active: bool
    created_at: datetime


class KeyRow(SQLModel, table=True):
    """A key of an account: its digest alone, and the prefix by which people tell keys apart."""

    __tablename__ = "keys"

    id: str = Field(primary_key=True)
    account: str = Field(index=True, sa_column_args=(ForeignKey("accounts.id"),))
    prefix: str
    digest: str = Field(unique=True)
    created_at: datetime
    revoked_at: datetime | None = None


class RepresentationRow(SQLModel, table=True):
    """An account of counsel that is on record for a party of a case, until it ended."""

    __tablename__ = "representations"

    account: str = Field(primary_key=True, sa_column_args=(ForeignKey("accounts.id"),))
    case: str = Field(primary_key=True)
    party: int = Field(primary_key=True)
    created_at: datetime
    ended_at: datetime | None = None


class FeedRow(SQLModel, table=True):
    """A calendar feed of an account: the digest of its token alone. Without a case it holds all the account sees."""

    __tablename__ = "feeds"

    id: str = Field(primary_key=True)
    account: str = Field(index=True, sa_column_args=(ForeignKey("accounts.id"),))
    case: str | None = None
    digest: str = Field(unique=True)
    created_at: datetime
    revoked_at: datetime | None = None


accounts = table("accounts")
keys = table("keys")
representations = table("representations")
feeds = table("feeds")
