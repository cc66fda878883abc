"""No decision is adopted before the party was heard: the hearing record in all its variants."""

from datetime import date
from typing import Any

import pytest

from tests.support.refused import refused_by
from tests.support.register import DECIDER, HEAD, OFFICER, Register, a_draft, opened, submitted
from workflow.law.invalid import InvalidRequest
from workflow.lifecycle.vocabulary import DecisionState, Trigger

NOTIFIED = {"grounds_notified_on": "2022-07-14"}
HEARD = {**NOTIFIED, "window_ended_on": "2022-08-14", "observations": "none_received"}


def adopt(hearing: dict[str, Any] | None) -> Register:
    """Adopt on 17 October 2022 with this hearing record."""
    register = submitted(hearing=hearing, assumed=[])
    register.on("2022-10-17").pull(DECIDER, Trigger.ADOPT, register.decision())
    return register


@pytest.mark.parametrize(
    "hearing",
    [
        HEARD,
        {**HEARD, "observations": "answered"},
        {**HEARD, "window_ended_on": "2022-10-16"},
        {**HEARD, "window_ended_on": "2022-07-14"},
        {**HEARD, "session_on": "2022-10-17"},
        {**NOTIFIED, "waived_on": "2022-08-01", "observations": "none_received"},
        {**NOTIFIED, "waived_on": "2022-10-17", "observations": "answered"},
        {**HEARD, "waived_on": "2022-08-01", "window_ended_on": "2022-12-01"},
        {"urgency_ground": "GDPR art. 66(1): data being sold now"},
    ],
)
def test_a_decision_is_adopted_when_the_party_was_heard(hearing: dict[str, Any]) -> None:
    decision = adopt(hearing).case.decisions[0]
    assert (decision.state, decision.adopted_on) == (DecisionState.ADOPTED, date(2022, 10, 17))


@pytest.mark.parametrize(
    ("hearing", "why"),
    [
        (None, "there is none"),
        ({}, "it does not say when the grounds were notified"),
        ({"urgency_ground": None}, "it does not say when the grounds were notified"),
        (
            {**HEARD, "grounds_notified_on": "2022-10-18", "window_ended_on": "2022-11-02"},
            "notified on 2022-10-18, after the day of adoption",
        ),
        (NOTIFIED, "it does not say when the window for observations ended, or was waived in writing"),
        ({**HEARD, "window_ended_on": "2022-10-17"}, "ends on 2022-10-17, not before the day of adoption"),
        ({**HEARD, "window_ended_on": "2022-11-01"}, "ends on 2022-11-01, not before the day of adoption"),
        ({**HEARD, "waived_on": "2022-10-18"}, "waived on 2022-10-18, after the day of adoption"),
        ({**HEARD, "session_on": "2022-10-18"}, "the session is on 2022-10-18, after the day of adoption"),
        ({**NOTIFIED, "window_ended_on": "2022-08-14"}, "does not say that the observations were answered"),
        ({**HEARD, "observations": "open"}, "does not say that the observations were answered"),
        ({**NOTIFIED, "waived_on": "2022-08-01"}, "does not say that the observations were answered"),
    ],
)
def test_it_is_not_when_the_record_does_not_show_it(hearing: dict[str, Any] | None, why: str) -> None:
    with refused_by("heard") as said:
        adopt(hearing)
    assert said.detail.startswith("The hearing record is not complete: ")
    assert why in said.detail
    assert said.facts["reference"] == "Charter of Fundamental Rights art. 41(2)(a)"
    way_out = said.facts["satisfied_by"]
    assert way_out.startswith("return_to_draft (head_of_enforcement or decision_maker), then revise (case_officer)")
    assert said.facts["who"] == ["head_of_enforcement", "decision_maker", "case_officer"]
    assert said.facts["open"] == ["return_to_draft", "withdraw"]


@pytest.mark.parametrize("name", ["window_ended_on", "waived_on", "session_on"])
def test_a_record_whose_dates_contradict_each_other_is_not_even_drafted(name: str) -> None:
    contradicting = {"hearing": {**HEARD, name: "2022-07-13"}, "assumed": []}
    register = opened().on("2022-10-13")
    said = f"/hearing/{name}: 2022-07-13 is before 2022-07-14, when the grounds were notified"
    with pytest.raises(InvalidRequest) as refused:
        register.pull(OFFICER, Trigger.DRAFT, data=a_draft(**contradicting))
    assert str(refused.value) == said
    register.pull(OFFICER, Trigger.DRAFT, data=a_draft())
    with pytest.raises(InvalidRequest) as refused:
        register.pull(OFFICER, Trigger.REVISE, register.decision(), a_draft(**contradicting))
    assert str(refused.value) == said


def test_the_way_out_of_an_incomplete_record_leads_to_adoption() -> None:
    register = submitted(hearing=None, assumed=[])
    register.pull(HEAD, Trigger.RETURN_TO_DRAFT, register.decision(), reason="hearing record")
    register.pull(OFFICER, Trigger.REVISE, register.decision(), a_draft())
    register.pull(OFFICER, Trigger.SUBMIT, register.decision())
    register.on("2022-10-17").pull(DECIDER, Trigger.ADOPT, register.decision())
    assert register.case.decisions[0].state is DecisionState.ADOPTED


def test_the_window_is_measured_against_the_day_of_adoption_not_the_day_it_is_typed_in() -> None:
    register = submitted(hearing={**HEARD, "window_ended_on": "2022-10-17"}, assumed=[]).on("2022-10-25")
    with refused_by("heard"):
        register.pull(DECIDER, Trigger.ADOPT, register.decision(), effective_on=date(2022, 10, 17))
    register.pull(DECIDER, Trigger.ADOPT, register.decision(), effective_on=date(2022, 10, 18))
    assert register.case.decisions[0].adopted_on == date(2022, 10, 18)
