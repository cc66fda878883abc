"""An example of every message, made by the code that makes the real ones, on a case made up for it."""

from datetime import UTC, date, datetime
from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.door.events import EVENTS
from workflow.lifecycle.facts import (
    AccessRequest,
    CaseFacts,
    Clause,
    Debt,
    Decision,
    Filing,
    Order,
    PenaltyDecision,
    case_id,
    child_id,
)
from workflow.lifecycle.facts.ids import derived_id
from workflow.lifecycle.kernel.codec import unstructure
from workflow.lifecycle.kernel.events import Subject, members_told
from workflow.lifecycle.reading.messages import message
from workflow.lifecycle.vocabulary import (
    AccessRequestState,
    CaseState,
    DebtKind,
    DebtState,
    DecisionState,
    FilingKind,
    FilingState,
    Nature,
    PenaltyDecisionState,
    SubjectKind,
)
from workflow.store.outbox import PING
from workflow.use_cases.webhooks.pings import ping_body

_CASE = case_id("EX-2022-001")
_IDS = {kind: child_id(_CASE, kind.value, 1) for kind in SubjectKind} | {SubjectKind.CASE: _CASE}
_AT = datetime(2023, 2, 10, 8, 0, tzinfo=UTC)
_SEQUENCE = 7


def example(type_: str) -> dict[str, Any]:
    """The body of a message of this type."""
    if type_ == PING:
        return dict(ping_body(derived_id(_CASE, "endpoint/1"), "EX-2022-001", _AT))
    said, kind = EVENTS[type_], SubjectKind(type_.partition(".")[0])
    members = {name: unstructure(each.metadata["example"]) for name, each in members_told(said).items()}
    body = message(_a_case(), Subject(kind, _IDS[kind]), said, members, date(2023, 2, 10), _AT)
    return {**body, "data": {**body["data"], "event": derived_id(_CASE, "12"), "sequence": _SEQUENCE}}


def _a_case() -> CaseFacts:
    """One of everything, as far as a message tells of it."""
    order = Order(
        id=_IDS[SubjectKind.ORDER], n=2, addressee=1, kind="delete_data", ground="", nature=Nature.RESULT, limbs=()
    )
    euros = Money.parse("100000.00", "EUR")
    clause = Clause(
        id=_IDS[SubjectKind.PENALTY_CLAUSE], n=1, addressee=1, covers=(2,), rate=euros, per="P1D", assess_after="P1M"
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
        parties=(),
        decisions=(decision,),
        penalty_decisions=(penalty,),
        filings=(filing,),
        debts=(debt,),
        requests=(request,),
    )
