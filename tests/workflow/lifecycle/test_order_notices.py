"""What counsel is told of the life of an order and its clause: dates and numbers, and no word of anybody's."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.support.orders import extend, judge, lift, on_clause, resume, suspend, under_order
from tests.support.register import OFFICER, REGISTRAR, Register, served
from tests.workflow.lifecycle.test_endings import follows
from workflow.lifecycle.door.events import EVENTS, SERVED
from workflow.lifecycle.door.four_eyes import ActProposed
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.order import ruled
from workflow.lifecycle.order.endings import OrderClosed, OrderLapsed
from workflow.lifecycle.order.findings import OrderFoundNonCompliant, OrderPrematureDeletion
from workflow.lifecycle.penalty_clause.ruled import annul_clause, reinstate_clause
from workflow.lifecycle.reading.messages import notice, told
from workflow.lifecycle.vocabulary import Trigger

WORDS = "PRIVATE-words"
SHEET = [{"limb": 1, "finding": WORDS, "claimed": WORDS, "evidence": WORDS, "method": WORDS}]
WHY: dict[str, Any] = {"reason": WORDS}


def lived() -> Register:
    """An order and a clause to which everything happens that can."""
    register = under_order({"rate": "50000.00", "accrues_from": "later_act"}).on("2022-12-01")
    extend(register, "2022-12-31")
    register.on("2022-12-24").sweep()
    register.on("2023-01-10").sweep()
    rate = {"rate": {"amount": "60000.00", "currency": "EUR"}, "from": "2023-02-01"}
    on_clause(register, "change_rate", rate)
    on_clause(register, "start_accrual", {"from": "2023-01-10"})
    on_clause(register, "suspend", {"scope": "clause", "effect": "no_accrual", "from": "2023-01-10"})
    register.on("2023-01-12")
    on_clause(register, "resume", {"resumed_on": "2023-01-12"})
    found = {"limbs": [{"n": 1}], "findings": SHEET}
    judge(register, "establish_non_compliance", found, **WHY)
    suspend(register, "2023-01-11")
    resume(register, "2023-01-12")
    judge(register, "accept_limb", {"limb": 2, "met_on": "2023-01-12", "findings": []}, **WHY)
    register.comply(1, "2023-01-12", **WHY)
    register.on("2023-01-20")
    judge(register, "record_relapse", {"relapsed_on": "2023-01-15", "limbs": [1], "findings": SHEET}, **WHY)
    for limb_act in (ruled.annul_limb, ruled.reinstate_limb):
        follows(register, Trigger.RECORD_RULING, limb_act, register.held(1), 3, ())
    for act in (ruled.annul_order, ruled.reinstate_order):
        follows(register, Trigger.RECORD_RULING, act, register.held(1))
    for clause_act in (annul_clause, reinstate_clause):
        follows(register, Trigger.RECORD_RULING, clause_act, register.case.decisions[0].clauses[0])
    on_clause(register, "lift", {"effect": "ex_nunc"})
    lift(register)
    return register


def others() -> list[Event]:
    """What cannot happen to the same order: it lapses, it is closed, its data are deleted too early."""
    early = served().on("2022-11-20")
    data = {"deleted_on": "2022-11-15", "requests": ["R-0417"]}
    early.pull(OFFICER, "record_premature_deletion", early.order(2), data, **WHY)
    early.pull(REGISTRAR, "record_lapse", early.order(3), {}, **WHY)
    early.comply(1, "2022-11-10", **WHY)
    return [event for event in early.events if event.type in (OrderPrematureDeletion.type, OrderLapsed.type)]


@pytest.fixture(scope="module")
def register() -> Register:
    return lived()


OF_ORDERS = {
    each
    for each in EVENTS
    if each.startswith(("order.", "penalty_clause."))
    and not each.endswith((".drafted", ".revised", ".discarded", ".clock_moved"))
}


def test_all_that_happens_to_an_order_is_served(register: Register) -> None:
    assert set(SERVED) >= OF_ORDERS
    happened = {event.type for event in [*register.events, *others()]}
    assert OF_ORDERS - happened <= {OrderClosed.type}


def test_the_addressee_is_told_and_nobodys_words_are(register: Register) -> None:
    at = datetime(2023, 2, 1, tzinfo=UTC)
    served_now = [event for event in register.events if event.type in OF_ORDERS]
    assert len(served_now) > 18
    for event in served_now:
        assert told(register.case, event) == {1}, event.type
        body = notice(register.case, event, at)
        assert WORDS not in json.dumps(body)
        assert body["data"]["legal_effect"] == "none"
        number = {"order": "SAN-2022-019/1"} if event.subject == register.order(1) else {"penalty_clause": 1}
        assert number.items() <= body["data"].items()


def test_the_words_of_a_sheet_and_a_reason_stand_beside_the_chain(register: Register) -> None:
    (found,) = [event for event in register.events if event.type == OrderFoundNonCompliant.type]
    assert found.data["findings"] == [{"limb": 1}]
    proposed = next(event for event in register.events if event.type == ActProposed.type)
    assert proposed.text == {
        "reason": WORDS,
        **{f"findings/0/{name}": WORDS for name in ("finding", "claimed", "evidence", "method")},
    }
    assert WORDS not in json.dumps([event.data for event in register.events])
    assert found.effective_on == date(2023, 1, 12)
