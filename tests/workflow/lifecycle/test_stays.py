"""An order stands still and goes on: which days count, and where its last day then lies."""

from datetime import date
from typing import Any

import pytest

from tests.support.orders import extend, find_unmet, judge, late, resume, suspend, under_order
from tests.support.refused import refused_by
from tests.support.register import DECIDER, OFFICER, REGISTRAR, Register
from workflow.law.receipt import check_receipt
from workflow.lifecycle.door.due import step_of
from workflow.lifecycle.door.openings import open_triggers
from workflow.lifecycle.kernel.refusals import IllegalTransition, RoleNotPermitted
from workflow.lifecycle.vocabulary import OrderState


def days(register: Register) -> tuple[Any, ...]:
    order = register.held(1)
    return order.state.value, str(order.last_day), str(order.first_late_day)


@pytest.mark.parametrize(
    ("effect", "from_", "to", "after", "runs"),
    [
        # Within the period: the days dropped are none that were late, or the period moves by the days it had left.
        ("no_accrual", "2022-11-01", "2022-11-11", ("in_force", "2022-12-19", "2022-12-20"), "2022-12-20"),
        ("period_stops", "2022-11-01", "2022-11-11", ("in_force", "2022-12-29", "2022-12-30"), "2022-12-30"),
        ("period_restarts", "2022-11-01", "2022-11-11", ("in_force", "2023-01-11", "2023-01-12"), "2023-01-12"),
        # Over the last day: what the period had left runs on from the day of resumption.
        ("no_accrual", "2022-12-10", "2023-01-10", ("in_force", "2022-12-19", "2022-12-20"), "2023-01-10"),
        ("period_stops", "2022-12-10", "2023-01-10", ("in_force", "2023-01-19", "2023-01-20"), "2023-01-20"),
        ("period_stops", "2022-10-19", "2023-01-10", ("in_force", "2023-03-11", "2023-03-12"), "2023-03-12"),
        ("period_restarts", "2022-12-10", "2023-01-10", ("in_force", "2023-03-10", "2023-03-11"), "2023-03-11"),
    ],
)
def test_a_stay_that_begins_within_the_period(
    effect: str, from_: str, to: str, after: tuple[str, ...], runs: str
) -> None:
    register = under_order().on(from_)
    (stayed,) = suspend(register, from_, effect)
    assert (register.held(1).state, register.held(1).before) == (OrderState.SUSPENDED, OrderState.IN_FORCE)
    assert stayed.data == {"state": "suspended", "n": 1, "scope": "order", "effect": effect, "from": from_}
    assert late(register, "2024-01-01") == []
    (resumed,) = resume(register.on(to), to)
    assert (resumed.effective_on, resumed.data["resumed_on"]) == (date.fromisoformat(to), to)
    assert days(register) == after
    assert register.held(1).before is None
    assert late(register, "2023-06-30") == [(runs, "2023-06-30")]
    if effect in ("period_stops", "period_restarts"):
        assert check_receipt(resumed.data["receipt"]) == []
        assert resumed.data["ends_at"].startswith(after[1])


@pytest.mark.parametrize(
    ("effect", "after", "runs"),
    [
        ("no_accrual", ("expired", "2022-12-19", "2022-12-20"), [("2022-12-20", "2023-01-09"), ("2023-02-01", "…")]),
        ("period_stops", ("expired", "2022-12-19", "2022-12-20"), [("2022-12-20", "2023-01-09"), ("2023-02-01", "…")]),
        (
            "period_restarts",
            ("in_force", "2023-04-01", "2022-12-20"),
            [("2022-12-20", "2023-01-09"), ("2023-04-02", "…")],
        ),
    ],
)
def test_a_stay_after_the_last_day_keeps_what_was_late_before(
    effect: str, after: tuple[str, ...], runs: list[tuple[str, str]]
) -> None:
    register = under_order().on("2023-01-10")
    register.sweep()
    assert register.held(1).state is OrderState.EXPIRED
    suspend(register, "2023-01-10", effect)
    assert late(register, "2023-01-31") == [("2022-12-20", "2023-01-09")]
    resume(register.on("2023-02-01"), "2023-02-01")
    assert days(register) == after
    assert late(register, "2023-06-30") == [(first, last.replace("…", "2023-06-30")) for first, last in runs]


