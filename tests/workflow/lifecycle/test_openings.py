"""What is open to anybody: who acts is not asked before somebody does."""

from tests.support.penalties import deliberated
from tests.support.register import DECIDER, served, submitted
from workflow.lifecycle.door.openings import open_triggers
from workflow.lifecycle.kernel.rules import Actor


def test_a_penalty_can_be_adopted_by_somebody_who_sat_and_no_drafter() -> None:
    register = deliberated()
    found = open_triggers(register.case, register.penalty(), None, register.today)
    assert "adopt (decision_maker)" in found
    assert "adopt" in open_triggers(register.case, register.penalty(), DECIDER, register.today)


def test_a_decision_can_be_adopted_by_somebody_who_did_not_draft_it() -> None:
    register = submitted()
    assert "adopt (decision_maker)" in open_triggers(register.case, register.decision(), None, register.today)
    drafter = Actor("officer", DECIDER.roles)
    assert "adopt" not in open_triggers(register.case, register.decision(), drafter, register.today)


def test_a_request_for_time_is_open_to_counsel_of_the_party() -> None:
    register = served()
    found = open_triggers(register.case, register.order(1), None, register.today)
    assert "record_request (case_officer, counsel, registrar)" in found
