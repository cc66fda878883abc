"""How an order ends, and how what a court took away comes back: which days still count then."""

from datetime import date
from typing import Any

import pytest

from tests.support.orders import find_unmet, late, lift, resume, suspend, under_order
from tests.support.refused import refused_by
from tests.support.register import DECIDER, HEAD, OFFICER, REGISTRAR, Register, adopted, an_order, served
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.door.machine import fire
from workflow.lifecycle.facts import Order, RulingItem
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.kernel.refusals import RoleNotPermitted
from workflow.lifecycle.kernel.rules import Command, Situation
from workflow.lifecycle.order import ruled
from workflow.lifecycle.vocabulary import (
    ItemKind,
    OrderState,
    Retroactivity,
    Role,
    RulingOutcome,
    SuspensionEffect,
    Trigger,
)

FIRST = "2022-12-20"


def expired(**members: Any) -> Register:
    register = under_order(**members).on("2023-01-10")
    register.sweep()
    return register


def follows(register: Register, trigger: Trigger, act: Any, *given: Any) -> list[Event]:
    """What follows from a ruling, an appeal or a withdrawal, put into the facts."""
    standing = find(register.case, register.decision())
    assert standing is not None
    at: Situation[Any, Any] = Situation(
        case=register.case,
        kind=standing.kind,
        thing=standing.thing,
        command=Command(subject=register.decision(), trigger=trigger),
        actor=REGISTRAR,
        today=register.today,
        effective_on=register.today,
        regime=standing.regime(register.today),
        fire=fire,
    )
    events: list[Event] = act(at, *given)
    register.facts = fold(register.case, events)
    register.events.extend(events)
    return events


def rule(register: Register, act: Any, *given: Any) -> list[str]:
    """What follows from a ruling on the order."""
    return [event.type for event in follows(register, Trigger.RECORD_RULING, act, register.held(1), *given)]


def state(register: Register) -> str:
    return register.held(1).state.value


def test_lifted_from_now_on_no_day_counts_any_more() -> None:
    register = expired()
    (event,) = lift(register)
    assert event.data == {"state": "lifted", "effect": "ex_nunc", "ended_on": "2023-01-10"}
    assert late(register, "2023-06-30") == [(FIRST, "2023-01-09")]
    register.on("2023-02-10").sweep()
    assert register.slices() == [(FIRST, "2023-02-09", 21, "2100000.00")]


def test_lifted_as_if_it_had_never_been_no_day_ever_counted() -> None:
    register = expired()
    lift(register, "ex_tunc")
    assert late(register, "2023-06-30") == []
    register.on("2023-02-10").sweep()
    assert register.slices() == []


@pytest.mark.parametrize("actor", [OFFICER, HEAD, REGISTRAR])
def test_the_decision_maker_lifts(actor: Any) -> None:
    with pytest.raises(RoleNotPermitted):
        lift(expired(), actor=actor)


