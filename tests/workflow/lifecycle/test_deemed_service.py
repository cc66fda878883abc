"""Service that was not handed over, attempts that failed, dates that are disputed: what each does to the clocks."""

from datetime import date
from typing import Any

import pytest

from tests.support.refused import refused_by
from tests.support.register import DECIDER, OFFICER, REGISTRAR, Register, a_draft, adopted, an_order
from workflow.law.invalid import InvalidRequest
from workflow.law.receipt import check_receipt
from workflow.lifecycle.decision.outcome import DecisionPublished
from workflow.lifecycle.facts import case_id
from workflow.lifecycle.kernel.events import Event, Subject
from workflow.lifecycle.order.clock import OrderEnteredIntoForce
from workflow.lifecycle.proceedings.service import DecisionServiceFailed
from workflow.lifecycle.vocabulary import OrderState, ServiceBasis, ServiceFailure, SubjectKind, Trigger

GERMAN = {
    "reference": "DE-1",
    "regime": "de-federal",
    "opened_on": "2024-11-01",
    "parties": [{"name": "A GmbH"}],
    "representatives": [],
}
HEARING = {"grounds_notified_on": "2022-07-14", "window_ended_on": "2022-08-14", "observations": "none_received"}


def one(**members: Any) -> Register:
    """One order of two months and no clause, adopted on 17 October 2022; it is 30 November."""
    draft = {"orders": [an_order(1, "cease_collection")], "clauses": [], **members}
    return adopted(None, **draft).on("2022-11-30")


def record(register: Register, **data: Any) -> list[Event]:
    """Record a service on party 1."""
    given = {"addressee": 1, "channel": "registered_letter", **data}
    return register.pull(REGISTRAR, Trigger.RECORD_SERVICE, register.decision(), given)


def test_a_letter_nobody_collected_counts_from_its_first_presentation_once_the_wait_is_over() -> None:
    register = one().on("2022-11-03")
    data = {"basis": "uncollected", "first_presented_on": "2022-10-19", "proof": "notice left, slip 12"}
    with refused_by("can_be_served") as said:
        record(register, **data)
    assert said.detail == "Counted from 2022-10-19, the act counts as served only once 2022-11-03 is over."
    assert said.facts["reference"] == "CE 24 April 2012, no. 341146"
    served, in_force = record(register.on("2022-11-04"), **data)
    assert served.effective_on == in_force.effective_on == date(2022, 10, 19)
    assert served.data["served_on"] == "2022-10-19"
    assert served.data["rests_on"] == {"first_presented_on": "2022-10-19"}
    assert check_receipt(served.data["receipt"]) == []
    assert "proof" not in served.data
    service = register.case.decisions[0].services[0]
    assert (service.basis, service.served_on) == (ServiceBasis.UNCOLLECTED, date(2022, 10, 19))
    assert register.held(1).last_day == date(2022, 12, 19)


def test_an_uncollected_letter_needs_proof_that_the_notice_was_left() -> None:
    with refused_by("can_be_served") as said:
        record(one(), basis="uncollected", first_presented_on="2022-10-19")
    assert "proved that the notice was left" in said.detail


def test_a_refusal_to_take_it_is_service_on_that_day() -> None:
    register = one()
    (served, _) = record(register, basis="refused", served_on="2022-10-19")
    assert (served.data["basis"], served.data["served_on"]) == ("refused", "2022-10-19")


def test_a_basis_the_regime_has_no_rule_for_is_refused_with_a_sentence() -> None:
    with refused_by("can_be_served") as said:
        record(one(), basis="posted", posted_on="2022-10-19")
    assert said.detail == "fr-cnil@1 has no rule by which an act that was only posted counts as served."
    assert said.facts["reference"] == "regime fr-cnil@1, service"


@pytest.mark.parametrize(("posted_on", "served_on"), [("2024-12-30", "2025-01-02"), ("2025-01-02", "2025-01-06")])
def test_the_rule_is_that_of_the_day_of_posting_not_of_adoption(posted_on: str, served_on: str) -> None:
    register = german().on("2025-02-03")
    (served, _) = record(register, basis="posted", posted_on=posted_on)
    assert served.data["served_on"] == served_on
    assert served.effective_on == date.fromisoformat(served_on)


def german() -> Register:
    """A German decision, adopted on 20 December 2024 under the rules of that year."""
    register = Register(today=date(2024, 11, 1))
    case = Subject(SubjectKind.CASE, case_id("DE-1"))
    register.pull(OFFICER, Trigger.OPEN, case, GERMAN)
    draft = a_draft(orders=[an_order(1, "cease_collection")], clauses=[], hearing=HEARING)
    register.pull(OFFICER, Trigger.DRAFT, case, draft)
    register.pull(OFFICER, Trigger.SUBMIT, register.decision())
    register.on("2024-12-20").pull(DECIDER, Trigger.ADOPT, register.decision())
    return register


