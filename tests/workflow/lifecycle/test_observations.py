"""Observations on the grounds of a penalty: in time or late, and ended by the reply."""

from datetime import date
from typing import Any

import pytest

from tests.support.refused import refused_by
from tests.support.register import OFFICER, REGISTRAR, TWO_PARTIES, Register, a_clause, an_order, served
from tests.workflow.lifecycle.test_filings import SHEET, filing, subject
from workflow.law.money import Money
from workflow.lifecycle.facts import Filing, Grounds
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.tree import with_penalty
from workflow.lifecycle.vocabulary import FilingKind, FilingState, PenaltyDecisionState, Trigger


def reply(outcome: str = "rejected", on: str = "2023-04-01") -> dict[str, Any]:
    return {"replied_on": on, "outcome": outcome, "text": "The days are as notified."}


def hearing(case: dict[str, Any] | None = None, **members: Any) -> Register:
    """A penalty whose grounds were notified on 20 February 2023, with a window to 20 March."""
    register = served(case=case, **members).on("2023-02-10")
    register.sweep()
    penalty = register.case.penalty_decisions[0]
    grounds = Grounds(date(2023, 2, 20), date(2023, 3, 20), date(2022, 12, 20), 52, Money(520_000_000, "EUR"))
    heard = replace(penalty, grounds=grounds, state=PenaltyDecisionState.GROUNDS_NOTIFIED)
    register.facts = with_penalty(register.case, heard)
    return register.on("2023-04-01")


def observe(register: Register, on: str = "2023-03-20", **members: Any) -> Filing:
    register.pull(REGISTRAR, Trigger.RECORD_OBSERVATIONS, register.penalty(), {"received_on": on, **members})
    return filing(register)


@pytest.mark.parametrize(("on", "in_time"), [("2023-02-20", True), ("2023-03-20", True), ("2023-03-21", False)])
def test_observations_are_in_time_while_the_window_is_open_and_late_ones_need_no_answer(on: str, in_time: bool) -> None:
    found = observe(hearing(), on)
    assert (found.kind, found.party, found.in_time) == (FilingKind.OBSERVATIONS, 1, in_time)
    assert found.waits
    assert found.needs_answer is in_time


def test_observations_after_the_window_was_waived_are_late() -> None:
    register = hearing()
    penalty = register.case.penalty_decisions[0]
    assert penalty.grounds is not None
    grounds = replace(penalty.grounds, waived_on=date(2023, 3, 10))
    register.facts = with_penalty(register.case, replace(penalty, grounds=grounds))
    assert observe(register, "2023-03-09").in_time is True
    assert observe(register, "2023-03-10").in_time is False


def test_observations_need_grounds_that_were_notified() -> None:
    register = served().on("2023-02-10")
    register.sweep()
    with refused_by("grounds_were_notified") as said:
        observe(register, "2023-02-10")
    assert said.facts["satisfied_by"] == "notify the grounds first"
    with refused_by("grounds_were_notified") as said:
        observe(hearing(), "2023-02-19")
    assert said.facts["satisfied_by"] == "a date not before 2023-02-20"


def test_observations_come_before_the_body_has_decided() -> None:
    register = hearing()
    penalty = replace(register.case.penalty_decisions[0], state=PenaltyDecisionState.ADOPTED)
    register.facts = with_penalty(register.case, penalty)
    with refused_by("grounds_were_notified") as said:
        observe(register)
    assert said.detail == "The hearing is over."


def test_of_several_parties_heard_one_is_named() -> None:
    orders = [an_order(n, "cease_collection") for n in (1, 2, 3)]
    register = hearing(case=TWO_PARTIES, addressees=[1, 2], orders=orders, clauses=[a_clause(liability="joint")])
    with refused_by("party_was_heard") as said:
        observe(register)
    assert said.facts["satisfied_by"] == "a party: 1 or 2"
    with refused_by("party_was_heard"):
        observe(register, party=3)
    assert observe(register, party=2).party == 2


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize("outcome", ["accepted", "partly_accepted", "rejected"])
def test_observations_end_with_the_reply(outcome: str, begun: bool) -> None:
    register = hearing()
    observe(register)
    if begun:
        register.pull(OFFICER, Trigger.ASSESS, subject(register))
    with refused_by("replied_since_received"):
        register.pull(OFFICER, Trigger.REPLY, subject(register), reply(outcome, "2023-03-19"))
    (event,) = register.pull(OFFICER, Trigger.REPLY, subject(register), reply(outcome))
    assert event.data == {"replied_on": "2023-04-01", "outcome": outcome}
    assert event.text == {"text": "The days are as notified."}
    found = filing(register)
    assert (found.state, found.replied_on) == (FilingState(outcome), date(2023, 4, 1))
    assert not found.waits


def test_observations_are_not_accepted_like_a_report() -> None:
    register = hearing()
    observe(register)
    register.pull(OFFICER, Trigger.ASSESS, subject(register))
    with refused_by("is_report"):
        register.pull(OFFICER, Trigger.ACCEPT, subject(register), SHEET)
