"""Access requests under an order to answer them: each has its life, the order counts them by state."""

from datetime import date
from typing import Any

import pytest

from tests.support.refused import refused_by
from tests.support.register import HEAD, OFFICER, REGISTRAR, Register, adopted, drafted, served
from workflow.lifecycle.door.four_eyes import has_second
from workflow.lifecycle.facts import AccessRequest, request_id
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.refusals import IllegalTransition, RoleNotPermitted
from workflow.lifecycle.reading.messages import told
from workflow.lifecycle.vocabulary import AccessRequestState, SubjectKind, Trigger

S = AccessRequestState


def request(register: Register, place: int = -1) -> AccessRequest:
    return register.case.requests[place]


def subject(register: Register, place: int = -1) -> Subject:
    return Subject(SubjectKind.ACCESS_REQUEST, request(register, place).id)


def asked(register: Register, reference: str = "R-1", on: str = "2022-10-03", n: int = 1) -> AccessRequest:
    """A request registered under order n."""
    data = {"reference": reference, "received_on": on}
    register.pull(REGISTRAR, Trigger.REGISTER_REQUEST, register.order(n), data)
    return request(register)


def with_one() -> Register:
    """One request, received by the respondent on 3 October 2022; it is 2 November."""
    register = served().on("2022-11-02")
    asked(register)
    return register


def move(register: Register, trigger: Trigger, data: dict[str, Any] | None = None, **more: Any) -> AccessRequestState:
    """Pull a trigger on the last request, and confirm it where that takes a second person."""
    (event,) = register.pull(OFFICER, trigger, subject(register), data, **more)
    if event.type == "act.proposed":
        register.confirm(subject(register), HEAD)
    return request(register).state


ANSWERED = (Trigger.RECORD_ANSWER, {"answered_on": "2022-10-20"})
REFUSED = (Trigger.RECORD_REFUSAL, {"refused_on": "2022-10-20", "ground": "GDPR art. 12(5)(b)"})
NO_DATA = (Trigger.RECORD_NO_DATA, {"found_on": "2022-10-20"})
DISPUTED = (Trigger.DISPUTE, {"disputed_on": "2022-10-25"})


def test_a_request_is_registered_under_its_order_by_its_reference() -> None:
    register = served().on("2022-11-02")
    before = register.case.versions[register.order(1).id]
    found = asked(register)
    (event,) = register.events[-1:]
    assert found == AccessRequest(
        id=request_id(register.order(1).id, "R-1"),
        n=1,
        order=register.order(1).id,
        reference="R-1",
        received_on=date(2022, 10, 3),
        state=S.RECEIVED,
        statutory_by=date(2022, 11, 3),
    )
    assert register.held(1).requests == {"received": 1}
    assert register.case.versions[register.order(1).id] == before + 1
    assert told(register.case, event) == frozenset()
    assert asked(register, "R-2").n == 2
    assert register.held(1).requests == {"received": 2}


def test_a_reference_is_registered_once_under_an_order() -> None:
    register = with_one()
    with refused_by("reference_is_new") as said:
        asked(register)
    assert said.detail == ("Request R-1 was registered under this order already: received on 2022-10-03, now received.")


@pytest.mark.parametrize("reference", ["Jean Dupont", "Dupont", "a@b1.fr", "R 1", "1" * 61, "-1"])
def test_a_reference_is_a_pseudonym(reference: str) -> None:
    with refused_by("reference_is_a_pseudonym") as said:
        asked(served().on("2022-11-02"), reference)
    assert reference not in said.detail


def test_requests_are_registered_under_an_order_to_answer_them_that_stands() -> None:
    with refused_by("order_takes_requests") as said:
        asked(served(), n=2)
    assert said.detail.startswith("This is an order to delete_data; ")
    with refused_by("order_takes_requests") as said:
        asked(drafted())
    assert said.facts["satisfied_by"] == "adopt the decision first"
    register = served().on("2022-11-20")
    register.comply(1, "2022-11-01")
    with refused_by("order_takes_requests") as said:
        asked(register)
    assert said.detail == "The order is complied: nothing is left to be answered under it."


def test_what_was_asked_before_service_is_registered_once_the_decision_is_adopted() -> None:
    assert asked(adopted(), on="2022-01-10").received_on == date(2022, 1, 10)


def test_a_request_is_not_received_after_it_is_registered() -> None:
    with refused_by("received_on_is_past"):
        asked(served(), on="2022-10-20")