def test_a_new_last_day_is_named_when_the_stay_ends() -> None:
    register = under_order().on("2022-11-01")
    suspend(register, "2022-11-01", "new_last_day")
    register.on("2022-12-01")
    with refused_by("suspension_can_end") as said:
        resume(register, "2022-12-01")
    assert said.detail == "Suspension 1 has the effect new_last_day, and no last day is named."
    with refused_by("suspension_can_end"):
        resume(register, "2022-12-01", last_day="2022-11-30")
    resume(register, "2022-12-01", last_day="2023-01-31")
    assert days(register) == ("in_force", "2023-01-31", "2023-02-01")
    assert register.held(1).extended_to == date(2023, 1, 31)


def test_a_finding_outlasts_a_stay_that_gives_no_time() -> None:
    register = under_order().on("2023-01-10")
    find_unmet(register, 1, 2, 3)
    suspend(register, "2023-01-10")
    assert register.held(1).before is OrderState.NON_COMPLIANT
    resume(register.on("2023-02-01"), "2023-02-01")
    assert register.held(1).state is OrderState.NON_COMPLIANT


def test_what_is_complied_with_goes_on_as_complied_with() -> None:
    register = under_order().on("2022-11-10")
    register.comply(1, "2022-11-01")
    suspend(register, "2022-11-10", "period_restarts")
    resume(register.on("2022-12-01"), "2022-12-01")
    assert days(register) == ("complied", "2022-12-19", "2022-12-20")


def test_a_limb_stands_still_alone() -> None:
    register = under_order().on("2022-12-25")
    register.sweep()
    judge(register, "accept_limb", {"limb": 2, "met_on": "2022-12-23"})
    judge(register, "accept_limb", {"limb": 3, "met_on": "2022-12-24"})
    (stayed,) = suspend(register, "2022-12-25", limb=1)
    assert (stayed.data["state"], stayed.data["limb"]) == ("expired", 1)
    assert register.held(1).state is OrderState.EXPIRED
    assert late(register, "2023-06-30") == [("2022-12-20", "2022-12-24")]
    with refused_by("can_be_suspended") as said:
        suspend(register, "2022-12-25", limb=1)
    assert said.detail == "Suspension 1, from 2022-12-25, still runs; another cannot begin on 2022-12-25."
    resume(register.on("2023-01-05"), "2023-01-05")
    assert late(register, "2023-01-31") == [("2022-12-20", "2022-12-24"), ("2023-01-05", "2023-01-31")]


def test_of_two_stays_the_one_that_ends_is_named() -> None:
    register = under_order().on("2022-11-01")
    suspend(register, "2022-11-01", limb=2)
    suspend(register, "2022-11-01")
    register.on("2022-12-01")
    with refused_by("suspension_can_end") as said:
        resume(register, "2022-12-01")
    assert said.facts["satisfied_by"] == (
        "name one in data.suspension: 1 (limb, from 2022-11-01), 2 (order, from 2022-11-01)"
    )
    with refused_by("suspension_can_end") as said:
        resume(register, "2022-12-01", suspension=3)
    assert said.detail == "No suspension 3 runs here."
    resume(register, "2022-12-01", suspension=1)
    assert (register.held(1).state, register.held(1).before) == (OrderState.SUSPENDED, OrderState.IN_FORCE)
    resume(register, "2022-12-01", suspension=2)
    assert register.held(1).state is OrderState.IN_FORCE
    with refused_by("suspension_can_end") as said:
        resume(register, "2022-12-01")
    assert said.detail == "No suspension runs here, so there is none to end."


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ({"scope": "clause"}, "A suspension of scope clause is not one of an order."),
        ({"effect": "collection_only"}, "There is nothing to collect of an order"),
        ({"limb": 1}, "The suspension is of the whole order, yet names limb 1."),
        ({"scope": "limb"}, "The suspension is of one limb of this order and names no limb."),
        ({"scope": "limb", "limb": 4}, "names limb 4, which does not stand in it."),
        ({"scope": "limb", "limb": 1, "effect": "period_stops"}, "A limb has no period of its own"),
        ({"from": "2022-10-18"}, "The suspension would begin on 2022-10-18; the order binds from 2022-10-19 on."),
    ],
)
def test_what_is_suspended_must_fit_the_order(members: dict[str, Any], sentence: str) -> None:
    register = under_order().on("2022-11-10")
    data = {"scope": "order", "effect": "no_accrual", "from": "2022-11-01"} | members
    with refused_by("can_be_suspended") as said:
        register.pull(DECIDER, "suspend", register.order(1), data)
    assert sentence in said.detail