@pytest.mark.parametrize(
    ("data", "paths"),
    [
        ({}, ["/served_on"]),
        ({"basis": "uncollected"}, ["/first_presented_on"]),
        ({"basis": "uncollected", "first_presented_on": "2022-10-19", "served_on": "2022-10-19"}, ["/served_on"]),
        ({"served_on": "2022-10-19", "made_available_on": "2022-10-18"}, ["/made_available_on"]),
    ],
)
def test_the_dates_go_with_the_basis(data: dict[str, Any], paths: list[str]) -> None:
    with pytest.raises(InvalidRequest) as refused:
        record(one(), **data)
    assert [error.path for error in refused.value.errors] == paths


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"served_on": "2022-10-19", "posted_on": "2022-10-20"}, "cannot have been posted on 2022-10-20, after"),
        ({"served_on": "2022-10-19", "posted_on": "2022-10-16"}, "on its way on 2022-10-16, before its adoption"),
        (
            {"basis": "unopened", "made_available_on": "2022-11-20"},
            "Service on 2022-12-05 lies after today, 2022-11-30.",
        ),
    ],
)
def test_an_act_is_adopted_then_sent_then_served_and_not_in_the_future(data: dict[str, Any], why: str) -> None:
    with refused_by("can_be_served") as said:
        record(one(), **data)
    assert why in said.detail


def test_a_failed_attempt_is_kept_and_starts_no_clock() -> None:
    register = one()
    data = {"addressee": 1, "attempted_on": "2022-10-20", "channel": "bailiff", "outcome": "moved", "note": "no name"}
    (event,) = register.pull(REGISTRAR, Trigger.RECORD_FAILED_SERVICE, register.decision(), data)
    assert (event.type, event.effective_on) == (DecisionServiceFailed.type, date(2022, 10, 20))
    assert event.text == {"note": "no name"}
    (attempt,) = register.case.decisions[0].attempts
    assert attempt.outcome is ServiceFailure.MOVED
    assert register.held(1).state is OrderState.PENDING
    for wrong, why in (({"attempted_on": "2022-10-16"}, "before the adoption"), ({"addressee": 2}, "no addressee")):
        with refused_by("is_attempt") as said:
            register.pull(REGISTRAR, Trigger.RECORD_FAILED_SERVICE, register.decision(), data | wrong)
        assert why in said.detail
    record(register, served_on="2022-10-26")
    with refused_by("is_attempt"):
        register.pull(REGISTRAR, Trigger.RECORD_FAILED_SERVICE, register.decision(), data)


def test_a_contested_date_stands() -> None:
    register = one()
    data = {"addressee": 1, "contested_on": "2022-11-01", "grounds": "nobody signed"}
    with refused_by("can_be_contested"):
        register.pull(REGISTRAR, Trigger.RECORD_CONTEST, register.decision(), data)
    record(register, served_on="2022-10-19")
    with refused_by("can_be_contested") as said:
        early = data | {"contested_on": "2022-10-18"}
        register.pull(REGISTRAR, Trigger.RECORD_CONTEST, register.decision(), early)
    assert "before it" in said.detail
    register.pull(REGISTRAR, Trigger.RECORD_CONTEST, register.decision(), data)
    service = register.case.decisions[0].services[0]
    assert (service.contested_on, service.served_on) == (date(2022, 11, 1), date(2022, 10, 19))
    assert register.held(1).last_day == date(2022, 12, 19)
    with refused_by("can_be_contested"):
        register.pull(REGISTRAR, Trigger.RECORD_CONTEST, register.decision(), data)


def test_a_period_from_dispatch_needs_the_day_of_posting_and_runs_from_it() -> None:
    register = one(orders=[an_order(1, "cease_collection", period_from="dispatch")])
    with refused_by("can_be_served") as said:
        record(register, served_on="2022-10-26")
    assert said.detail == "The time of order 1 runs from dispatch, and the day of posting is not given."
    record(register, served_on="2022-10-26", posted_on="2022-10-19")
    order = register.held(1)
    assert (order.starts_on, order.last_day) == (date(2022, 10, 19), date(2022, 12, 19))


def test_no_day_before_service_is_late_when_the_clock_started_at_dispatch() -> None:
    register = one(orders=[an_order(1, "cease_collection", period="P2D", period_from="dispatch")])
    record(register, served_on="2022-10-26", posted_on="2022-10-19")
    order = register.held(1)
    assert (order.starts_on, order.last_day) == (date(2022, 10, 19), date(2022, 10, 26))


def test_a_period_from_publication_starts_on_that_day_or_with_a_later_service() -> None:
    register = one(orders=[an_order(1, "cease_collection", period_from="publication")])
    record(register, served_on="2022-10-19")
    assert register.held(1).state is OrderState.PENDING
    with refused_by("can_be_published"):
        register.pull(REGISTRAR, Trigger.RECORD_PUBLICATION, register.decision(), {"published_on": "2022-10-16"})
    published = {"published_on": "2022-10-20"}
    events = register.pull(REGISTRAR, Trigger.RECORD_PUBLICATION, register.decision(), published)
    assert [event.type for event in events] == [DecisionPublished.type, OrderEnteredIntoForce.type]
    assert register.held(1).last_day == date(2022, 12, 20)
    with refused_by("can_be_published"):
        register.pull(REGISTRAR, Trigger.RECORD_PUBLICATION, register.decision(), published)

    late = one(orders=[an_order(1, "cease_collection", period_from="publication")])
    late.pull(REGISTRAR, Trigger.RECORD_PUBLICATION, late.decision(), published)
    assert late.held(1).state is OrderState.PENDING
    record(late, served_on="2022-10-25")
    assert late.held(1).starts_on == date(2022, 10, 25)
