"""Whoever drafted, revised or submitted an act never adopts it."""

import pytest

from tests.support.refused import refused_by
from tests.support.register import DECIDER, HEAD, OFFICER, Register, a_draft, drafted, served, submitted
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import DecisionState, Role, Trigger

BOTH = Actor("both", frozenset({Role.CASE_OFFICER, Role.DECISION_MAKER}))
DRAFTER = Actor("officer", frozenset({Role.CASE_OFFICER, Role.DECISION_MAKER}))


def revised_by_both() -> Register:
    register = drafted()
    register.pull(BOTH, Trigger.REVISE, register.decision(), a_draft())
    register.pull(OFFICER, Trigger.SUBMIT, register.decision())
    return register


def submitted_by_both() -> Register:
    register = drafted()
    register.pull(BOTH, Trigger.SUBMIT, register.decision())
    return register


def revised_by_both_and_then_replaced() -> Register:
    register = revised_by_both()
    register.pull(HEAD, Trigger.RETURN_TO_DRAFT, register.decision())
    register.pull(OFFICER, Trigger.REVISE, register.decision(), a_draft())
    register.pull(OFFICER, Trigger.SUBMIT, register.decision())
    return register


@pytest.mark.parametrize(
    ("register", "adopter"),
    [
        (submitted(), DRAFTER),
        (revised_by_both(), BOTH),
        (submitted_by_both(), BOTH),
        (revised_by_both_and_then_replaced(), BOTH),
    ],
)
def test_the_drafter_cannot_adopt_whatever_else_they_are(register: Register, adopter: Actor) -> None:
    with refused_by("not_the_drafter") as said:
        register.pull(adopter, Trigger.ADOPT, register.decision())
    assert said.detail == "You drafted, revised or submitted this act; whoever did cannot adopt it."
    assert said.facts["satisfied_by"] == "adoption by another decision-maker"
    assert said.facts["who"] == ["decision_maker"]


def test_returning_a_draft_is_not_drafting_it() -> None:
    register = submitted()
    register.pull(DECIDER, Trigger.RETURN_TO_DRAFT, register.decision())
    register.pull(OFFICER, Trigger.SUBMIT, register.decision())
    register.on("2022-10-17").pull(DECIDER, Trigger.ADOPT, register.decision())
    assert register.case.decisions[0].state is DecisionState.ADOPTED


def test_who_takes_up_a_penalty_is_its_drafter_beside_the_scheduler() -> None:
    register = served().on("2023-02-10")
    register.sweep()
    register.pull(BOTH, Trigger.TAKE_UP, register.penalty())
    assert register.case.penalty_decisions[0].drafters == ("scheduler", "both")
