"""The party is heard before a penalty is decided: the notice, the window, its end, the answers."""

from datetime import date
from typing import Any

import pytest

from tests.support.penalties import SECRETARY, Penalties, adopted_penalty, notified, proposed, taken_up
from tests.support.refused import refused_by
from tests.support.register import DECIDER, HEAD, OFFICER, REGISTRAR, SCHEDULER
from workflow.lifecycle.door.due import earliest_steps
from workflow.lifecycle.facts import Filing
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.refusals import RoleNotPermitted
from workflow.lifecycle.kernel.tree import with_order, with_penalty
from workflow.lifecycle.penalty_decision.hearing import PenaltyGroundsNotified, PenaltyObservationsClosed
from workflow.lifecycle.vocabulary import (
    FilingKind,
    FilingState,
    OrderState,
    PenaltyDecisionState,
    SubjectKind,
    Trigger,
)


def test_the_notice_states_the_sum_and_opens_the_window_of_the_regime() -> None:
    register = taken_up().on("2023-02-15")
    (event,) = register.notify(rapporteur="a rapporteur")
    assert event.type == PenaltyGroundsNotified.type
    assert (event.data["units"], event.data["amount"]["amount"]) == (52, "5200000.00")
    assert event.data["window_ends_on"] == event.data["receipt"]["result"]["last_day"] == "2023-03-02"
    grounds = register.held_penalty().grounds
    assert grounds is not None
    assert (grounds.notified_on, grounds.window_ends_on) == (date(2023, 2, 15), date(2023, 3, 2))
    assert (grounds.rapporteur, grounds.amount.amount) == ("a rapporteur", "5200000.00")
    assert register.held_penalty().state is PenaltyDecisionState.GROUNDS_NOTIFIED


def test_who_notifies_is_the_regimes_to_say() -> None:
    data = {"notified_on": "2023-02-15", "channel": "courier"}
    french = taken_up().on("2023-02-15")
    for actor in (HEAD, SECRETARY, OFFICER, SCHEDULER):
        with pytest.raises(RoleNotPermitted):
            french.move(actor, Trigger.NOTIFY_GROUNDS, data)
    french.move(DECIDER, Trigger.NOTIFY_GROUNDS, data)
    for actor in (HEAD, SECRETARY):
        belgian = taken_up("be-apd").on("2023-02-15")
        belgian.move(actor, Trigger.NOTIFY_GROUNDS, data)
        assert belgian.held_penalty().state is PenaltyDecisionState.GROUNDS_NOTIFIED


@pytest.mark.parametrize("given", ["2023-03-01", "2023-02-15"])
def test_the_party_is_given_no_less_than_the_regime_gives(given: str) -> None:
    register = taken_up().on("2023-02-15")
    with refused_by("window_can_open") as said:
        register.notify(window_ends_on=given)
    assert said.detail.startswith(f"The window would end on {given}; by fr-cnil@1 it ends on 2023-03-02")
    assert said.facts["reference"] == "Decree 2019-536 art. 44"
    register.notify(window_ends_on="2023-03-20")
    assert register.step(register.penalty()).due_on == date(2023, 3, 21)


def test_a_regime_without_a_period_asks_the_notice_to_name_one() -> None:
    register = taken_up("be-apd").on("2023-02-15")
    register.facts = replace(register.case, regime="de-federal")
    for given in ({}, {"window_ends_on": "2023-02-15"}):
        with refused_by("window_can_open") as said:
            register.notify(**given)
        assert said.detail.startswith("de-federal@1 fixes no period for observations")
        assert said.facts["reference"] == "VwVfG § 28 (not verified)"
    (event,) = register.notify(window_ends_on="2023-03-01")
    assert "receipt" not in event.data


def test_no_notice_before_the_days_are_over_or_before_the_act_that_precedes_it() -> None:
    register = taken_up().on("2023-02-15")
    with refused_by("slice_is_over"):
        register.notify("2023-02-09")
    register = proposed(day="2023-02-12")
    register.take_up()
    with refused_by("not_backwards") as said:
        register.on("2023-02-15").notify("2023-02-11")
    assert said.facts["satisfied_by"].startswith("an effective_on of 2023-02-12 or later; ")


def test_the_day_after_the_window_the_scheduler_notes_its_end_once() -> None:
    register = notified()
    assert register.on("2023-03-02").swept() == []
    (event,) = register.on("2023-03-10").swept()
    assert (event.type, event.effective_on, event.late_by) == (
        PenaltyObservationsClosed.type,
        date(2023, 3, 3),
        "P7D",
    )
    assert event.data == {"window_ended_on": "2023-03-02", "filings": 0, "waiting": 0}
    assert register.held_penalty().state is PenaltyDecisionState.GROUNDS_NOTIFIED
    assert [step for step in earliest_steps(register.case) if step.subject == register.penalty()] == []


