"""What each trigger is given as `data`, parsed: one frozen class a trigger that takes any."""

from dataclasses import dataclass
from datetime import date

from workflow.law.money import Money
from workflow.lifecycle.facts import Cap, Hearing, Limb
from workflow.lifecycle.vocabulary import AccruesFrom, Liability, Nature, PartyKind, PeriodFrom, ServiceChannel


@dataclass(frozen=True, slots=True, kw_only=True)
class NewParty:
    """A party named when the case opens."""

    name: str
    kind: PartyKind
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRepresentative:
    """Somebody who acts for party number `party`."""

    party: int
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseContent:
    """`open`: a case with its parties and who represents them. Parties are numbered 1, 2, 3 … as given."""

    reference: str
    regime: str
    opened_on: date
    parties: tuple[NewParty, ...]
    representatives: tuple[NewRepresentative, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderContent:
    """One order of a draft, for one addressee."""

    n: int
    kind: str
    addressee: int
    ground: str
    nature: Nature
    limbs: tuple[Limb, ...]
    period: str | None = None
    period_from: PeriodFrom = PeriodFrom.SERVICE
    comply_by_fixed: date | None = None
    evidence_by: date | None = None
    roll: str | None = None
    after: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseContent:
    """One penalty clause of a draft."""

    n: int
    covers: tuple[int, ...]
    rate: Money
    per: str
    assess_after: str
    assess_every: str | None = None
    partial_unit: str | None = None
    cap: Cap | None = None
    accrues_from: AccruesFrom = AccruesFrom.DAY_AFTER_LAST_DAY
    accrues_from_on: date | None = None
    liability: Liability = Liability.SEVERAL


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftContent:
    """`draft` and `revise`: the whole draft of a decision."""

    reference: str
    language: str
    addressees: tuple[int, ...]
    orders: tuple[OrderContent, ...]
    clauses: tuple[ClauseContent, ...]
    fine: Money | None = None
    hearing: Hearing | None = None
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceContent:
    """`record_service`: on whom, on which day, how."""

    addressee: int
    served_on: date
    channel: ServiceChannel
    proof: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplianceContent:
    """`accept_compliance`: the day from which the order is complied with; it may precede the claim."""

    complied_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalContent:
    """`propose_penalty` by an officer: the last day assessed; by default the day before today."""

    assessed_to: date | None = None