class TestLapse:
    """An order made for a time."""

    def test_the_scheduler_records_it_on_the_day_after(self) -> None:
        register = under_order(lapses_on="2023-01-31").on("2023-01-10")
        register.sweep()
        step = register.step(register.order(1))
        assert (step.trigger, step.due_on) == (Trigger.RECORD_LAPSE, date(2023, 2, 1))
        assert step.key == f"order/{register.order(1).id}/record_lapse/2023-01-31/1"
        register.on("2023-02-05").sweep()
        order = register.held(1)
        assert (order.state, order.ended_on, order.ended_as) == (
            OrderState.LAPSED,
            date(2023, 2, 1),
            Retroactivity.EX_NUNC,
        )
        assert late(register, "2023-06-30") == [(FIRST, "2023-01-31")]

    def test_it_comes_before_an_expiry_that_is_later(self) -> None:
        register = under_order(lapses_on="2022-12-10").on("2023-01-10")
        register.sweep()
        assert (state(register), late(register, "2023-06-30")) == ("lapsed", [])

    def test_what_is_complied_with_lapses_too(self) -> None:
        register = under_order(lapses_on="2023-01-31").on("2022-12-01")
        register.comply(1, "2022-12-01")
        register.on("2023-02-01").sweep()
        assert state(register) == "lapsed"

    def test_in_a_stay_it_waits(self) -> None:
        register = under_order(lapses_on="2023-01-31").on("2023-01-10")
        register.sweep()
        suspend(register, "2023-01-10")
        register.on("2023-02-20").sweep()
        assert state(register) == "suspended"
        resume(register, "2023-02-15")
        assert register.step(register.order(1)).due_on == date(2023, 2, 15)
        register.sweep()
        assert register.held(1).ended_on == date(2023, 2, 1)

    def test_the_registrar_names_the_day_where_its_object_is_gone(self) -> None:
        register = expired()
        register.pull(REGISTRAR, "record_lapse", register.order(1), {"lapsed_on": "2023-01-05"})
        assert late(register, "2023-06-30") == [(FIRST, "2023-01-04")]

    def test_without_a_day_it_is_that_of_the_act(self) -> None:
        register = expired()
        (event,) = register.pull(REGISTRAR, "record_lapse", register.order(1), {})
        assert event.data["ended_on"] == "2023-01-10"

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            ({}, "The order binds until 2023-02-01 comes; on 2023-01-10, the day of this act, it has not lapsed."),
            ({"lapsed_on": "2023-01-11"}, "The order binds until 2023-01-11 comes;"),
            ({"lapsed_on": "2022-10-18"}, "The order would have lapsed on 2022-10-18; it binds from 2022-10-19 on."),
        ],
    )
    def test_it_lapses_on_a_day_that_has_come(self, data: dict[str, Any], sentence: str) -> None:
        register = under_order(lapses_on="2023-01-31").on("2023-01-10")
        with refused_by("lapsed_on_is_past") as said:
            register.pull(REGISTRAR, "record_lapse", register.order(1), data)
        assert said.detail.startswith(sentence)


