"""The draft of a decision as one body: its orders, its fine, its clauses, and how the party was heard."""

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from workflow.law.invalid import InvalidRequest, MemberError
from workflow.lifecycle.decision.contents import ClauseContent, DraftContent, OrderContent
from workflow.lifecycle.facts import Cap, Hearing, Limb
from workflow.lifecycle.order.kinds import ORDER_KINDS
from workflow.lifecycle.vocabulary import AccruesFrom, Form, Liability, Nature, Observations, PeriodFrom
from workflow.use_cases.acting.members import (
    Amount,
    Body,
    Currency,
    IsoDate,
    MoneyBody,
    Name,
    Number,
    Words,
    read_money,
)

Covered = Annotated[
    StrictInt, Field(ge=1, description="The number of an order of this draft. A fine or a debt cannot be covered.")
]
Period = Annotated[str, Field(max_length=40, description="ISO 8601, upper case, whole: P2M, P15D, P3W.")]


class HearingBody(Body):
    """The hearing record: notified, window ended or waived, observations; or the ground of urgency with its article."""

    grounds_notified_on: IsoDate | None = None
    window_ended_on: IsoDate | None = None
    waived_on: IsoDate | None = None
    observations: Observations | None = None
    urgency_ground: Words | None = None
    session_on: IsoDate | None = None


class LimbBody(Body):
    """A head of an order."""

    n: Number
    text: Words


class OrderBody(Body):
    """One duty of one addressee: a period, or a fixed last day, or neither (due on the day of service)."""

    n: Number
    kind: Annotated[str, Field(json_schema_extra={"enum": list(ORDER_KINDS)})]
    addressee: Number
    ground: Name
    nature: Nature
    limbs: Annotated[list[LimbBody], Field(min_length=1, max_length=200)]
    period: Period | None = None
    period_from: PeriodFrom = PeriodFrom.SERVICE
    comply_by_fixed: IsoDate | None = None
    evidence_by: IsoDate | None = None
    roll: Literal["none", "next_working_day"] | None = None
    after: Annotated[tuple[Number, ...], Field(max_length=100)] = ()
    lapses_on: IsoDate | None = None

    def content(self) -> OrderContent:
        """The order as the draft holds it."""
        members = self.model_dump(exclude={"limbs", "after"})
        limbs = tuple(Limb(limb.n, limb.text) for limb in self.limbs)
        return OrderContent(**members, limbs=limbs, after=self.after)


class CapBody(Body):
    """Limits of a clause; any together, at least one."""

    amount: Amount | None = None
    units: Number | None = None
    until: IsoDate | None = None


class ClauseBody(Body):
    """So much for each unit of delay over the orders it covers."""

    n: Number
    covers: Annotated[list[Covered], Field(min_length=1, max_length=100)]
    rate: Amount
    currency: Currency
    per: Period
    assess_after: Period
    assess_every: Period | None = None
    partial_unit: Literal["completed", "started"] | None = None
    cap: CapBody | None = None
    accrues_from: AccruesFrom = AccruesFrom.DAY_AFTER_LAST_DAY
    accrues_from_on: IsoDate | None = None
    liability: Liability = Liability.SEVERAL

    def content(self, at: str) -> ClauseContent:
        """The clause as the draft holds it; raises InvalidRequest below this path for amounts that are none."""
        members = self.model_dump(exclude={"covers", "rate", "currency", "cap"})
        return ClauseContent(
            **members,
            covers=tuple(self.covers),
            rate=read_money(self.rate, self.currency, f"{at}/rate"),
            cap=self._cap(f"{at}/cap") if self.cap is not None else None,
        )

    def _cap(self, at: str) -> Cap:
        assert self.cap is not None
        if self.cap == CapBody():
            raise InvalidRequest(MemberError(at, "a cap gives amount, units or until, any together"))
        amount = read_money(self.cap.amount, self.currency, f"{at}/amount") if self.cap.amount else None
        return Cap(amount, self.cap.units, self.cap.until)


class DraftBody(Body):
    """The whole draft of a decision: its orders, its fine, its penalty clauses, and how the party was heard."""

    reference: Name
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    addressees: Annotated[list[Number], Field(min_length=1, max_length=100)]
    fine: MoneyBody | None = None
    hearing: HearingBody | None = None
    orders: Annotated[tuple[OrderBody, ...], Field(max_length=200)] = ()
    clauses: Annotated[tuple[ClauseBody, ...], Field(max_length=200)] = ()
    assumed: Annotated[tuple[Name, ...], Field(max_length=50)] = ()
    form: Form = Form.CORRECTIVE_DECISION

    def content(self) -> DraftContent:
        """The content of `draft` and `revise`."""
        return DraftContent(
            reference=self.reference,
            language=self.language,
            addressees=tuple(self.addressees),
            fine=self.fine.money("/fine") if self.fine is not None else None,
            hearing=Hearing(**self.hearing.model_dump()) if self.hearing is not None else None,
            orders=tuple(order.content() for order in self.orders),
            clauses=tuple(clause.content(f"/clauses/{i}") for i, clause in enumerate(self.clauses)),
            assumed=self.assumed,
            form=self.form,
        )


class DecisionBody(DraftBody):
    """A draft with the case it belongs to. `effective_on` is the day it was drafted, by default today."""

    case: Name
    effective_on: IsoDate | None = None
