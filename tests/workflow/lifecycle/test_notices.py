"""What is told to whom: every event has an audience; what is served has a notice, and neither names a person."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.register import (
    DECIDER,
    HEAD,
    OFFICER,
    REGISTRAR,
    Register,
    a_clause,
    a_draft,
    an_order,
    opened,
)
from workflow.lifecycle.decision.drafting import DecisionDrafted, DecisionRevised
from workflow.lifecycle.decision.review import DecisionAdopted, DecisionReturned, DecisionSubmitted
from workflow.lifecycle.door.events import EVENTS
from workflow.lifecycle.door.events import SERVED as TOLD
from workflow.lifecycle.door.four_eyes import ActProposed
from workflow.lifecycle.kernel.codec import unstructure
from workflow.lifecycle.kernel.events import Event, Payload
from workflow.lifecycle.kernel.events import event as an_event
from workflow.lifecycle.kernel.events import told as event_member
from workflow.lifecycle.order.clock import OrderExtended, OrderPeriodExpired
from workflow.lifecycle.order.endings import OrderAnnulled
from workflow.lifecycle.penalty_decision.proposal import PenaltyProposed, PenaltyTakenUp
from workflow.lifecycle.proceedings.rulings import DecisionRulingRecorded
from workflow.lifecycle.proceedings.service import DecisionServed
from workflow.lifecycle.reading.messages import notice, told
from workflow.lifecycle.vocabulary import Audience, Trigger

AT = datetime(2023, 2, 10, 9, 0, tzinfo=UTC)
PRIVATE = {
    "party": "PRIVATE-natural-person",
    "representative": "PRIVATE-representative",
    "reason": "PRIVATE-reason",
    "proof": "PRIVATE-proof",
}
LIMB = "PRIVATE-limb"


def lived() -> Register:
    """A case against a natural person and a company, in which everything happens and every text is private."""
    register = opened(
        parties=[{"name": PRIVATE["party"], "kind": "natural_person"}, {"name": "Second SA"}],
        representatives=[{"party": 2, "name": PRIVATE["representative"]}],
    ).on("2022-10-13")
    limbs = [{"n": 1, "text": LIMB}]
    orders = [an_order(1, "cease_collection", limbs=limbs), an_order(2, "delete_data", addressee=2, limbs=limbs)]
    draft = a_draft(addressees=[1, 2], orders=orders, clauses=[a_clause(covers=[1, 2])])
    why: dict[str, Any] = {"reason": PRIVATE["reason"]}
    register.pull(OFFICER, Trigger.DRAFT, data=draft, **why)
    register.pull(OFFICER, Trigger.REVISE, register.decision(), draft | {"orders": orders[:1], "clauses": []}, **why)
    register.pull(OFFICER, Trigger.REVISE, register.decision(), draft, **why)
    register.pull(OFFICER, Trigger.REVISE, register.decision(), draft, **why)
    register.pull(OFFICER, Trigger.SUBMIT, register.decision(), **why)
    register.pull(HEAD, Trigger.RETURN_TO_DRAFT, register.decision(), **why)
    register.pull(OFFICER, Trigger.SUBMIT, register.decision(), **why)
    register.on("2022-10-17").pull(DECIDER, Trigger.ADOPT, register.decision(), **why)
    register.on("2022-10-19")
    for addressee in (1, 2):
        data = {"addressee": addressee, "served_on": "2022-10-19", "channel": "courier", "proof": PRIVATE["proof"]}
        register.pull(REGISTRAR, Trigger.RECORD_SERVICE, register.decision(), data, **why)
    register.on("2022-11-19").sweep()
    register.on("2022-12-20").pull(OFFICER, Trigger.RECORD_EXPIRY, register.order(1), **why)
    register.on("2023-01-05").comply(1, "2023-01-04", **why)
    register.propose("2023-01-03", **why)
    register.pull(OFFICER, Trigger.TAKE_UP, register.penalty(), **why)
    register.on("2023-02-10").sweep()
    return register


@pytest.fixture(scope="module")
def register() -> Register:
    return lived()


SERVED = {
    "debt": "payment_recorded refund_recorded",
    "decision": "served service_failed service_corrected ruling_recorded fine_ruled annulled reinstated withdrawn "
    "final",
    "filing": "received attached under_assessment accepted partly_accepted rejected replied granted refused withdrawn",
    "order": "entered_into_force clock_moved reminded period_expired found_non_compliant limb_accepted complied "
    "relapsed premature_deletion closed suspended resumed extended lifted lapsed annulled limb_annulled reinstated "
    "limb_reinstated",
    "penalty_clause": "rate_changed accrual_started suspended resumed lifted annulled reinstated",
    "penalty_decision": "grounds_notified window_extended served service_failed service_corrected ruling_recorded "
    "sum_ruled reduced annulled reinstated closed_without_penalty withdrawn declared_void final",
}
"""What counsel may learn of, by the thing it is about."""


def test_an_event_without_an_audience_is_an_error() -> None:
    with pytest.raises(TypeError):
        an_event("order.forgotten")  # type: ignore[call-arg]
    assert all(isinstance(each.audience, Audience) for each in EVENTS.values())


def test_a_member_told_without_words_or_an_example_is_an_error() -> None:
    with pytest.raises(TypeError):
        event_member("What it is.")  # type: ignore[call-arg]


def test_two_events_of_one_type_are_an_error() -> None:
    with pytest.raises(TypeError, match=r"order\.extended is the event OrderExtended already"):
        an_event("order.extended", Audience.SERVED)(OrderExtended)


def test_an_event_without_a_fold_is_none() -> None:
    class Forgotten(Payload):
        pass

    with pytest.raises(TypeError, match="abstract method"):
        Forgotten()  # type: ignore[abstract]


def test_what_is_served_is_what_changes_the_partys_duties_or_warns_of_them() -> None:
    named = {f"{kind}.{word}" for kind, words in SERVED.items() for word in words.split()}
    assert set(TOLD) == named


def served_events(register: Register) -> list[Event]:
    return [event for event in register.events if event.audience is Audience.SERVED]


def test_a_notice_is_for_the_addressee_alone_and_says_it_has_no_legal_effect(register: Register) -> None:
    orders = {register.order(n).id: register.held(n).addressee for n in (1, 2)}
    for event in served_events(register):
        addressee = orders.get(event.subject.id, event.data.get("addressee"))
        assert told(register.case, event) == {addressee}
        body = notice(register.case, event, AT)
        assert body["type"] == event.type
        assert body["timestamp"] == "2023-02-10T09:00:00Z"
        assert body["data"]["legal_effect"] == "none"
        assert body["data"]["effective_on"] == event.effective_on.isoformat()


def test_what_is_internal_is_told_to_nobody(register: Register) -> None:
    for event in register.events:
        if event.audience is Audience.INTERNAL:
            assert told(register.case, event) == frozenset()


def test_a_notice_holds_no_private_text_and_nothing_of_the_inside(register: Register) -> None:
    for event in served_events(register):
        body = notice(register.case, event, AT)
        assert "PRIVATE" not in json.dumps(body)
        assert body["data"].keys().isdisjoint({"actor", "step", "late_by", "text", "reason", "receipt", "drafters"})


def private_in(found: Any) -> set[str]:
    text = json.dumps(found)
    return {name for name, value in (PRIVATE | {"limb": LIMB}).items() if value in text}


def test_names_reasons_and_proofs_stand_beside_the_chain_and_not_in_it(register: Register) -> None:
    for event in register.events:
        assert private_in(dict(event.data)) <= {"limb"}, event.type
    texts = [value for event in register.events for value in event.text.values()]
    assert set(PRIVATE.values()) <= set(texts)


def test_the_facts_hold_no_names_of_people(register: Register) -> None:
    assert private_in(unstructure(register.case)) <= {"limb"}
    assert [party.name for party in register.case.parties] == ["", "Second SA"]


def test_every_reason_given_is_kept_with_the_act_it_was_given_for(register: Register) -> None:
    by_person = [event for event in register.events if event.text.get("reason")]
    assert {event.type for event in by_person} == {
        DecisionDrafted.type,
        DecisionRevised.type,
        DecisionSubmitted.type,
        DecisionReturned.type,
        DecisionAdopted.type,
        DecisionServed.type,
        OrderPeriodExpired.type,
        ActProposed.type,
        PenaltyProposed.type,
        PenaltyTakenUp.type,
    }


def test_a_ruling_is_told_to_who_appealed_and_what_it_does_to_whom_it_concerns() -> None:
    register = lived()
    decision = register.decision()
    appeal = {"addressee": 2, "lodged_on": "2022-11-20", "court": "Conseil d'État"}
    register.pull(REGISTRAR, Trigger.RECORD_APPEAL, decision, appeal)
    ruling = {
        "appeal": 1,
        "ruled_on": "2023-02-01",
        "court": "Conseil d'État",
        "final": True,
        "items": [{"item": "order", "number": 1, "outcome": "annulled"}],
        "proof": "judgment",
    }
    ruled, *rest = register.pull(REGISTRAR, Trigger.RECORD_RULING, decision, ruling)
    assert ruled.type == DecisionRulingRecorded.type
    assert told(register.case, ruled) == {2}
    annulled = next(event for event in rest if event.type == OrderAnnulled.type)
    assert told(register.case, annulled) == {1}
