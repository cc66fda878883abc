"""What is done to a clause after it was adopted: its rate, its beginning, its stays, its end."""

from datetime import date
from typing import Any

import pytest

from tests.support.orders import clause_of, late, on_clause, under_order
from tests.support.refused import refused_by
from tests.support.register import DECIDER, HEAD, OFFICER, REGISTRAR, Register, drafted
from tests.workflow.lifecycle.test_endings import follows
from workflow.lifecycle.kernel.refusals import IllegalTransition, RoleNotPermitted
from workflow.lifecycle.penalty_clause import ruled
from workflow.lifecycle.vocabulary import ClauseState, Retroactivity, Trigger

FIRST = "2022-12-20"


def rate(amount: str, from_: str, currency: str = "EUR") -> dict[str, Any]:
    return {"rate": {"amount": amount, "currency": currency}, "from": from_}


def stay(from_: str, **members: Any) -> dict[str, Any]:
    return {"scope": "clause", "effect": "no_accrual", "from": from_} | members


def expired(**clause: Any) -> Register:
    register = under_order({"rate": "50000.00", **clause}).on("2023-01-10")
    register.sweep()
    return register


class TestRate:
    """A rate is changed for the future."""

    def test_units_from_the_day_on_cost_the_new_rate(self) -> None:
        register = expired()
        (event,) = on_clause(register, "change_rate", rate("80000.00", "2023-01-20"))
        assert event.data == rate("80000.00", "2023-01-20")
        on_clause(register, "change_rate", rate("60000.00", "2023-02-01"))
        register.on("2023-02-10").sweep()
        # 31 days at 50,000, 12 at 80,000, 9 at 60,000.
        assert register.slices() == [(FIRST, "2023-02-09", 52, "3050000.00")]

    @pytest.mark.parametrize(
        ("data", "sentence", "way_out"),
        [
            (rate("80000.00", "2023-01-10"), "not after 2023-01-10, the day of this act.", "a day after 2023-01-10"),
            (rate("1.00", "2023-02-01", "USD"), "The clause is in EUR, the new rate in USD.", "a rate in EUR"),
            (rate("0.00", "2023-02-01"), "A rate is above zero.", "a sum above zero; to end the clause, lift it"),
            (
                rate("100000.01", "2023-02-01"),
                "allows at most EUR 100000.00 per P1D.",
                "a rate of at most EUR 100000.00",
            ),
        ],
    )
    def test_for_the_future_in_its_currency_within_the_limit(
        self, data: dict[str, Any], sentence: str, way_out: str
    ) -> None:
        with refused_by("rate_can_change") as said:
            on_clause(expired(), "change_rate", data)
        assert sentence in said.detail
        assert said.facts["satisfied_by"].startswith(way_out)

    def test_not_before_days_that_are_fixed_nor_before_a_change(self) -> None:
        register = expired()
        on_clause(register, "change_rate", rate("80000.00", "2023-03-01"))
        with refused_by("rate_can_change") as said:
            on_clause(register, "change_rate", rate("60000.00", "2023-03-01"))
        assert said.detail.endswith("not after 2023-03-01, the day of the change before.")
        register.on("2023-02-10").sweep()
        register = register.on("2023-02-01")
        with refused_by("rate_can_change") as said:
            on_clause(register, "change_rate", rate("60000.00", "2023-02-09"))
        assert said.detail.endswith("the day of the change before.")

    def test_not_before_the_last_day_a_proposal_reserves(self) -> None:
        register = expired()
        register.on("2023-02-10").sweep()
        register.on("2023-02-01")
        with refused_by("rate_can_change") as said:
            on_clause(register, "change_rate", rate("60000.00", "2023-02-09"))
        assert said.detail.endswith("not after 2023-02-09, the last day a penalty decision is about.")


class TestAccrual:
    """A clause that waits for a later act."""

    def test_no_day_counts_before_the_act_and_then_from_its_day(self) -> None:
        register = expired(accrues_from="later_act")
        assert late(register, "2023-06-30") == []
        on_clause(register, "start_accrual", {"from": "2023-01-20"})
        assert clause_of(register).accrual_started_on == date(2023, 1, 20)
        assert late(register, "2023-01-31") == [("2023-01-20", "2023-01-31")]
        with refused_by("accrual_can_start") as said:
            on_clause(register, "start_accrual", {"from": "2023-02-20"})
        assert said.detail == "The penalty accrues from 2023-01-20; that was settled by an earlier act."

    def test_it_is_a_threat_of_days_to_come(self) -> None:
        with refused_by("accrual_can_start") as said:
            on_clause(expired(accrues_from="later_act"), "start_accrual", {"from": "2023-01-09"})
        assert said.facts["satisfied_by"] == "a day not before 2023-01-10"

    def test_other_clauses_wait_for_nothing(self) -> None:
        with refused_by("accrual_can_start"):
            on_clause(expired(), "start_accrual", {"from": "2023-01-20"})