def test_a_day_is_suspended_once() -> None:
    register = under_order().on("2022-11-20")
    suspend(register, "2022-11-01")
    resume(register, "2022-11-10")
    with refused_by("can_be_suspended") as said:
        suspend(register, "2022-11-09")
    assert said.facts["satisfied_by"] == "a day after 2022-11-09"
    suspend(register, "2022-11-10")
    with refused_by("suspension_can_end") as said:
        resume(register, "2022-11-10")
    assert said.facts["satisfied_by"] == "a day after 2022-11-10"


def test_a_stay_begins_and_ends_on_days_that_have_come() -> None:
    register = under_order().on("2022-11-10")
    with refused_by("possible_date"):
        suspend(register, "2022-11-11")
    suspend(register, "2022-11-10")
    with refused_by("possible_date"):
        resume(register, "2022-11-11")
    with refused_by("suspension_can_end") as said:
        resume(register.on("2022-11-12"), "2022-11-11", last_day="2023-01-01")
    assert "settles the last day" in said.detail


def test_no_step_falls_in_a_stay() -> None:
    register = under_order().on("2022-11-10")
    suspend(register, "2022-11-10")
    assert step_of(register.case, register.order(1), register.today) is None
    assert not [event for event in register.on("2023-04-01").sweep() if event.subject == register.order(1)]
    resume(register, "2022-12-30")
    expiry = register.step(register.order(1))
    # The reminders of the stay do not exist; the day after the last day lies in it.
    assert (expiry.trigger, expiry.due_on) == ("record_expiry", date(2022, 12, 30))
    (expired, proposed) = register.sweep()
    assert "reminders_not_sent" not in expired.data
    assert (proposed.data["from"], proposed.data["to"]) == ("2022-12-30", "2023-02-19")


def test_a_slice_that_would_fall_due_in_a_stay_waits_for_its_end() -> None:
    register = under_order().on("2023-02-01")
    register.sweep()
    suspend(register, "2023-02-01")
    resume(register.on("2023-03-01"), "2023-03-01")
    slice_ = register.step(register.clause())
    # 10 February lies in the stay; on the first day after it the 43 late days before are proposed.
    assert slice_.due_on == date(2023, 3, 1)
    register.sweep()
    assert register.slices() == [("2022-12-20", "2023-02-28", 43, "4300000.00")]


def test_reminders_count_from_the_day_the_last_day_was_given() -> None:
    register = under_order().on("2022-12-10")
    register.sweep()
    assert register.held(1).reminded == (1,)
    extend(register.on("2022-12-15"), "2023-01-31")
    assert register.held(1).reminded == ()
    reminder = register.step(register.order(1))
    assert (reminder.trigger, reminder.n, reminder.due_on) == ("remind", 1, date(2023, 1, 1))