class TestAnnulment:
    """What a court takes away, and gives back."""

    def test_the_registrar_records_it_and_no_day_counts(self) -> None:
        register = expired()
        (event,) = register.pull(REGISTRAR, "record_annulment", register.order(1), {"annulled_on": "2023-01-08"})
        assert event.data == {"state": "annulled", "annulled_on": "2023-01-08"}
        assert late(register, "2023-06-30") == []

    def test_it_is_of_a_day_that_has_come(self) -> None:
        register = expired()
        with refused_by("annulled_on_is_past"):
            register.pull(REGISTRAR, "record_annulment", register.order(1), {"annulled_on": "2023-01-11"})

    def closed(self) -> Register:
        register = expired()
        register.comply(1, "2023-01-05")
        register.pull(DECIDER, "close", register.order(1))
        return register

    def lapsed(self) -> Register:
        register = expired()
        register.pull(REGISTRAR, "record_lapse", register.order(1), {})
        return register

    def stayed(self) -> Register:
        register = expired()
        suspend(register, "2023-01-10")
        return register

    def unmet(self) -> Register:
        register = expired()
        find_unmet(register, 1)
        return register

    def lifted(self) -> Register:
        register = expired()
        lift(register)
        return register

    @pytest.mark.parametrize(
        ("before", "runs"),
        [
            ("expired", [(FIRST, "2023-01-31")]),
            ("unmet", [(FIRST, "2023-01-31")]),
            ("stayed", [(FIRST, "2023-01-09")]),
            ("closed", [(FIRST, "2023-01-04")]),
            ("lifted", [(FIRST, "2023-01-09")]),
            ("lapsed", [(FIRST, "2023-01-09")]),
        ],
    )
    def test_it_comes_back_as_it_was(self, before: str, runs: list[tuple[str, str]]) -> None:
        register = expired() if before == "expired" else getattr(self, before)()
        was = register.held(1)
        assert rule(register, ruled.annul_order) == ["order.annulled"]
        assert (state(register), late(register, "2023-01-31")) == ("annulled", [])
        assert rule(register, ruled.annul_order) == []
        assert rule(register, ruled.reinstate_order) == ["order.reinstated"]
        assert register.held(1) == was
        assert late(register, "2023-01-31") == runs
        assert rule(register, ruled.reinstate_order) == []

    def test_limb_by_limb(self) -> None:
        register = expired()
        assert rule(register, ruled.annul_limb, 1, ()) == ["order.limb_annulled"]
        assert rule(register, ruled.annul_limb, 1, ()) == []
        assert state(register) == "expired"
        assert rule(register, ruled.annul_limb, 2, ()) == ["order.limb_annulled"]
        assert late(register, "2023-01-31") == [(FIRST, "2023-01-31")]
        assert rule(register, ruled.annul_limb, 3, ()) == ["order.annulled"]
        assert late(register, "2023-01-31") == []
        assert rule(register, ruled.reinstate_limb, 1, ()) == [
            "order.reinstated",
            "order.limb_annulled",
            "order.limb_reinstated",
        ]
        assert [limb.n for limb in register.held(1).standing] == [1]
        assert rule(register, ruled.reinstate_limb, 3, ()) == ["order.limb_reinstated"]
        assert rule(register, ruled.reinstate_limb, 3, ()) == []
        assert rule(register, ruled.reinstate_limb, 9, ()) == []
        assert rule(register, ruled.annul_limb, 9, ()) == []

    @pytest.mark.parametrize(("day", "found"), [("2022-12-01", "in_force"), ("2023-01-10", "expired")])
    def test_with_a_limb_that_is_unmet_the_order_is_no_longer_complied_with(self, day: str, found: str) -> None:
        register = under_order().on(day)
        register.sweep()
        rule(register, ruled.annul_limb, 2, ())
        register.comply(1, "2022-11-30")
        assert (state(register), late(register, "2023-01-31")) == ("complied", [])
        assert rule(register, ruled.reinstate_limb, 2, ()) == ["order.limb_reinstated"]
        assert (state(register), register.held(1).complied_on) == (found, None)
        assert late(register, "2023-01-31") == [(FIRST, "2023-01-31")]

    def test_what_was_served_while_it_stood_annulled_binds_when_it_comes_back(self) -> None:
        register = adopted(orders=[an_order(1, "cease_collection")], clauses=[], assumed=[])
        assert rule(register, ruled.annul_order) == ["order.annulled"]
        register.on("2022-10-19").serve(1, "2022-10-19")
        assert state(register) == "annulled"
        assert rule(register, ruled.reinstate_order) == ["order.reinstated", "order.entered_into_force"]
        assert (state(register), register.held(1).last_day) == ("in_force", date(2022, 12, 19))

    def test_of_an_order_annulled_as_a_whole_one_limb_may_come_back(self) -> None:
        register = expired()
        rule(register, ruled.annul_order)
        assert rule(register, ruled.annul_limb, 1, ()) == []
        assert rule(register, ruled.reinstate_limb, 2, ()) == [
            "order.reinstated",
            "order.limb_annulled",
            "order.limb_annulled",
        ]
        assert [limb.n for limb in register.held(1).standing] == [2]

    def test_a_ruling_on_several_limbs_is_read_as_one(self) -> None:
        register = expired()
        order = register.held(1)

        def ruling(outcome: RulingOutcome, *limbs: int) -> tuple[RulingItem, ...]:
            return tuple(RulingItem(ItemKind.LIMB, outcome, 1, limb) for limb in limbs)

        annulled = ruling(RulingOutcome.ANNULLED, 1, 2, 3)
        found = [
            event.type
            for limb in (1, 2, 3)
            for event in follows(register, Trigger.RECORD_RULING, ruled.annul_limb, register.held(1), limb, annulled)
        ]
        assert found == ["order.annulled"]
        back = ruling(RulingOutcome.REINSTATED, 1, 3)
        held = register.held(1)
        for limb in (1, 3):
            follows(register, Trigger.RECORD_RULING, ruled.reinstate_limb, held, limb, back)
        assert [limb.n for limb in register.held(1).standing] == [1, 3]
        assert register.held(1).state is order.state

    def test_a_limb_that_was_annulled_can_be_neither_found_nor_accepted(self) -> None:
        register = expired()
        rule(register, ruled.annul_limb, 1, ())
        with refused_by("unmet_limbs") as said:
            find_unmet(register, 1)
        assert (said.detail, said.facts["satisfied_by"]) == ("Limb 1 was annulled.", "limb 2 or 3")
        register.comply(1, "2023-01-05")
        assert register.held(1).limbs[0].met_on is None
        assert late(register, "2023-01-31") == [(FIRST, "2023-01-04")]