class TestStay:
    """Days dropped from a clause."""

    def test_its_days_are_dropped_and_no_step_falls_in_it(self) -> None:
        register = expired()
        (event,) = on_clause(register, "suspend", stay("2023-01-10"), REGISTRAR)
        assert event.data == {"state": "suspended", "n": 1, **stay("2023-01-10")}
        assert clause_of(register).state is ClauseState.SUSPENDED
        register.on("2023-02-15").sweep()
        assert register.slices() == []
        on_clause(register, "resume", {"resumed_on": "2023-02-15"}, REGISTRAR)
        assert clause_of(register).state is ClauseState.STANDING
        assert late(register, "2023-02-28") == [(FIRST, "2023-01-09"), ("2023-02-15", "2023-02-28")]
        register.sweep()
        assert register.slices() == [(FIRST, "2023-02-14", 21, "1050000.00")]

    @pytest.mark.parametrize(
        ("members", "sentence"),
        [
            ({"scope": "order"}, "A suspension of scope order is not one of a clause."),
            ({"limb": 1}, "The suspension is of the clause, yet names limb 1."),
            ({"effect": "period_stops"}, "so period_stops can do nothing to it."),
        ],
    )
    def test_what_is_suspended_must_fit_the_clause(self, members: dict[str, Any], sentence: str) -> None:
        with refused_by("clause_can_be_suspended") as said:
            on_clause(expired(), "suspend", stay("2023-01-10", **members))
        assert sentence in said.detail

    def test_a_day_is_suspended_once(self) -> None:
        register = expired()
        on_clause(register, "suspend", stay("2023-01-02"))
        on_clause(register, "resume", {"resumed_on": "2023-01-05"})
        with refused_by("clause_can_be_suspended"):
            on_clause(register, "suspend", stay("2023-01-04"))


class TestEnd:
    """A clause lifted, annulled, given back."""

    def test_lifted_from_now_on_what_was_late_is_still_proposed(self) -> None:
        register = expired()
        (event,) = on_clause(register, "lift", {"effect": "ex_nunc"})
        assert event.data == {"state": "lifted", "effect": "ex_nunc", "ended_on": "2023-01-10"}
        assert late(register, "2023-06-30") == [(FIRST, "2023-01-09")]
        register.on("2023-02-10").sweep()
        assert register.slices() == [(FIRST, "2023-02-09", 21, "1050000.00")]
        with pytest.raises(IllegalTransition):
            on_clause(register, "change_rate", rate("80000.00", "2023-06-01"))

    def test_lifted_as_if_it_had_never_been(self) -> None:
        register = expired()
        on_clause(register, "lift", {"effect": "ex_tunc"})
        assert late(register, "2023-06-30") == []

    @pytest.mark.parametrize("before", ["standing", "suspended", "lifted"])
    def test_annulled_by_a_court_and_back_as_it_was(self, before: str) -> None:
        register = expired()
        if before == "suspended":
            on_clause(register, "suspend", stay("2023-01-10"))
        if before == "lifted":
            on_clause(register, "lift", {"effect": "ex_nunc"})
        was = clause_of(register)
        (annulled,) = follows(register, Trigger.RECORD_RULING, ruled.annul_clause, was)
        assert (annulled.data["state"], late(register, "2023-06-30")) == ("annulled", [])
        assert follows(register, Trigger.RECORD_RULING, ruled.annul_clause, clause_of(register)) == []
        follows(register, Trigger.RECORD_RULING, ruled.reinstate_clause, clause_of(register))
        assert clause_of(register) == was
        assert was.state.value == before
        assert follows(register, Trigger.RECORD_RULING, ruled.reinstate_clause, was) == []

    def test_a_withdrawal_lifts_it_a_ruling_stays_it(self) -> None:
        register = expired()
        day = date(2023, 1, 10)
        assert follows(register, Trigger.RECORD_RULING, ruled.suspend_clause, clause_of(register), day)
        assert follows(register, Trigger.RECORD_RULING, ruled.suspend_clause, clause_of(register), day) == []
        for effect, events in [
            (Retroactivity.EX_NUNC, 1),
            (Retroactivity.EX_NUNC, 0),
            (Retroactivity.EX_TUNC, 1),
            (Retroactivity.EX_TUNC, 0),
        ]:
            found = follows(register, Trigger.WITHDRAW, ruled.lift_clause, clause_of(register), effect)
            assert len(found) == events
        assert late(register, "2023-06-30") == []
        follows(register, Trigger.RECORD_RULING, ruled.annul_clause, clause_of(register))
        assert follows(register, Trigger.WITHDRAW, ruled.lift_clause, clause_of(register), Retroactivity.EX_TUNC) == []


@pytest.mark.parametrize("actor", [OFFICER, HEAD, REGISTRAR])
@pytest.mark.parametrize(
    ("trigger", "data"),
    [
        ("change_rate", rate("80000.00", "2023-02-01")),
        ("start_accrual", {"from": "2023-02-01"}),
        ("lift", {"effect": "ex_nunc"}),
    ],
)
def test_the_decision_maker_changes_a_clause(actor: Any, trigger: str, data: dict[str, Any]) -> None:
    with pytest.raises(RoleNotPermitted):
        on_clause(expired(), trigger, data, actor)


@pytest.mark.parametrize(
    ("trigger", "data"),
    [("change_rate", rate("80000.00", "2023-02-01")), ("suspend", stay("2022-10-13")), ("lift", {"effect": "ex_nunc"})],
)
def test_the_clause_of_a_draft_is_revised(trigger: str, data: dict[str, Any]) -> None:
    register = drafted()
    with refused_by("adopted") as said:
        register.pull(DECIDER, trigger, register.clause(), data)
    assert said.facts["satisfied_by"] == "revise the draft"
