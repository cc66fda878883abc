"""The draft of a decision as one body: its orders, its fine, its clauses, and how the party was heard."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictInt

from workflow.law.invalid import InvalidRequest, MemberError
from workflow.lifecycle.decision.contents import DraftContent
from workflow.lifecycle.decision.draft_faults import period_problem
from workflow.lifecycle.facts import Cap, Hearing, Limb
from workflow.lifecycle.order.contents import OrderContent
from workflow.lifecycle.order.kinds import ORDER_KINDS
from workflow.lifecycle.penalty_clause.contents import ClauseContent
from workflow.use_cases.acting.body_types import Amount, Body, Currency, IsoDate, Name, Number, Words, read_money
from workflow.use_cases.acting.derived_bodies import completes, content_of, described_by

Covered = Annotated[
    StrictInt, Field(ge=1, description="The number of an order of this draft. A fine or a debt cannot be covered.")
]


def _period(text: str) -> str:
    """Here already, so that one answer names it beside whatever else is wrong."""
    if (problem := period_problem(text)) is not None:
        raise ValueError(problem)
    return text


Period = Annotated[
    str, Field(max_length=40, description="ISO 8601, upper case, whole: P2M, P15D, P3W."), AfterValidator(_period)
]


@completes(Hearing)
class HearingBody(Body):
    """The hearing record: notified, window ended or waived, observations; or the ground of urgency with its article."""

    urgency_ground: Words | None = None


@described_by(Limb)
class LimbBody(Body):
    """A head of an order."""

    n: Number
    text: Words


@completes(OrderContent)
class OrderBody(Body):
    """One duty of one addressee: a period, or a fixed last day, or neither (due on the day of service)."""

    n: Number
    kind: Annotated[str, Field(json_schema_extra={"enum": list(ORDER_KINDS)})]
    limbs: Annotated[list[LimbBody], Field(min_length=1, max_length=200)]
    period: Period | None = None
    roll: Literal["none", "next_working_day"] | None = None
    after: Annotated[tuple[Number, ...], Field(max_length=100)] = ()


@described_by(Cap)
class CapBody(Body):
    """Limits of a clause; any together, at least one."""

    amount: Annotated[Amount | None, Field(examples=["10000000.00"])] = None
    units: Number | None = None
    until: IsoDate | None = None


@completes(ClauseContent)
class ClauseBody(Body):
    """So much for each unit of delay over the orders it covers."""

    n: Number
    covers: Annotated[list[Covered], Field(min_length=1, max_length=100)]
    rate: Annotated[Amount, Field(examples=["100000.00"])]
    currency: Annotated[Currency, Field(description="The currency of the rate and of the cap.", examples=["EUR"])]
    per: Period
    assess_after: Period
    assess_every: Period | None = None
    partial_unit: Literal["completed", "started"] | None = None
    cap: CapBody | None = None

    def content(self, at: str) -> ClauseContent:
        """The clause as the draft holds it; raises InvalidRequest below this path for amounts that are none."""
        rate = read_money(self.rate, self.currency, f"{at}/rate")
        return content_of(ClauseContent, self, at, rate=rate, cap=self._cap(f"{at}/cap"))

    def _cap(self, at: str) -> Cap | None:
        if self.cap is None:
            return None
        if self.cap == CapBody():
            raise InvalidRequest(MemberError(at, "a cap gives amount, units or until, any together"))
        amount = read_money(self.cap.amount, self.currency, f"{at}/amount") if self.cap.amount else None
        return Cap(amount, self.cap.units, self.cap.until)


@completes(DraftContent)
class DraftBody(Body):
    """The whole draft of a decision: its orders, its fine, its penalty clauses, and how the party was heard."""

    reference: Name
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    addressees: Annotated[list[Number], Field(min_length=1, max_length=100)]
    hearing: HearingBody | None = None
    orders: Annotated[tuple[OrderBody, ...], Field(max_length=200)] = ()
    clauses: Annotated[tuple[ClauseBody, ...], Field(max_length=200)] = ()
    assumed: Annotated[tuple[Name, ...], Field(max_length=50)] = ()

    def content(self) -> DraftContent:
        """The content of `draft` and `revise`; raises InvalidRequest naming every sum that is none."""
        clauses: list[ClauseContent] = []
        errors: list[MemberError] = []
        for i, clause in enumerate(self.clauses):
            try:
                clauses.append(clause.content(f"/clauses/{i}"))
            except InvalidRequest as wrong:
                errors += wrong.errors
        if errors:
            raise InvalidRequest(*errors)
        return content_of(DraftContent, self, clauses=tuple(clauses))


class DecisionBody(DraftBody):
    """A draft with the case it belongs to. `effective_on` is the day it was drafted, by default today."""

    case: Name
    effective_on: IsoDate | None = None