@pytest.mark.parametrize(
    ("outcome", "state"), [(ANSWERED, S.ANSWERED), (REFUSED, S.REFUSED), (NO_DATA, S.NO_DATA_HELD)]
)
@pytest.mark.parametrize("before", [(), (Trigger.BEGIN,), (Trigger.ASK_IDENTITY,)])
def test_a_request_is_dealt_with_verified_and_closed(
    outcome: tuple[Trigger, dict[str, Any]], state: AccessRequestState, before: tuple[Trigger, ...]
) -> None:
    register = with_one()
    for trigger in before:
        move(register, trigger)
    assert move(register, *outcome) is state
    assert request(register).dealt_with_on == date(2022, 10, 20)
    assert move(register, Trigger.VERIFY) is S.VERIFIED
    assert request(register).verified_on == date(2022, 11, 2)
    assert move(register, Trigger.CLOSE) is S.CLOSED
    assert register.held(1).requests == {"closed": 1}


@pytest.mark.parametrize(("outcome", "second"), [(ANSWERED, False), (NO_DATA, False), (REFUSED, True)])
def test_a_second_person_is_needed_where_the_authority_sides_against_who_asked(
    outcome: tuple[Trigger, dict[str, Any]], second: bool
) -> None:
    register = with_one()
    move(register, *outcome)
    (event,) = register.pull(OFFICER, Trigger.VERIFY, subject(register))
    assert (event.type == "act.proposed") is second
    assert has_second(SubjectKind.ACCESS_REQUEST)


def test_a_dispute_opens_it_again_until_a_new_answer_or_two_persons_end_it() -> None:
    for verified in (False, True):
        register = with_one()
        move(register, *ANSWERED)
        if verified:
            move(register, Trigger.VERIFY)
        assert move(register, *DISPUTED) is S.DISPUTED
        assert (request(register).disputed_on, request(register).verified_on) == (date(2022, 10, 25), None)
        with refused_by("day_is_possible") as said:
            move(register, *ANSWERED)
        assert "before 2022-10-25, the latest day known" in said.detail
        assert move(register, Trigger.RECORD_ANSWER, {"answered_on": "2022-10-26"}) is S.ANSWERED
        move(register, Trigger.DISPUTE, {"disputed_on": "2022-10-27"})
        (event,) = register.pull(OFFICER, Trigger.VERIFY, subject(register))
        assert event.type == "act.proposed"
        register.confirm(subject(register))
        assert request(register).state is S.VERIFIED


@pytest.mark.parametrize("day", ["2022-10-02", "2022-11-03"])
def test_what_is_written_down_has_happened_since_the_request_came(day: str) -> None:
    with refused_by("day_is_possible") as said:
        move(with_one(), Trigger.RECORD_ANSWER, {"answered_on": day})
    assert said.facts["satisfied_by"] == "a date from 2022-10-03 to 2022-11-02"


def test_the_respondent_has_two_months_more_when_it_said_so_in_the_first() -> None:
    register = served().on("2022-12-12")
    asked(register)
    assert move(register, Trigger.EXTEND, {"told_on": "2022-11-03"}) is S.EXTENDED
    assert (request(register).extended_on, request(register).statutory_by) == (date(2022, 11, 3), date(2023, 1, 3))
    assert move(register, Trigger.ASK_IDENTITY) is S.IDENTITY_CHECK
    assert move(register, Trigger.RECORD_IDENTITY) is S.EXTENDED
    with pytest.raises(IllegalTransition):
        move(register, Trigger.EXTEND, {"told_on": "2022-11-03"})


def test_told_too_late_nothing_is_extended() -> None:
    register = served().on("2022-12-12")
    asked(register)
    with refused_by("told_in_time") as said:
        move(register, Trigger.EXTEND, {"told_on": "2022-11-04"})
    assert said.facts["reference"] == "GDPR art. 12(3)"
    assert said.facts["satisfied_by"] == "a notice to the person by 2022-11-03"


def test_a_person_who_said_who_they_are_is_attended_to_again() -> None:
    register = with_one()
    move(register, Trigger.ASK_IDENTITY)
    assert move(register, Trigger.RECORD_IDENTITY) is S.IN_PROGRESS


def test_a_request_is_set_aside_by_two_persons_with_reasons_beside_the_chain() -> None:
    register = with_one()
    (proposed,) = register.pull(OFFICER, Trigger.SET_ASIDE, subject(register), {"reasons": "Sent twice."})
    assert proposed.text == {"reasons": "Sent twice."}
    assert request(register).state is S.RECEIVED
    register.confirm(subject(register))
    assert request(register).state is S.SET_ASIDE
    assert "Sent twice" not in str([event.data for event in register.events])


def test_the_registrar_writes_down_and_verifies_nothing() -> None:
    register = with_one()
    register.pull(REGISTRAR, ANSWERED[0], subject(register), ANSWERED[1])
    for trigger in (Trigger.VERIFY, Trigger.SET_ASIDE):
        with pytest.raises(RoleNotPermitted):
            register.pull(REGISTRAR, trigger, subject(register), {"reasons": "x"} if trigger == "set_aside" else None)
