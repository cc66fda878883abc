"""An example of every message, made by the code that makes the real ones, on a case made up for it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.facts import (
    AccessRequest,
    CaseFacts,
    Clause,
    Debt,
    Decision,
    Filing,
    Limb,
    Order,
    Party,
    PenaltyDecision,
    Service,
    case_id,
    child_id,
)
from workflow.lifecycle.facts.ids import derived_id
from workflow.lifecycle.kernel.events import Event, EventType, Subject, Untyped
from workflow.lifecycle.reading.notices import members_told, notice
from workflow.lifecycle.vocabulary import (
    AccessRequestState,
    Audience,
    CaseState,
    DebtKind,
    DebtState,
    DecisionState,
    FilingKind,
    FilingState,
    Nature,
    OrderState,
    PartyKind,
    PenaltyDecisionState,
    ServiceChannel,
    SubjectKind,
)
from workflow.store.outbox import PING
from workflow.use_cases.webhooks.pings import ping_body

_TYPES = {each.value: each for each in EventType if each.audience is Audience.SERVED}
_CASE = case_id("EX-2022-001")
_IDS = {kind: child_id(_CASE, kind.value, 1) for kind in SubjectKind}
_SUM = {"amount": "100000.00", "currency": "EUR"}
_AT = datetime(2023, 2, 10, 8, 0, tzinfo=UTC)
_SEQUENCE = 7

_VALUES: dict[str, Any] = {
    "amount": _SUM,
    "annulled_on": "2023-05-09",
    "appeal": 1,
    "asks_for": "extension",
    "assumed": ["served_on"],
    "attempted_on": "2022-10-18",
    "basis": "delivered",
    "channel": "registered_letter",
    "complied_on": "2023-02-10",
    "court": "Conseil d'État",
    "days": {"from": "2023-07-14", "to": "2023-08-13"},
    "days_left": 30,
    "deleted_on": "2023-01-12",
    "due_by": "2022-12-19",
    "effect": "ex_nunc",
    "ended_on": "2023-03-01",
    "ends_at": "2022-12-19T23:00:00Z",
    "file_by": "2022-12-19",
    "final": True,
    "final_on": "2023-02-20",
    "finding": "none",
    "fine": {"amount": "20000000.00", "currency": "EUR"},
    "first_late_day": "2022-12-20",
    "from": "2022-12-20",
    "grace_from": "2022-12-20",
    "in_place_of": ["2022-11-19"],
    "in_time": True,
    "kind": "fine",
    "last_day": "2022-12-19",
    "limb": 1,
    "limbs": [1],
    "media_type": "application/pdf",
    "met_on": "2023-01-31",
    "never_served": False,
    "notified_on": "2023-02-13",
    "outcome": "not_found",
    "paid_on": "2023-01-16",
    "rate": _SUM,
    "received_on": "2023-02-08",
    "refunded_on": "2023-06-01",
    "relapsed_on": "2023-04-03",
    "request": 3,
    "replaces": {"units": 52, "amount": {"amount": "5200000.00", "currency": "EUR"}},
    "replied_on": "2023-03-15",
    "resumed_on": "2023-02-01",
    "ruled_on": "2023-05-09",
    "scope": "order",
    "served_on": "2022-10-19",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "size": 48213,
    "starts_on": "2022-10-19",
    "state": "in_force",
    "superseded": {"expiry_recorded_on": "2022-12-20", "by": None},
    "to": "2023-02-09",
    "undoes_accrued": False,
    "units": 52,
    "until": "2023-01-31",
    "was": "2022-10-18",
    "window_ends_on": "2023-03-13",
}
_OTHERWISE: dict[EventType, Mapping[str, Any]] = {
    EventType.FILING_RECEIVED: {"kind": "request", "received_on": "2022-12-10"},
    EventType.FILING_REPLIED: {"outcome": "answered"},
    EventType.ORDER_CLOCK_MOVED: {"was": {"starts_on": "2022-10-18", "last_day": "2022-12-19"}},
    EventType.ORDER_FOUND_NON_COMPLIANT: {"limbs": [{"n": 1, "from": None}]},
    EventType.ORDER_SUSPENDED: {"effect": "period_stops"},
    EventType.CLAUSE_SUSPENDED: {"effect": "no_accrual"},
}


def example(type_: str) -> dict[str, Any]:
    """The body of a message of this type."""
    if type_ == PING:
        return dict(ping_body(derived_id(_CASE, "endpoint/1"), "EX-2022-001", _AT))
    event_type = _TYPES[type_]
    values = {**_VALUES, **_OTHERWISE.get(event_type, {})}
    data = {name: values[name] for name in members_told(event_type) if values[name] is not None}
    kind = SubjectKind(type_.partition(".")[0])
    event = Event(
        subject=Subject(kind, _CASE if kind is SubjectKind.CASE else _IDS[kind]),
        payload=Untyped(of=event_type, members=data),
        actor="",
        effective_on=date(2023, 2, 10),
    )
    body = notice(_a_case(), event, _AT)
    return {**body, "data": {**body["data"], "event": derived_id(_CASE, "12"), "sequence": _SEQUENCE}}


def _a_case() -> CaseFacts:
    """One of everything, as far as a message tells of it."""
    limb = Limb(n=1, text="")
    order = Order(
        id=_IDS[SubjectKind.ORDER],
        n=2,
        addressee=1,
        kind="delete_data",
        ground="",
        nature=Nature.RESULT,
        limbs=(limb,),
        state=OrderState.IN_FORCE,
    )
    euros = Money.parse("100000.00", "EUR")
    clause = Clause(
        id=_IDS[SubjectKind.PENALTY_CLAUSE],
        n=1,
        addressee=1,
        covers=(2,),
        rate=euros,
        per="P1D",
        assess_after="P1M",
    )
    decision = Decision(
        id=_IDS[SubjectKind.DECISION],
        n=1,
        reference="EX-2022-001",
        language="fr",
        addressees=(1,),
        state=DecisionState.ADOPTED,
        drafters=(),
        orders=(order,),
        clauses=(clause,),
        services=(Service(1, date(2022, 10, 19), ServiceChannel.REGISTERED_LETTER, assumed=False),),
    )
    penalty = PenaltyDecision(
        id=_IDS[SubjectKind.PENALTY_DECISION],
        n=1,
        decision=decision.id,
        clause=clause.id,
        state=PenaltyDecisionState.GROUNDS_NOTIFIED,
        from_=date(2022, 12, 20),
        to=date(2023, 2, 9),
        units=52,
        amount=euros,
        basis="",
    )
    filing = Filing(
        id=_IDS[SubjectKind.FILING],
        n=1,
        kind=FilingKind.OBSERVATIONS,
        about_kind=SubjectKind.DECISION,
        about=decision.id,
        party=1,
        received_on=date(2023, 2, 8),
        state=FilingState.RECEIVED,
    )
    debt = Debt(
        id=_IDS[SubjectKind.DEBT],
        n=1,
        kind=DebtKind.FINE,
        source_kind=SubjectKind.DECISION,
        source=decision.id,
        addressee=1,
        amount=euros,
        state=DebtState.DUE,
        arose_on=date(2022, 10, 19),
    )
    request = AccessRequest(
        id=_IDS[SubjectKind.ACCESS_REQUEST],
        n=1,
        order=order.id,
        reference="AR-2022-0001",
        received_on=date(2022, 9, 1),
        state=AccessRequestState.RECEIVED,
        statutory_by=date(2022, 10, 3),
    )
    return CaseFacts(
        id=_CASE,
        reference="EX-2022-001",
        regime="fr-cnil",
        opened_on=date(2022, 6, 2),
        state=CaseState.OPEN,
        parties=(Party(n=1, id=child_id(_CASE, "party", 1), kind=PartyKind.LEGAL_PERSON, name=""),),
        decisions=(decision,),
        penalty_decisions=(penalty,),
        filings=(filing,),
        debts=(debt,),
        requests=(request,),
    )
