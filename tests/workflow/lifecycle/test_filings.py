"""What parties file: compliance reports on orders and observations on the grounds of a penalty. It stops no clock."""

from datetime import date
from typing import Any

import pytest

from tests.support.refused import refused_by
from tests.support.register import HEAD, OFFICER, REGISTRAR, Register, adopted, an_order, served
from workflow.law.regime import regime
from workflow.lifecycle.facts import Claim, Filing, Finding
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.refusals import IllegalTransition, RoleNotPermitted
from workflow.lifecycle.penalty_clause.steps import clause_step
from workflow.lifecycle.reading.messages import told
from workflow.lifecycle.vocabulary import FilingKind, FilingState, SubjectKind, Trigger

CLAIM = {"limb": 1, "met_on": "2022-12-01"}
SHEET = {"findings": [{"limb": 1, "finding": "met", "claimed": "met", "evidence": "log", "method": "read"}]}


def filing(register: Register, place: int = -1) -> Filing:
    return register.case.filings[place]


def subject(register: Register, place: int = -1) -> Subject:
    return Subject(SubjectKind.FILING, filing(register, place).id)


def report(register: Register, n: int = 3, on: str = "2022-12-10", **members: Any) -> Filing:
    """A report on order n."""
    data = {"received_on": on, "claims": [CLAIM], **members}
    register.pull(REGISTRAR, Trigger.RECORD_REPORT, register.order(n), data)
    return filing(register)


def reported(on: str = "2022-12-10", **members: Any) -> Register:
    register = served().on("2022-12-28")
    report(register, on=on, **members)
    return register


def assessed() -> Register:
    register = reported()
    register.pull(OFFICER, Trigger.ASSESS, subject(register))
    return register


def test_a_report_is_recorded_with_its_claims_on_the_day_it_came() -> None:
    register = served().on("2022-12-28")
    before = register.case.versions[register.order(3).id]
    report(register, text="See the log.")
    (event,) = register.events[-1:]
    assert event.effective_on == date(2022, 12, 10)
    assert event.text == {"text": "See the log."}
    assert "text" not in event.data
    found = filing(register)
    assert (found.kind, found.about_kind, found.about) == (
        FilingKind.COMPLIANCE_REPORT,
        SubjectKind.ORDER,
        register.order(3).id,
    )
    assert (found.party, found.received_on, found.state) == (1, date(2022, 12, 10), FilingState.RECEIVED)
    assert found.claims == (Claim(1, date(2022, 12, 1)),)
    assert register.case.versions[register.order(3).id] == before + 1
    assert told(register.case, event) == {1}


@pytest.mark.parametrize(("on", "in_time"), [("2022-12-19", True), ("2022-12-20", False)])
def test_it_is_in_time_until_the_last_day(on: str, in_time: bool) -> None:
    assert filing(reported(on)).in_time is in_time


@pytest.mark.parametrize(("on", "in_time"), [("2022-12-22", True), ("2022-12-23", False)])
def test_a_day_of_its_own_for_evidence_comes_first(on: str, in_time: bool) -> None:
    orders = [an_order(n, "cease_collection", evidence_by="2022-12-22") for n in (1, 2, 3)]
    register = served(orders=orders).on("2022-12-28")
    assert report(register, on=on).in_time is in_time


def test_a_report_needs_an_order_that_binds() -> None:
    register = adopted()
    with refused_by("order_was_served") as said:
        report(register, on="2022-10-17")
    assert said.facts["who"] == ["registrar"]


@pytest.mark.parametrize(
    ("claims", "detail"),
    [
        ([], "The claims name no limb."),
        ([CLAIM, CLAIM], "The claims name a limb twice."),
        ([CLAIM | {"limb": 2}], "Order 3 has no limb 2; its limbs are 1."),
        (
            [CLAIM | {"met_on": "2022-12-11"}],
            "Limb 1 is claimed to be met since 2022-12-11, after the report was received on 2022-12-10.",
        ),
    ],
)
def test_claims_are_about_limbs_of_the_order(claims: list[dict[str, Any]], detail: str) -> None:
    with refused_by("claims_name_limbs") as said:
        report(served().on("2022-12-28"), claims=claims)
    assert said.detail == detail


@pytest.mark.parametrize(
    ("trigger", "state", "type_"),
    [
        (Trigger.ACCEPT, FilingState.ACCEPTED, "filing.accepted"),
        (Trigger.ACCEPT_IN_PART, FilingState.PARTLY_ACCEPTED, "filing.partly_accepted"),
        (Trigger.REJECT, FilingState.REJECTED, "filing.rejected"),
    ],
)
def test_an_officer_assesses_and_the_head_confirms(trigger: Trigger, state: FilingState, type_: str) -> None:
    register = assessed()
    register.pull(OFFICER, trigger, subject(register), SHEET)
    assert filing(register).state is FilingState.UNDER_ASSESSMENT
    (event,) = register.confirm(subject(register), HEAD)
    assert (event.type, event.data["proposed_by"]) == (type_, "officer")
    assert told(register.case, event) == {1}
    assert filing(register).state is state
    assert filing(register).findings == (Finding(1, 1, 0),)
    assert not filing(register).waits
    assert register.held(3).complied_on is None


def test_the_sheet_has_a_line_for_each_claim() -> None:
    limbs = [{"n": 1, "text": "a"}, {"n": 2, "text": "b"}]
    register = served(orders=[an_order(n, "cease_collection", limbs=limbs) for n in (1, 2, 3)]).on("2022-12-28")
    report(register, claims=[CLAIM, CLAIM | {"limb": 2}])
    register.pull(OFFICER, Trigger.ASSESS, subject(register))
    with refused_by("findings_cover_claims") as said:
        register.pull(OFFICER, Trigger.ACCEPT, subject(register), SHEET)
    assert said.detail == "The report speaks of limb 2, on which nothing was found."
    with refused_by("findings_cover_claims") as said:
        register.pull(OFFICER, Trigger.REJECT, subject(register), {"findings": []})
    assert said.detail == "The findings name no limb."


def test_a_report_is_withdrawn_by_the_registrar_before_it_is_concluded() -> None:
    for register in (reported(), assessed()):
        with pytest.raises(RoleNotPermitted):
            register.pull(OFFICER, Trigger.WITHDRAW, subject(register))
        register.pull(REGISTRAR, Trigger.WITHDRAW, subject(register))
        assert filing(register).state is FilingState.WITHDRAWN
    with pytest.raises(IllegalTransition):
        register.pull(OFFICER, Trigger.ASSESS, subject(register))


def test_a_report_is_not_replied_to() -> None:
    register = assessed()
    with refused_by("is_observations"):
        register.pull(
            OFFICER, Trigger.REPLY, subject(register), {"replied_on": "2022-12-28", "outcome": "accepted", "text": "x"}
        )


def test_a_report_stops_no_clock_but_the_penalty_waits_until_it_is_assessed() -> None:
    register = served().on("2022-12-10")
    report(register)
    register.on("2023-02-10").sweep()
    assert register.held(3).expiry_recorded_on == date(2022, 12, 20)
    assert register.slices() == []
    register.pull(OFFICER, Trigger.ASSESS, subject(register))
    assert register.sweep() == []
    register.pull(OFFICER, Trigger.REJECT, subject(register), SHEET)
    register.confirm(subject(register))
    decision, clause = register.case.clause(register.clause().id)
    assert clause_step(register.case, decision, clause, regime("fr-cnil")) is not None
    register.sweep()
    assert register.slices() == [("2022-12-20", "2023-02-09", 52, "5200000.00")]
