"""A case is closed when nothing in it is left to do; then nothing happens but reading, and reopening."""

from typing import Any

import pytest

from tests.support.refused import refused_by
from tests.support.register import (
    DECIDER,
    FINE,
    HEAD,
    OFFICER,
    REGISTRAR,
    Register,
    a_draft,
    adopted,
    an_order,
    drafted,
    opened,
    served,
)
from workflow.lifecycle.case.case import CaseClosed
from workflow.lifecycle.door.due import earliest_steps
from workflow.lifecycle.door.openings import open_triggers, openings
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.refusals import GuardRefused, RoleNotPermitted
from workflow.lifecycle.vocabulary import CaseState, SubjectKind, Trigger


def one(**members: Any) -> Register:
    """One order, served on 19 October 2022."""
    return served(orders=[an_order(1, "cease_collection")], clauses=[], **members)


def case_of(register: Register) -> Subject:
    return Subject(SubjectKind.CASE, register.case.id)


def close(register: Register) -> None:
    """Close the case: an officer proposes, the head confirms."""
    register.pull(OFFICER, Trigger.CLOSE, case_of(register))
    register.confirm(case_of(register))


def closed() -> Register:
    """A case with one decision, complied with, closed on 10 November 2022."""
    register = one().on("2022-11-10")
    register.comply(1, "2022-11-01")
    close(register)
    return register


def test_a_case_in_which_nothing_is_left_to_do_is_closed_by_two_people() -> None:
    register = closed()
    assert register.case.state is CaseState.CLOSED
    assert register.events[-1].type == CaseClosed.type
    assert register.events[-1].data["proposed_by"] == "officer"
    assert str(register.case.closed_on) == "2022-11-10"


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (one, "order SAN-2022-019/1 is in_force"),
        (drafted, "decision SAN-2022-019 is draft"),
        (lambda: adopted(orders=[], clauses=[], fine=FINE), "decision SAN-2022-019 is served on nobody"),
        (lambda: complied(fine={"amount": "5.00", "currency": "EUR"}), "debt 1 is due"),
        (lambda: appealed(), "an appeal against SAN-2022-019 is open"),
        (lambda: pending(), "act 1 (correct_service) waits for a second person"),
    ],
)
def test_what_is_still_open_is_named(make: Any, what: str) -> None:
    register = make()
    with refused_by("nothing_open") as said:
        register.pull(OFFICER, Trigger.CLOSE, case_of(register))
    assert what in said.detail


def complied(**members: Any) -> Register:
    register = one(**members).on("2022-11-10")
    register.comply(1, "2022-11-01")
    return register


def appealed() -> Register:
    register = complied()
    appeal = {"addressee": 1, "lodged_on": "2022-11-02", "court": "Conseil d'Etat"}
    register.pull(REGISTRAR, Trigger.RECORD_APPEAL, register.decision(), appeal)
    return register


def pending() -> Register:
    register = one().on("2022-11-10")
    data = {"addressee": 1, "served_on": "2022-10-26", "proof": "book"}
    register.pull(REGISTRAR, Trigger.CORRECT_SERVICE, register.decision(), data)
    return register


def test_what_became_open_between_proposal_and_confirmation_stops_it() -> None:
    register = complied()
    register.pull(OFFICER, Trigger.CLOSE, case_of(register))
    register.pull(OFFICER, Trigger.DRAFT, case_of(register), a_draft(reference="SAN-2"))
    with refused_by("nothing_open") as said:
        register.confirm(case_of(register))
    assert "decision SAN-2 is draft" in said.detail


@pytest.mark.parametrize(
    ("actor", "trigger", "subject", "data"),
    [
        (OFFICER, Trigger.DRAFT, case_of, a_draft(reference="SAN-2")),
        (DECIDER, Trigger.WITHDRAW, Register.decision, {"effect": "ex_nunc"}),
        (REGISTRAR, Trigger.RECORD_PUBLICATION, Register.decision, {"published_on": "2022-11-01"}),
    ],
)
def test_nothing_happens_in_a_closed_case(actor: Any, trigger: Trigger, subject: Any, data: dict[str, Any]) -> None:
    register = closed()
    with pytest.raises(GuardRefused) as refused:
        register.pull(actor, trigger, subject(register), data)
    assert refused.value.facts["guard"] == "case_is_open"
    assert refused.value.detail == "The case is closed since 2022-11-10; it can be read, and reopened."
    assert earliest_steps(register.case) == []


def test_everything_but_reopening_is_shown_as_closed() -> None:
    register = closed()
    for actor in (OFFICER, HEAD, DECIDER, REGISTRAR):
        assert open_triggers(register.case, register.decision(), actor, register.today) == []
    assert open_triggers(register.case, case_of(register), HEAD, register.today) == [Trigger.REOPEN]
    assert open_triggers(register.case, case_of(register), OFFICER, register.today) == []
    assert openings(register.case, register.order(1), OFFICER, register.today)


def test_a_reopened_case_goes_on_and_is_closed_again() -> None:
    register = closed()
    with pytest.raises(RoleNotPermitted):
        register.pull(OFFICER, Trigger.REOPEN, case_of(register))
    register.pull(HEAD, Trigger.REOPEN, case_of(register), reason="a new complaint")
    assert (register.case.state, register.case.closed_on) == (CaseState.REOPENED, None)
    assert register.events[-1].text == {"reason": "a new complaint"}
    register.pull(REGISTRAR, Trigger.RECORD_PUBLICATION, register.decision(), {"published_on": "2022-11-09"})
    close(register)
    assert register.case.state.value == "closed"


def test_an_empty_case_can_be_closed_and_no_regime_says_by_whom() -> None:
    register = opened()
    close(register)
    assert register.case.state is CaseState.CLOSED
