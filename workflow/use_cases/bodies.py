"""The `data` of each trigger as a body, and how it becomes the content that `decide` reads."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StrictInt

from workflow.law.invalid import InvalidRequest, MemberError
from workflow.law.regime import regime
from workflow.lifecycle.contents import (
    CaseContent,
    ClauseContent,
    ComplianceContent,
    DraftContent,
    NewParty,
    NewRepresentative,
    OrderContent,
    ProposalContent,
    ServiceContent,
)
from workflow.lifecycle.drafts import errors_below
from workflow.lifecycle.facts import Cap, Hearing, Limb
from workflow.lifecycle.order_kinds import ORDER_KINDS
from workflow.lifecycle.vocabulary import (
    AccruesFrom,
    Liability,
    Nature,
    Observations,
    PartyKind,
    PeriodFrom,
    ServiceChannel,
    Trigger,
)
from workflow.use_cases.members import (
    Amount,
    Body,
    Currency,
    IsoDate,
    MoneyBody,
    Name,
    Number,
    Words,
    read_body,
    read_money,
)

Covered = Annotated[
    StrictInt, Field(ge=1, description="The number of an order of this draft. A fine or a debt cannot be covered.")
]
Period = Annotated[str, Field(max_length=40, description="ISO 8601, upper case, whole: P2M, P15D, P3W.")]


class PartyBody(Body):
    """A party of the case. The name of a natural person is kept apart from the chained journal."""

    name: Name
    kind: PartyKind = PartyKind.LEGAL_PERSON
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None


class RepresentativeBody(Body):
    """Somebody who acts for party number `party`."""

    party: Number
    name: Name
    role: Name = "counsel"


class CaseBody(Body):
    """Opens a case. Parties are numbered 1, 2, 3 … as given."""

    reference: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9./-]{0,59}$")]
    regime: Name
    opened_on: IsoDate
    parties: Annotated[list[PartyBody], Field(min_length=1, max_length=100)]
    representatives: Annotated[tuple[RepresentativeBody, ...], Field(max_length=100)] = ()

    def content(self) -> CaseContent:
        """The content of `open`; raises InvalidRequest for a regime that does not exist."""
        regime(self.regime, self.opened_on)
        return CaseContent(
            reference=self.reference,
            regime=self.regime,
            opened_on=self.opened_on,
            parties=tuple(NewParty(name=each.name, kind=each.kind, country=each.country) for each in self.parties),
            representatives=tuple(
                NewRepresentative(party=each.party, name=each.name, role=each.role) for each in self.representatives
            ),
        )


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
        )


class DecisionBody(DraftBody):
    """A draft with the case it belongs to."""

    case: Name


class ServiceBody(Body):
    """Formal delivery to one addressee: on which day and how; `proof` says what proves it."""

    addressee: Number
    served_on: IsoDate
    channel: ServiceChannel
    proof: Words | None = None

    def content(self) -> ServiceContent:
        """The content of `record_service`."""
        return ServiceContent(**self.model_dump())


class ComplianceBody(Body):
    """The day from which the order is complied with; it may precede the claim."""

    complied_on: IsoDate

    def content(self) -> ComplianceContent:
        """The content of `accept_compliance`."""
        return ComplianceContent(complied_on=self.complied_on)


class ProposalBody(Body):
    """An officer's proposal: the last day assessed, by default yesterday. The scheduler's follows its step."""

    assessed_to: IsoDate | None = None

    def content(self) -> ProposalContent:
        """The content of `propose_penalty`."""
        return ProposalContent(assessed_to=self.assessed_to)


_BODIES: dict[Trigger, type[Any]] = {
    Trigger.OPEN: CaseBody,
    Trigger.DRAFT: DraftBody,
    Trigger.REVISE: DraftBody,
    Trigger.RECORD_SERVICE: ServiceBody,
    Trigger.ACCEPT_COMPLIANCE: ComplianceBody,
    Trigger.PROPOSE_PENALTY: ProposalBody,
}


def read_content(trigger: Trigger, data: Mapping[str, Any], at: str = "") -> Any:
    """The content of a trigger from its `data`, None where it takes none; raises InvalidRequest below this path."""
    model = _BODIES.get(trigger)
    if model is None:
        if data:
            raise InvalidRequest(*(MemberError(f"{at}/{name}", f"{trigger} takes no data") for name in data))
        return None
    with errors_below(at):
        return read_body(model, data).content()
