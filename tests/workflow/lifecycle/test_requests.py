"""A request for time: filed, a task for who may grant it, granted by the act it asks for or refused with reasons."""

from datetime import date
from typing import Any

import pytest

from tests.support.penalties import deliberated, notified
from tests.support.refused import refused_by
from tests.support.register import DECIDER, OFFICER, REGISTRAR, Register, adopted, served
from tests.workflow.lifecycle.test_counsel_files import COUNSEL
from tests.workflow.lifecycle.test_filings import filing, subject
from workflow.lifecycle.facts import Filing
from workflow.lifecycle.filing.requests import FilingGranted, FilingRefused
from workflow.lifecycle.kernel.refusals import IllegalTransition, RoleNotPermitted
from workflow.lifecycle.order.clock import OrderExtended
from workflow.lifecycle.reading.messages import told
from workflow.lifecycle.reading.task import TaskKind
from workflow.lifecycle.reading.tasks import tasks
from workflow.lifecycle.vocabulary import FilingKind, FilingState, OrderState, RequestKind, Trigger

TIME: dict[str, Any] = {"asks_for": "extension", "until": "2023-01-31", "grounds": "The archive is large."}
STAY: dict[str, Any] = {"asks_for": "suspension", "grounds": "An appeal is pending."}


def ask(register: Register, n: int = 3, **members: Any) -> Filing:
    register.pull(COUNSEL, Trigger.RECORD_REQUEST, register.order(n), TIME | members)
    return filing(register)


def asked(on: str = "2022-12-10", **members: Any) -> Register:
    register = served().on(on)
    ask(register, **members)
    return register


def waiting(register: Register) -> list[Any]:
    return [task for task in tasks(register.case, register.today) if task.kind is TaskKind.ANSWER_REQUEST]


def test_a_request_says_what_it_asks_for_and_until_when_and_its_grounds_stand_beside_the_chain() -> None:
    register = asked()
    (event,) = register.events[-1:]
    assert event.text == {"grounds": "The archive is large."}
    assert {key: event.data[key] for key in ("kind", "asks_for", "until", "in_time", "file_by")} == {
        "kind": "request",
        "asks_for": "extension",
        "until": "2023-01-31",
        "in_time": True,
        "file_by": "2022-12-19",
    }
    found = filing(register)
    assert (found.kind, found.asks_for, found.until) == (FilingKind.REQUEST, RequestKind.EXTENSION, date(2023, 1, 31))
    assert told(register.case, event) == {1}


def test_it_stops_no_clock_and_neither_expiry_nor_a_proposal_waits_for_it() -> None:
    register = asked()
    register.on("2023-02-10").sweep()
    assert register.held(3).expiry_recorded_on == date(2022, 12, 20)
    assert register.slices() == [("2022-12-20", "2023-02-09", 52, "5200000.00")]
    assert filing(register).waits


def test_the_extension_that_names_it_grants_it() -> None:
    register = asked()
    extended, granted = register.pull(
        DECIDER, Trigger.EXTEND, register.order(3), {"last_day": "2023-01-15", "request": 1}
    )
    assert (extended.type, extended.data["request"]) == (OrderExtended.type, 1)
    assert (granted.type, granted.subject) == (FilingGranted.type, subject(register))
    assert told(register.case, granted) == {1}
    assert (filing(register).state, filing(register).replied_on) == (FilingState.GRANTED, date(2022, 12, 10))
    assert waiting(register) == []
    with refused_by("grants_extension") as said:
        register.pull(DECIDER, Trigger.EXTEND, register.order(3), {"last_day": "2023-02-15", "request": 1})
    assert said.facts["satisfied_by"] == "the act without `request`"


def test_an_extension_that_names_none_leaves_it_waiting() -> None:
    register = asked()
    register.pull(DECIDER, Trigger.EXTEND, register.order(3), {"last_day": "2023-01-15"})
    assert filing(register).waits


def test_the_suspension_that_names_it_grants_it_though_the_stay_began_before() -> None:
    register = asked(**STAY | {"until": None})
    stay = {"scope": "order", "effect": "no_accrual", "from": "2022-12-01"}
    with refused_by("grants_extension"):
        register.pull(DECIDER, Trigger.EXTEND, register.order(3), {"last_day": "2023-01-15", "request": 1})
    with refused_by("grants_suspension") as said:
        register.pull(REGISTRAR, Trigger.SUSPEND, register.order(2), stay | {"request": 1})
    assert said.detail == "Filing 1 is no request for a suspension of this that waits for an answer."
    suspended, granted = register.pull(REGISTRAR, Trigger.SUSPEND, register.order(3), stay | {"request": 1})
    assert (suspended.data["request"], suspended.effective_on) == (1, date(2022, 12, 1))
    assert granted.effective_on == date(2022, 12, 10)
    assert register.held(3).state is OrderState.SUSPENDED
    assert filing(register).state is FilingState.GRANTED


def test_it_is_refused_with_reasons_by_the_decision_maker_and_the_party_is_told() -> None:
    register = asked()
    with pytest.raises(RoleNotPermitted):
        register.pull(OFFICER, Trigger.REFUSE, subject(register), {"reasons": "No."})
    (refused,) = register.pull(DECIDER, Trigger.REFUSE, subject(register), {"reasons": "The time was enough."})
    assert (refused.type, refused.text) == (FilingRefused.type, {"reasons": "The time was enough."})
    assert told(register.case, refused) == {1}
    assert filing(register).state is FilingState.REFUSED
    with pytest.raises(IllegalTransition):
        register.pull(DECIDER, Trigger.REFUSE, subject(register), {"reasons": "Again."})


