"""The things of a case as they now are: views of the facts that lists filter and sort on.

They hold no truth of their own and no foreign keys: all rows of a case come from one fold, and can come again.
"""

from datetime import date

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from workflow.lifecycle.vocabulary import (
    AccessRequestState,
    CaseState,
    ClauseState,
    DebtKind,
    DebtState,
    DecisionState,
    FilingKind,
    FilingState,
    Form,
    Nature,
    OrderState,
    PenaltyDecisionState,
    SubjectKind,
)
from workflow.store.columns import str_enum, table


class CaseRow(SQLModel, table=True):
    """A case."""

    __tablename__ = "cases"

    id: str = Field(primary_key=True)
    reference: str = Field(unique=True)
    title: str
    regime: str
    state: CaseState = Field(sa_type=str_enum(CaseState, "state"))
    opened_on: date
    version: int


class OfCase(SQLModel):
    """A thing of a case; `version` counts the events about it."""

    id: str = Field(primary_key=True)
    case: str = Field(index=True)
    version: int


class DecisionRow(OfCase, table=True):
    """A corrective decision: `served` says on how many of its `addressees`, `served_on` the latest service."""

    __tablename__ = "decisions"
    __table_args__ = (Index(None, "state", "id"),)

    n: int
    reference: str
    title: str
    language: str
    form: Form = Field(sa_type=str_enum(Form, "form"))
    state: DecisionState = Field(sa_type=str_enum(DecisionState, "state"))
    regime: str | None = None
    adopted_on: date | None = None
    final_on: date | None = None
    addressees: int
    served: int
    served_on: date | None = None
    fine_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None


class OrderRow(OfCase, table=True):
    """An order."""

    __tablename__ = "orders"
    __table_args__ = (Index(None, "state", "last_day"),)

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


class PenaltyClauseRow(OfCase, table=True):
    """A penalty clause."""

    __tablename__ = "penalty_clauses"

    decision: str
    n: int
    addressee: int | None = None
    rate_minor: int = Field(sa_type=BigInteger)
    currency: str
    per: str
    state: ClauseState = Field(sa_type=str_enum(ClauseState, "state"))


class PenaltyDecisionRow(OfCase, table=True):
    """A penalty decision."""

    __tablename__ = "penalty_decisions"
    __table_args__ = (Index(None, "state", "id"),)

    decision: str
    clause: str = Field(index=True)
    n: int
    state: PenaltyDecisionState = Field(sa_type=str_enum(PenaltyDecisionState, "state"))
    from_on: date
    to_on: date
    units: int
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    fixed_minor: int | None = Field(default=None, sa_type=BigInteger)
    adopted_on: date | None = None


class FilingRow(OfCase, table=True):
    """A compliance report or observations."""

    __tablename__ = "filings"

    n: int
    kind: FilingKind = Field(sa_type=str_enum(FilingKind, "kind"))
    about_kind: SubjectKind = Field(sa_type=str_enum(SubjectKind, "about_kind"))
    about: str = Field(index=True)
    party: int
    received_on: date
    state: FilingState = Field(sa_type=str_enum(FilingState, "state"))


class AccessRequestRow(OfCase, table=True):
    """An access request: all its facts, as the case's own tree holds only how many there are in each state."""

    __tablename__ = "access_requests"
    __table_args__ = (UniqueConstraint("order", "reference"), Index(None, "order", "state"))

    order: str
    n: int
    reference: str
    received_on: date
    state: AccessRequestState = Field(sa_type=str_enum(AccessRequestState, "state"))
    statutory_by: date
    extended_on: date | None = None
    dealt_with_on: date | None = None
    verified_on: date | None = None
    disputed_on: date | None = None


class DebtRow(OfCase, table=True):
    """A debt."""

    __tablename__ = "debts"
    __table_args__ = (Index(None, "state", "id"),)

    n: int
    kind: DebtKind = Field(sa_type=str_enum(DebtKind, "kind"))
    source_kind: SubjectKind = Field(sa_type=str_enum(SubjectKind, "source_kind"))
    source: str
    addressee: int | None = None
    amount_minor: int = Field(sa_type=BigInteger)
    outstanding_minor: int = Field(sa_type=BigInteger)
    currency: str
    state: DebtState = Field(sa_type=str_enum(DebtState, "state"))
    arose_on: date
    due_by: date | None = None


cases = table("cases")
decisions = table("decisions")
orders = table("orders")
penalty_clauses = table("penalty_clauses")
penalty_decisions = table("penalty_decisions")
filings = table("filings")
access_requests = table("access_requests")
debts = table("debts")
