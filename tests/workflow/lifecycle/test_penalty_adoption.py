"""Who sits, who adopts, at what sum; and the ways a penalty decision ends without one."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.support.penalties import (
    MEMBERS,
    SECRETARY,
    Penalties,
    adopted_penalty,
    deliberated,
    notified,
    proposed,
    taken_up,
)
from tests.support.refused import refused_by
from tests.support.register import DECIDER, HEAD, OFFICER, SCHEDULER
from workflow.lifecycle.door.due import earliest_steps
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.kernel.refusals import GuardRefused, IllegalTransition, RoleNotPermitted
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.penalty_decision.adoption import PenaltyAdopted, PenaltyDeliberated
from workflow.lifecycle.penalty_decision.hearing import PenaltyGroundsNotified, PenaltyObservationsClosed
from workflow.lifecycle.penalty_decision.proposal import PenaltyProposed, PenaltyTakenUp
from workflow.lifecycle.vocabulary import PenaltyDecisionState, Role, Trigger

WHY = {"reasons": "the body's reasons"}
STATES: dict[PenaltyDecisionState, Callable[..., Penalties]] = {
    PenaltyDecisionState.PROPOSED: proposed,
    PenaltyDecisionState.DRAFT: taken_up,
    PenaltyDecisionState.GROUNDS_NOTIFIED: notified,
    PenaltyDecisionState.IN_DELIBERATION: deliberated,
    PenaltyDecisionState.ADOPTED: adopted_penalty,
}


def a_decider(name: str) -> Actor:
    return Actor(name, frozenset({Role.DECISION_MAKER}))


def test_clearview_to_its_adoption() -> None:
    register = deliberated()
    (event,) = register.adopt()
    assert event.data == {"amount": {"amount": "5200000.00", "currency": "EUR"}}
    penalty = register.held_penalty()
    assert (penalty.state, penalty.adopted_on, penalty.adopted_by) == (
        PenaltyDecisionState.ADOPTED,
        date(2023, 4, 13),
        "decider",
    )
    assert penalty.owed is not None
    assert penalty.owed.amount == "5200000.00"
    assert fold(None, register.events) == register.case


def test_the_scheduler_adopts_nothing() -> None:
    with pytest.raises(RoleNotPermitted):
        deliberated().move(SCHEDULER, Trigger.ADOPT, step="x")


def test_too_few_members_decide_nothing() -> None:
    register = notified().on("2023-04-13")
    with refused_by("body_may_sit") as said:
        register.deliberate("decider", "second", "third", "third")
    assert said.detail == "The body decides with at least 4 members present; 3 are named."
    assert "not verified" in said.facts["reference"]
    with refused_by("body_may_sit") as said:
        register.move(DECIDER, Trigger.DELIBERATE, {"session_on": "2023-04-13"})
    assert said.detail.startswith("Who was present at the session is part of the record")


def test_where_the_regime_asks_for_no_attendance_none_is_needed() -> None:
    register = notified("be-apd").on("2023-04-13")
    register.move(SECRETARY, Trigger.DELIBERATE, {"session_on": "2023-04-13"})
    register.adopt(a_decider("anybody"))
    assert register.held_penalty().adopted_by == "anybody"


def test_neither_the_rapporteur_nor_who_stands_aside_sits_or_adopts() -> None:
    register = taken_up().on("2023-02-15")
    register.notify(rapporteur="rapporteur")
    register.move(SECRETARY, Trigger.RECORD_RECUSAL, {"account": "aside"})
    for name in ("rapporteur", "aside"):
        with refused_by("body_may_sit") as said:
            register.on("2023-04-13").deliberate(*MEMBERS, name)
        assert said.detail.startswith(f"{name} cannot sit")
    register.deliberate()
    for name in ("rapporteur", "aside", "absent"):
        with refused_by("may_vote") as said:
            register.adopt(a_decider(name))
        assert said.facts["who"] == ["decision_maker"]
    register.adopt(a_decider("second"))


def test_who_drafted_does_not_adopt() -> None:
    both = Actor("both", frozenset({Role.CASE_OFFICER, Role.DECISION_MAKER}))
    register = proposed()
    register.move(both, Trigger.TAKE_UP)
    register.on("2023-02-15").notify()
    register.on("2023-04-13")
    with refused_by("body_may_sit") as said:
        register.deliberate("both", *MEMBERS)
    assert said.detail == "both drafted or took up this penalty, and cannot sit to decide it."
    register.deliberate(*MEMBERS)
    with refused_by("not_the_drafter"):
        register.adopt(both)


def test_the_adoption_is_not_dated_before_the_session() -> None:
    register = deliberated().on("2023-04-20")
    with refused_by("not_backwards"):
        register.move(DECIDER, Trigger.ADOPT, effective_on=date(2023, 4, 12))
    register.move(DECIDER, Trigger.ADOPT, effective_on=date(2023, 4, 14))
    assert register.held_penalty().adopted_on == date(2023, 4, 14)


REDUCTION: dict[str, Any] = {
    "amount": {"amount": "3000000.00", "currency": "EUR"},
    "article": "Decree 2019-536 art. 44",
}


def test_a_reduction_is_a_line_of_its_own() -> None:
    register = deliberated()
    (event,) = register.adopt(data={"reduction": REDUCTION, **WHY})
    last = event.data["receipt"]["result"]["lines"][-1]
    assert (last["amount"], last["why"]) == ("-2200000.00", "reduction: Decree 2019-536 art. 44")
    assert event.data["receipt"]["result"]["gross"] == "5200000.00"
    assert event.text == WHY
    penalty = register.held_penalty()
    assert penalty.owed is not None
    assert (penalty.amount.amount, penalty.owed.amount) == ("5200000.00", "3000000.00")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"reduction": REDUCTION}, "A reduction needs its reasons."),
        (
            {"reduction": REDUCTION | {"amount": {"amount": "5200000.00", "currency": "EUR"}}, **WHY},
            "A reduction says what remains to be paid; EUR 5200000.00 is not below the sum stated, EUR 5200000.00.",
        ),
        (
            {"reduction": REDUCTION | {"amount": {"amount": "1.00", "currency": "USD"}}, **WHY},
            "A reduction says what remains to be paid; USD 1.00 is not below the sum stated, EUR 5200000.00.",
        ),
    ],
)
def test_a_reduction_is_below_the_sum_and_has_reasons(data: dict[str, Any], said: str) -> None:
    with refused_by("reduction_allowed") as refusal:
        deliberated().adopt(data=data)
    assert refusal.detail == said


def test_where_the_regime_leaves_no_room_nothing_is_reduced() -> None:
    register = notified("be-apd").on("2023-04-13")
    register.deliberate()
    with refused_by("reduction_allowed") as said:
        register.adopt(data={"reduction": REDUCTION, **WHY})
    assert said.detail == "be-apd@1 leaves no room to reduce the sum."


@pytest.mark.parametrize("state", [*STATES][:-1])
@pytest.mark.parametrize(("days", "free"), [("left_open", True), ("released", False)])
def test_closed_without_a_penalty_its_days_stay_open_or_are_released(
    state: PenaltyDecisionState, days: str, free: bool
) -> None:
    register = STATES[state](assess_every="P90D")
    register.move(DECIDER, Trigger.CLOSE_WITHOUT_PENALTY, {"days": days})
    assert register.held_penalty().owed is None
    register.on("2023-05-11").sweep()
    slices = [found[:2] for found in register.slices()]
    assert slices[1][0] == ("2022-12-20" if free else "2023-02-10")


def test_an_adopted_one_cannot_be_closed() -> None:
    with pytest.raises(IllegalTransition):
        adopted_penalty().move(DECIDER, Trigger.CLOSE_WITHOUT_PENALTY, {"days": "released"})


@pytest.mark.parametrize("state", STATES)
def test_withdrawn_its_days_are_free_for_the_next_proposal(state: PenaltyDecisionState) -> None:
    register = STATES[state]()
    (event,) = register.move(DECIDER, Trigger.WITHDRAW, WHY)
    assert event.text == WHY
    assert (register.held_penalty().state, register.held_penalty().owed) == (PenaltyDecisionState.WITHDRAWN, None)
    register.propose("2023-02-09")
    assert register.slices() == [("2022-12-20", "2023-02-09", 52, "5200000.00")] * 2


@pytest.mark.parametrize("state", [*STATES][1:-1])
def test_abeyance_leads_back_to_where_it_was(state: PenaltyDecisionState) -> None:
    register = STATES[state]()
    before = register.held_penalty()
    register.move(SECRETARY, Trigger.PUT_IN_ABEYANCE, reason="a preliminary question")
    assert register.held_penalty().state is PenaltyDecisionState.IN_ABEYANCE
    assert [step for step in earliest_steps(register.case) if step.subject == register.penalty()] == []
    with pytest.raises(IllegalTransition):
        register.adopt()
    (event,) = register.move(HEAD, Trigger.RESUME)
    assert event.data == {"state": state.value}
    after = register.held_penalty()
    assert (after.state, after.grounds, after.attendance) == (state, before.grounds, before.attendance)


def test_neither_a_proposal_nor_an_adopted_one_waits() -> None:
    for make in (proposed, adopted_penalty):
        with pytest.raises(IllegalTransition):
            make().move(DECIDER, Trigger.PUT_IN_ABEYANCE)


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_void_while_its_basis_stands(state: PenaltyDecisionState) -> None:
    with refused_by("basis_is_gone") as said:
        STATES[state]().move(DECIDER, Trigger.DECLARE_VOID, WHY)
    assert said.facts["reference"] == "a penalty decision falls with its order"


def test_the_sums_fixed_under_a_clause_stay_under_its_cap() -> None:
    """A service recorded late moves the first late day: days before those fixed come under the cap first."""
    register = deliberated(cap={"amount": "5200000.00"})
    register.adopt()
    assert register.held_penalty().state is PenaltyDecisionState.ADOPTED
    with refused_by("late_days_unfixed"):
        register.propose("2023-04-12")


ONLY_THE_BODY: dict[Trigger, dict[str, Any]] = {
    Trigger.WITHDRAW: WHY,
    Trigger.DECLARE_VOID: WHY,
    Trigger.CONFIRM_SUM: WHY,
    Trigger.CLOSE_WITHOUT_PENALTY: {"days": "released"},
    Trigger.ADOPT: {},
}


@pytest.mark.parametrize("trigger", ONLY_THE_BODY)
@pytest.mark.parametrize("actor", [OFFICER, HEAD, SECRETARY], ids=lambda actor: actor.account)
def test_every_role_but_the_body_is_refused(trigger: Trigger, actor: Actor) -> None:
    with pytest.raises(RoleNotPermitted):
        deliberated().move(actor, trigger, ONLY_THE_BODY[trigger])


def test_a_whole_life_is_told_in_its_events() -> None:
    register: Penalties = adopted_penalty()
    of_it = [event.type for event in register.events if event.subject == register.penalty()]
    assert of_it == [
        PenaltyProposed.type,
        PenaltyTakenUp.type,
        PenaltyGroundsNotified.type,
        PenaltyObservationsClosed.type,
        PenaltyDeliberated.type,
        PenaltyAdopted.type,
    ]


def test_a_refusal_changes_nothing() -> None:
    register = taken_up()
    before = register.case
    with pytest.raises((GuardRefused, IllegalTransition)):
        register.adopt()
    assert register.case is before