class TestRulingsAndWithdrawals:
    """What others' acts do to an order."""

    @pytest.mark.parametrize("trigger", [Trigger.RECORD_APPEAL, Trigger.RECORD_RULING])
    def test_a_stay_by_a_court_or_by_the_appeal_itself(self, trigger: Trigger) -> None:
        register = under_order().on("2022-11-10")
        held = register.held(1)
        (event,) = follows(register, trigger, ruled.suspend_order, held, date(2022, 10, 1))
        assert (event.data["effect"], event.data["from"]) == ("period_stops", "2022-10-19")
        assert state(register) == "suspended"
        assert follows(register, trigger, ruled.suspend_order, register.held(1), date(2022, 11, 10)) == []
        resume(register.on("2022-12-01"), "2022-12-01")
        assert register.held(1).last_day == date(2023, 1, 30)

    def test_the_court_may_say_what_the_stay_does(self) -> None:
        register = under_order().on("2022-11-10")
        follows(
            register,
            Trigger.RECORD_RULING,
            ruled.suspend_order,
            register.held(1),
            date(2022, 11, 1),
            SuspensionEffect.NO_ACCRUAL,
        )
        assert register.held(1).suspensions[0].effect is SuspensionEffect.NO_ACCRUAL

    def test_a_ruling_may_stay_one_limb(self) -> None:
        register = expired()
        held = register.held(1)
        (event,) = follows(register, Trigger.RECORD_RULING, ruled.suspend_limb, held, 2, date(2023, 1, 10))
        assert (event.data["scope"], event.data["limb"], event.data["state"]) == ("limb", 2, "expired")
        held = register.held(1)
        assert follows(register, Trigger.RECORD_RULING, ruled.suspend_limb, held, 2, date(2023, 1, 10)) == []
        assert late(register, "2023-01-31") == [(FIRST, "2023-01-31")]
        assert register.held(1).open_suspension is None

    def withdraw(self, register: Register, effect: Retroactivity) -> list[str]:
        held = register.held(1)
        return [event.type for event in follows(register, Trigger.WITHDRAW, ruled.lift_order, held, effect)]

    def test_a_withdrawal_lifts_what_binds(self) -> None:
        register = expired()
        assert self.withdraw(register, Retroactivity.EX_NUNC) == ["order.lifted"]
        assert late(register, "2023-06-30") == [(FIRST, "2023-01-09")]
        assert self.withdraw(register, Retroactivity.EX_NUNC) == []
        assert self.withdraw(register, Retroactivity.EX_TUNC) == ["order.lifted"]
        assert late(register, "2023-06-30") == []
        assert self.withdraw(register, Retroactivity.EX_TUNC) == []

    def test_what_is_annulled_is_not_lifted(self) -> None:
        register = expired()
        rule(register, ruled.annul_order)
        assert self.withdraw(register, Retroactivity.EX_TUNC) == []


def test_the_regime_says_who_closes() -> None:
    register = expired()
    register.comply(1, "2023-01-05")
    with pytest.raises(RoleNotPermitted) as caught:
        register.pull(OFFICER, "close", register.order(1))
    assert caught.value.facts["roles"] == [Role.DECISION_MAKER]
    register.pull(DECIDER, "close", register.order(1))
    order: Order = register.held(1)
    assert (order.state, order.closed_on, order.complied_on) == (
        OrderState.CLOSED,
        date(2023, 1, 10),
        date(2023, 1, 5),
    )


def test_what_comes_after_a_closed_or_lifted_order_need_not_wait() -> None:
    register = served().on("2022-11-20")
    lift(register)
    register.comply(2, "2022-11-01")
    assert register.held(2).state is OrderState.COMPLIED
