"""Access requests under an order to answer them: each has its life, the order counts them by state."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.workflow.lifecycle.refused import refused_by
from tests.workflow.lifecycle.register import HEAD, OFFICER, REGISTRAR, Register, adopted, drafted, served
from workflow.lifecycle.events import Subject
from workflow.lifecycle.evolve import fold
from workflow.lifecycle.facts import AccessRequest, request_id
from workflow.lifecycle.facts.access import NOT_VERIFIED, WAITING_FOR_ANSWER
from workflow.lifecycle.frozen import replace
from workflow.lifecycle.notices import told
from workflow.lifecycle.refusals import GuardRefused, IllegalTransition, RoleNotPermitted
from workflow.lifecycle.second_person import has_second
from workflow.lifecycle.vocabulary import AccessRequestState, OrderState, SubjectKind, Trigger

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


def test_compliance_waits_until_every_request_is_verified_or_set_aside() -> None:
    register = served().on("2022-11-20")
    for n in range(1, 4):
        asked(register, f"R-{n}")
    move(register, *ANSWERED)
    with refused_by("prerequisites_met") as said:
        register.comply(1, "2022-11-01")
    assert said.detail == "3 access requests under order 1 are not verified: 2 received, 1 answered."
    assert said.facts["reference"] == "Order SAN-2022-019, operative part; GDPR art. 15"
    move(register, Trigger.VERIFY)
    for place in (0, 1):
        register.pull(OFFICER, Trigger.SET_ASIDE, subject(register, place), {"reasons": "x"})
        if place == 0:
            register.confirm(subject(register, place))
    with refused_by("prerequisites_met") as said:
        register.comply(1, "2022-11-01")
    assert said.detail == "1 access request under order 1 is not verified: 1 received."
    register.confirm(subject(register, 1))
    register.comply(1, "2022-11-01")
    assert register.held(1).state is OrderState.COMPLIED


def test_what_was_proposed_before_a_request_came_cannot_be_confirmed_after() -> None:
    register = served().on("2022-11-20")
    register.pull(OFFICER, Trigger.ACCEPT_COMPLIANCE, register.order(1), {"complied_on": "2022-11-01"})
    asked(register)
    with refused_by("prerequisites_met"):
        register.confirm(register.order(1))


def test_deletion_waits_while_somebody_waits_for_the_respondent() -> None:
    register = served().on("2022-11-20")
    asked(register)
    move(register, *ANSWERED)
    move(register, Trigger.VERIFY)
    register.comply(1, "2022-11-01")
    move(register, *DISPUTED)
    with refused_by("prerequisites_met") as said:
        register.comply(2, "2022-11-10")
    assert said.detail == (
        "1 access request under order 1 is open through the respondent's doing, and deletion destroys what people "
        "asked for: 1 disputed."
    )
    move(register, Trigger.RECORD_ANSWER, {"answered_on": "2022-11-19"})
    register.comply(2, "2022-11-10")
    assert register.held(2).state is OrderState.COMPLIED


def test_who_waits_for_the_person_does_not_wait_for_the_respondent() -> None:
    assert {S.IDENTITY_CHECK, S.ANSWERED, S.REFUSED, S.NO_DATA_HELD} == NOT_VERIFIED - WAITING_FOR_ANSWER
    assert set(S) - NOT_VERIFIED == {S.ABSENT, S.VERIFIED, S.SET_ASIDE, S.CLOSED}


MOVES: list[tuple[Trigger, dict[str, Any] | None]] = [
    *((t, None) for t in (Trigger.BEGIN, Trigger.ASK_IDENTITY, Trigger.RECORD_IDENTITY, Trigger.VERIFY, Trigger.CLOSE)),
    *((t, {name: None}) for t, name in ((Trigger.EXTEND, "told_on"), (Trigger.RECORD_ANSWER, "answered_on"),
      (Trigger.RECORD_NO_DATA, "found_on"), (Trigger.DISPUTE, "disputed_on"))),
    (Trigger.RECORD_REFUSAL, {"refused_on": None, "ground": "x"}),
    (Trigger.SET_ASIDE, {"reasons": "x"}),
]  # fmt: skip


class Requests(RuleBasedStateMachine):
    """Requests registered and moved in any order, by whoever may."""

    @initialize()
    def begin(self) -> None:
        self.register = served().on("2022-10-20")

    @rule(days=st.integers(0, 20))
    def wait(self, days: int) -> None:
        self.register.today += timedelta(days=days)

    @rule(n=st.integers(1, 6))
    def ask(self, n: int) -> None:
        known = any(each.reference == f"R-{n}" for each in self.register.case.requests)
        try:
            asked(self.register, f"R-{n}")
        except GuardRefused:
            assert known
        else:
            assert not known

    @rule(place=st.integers(0, 5), moved=st.sampled_from(MOVES), back=st.integers(0, 10), confirmed=st.booleans())
    def pull(self, place: int, moved: tuple[Trigger, dict[str, Any] | None], back: int, confirmed: bool) -> None:
        if not self.register.case.requests:
            return
        at = subject(self.register, place % len(self.register.case.requests))
        trigger, members = moved
        day = (self.register.today - timedelta(days=back)).isoformat()
        data = members and {name: value or day for name, value in members.items()}
        try:
            (event,) = self.register.pull(OFFICER, trigger, at, data)
            if event.type == "act.proposed" and confirmed:
                self.register.confirm(at)
        except (GuardRefused, IllegalTransition):
            return

    @invariant()
    def counts_are_the_sum_of_the_states(self) -> None:
        case = self.register.case
        order = self.register.held(1)
        assert order.requests == dict(Counter(each.state.value for each in case.requests))
        assert sum(order.requests.values()) == len(case.requests)
        assert [each.n for each in case.requests] == list(range(1, len(case.requests) + 1))

    @invariant()
    def counts_need_no_request_to_be_loaded(self) -> None:
        facts = None
        for event in self.register.events:
            facts = fold(facts, [event])
            facts = replace(facts, requests=())
        assert facts is not None
        assert facts.decisions == self.register.case.decisions

    @invariant()
    def no_day_contradicts_another(self) -> None:
        for each in self.register.case.requests:
            days = [day for day in (each.extended_on, each.dealt_with_on, each.disputed_on) if day is not None]
            assert all(each.received_on <= day <= self.register.today for day in days)
            assert each.extended_on is None or each.extended_on <= each.statutory_by


Requests.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestRequests = Requests.TestCase
