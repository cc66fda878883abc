"""Accounts and their keys: who may knock."""

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


accounts = table("accounts")
keys = table("keys")