def test_who_may_stay_an_order_and_what_is_open_then() -> None:
    register = under_order().on("2022-11-10")
    data = {"scope": "order", "effect": "no_accrual", "from": "2022-11-10"}
    with pytest.raises(RoleNotPermitted):
        register.pull(OFFICER, "suspend", register.order(1), data)
    suspend(register, "2022-11-10")
    open_now = open_triggers(register.case, register.order(1), REGISTRAR, register.today)
    assert open_now[:3] == ["resume", "record_lapse", "record_annulment"]
    with pytest.raises(IllegalTransition) as caught:
        suspend(register, "2022-11-10")
    said = caught.value.detail
    assert said.startswith("suspend is for an order that is complied, expired, in_force or non_compliant;")


class TestExtension:
    """Time given by the authority itself."""

    def test_before_the_last_day_it_moves_the_clock(self) -> None:
        register = under_order().on("2022-12-01")
        (event,) = extend(register, "2023-01-31")
        assert event.data == {
            "state": "in_force",
            "undoes_accrued": False,
            "last_day": "2023-01-31",
            "first_late_day": "2023-02-01",
            "ends_at": "2023-01-31T23:00:00Z",
        }
        assert days(register) == ("in_force", "2023-01-31", "2023-02-01")
        register.on("2023-03-25").sweep()
        assert register.slices() == [("2023-02-01", "2023-03-24", 52, "5200000.00")]

    def test_after_the_last_day_what_accrued_stays(self) -> None:
        register = under_order().on("2023-01-10")
        register.sweep()
        (event,) = extend(register, "2023-01-31")
        assert event.data["grace_from"] == "2023-01-10"
        assert days(register) == ("in_force", "2023-01-31", "2022-12-20")
        assert register.held(1).expiry_recorded_on is None
        assert late(register, "2023-02-28") == [("2022-12-20", "2023-01-09"), ("2023-02-01", "2023-02-28")]
        register.on("2023-02-10").sweep()
        assert register.held(1).expiry_recorded_on == date(2023, 2, 1)
        assert register.slices() == [("2022-12-20", "2023-02-09", 30, "3000000.00")]

    def test_time_given_twice_frees_the_days_between_too(self) -> None:
        register = under_order().on("2023-01-10")
        register.sweep()
        extend(register, "2023-01-31")
        extend(register.on("2023-01-20"), "2023-02-15")
        assert late(register, "2023-02-28") == [("2022-12-20", "2023-01-09"), ("2023-02-16", "2023-02-28")]

    @pytest.mark.parametrize(
        ("served_on", "before"), [("2022-10-26", [("2022-12-27", "2023-01-09")]), ("2022-11-15", [])]
    )
    def test_what_was_late_before_it_counts_from_a_corrected_service(
        self, served_on: str, before: list[tuple[str, str]]
    ) -> None:
        register = under_order().on("2023-01-10")
        register.sweep()
        extend(register, "2023-01-31")
        data = {"addressee": 1, "served_on": served_on, "channel": "bailiff", "proof": "the receipt"}
        register.on("2023-02-10").pull(REGISTRAR, "correct_service", register.decision(), data)
        register.confirm(register.decision())
        assert register.held(1).last_day == date(2023, 1, 31)
        assert late(register, "2023-02-28") == [*before, ("2023-02-01", "2023-02-28")]

    def test_it_undoes_what_accrued_when_it_says_so(self) -> None:
        register = under_order().on("2023-01-10")
        register.sweep()
        extend(register, "2023-01-05", undoes_accrued=True)
        assert days(register) == ("in_force", "2023-01-05", "2023-01-06")
        assert late(register, "2023-01-31") == [("2023-01-06", "2023-01-31")]

    @pytest.mark.parametrize(
        ("last_day", "sentence"),
        [
            ("2022-12-19", "The last day is 2022-12-19; an extension to 2022-12-19 would not be one."),
            ("2023-01-09", "The extension to 2023-01-09 is over on 2023-01-10, the day of this act"),
            ("2023-03-02", "The order binds until 2023-03-01 only; its last day cannot be 2023-03-02."),
        ],
    )
    def test_it_gives_time(self, last_day: str, sentence: str) -> None:
        register = under_order(lapses_on="2023-03-01").on("2023-01-10")
        with refused_by("can_be_extended") as said:
            extend(register, last_day)
        assert sentence in said.detail
