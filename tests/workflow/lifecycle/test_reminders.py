"""Reminders 30, 7 and 1 days before the last day, and what becomes of those that were not sent."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.register import OFFICER, Register, a_clause, an_order, served
from workflow.lifecycle.door.due import earliest_steps
from workflow.lifecycle.order.clock import OrderPeriodExpired, OrderReminded
from workflow.lifecycle.vocabulary import Trigger


def one(period: str | None = "P2M", **members: Any) -> Register:
    """One order, served on 19 October 2022; two months make 19 December its last day."""
    return served(orders=[an_order(1, "cease_collection", period=period, **members)], clauses=[a_clause(covers=[1])])


def walk(register: Register, until: str) -> list[tuple[str, str]]:
    """Sweep every day until one, with the day and the type of what was done."""
    done = []
    while register.today <= date.fromisoformat(until):
        done += [(register.today.isoformat(), event.type) for event in register.sweep()]
        register.today += timedelta(days=1)
    return done


def test_three_reminders_and_then_the_expiry() -> None:
    assert walk(one(), "2023-01-15") == [
        ("2022-11-19", "order.reminded"),
        ("2022-12-12", "order.reminded"),
        ("2022-12-18", "order.reminded"),
        ("2022-12-20", "order.period_expired"),
    ]


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (None, []),
        ("P1D", []),
        ("P2D", ["2022-10-20"]),
        ("P7D", ["2022-10-25"]),
        ("P8D", ["2022-10-20", "2022-10-26"]),
        ("P30D", ["2022-11-11", "2022-11-17"]),
        ("P31D", ["2022-10-20", "2022-11-12", "2022-11-18"]),
    ],
)
def test_a_reminder_on_or_before_the_day_of_service_does_not_exist(period: str | None, days: list[str]) -> None:
    done = walk(one(period), "2022-11-25")
    assert [day for day, what in done if what == "order.reminded"] == days
    assert done[-1][1] == "order.period_expired"


def test_of_several_missed_only_the_latest_is_sent_and_it_names_the_others() -> None:
    register = one().on("2022-12-19")
    (event,) = register.sweep()
    assert (event.type, event.effective_on, event.late_by) == (OrderReminded.type, date(2022, 12, 18), "P1D")
    assert event.data["n"] == 3
    assert event.data["in_place_of"] == ["2022-11-19", "2022-12-12"]


def test_a_late_reminder_says_how_many_days_are_really_left() -> None:
    register = one().on("2022-11-22")
    (event,) = register.sweep()
    assert (event.effective_on, event.data["days_left"]) == (date(2022, 11, 19), 27)


def test_on_the_last_day_a_missed_reminder_is_still_sent_and_on_the_next_none() -> None:
    assert [event.data["days_left"] for event in one().on("2022-12-19").sweep()] == [0]
    (event,) = one().on("2022-12-20").sweep()
    assert event.type == OrderPeriodExpired.type


def test_the_expiry_names_what_was_not_sent() -> None:
    register = one()
    register.on("2022-11-19").sweep()
    (event,) = register.on("2022-12-21").sweep()
    assert event.data["reminders_not_sent"] == ["2022-12-12", "2022-12-18"]
    assert (event.effective_on, event.late_by) == (date(2022, 12, 20), "P1D")


def test_an_expiry_after_every_reminder_names_none() -> None:
    register = one()
    for day in ("2022-11-19", "2022-12-12", "2022-12-18"):
        register.on(day).sweep()
    (event,) = register.on("2022-12-20").sweep()
    assert "reminders_not_sent" not in event.data
    assert event.late_by == "PT0S"


def test_no_reminder_is_open_once_expiry_is_recorded_or_the_order_is_complied_with() -> None:
    register = one().on("2022-12-20")
    register.pull(OFFICER, Trigger.RECORD_EXPIRY, register.order(1))
    complied = one().on("2022-11-01")
    complied.comply(1, "2022-11-01")
    for each in (register, complied):
        steps = earliest_steps(each.case) + earliest_steps(each.case, each.today)
        assert not [step for step in steps if step.subject == each.order(1)]


def test_without_a_day_every_reminder_not_sent_is_waiting() -> None:
    register = one()
    (_, step, _) = earliest_steps(register.case)
    assert (step.trigger, step.due_on, step.skipped) == (Trigger.REMIND, date(2022, 11, 19), ())
    register.on("2022-11-19").sweep()
    (_, step, _) = earliest_steps(register.case)
    assert step.due_on == date(2022, 12, 12)


def test_the_step_is_due_when_the_local_day_begins() -> None:
    (_, step, _) = earliest_steps(one().case)
    assert step.due_at.isoformat() == "2022-11-18T23:00:00+00:00"
