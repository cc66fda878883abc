"""The things of a case as they now are: views of the facts that lists filter and sort on.

They hold no truth of their own and no foreign keys: all rows of a case come from one fold, and can come again.
"""

from datetime import date

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from workflow.lifecycle.vocabulary import CaseState, DecisionState, Nature, OrderState, PenaltyDecisionState
from workflow.store.columns import str_enum, table


class CaseRow(SQLModel, table=True):
    """A case."""

    __tablename__ = "cases"

    id: str = Field(primary_key=True)
    reference: str = Field(unique=True)
    regime: str
    state: CaseState = Field(sa_type=str_enum(CaseState, "state"))
    opened_on: date
    version: int


class DecisionRow(SQLModel, table=True):
    """A corrective decision: `served` says on how many of its `addressees`, `served_on` the latest service."""

    __tablename__ = "decisions"
    __table_args__ = (Index(None, "state", "id"),)

    id: str = Field(primary_key=True)
    case: str = Field(index=True)
    n: int
    reference: str
    language: str
    state: DecisionState = Field(sa_type=str_enum(DecisionState, "state"))
    regime: str | None = None
    adopted_on: date | None = None
    addressees: int
    served: int
    served_on: date | None = None
    fine_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    version: int


class OrderRow(SQLModel, table=True):
    """An order."""

    __tablename__ = "orders"
    __table_args__ = (Index(None, "state", "last_day"),)

    id: str = Field(primary_key=True)
    case: str = Field(index=True)
    decision: str = Field(index=True)
    n: int
    addressee: int
    kind: str
    nature: Nature = Field(sa_type=str_enum(Nature, "nature"))
    state: OrderState = Field(sa_type=str_enum(OrderState, "state"))
    starts_on: date | None = None
    evidence_by: date | None = None
    last_day: date | None = None
    first_late_day: date | None = None
    expiry_recorded_on: date | None = None
    complied_on: date | None = None
    version: int


class PenaltyClauseRow(SQLModel, table=True):
    """A penalty clause."""

    __tablename__ = "penalty_clauses"

    id: str = Field(primary_key=True)
    case: str = Field(index=True)
    decision: str
    n: int
    addressee: int | None = None
    rate_minor: int = Field(sa_type=BigInteger)
    currency: str
    per: str
    version: int


class PenaltyDecisionRow(SQLModel, table=True):
    """A penalty decision."""

    __tablename__ = "penalty_decisions"
    __table_args__ = (Index(None, "state", "id"),)

    id: str = Field(primary_key=True)
    case: str = Field(index=True)
    decision: str
    clause: str = Field(index=True)
    n: int
    state: PenaltyDecisionState = Field(sa_type=str_enum(PenaltyDecisionState, "state"))
    from_on: date
    to_on: date
    units: int
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    adopted_on: date | None = None
    version: int


cases = table("cases")
decisions = table("decisions")
orders = table("orders")
penalty_clauses = table("penalty_clauses")
penalty_decisions = table("penalty_decisions")