def test_a_window_can_be_extended_also_once_it_was_over_and_then_ends_again() -> None:
    register = notified().on("2023-03-10")
    register.sweep()
    with refused_by("window_grows") as said:
        register.move(HEAD, Trigger.EXTEND_WINDOW, {"window_ends_on": "2023-03-02"})
    assert said.facts["satisfied_by"] == "a window_ends_on after 2023-03-02"
    register.move(HEAD, Trigger.EXTEND_WINDOW, {"window_ends_on": "2023-03-20"})
    (event,) = register.on("2023-03-21").swept()
    assert event.effective_on == date(2023, 3, 21)


def test_a_waiver_ends_the_window_on_its_day_with_the_proof_beside_the_chain() -> None:
    register = notified().on("2023-02-20")
    (event,) = register.move(REGISTRAR, Trigger.RECORD_WAIVER, {"waived_on": "2023-02-19", "proof": "letter"})
    assert (event.effective_on, event.text) == (date(2023, 2, 19), {"proof": "letter"})
    assert register.on("2023-03-10").swept() == []
    with refused_by("window_runs"):
        register.move(REGISTRAR, Trigger.RECORD_WAIVER, {"waived_on": "2023-02-19", "proof": "letter"})
    register.deliberate(on="2023-02-19")


def test_what_is_over_cannot_be_waived() -> None:
    register = notified().on("2023-03-10")
    with refused_by("window_runs") as said:
        register.move(REGISTRAR, Trigger.RECORD_WAIVER, {"waived_on": "2023-03-03", "proof": "letter"})
    assert said.detail == "The window for observations was over on 2023-03-02 already; there is nothing left to waive."


def test_the_last_day_of_the_window_still_counts() -> None:
    register = notified().on("2023-03-02")
    with refused_by("window_over") as said:
        register.deliberate()
    assert said.detail.startswith("The window for observations ends on 2023-03-02")
    register.on("2023-03-03").deliberate()
    assert register.held_penalty().state is PenaltyDecisionState.IN_DELIBERATION


def filed(register: Penalties, state: FilingState, **members: Any) -> None:
    """Observations on the penalty, in this state."""
    filing = Filing(
        id="f",
        n=1,
        kind=FilingKind.OBSERVATIONS,
        about_kind=SubjectKind.PENALTY_DECISION,
        about=register.penalty().id,
        party=1,
        received_on=date(2023, 3, 5),
        state=state,
        **members,
    )
    register.facts = replace(register.case, filings=(filing,))


@pytest.mark.parametrize("state", [FilingState.RECEIVED, FilingState.UNDER_ASSESSMENT])
def test_every_filing_that_came_in_time_is_answered_first(state: FilingState) -> None:
    register = notified().on("2023-03-10")
    filed(register, state, in_time=True)
    with refused_by("observations_answered") as said:
        register.deliberate()
    assert said.detail == "Not everything the party filed about this is answered: filing 1 of 2023-03-05 waits."
    filed(register, state, in_time=False)
    register.deliberate()


def test_what_is_recorded_after_the_session_and_came_in_time_is_answered_before_the_adoption() -> None:
    register = notified().on("2023-03-10")
    register.deliberate()
    filed(register, FilingState.RECEIVED, in_time=True)
    with refused_by("observations_answered"):
        register.adopt()
    filed(register, FilingState.REJECTED, replied_on=date(2023, 3, 11))
    with refused_by("observations_answered") as said:
        register.adopt()
    assert said.facts["satisfied_by"] == "a date not before 2023-03-11"
    register.on("2023-03-11").adopt()


def test_returned_to_draft_it_must_be_notified_again() -> None:
    register = notified().on("2023-03-10")
    register.deliberate()
    register.move(HEAD, Trigger.RETURN_TO_DRAFT, reason="the sum is to rise")
    assert register.held_penalty().state is PenaltyDecisionState.DRAFT
    register.on("2023-03-11").notify()
    grounds = register.held_penalty().grounds
    assert grounds is not None
    assert (grounds.window_ends_on, grounds.closed_on) == (date(2023, 3, 27), None)
    assert register.held_penalty().attendance is None


def test_the_basis_says_what_was_found_and_what_the_law_forfeits() -> None:
    def basis(register: Penalties, state: OrderState) -> str:
        (decision,) = register.case.decisions
        register.facts = with_order(register.case, decision, replace(decision.order(1), state=state))
        register.on("2023-02-10").propose()
        return register.held_penalty().basis

    french, dutch = proposed(day="2023-01-10"), proposed("nl-ap", "2023-01-10", cap={"amount": "10000000.00"})
    assert basis(french, OrderState.NON_COMPLIANT) == "non-compliance established"
    assert basis(dutch, OrderState.EXPIRED) == "forfeited by law: period expired, no evidence received"


def test_the_facts_are_those_of_the_events() -> None:
    register = adopted_penalty()
    assert register.held_penalty().state is PenaltyDecisionState.ADOPTED
    assert with_penalty(register.case, register.held_penalty()) == register.case