@pytest.mark.parametrize(
    ("members", "detail"),
    [
        ({"until": None}, "The request for an extension names no day."),
        ({"until": "2022-12-19"}, "The request asks for time until 2022-12-19, which is not after 2022-12-19."),
        (STAY | {"until": "2022-12-10"}, "The request asks for time until 2022-12-10, which is not after 2022-12-10."),
    ],
)
def test_it_asks_for_a_later_day(members: dict[str, Any], detail: str) -> None:
    with refused_by("asks_for_a_later_day") as said:
        asked(**members)
    assert said.detail == detail


def test_it_is_about_an_order_that_binds_still() -> None:
    with refused_by("order_was_served"):
        ask(adopted())
    register = served().on("2022-12-01")
    register.pull(DECIDER, Trigger.LIFT, register.order(3), {"effect": "ex_nunc"})
    with refused_by("order_runs"):
        ask(register)


def test_a_request_is_neither_assessed_nor_replied_to_and_nothing_else_is_refused() -> None:
    register = asked()
    register.pull(OFFICER, Trigger.ASSESS, subject(register))
    with refused_by("is_report") as said:
        register.pull(OFFICER, Trigger.ACCEPT, subject(register), {"findings": []})
    assert said.facts["satisfied_by"].startswith("extend, suspend or extend_window with its number")
    register.pull(REGISTRAR, Trigger.WITHDRAW, subject(register))
    register.pull(COUNSEL, Trigger.RECORD_REPORT, register.order(3), {"claims": [{"limb": 1, "met_on": "2022-12-10"}]})
    with refused_by("is_request"):
        register.pull(DECIDER, Trigger.REFUSE, subject(register), {"reasons": "No."})


def test_it_is_a_task_for_who_may_grant_it_and_urgent_as_the_last_day_nears() -> None:
    register = asked("2022-11-01")
    (task,) = waiting(register)
    assert (task.subject, task.trigger, task.who, task.urgent) == (subject(register), None, ("decision_maker",), False)
    assert task.why == (
        "Party 1 asks for an extension until 2023-01-31; grant it by extend with request 1, or refuse it. It stops no "
        "clock: the last day is 2022-12-19."
    )
    assert [each.urgent for each in waiting(register.on("2022-11-18"))] == [False]
    assert [each.urgent for each in waiting(register.on("2022-11-19"))] == [True]
    assert [each.urgent for each in waiting(register.on("2022-12-20"))] == [True]
    (stay,) = waiting(asked(**STAY | {"until": None}))
    assert stay.who == ("decision_maker", "registrar")
    assert stay.why.startswith("Party 1 asks for a suspension; grant it by suspend with request 1")


def test_a_longer_window_is_asked_for_granted_by_its_extension_and_deliberation_waits() -> None:
    register = notified()
    window = register.held_penalty().grounds
    assert window is not None
    more = {"until": "2023-05-31", "grounds": "The file is long."}
    with refused_by("asks_for_a_longer_window"):
        register.pull(COUNSEL, Trigger.RECORD_REQUEST, register.penalty(), more | {"until": "2023-01-01"})
    register.pull(COUNSEL, Trigger.RECORD_REQUEST, register.penalty(), more)
    assert (filing(register).file_by, filing(register).asks_for) == (window.window_ends_on, RequestKind.EXTENSION)
    (task,) = waiting(register)
    assert task.who == ("head_of_enforcement", "committee_secretary", "decision_maker")
    with refused_by("grants_extension"):
        register.move(DECIDER, Trigger.EXTEND_WINDOW, {"window_ends_on": "2023-05-31", "request": 7})
    extended, granted = register.move(DECIDER, Trigger.EXTEND_WINDOW, {"window_ends_on": "2023-05-31", "request": 1})
    assert (extended.data["request"], granted.type) == (1, FilingGranted.type)
    assert filing(register).state is FilingState.GRANTED


def test_deliberation_waits_for_a_request_that_came_within_the_window() -> None:
    register = notified()
    register.pull(COUNSEL, Trigger.RECORD_REQUEST, register.penalty(), {"until": "2023-05-31", "grounds": "x"})
    register.on("2023-06-01").sweep()
    with refused_by("observations_answered"):
        register.deliberate()
    register.pull(DECIDER, Trigger.REFUSE, subject(register), {"reasons": "The window was long enough."})
    register.deliberate()
    with refused_by("asks_for_a_longer_window"):
        register.pull(COUNSEL, Trigger.RECORD_REQUEST, register.penalty(), {"until": "2023-07-31", "grounds": "x"})


def test_adoption_waits_for_a_stay_asked_for_and_not_for_an_extension_asked_for_too_late() -> None:
    register = deliberated()
    ask(register, 1, until="2023-12-31")
    assert filing(register).in_time is False
    register.pull(COUNSEL, Trigger.RECORD_REQUEST, register.order(1), STAY)
    assert filing(register).in_time is None
    with refused_by("requests_answered") as said:
        register.adopt()
    assert "(suspension)" in said.detail
    assert said.facts["who"] == ["decision_maker"]
    register.pull(DECIDER, Trigger.REFUSE, subject(register), {"reasons": "The court did not stay it."})
    register.adopt()
    assert register.held_penalty().adopted_on is not None
