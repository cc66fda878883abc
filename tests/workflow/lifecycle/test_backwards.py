"""Acts on one thing do not run backwards: each pair of a machine, the later one dated a day before the earlier."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.support.debts import FINANCE, owing
from tests.support.refused import refused_by
from tests.support.register import (
    DECIDER,
    HEAD,
    OFFICER,
    Register,
    a_draft,
    adopted,
    an_order,
    drafted,
    served,
    submitted,
)
from tests.workflow.lifecycle.test_access_requests import subject as request_subject
from tests.workflow.lifecycle.test_access_requests import with_one
from tests.workflow.lifecycle.test_filings import report
from tests.workflow.lifecycle.test_filings import subject as filing_subject
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind, Trigger

NOTICE: dict[str, Any] = {"form": "formal_notice", "clauses": [], "hearing": None, "assumed": []}


def decision(register: Register) -> Subject:
    return register.decision()


def order(register: Register) -> Subject:
    return register.order(3)


def clause(register: Register) -> Subject:
    return register.clause()


def debt(register: Register) -> Subject:
    return Subject(SubjectKind.DEBT, register.case.debts[0].id)


def deferred() -> Register:
    register = owing().on("2022-12-01")
    register.move(Trigger.DEFER, {"until": "2023-03-01"})
    return register.on("2022-12-10")


def complied() -> Register:
    register = served().on("2022-11-20")
    register.comply(3, "2022-11-01")
    return register.on("2022-12-30")


def found() -> Register:
    register = served().on("2023-01-10")
    limbs: dict[str, Any] = {"limbs": [{"n": 1}], "findings": [{"limb": 1, "finding": "unmet"}]}
    register.pull(OFFICER, Trigger.ESTABLISH_NON_COMPLIANCE, register.order(3), limbs)
    register.confirm(register.order(3))
    return register.on("2023-02-01")


def extended() -> Register:
    register = served().on("2022-12-01")
    register.pull(DECIDER, Trigger.EXTEND, register.order(3), {"last_day": "2023-03-01"})
    return register.on("2022-12-10")


PAIRS: list[tuple[str, Callable[[], Register], Callable[[Register], Subject], Actor, Trigger, Any, str]] = [
    ("draft, submit", drafted, decision, OFFICER, Trigger.SUBMIT, None, "2022-10-13"),
    ("draft, revise", drafted, decision, OFFICER, Trigger.REVISE, a_draft(), "2022-10-13"),
    ("draft, withdraw", drafted, decision, DECIDER, Trigger.WITHDRAW, None, "2022-10-13"),
    ("submit, return", submitted, decision, HEAD, Trigger.RETURN_TO_DRAFT, None, "2022-10-13"),
    ("submit, adopt", submitted, decision, DECIDER, Trigger.ADOPT, None, "2022-10-13"),
    ("adopt, withdraw", adopted, decision, DECIDER, Trigger.WITHDRAW, {"effect": "ex_nunc"}, "2022-10-17"),
    ("serve, withdraw", served, decision, DECIDER, Trigger.WITHDRAW, {"effect": "ex_nunc"}, "2022-10-19"),
    ("adopt, refer", lambda: adopted(**NOTICE), decision, HEAD, Trigger.REFER, None, "2022-10-17"),
    ("serve, lift", served, order, DECIDER, Trigger.LIFT, {"effect": "ex_nunc"}, "2022-10-19"),
    ("serve, accept", served, order, OFFICER, Trigger.ACCEPT_COMPLIANCE, {"complied_on": "2022-10-18"}, "2022-10-19"),
    ("accept, close", complied, order, DECIDER, Trigger.CLOSE, None, "2022-11-20"),
    ("accept, lift", complied, order, DECIDER, Trigger.LIFT, {"effect": "ex_nunc"}, "2022-11-20"),
    ("find, accept", found, order, OFFICER, Trigger.ACCEPT_COMPLIANCE, {"complied_on": "2023-01-02"}, "2023-01-10"),
    ("extend, extend", extended, order, DECIDER, Trigger.EXTEND, {"last_day": "2023-04-01"}, "2022-12-01"),
    ("defer, hand over", deferred, debt, FINANCE, Trigger.HAND_OVER, {"handed_over_on": "2022-11-30"}, "2022-12-01"),
    ("defer, write off", deferred, debt, FINANCE, Trigger.WRITE_OFF, None, "2022-12-01"),
    ("arise, defer", owing, debt, FINANCE, Trigger.DEFER, {"until": "2023-03-01"}, "2022-10-19"),
]


@pytest.mark.parametrize(
    ("make", "subject", "actor", "trigger", "data", "last"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS]
)
def test_an_act_is_not_dated_before_the_one_before_it(
    make: Callable[[], Register],
    subject: Callable[[Register], Subject],
    actor: Actor,
    trigger: Trigger,
    data: Any,
    last: str,
) -> None:
    register = make()
    day = date.fromordinal(date.fromisoformat(last).toordinal() - 1)
    dated: dict[str, Any] = {} if data is not None and "handed_over_on" in data else {"effective_on": day}
    with refused_by("not_backwards") as said:
        register.pull(actor, trigger, subject(register), data, **dated)
    kind = subject(register).kind.value
    assert said.detail == f"The act is dated {day}; the last one on this {kind} is of {last}."
    assert said.facts["satisfied_by"].startswith(f"an effective_on of {last} or later; ")


def test_an_act_may_be_of_the_same_day() -> None:
    register = drafted().on("2022-10-17")
    for actor, trigger in ((OFFICER, Trigger.SUBMIT), (DECIDER, Trigger.ADOPT)):
        register.pull(actor, trigger, register.decision(), effective_on=date(2022, 10, 13))
    assert register.case.decisions[0].adopted_on == date(2022, 10, 13)


def test_a_clause_is_not_changed_before_its_decision_was_adopted() -> None:
    register = served().on("2022-12-01")
    with refused_by("adopted") as said:
        lift = {"effect": "ex_nunc"}
        register.pull(DECIDER, Trigger.LIFT, register.clause(), lift, effective_on=date(2022, 10, 16))
    assert said.facts["satisfied_by"] == "a date not before 2022-10-17"


def test_expiry_is_not_dated_into_the_period() -> None:
    lapsing = an_order(3, "cease_collection", lapses_on="2022-12-10")
    register = served(orders=[lapsing], clauses=[]).on("2022-12-30")
    with refused_by("period_over") as said:
        register.pull(OFFICER, Trigger.RECORD_EXPIRY, register.order(3), effective_on=date(2022, 12, 19))
    assert (said.facts["satisfied_by"], said.facts["open_on"]) == ("a date after 2022-12-19", None)


def test_a_request_is_not_verified_before_it_was_answered() -> None:
    register = with_one().on("2022-11-20")
    register.pull(OFFICER, Trigger.RECORD_ANSWER, request_subject(register), {"answered_on": "2022-11-10"})
    with refused_by("after_what_is_known") as said:
        register.pull(OFFICER, Trigger.VERIFY, request_subject(register), effective_on=date(2022, 11, 9))
    assert said.detail == "The act is dated 2022-11-09, before 2022-11-10, the latest day known of this request."


def test_a_report_is_not_assessed_before_it_came() -> None:
    register = served().on("2022-12-10")
    report(register)
    with refused_by("not_backwards") as said:
        register.pull(OFFICER, Trigger.ASSESS, filing_subject(register), effective_on=date(2022, 12, 9))
    assert said.facts["satisfied_by"].startswith("an effective_on of 2022-12-10 or later; ")


def test_a_case_is_not_reopened_before_it_was_closed() -> None:
    register = submitted()
    register.pull(DECIDER, Trigger.WITHDRAW, register.decision())
    register.on("2022-10-20").pull(OFFICER, Trigger.CLOSE)
    register.confirm(Subject(SubjectKind.CASE, register.case.id))
    with refused_by("not_backwards") as said:
        register.pull(HEAD, Trigger.REOPEN, effective_on=date(2022, 10, 19))
    assert said.facts["satisfied_by"].startswith("an effective_on of 2022-10-20 or later; ")
