"""What somebody finds of an order: unmet, met limb by limb, met, breached again, deleted too early."""

from datetime import date
from typing import Any

import pytest

from tests.support.orders import find_unmet, judge, late, under_order
from tests.support.refused import refused_by
from tests.support.register import HEAD, OFFICER, SCHEDULER, Register, served
from workflow.lifecycle.door.four_eyes import ActProposed
from workflow.lifecycle.facts import Finding, Spell
from workflow.lifecycle.kernel.refusals import IllegalTransition, RoleNotPermitted
from workflow.lifecycle.order.findings import OrderFoundNonCompliant, OrderPrematureDeletion
from workflow.lifecycle.vocabulary import OrderState

SHEET = {"limb": 1, "claimed": "stopped on 1 December", "evidence": "two visits", "method": "on site", "finding": "not"}


def expired(day: str = "2023-01-10", **members: Any) -> Register:
    register = under_order(**members).on(day)
    register.sweep()
    return register


def test_the_sheet_is_the_reasons_of_the_act() -> None:
    register = expired()
    data = {"limbs": [{"n": 1, "from": "2023-01-02"}], "findings": [SHEET]}
    (proposed,) = register.pull(OFFICER, "establish_non_compliance", register.order(1), data)
    assert proposed.data["content"]["findings"] == [{"limb": 1}]
    assert proposed.text == {f"findings/0/{name}": words for name, words in SHEET.items() if name != "limb"}
    assert (proposed.type, register.held(1).state) == (ActProposed.type, OrderState.EXPIRED)
    (event,) = register.confirm(register.order(1))
    assert (event.type, event.actor, event.data["proposed_by"]) == (
        OrderFoundNonCompliant.type,
        "head",
        "officer",
    )
    assert event.data["limbs"] == [{"n": 1, "from": "2023-01-02"}]
    assert event.data["findings"] == [{"limb": 1}]
    assert event.text == {}
    order = register.held(1)
    assert (order.state, order.limbs[0].spells) == (OrderState.NON_COMPLIANT, (Spell(date(2023, 1, 2)),))
    assert order.findings == (Finding(1, 1, 0),)
    # The other two limbs are presumed unmet from the first late day until something is found of them.
    assert late(register, "2023-01-31") == [("2022-12-20", "2023-01-31")]


def test_a_later_sheet_takes_the_place_of_the_lines_on_its_limbs() -> None:
    register = expired()
    find_unmet(register, 2, 1)
    judge(register, "accept_limb", {"limb": 2, "met_on": "2023-01-05", "findings": [{"limb": 2, "finding": "done"}]})
    assert [(line.limb, line.act) for line in register.held(1).findings] == [(1, 1), (2, 2)]


def test_before_any_expiry_is_recorded_the_last_day_must_be_over() -> None:
    register = under_order().on("2022-12-19")
    with refused_by("last_day_over") as said:
        find_unmet(register, 1)
    assert said.facts["satisfied_by"] == "wait until after 2022-12-19"
    find_unmet(register.on("2022-12-20"), 1)
    assert register.held(1).state is OrderState.NON_COMPLIANT
    assert register.step(register.clause()).due_on == date(2023, 2, 10)


@pytest.mark.parametrize(
    ("limbs", "findings", "sentence"),
    [
        ([], [SHEET], "No limb is named."),
        ([{"n": 4}], [SHEET], "This order has no limb 4."),
        ([{"n": 1}, {"n": 1}], [SHEET], "Limb 1 is named twice."),
        ([{"n": 1, "from": "2022-12-19"}], [SHEET], "the first late day of the order is 2022-12-20."),
        ([{"n": 1, "from": "2023-01-11"}], [SHEET], "A limb would be unmet from 2023-01-11, after 2023-01-10"),
        ([{"n": 1}, {"n": 2}, {"n": 3}], [SHEET], "Nothing says what was looked at for limb 2 or 3."),
    ],
)
def test_it_says_which_limbs_from_when_and_what_was_looked_at(
    limbs: list[dict[str, Any]], findings: list[dict[str, Any]], sentence: str
) -> None:
    register = expired()
    with refused_by("unmet_limbs") as said:
        judge(register, "establish_non_compliance", {"limbs": limbs, "findings": findings})
    assert sentence in said.detail


def test_no_line_of_a_sheet_is_about_a_limb_that_is_not_there() -> None:
    register = expired()
    with refused_by("findings_on_limbs") as said:
        judge(register, "accept_compliance", {"complied_on": "2023-01-05", "findings": [{"limb": 9, "finding": "x"}]})
    assert said.detail == "This order has no limb 9."


def test_limb_by_limb_until_the_last_which_is_the_order_itself() -> None:
    register = expired()
    (accepted,) = judge(register, "accept_limb", {"limb": 1, "met_on": "2022-12-25"})
    assert accepted.data["state"] == "expired"
    find_unmet(register, 2, 3)
    judge(register, "accept_limb", {"limb": 2, "met_on": "2023-01-02"})
    with refused_by("one_unmet_limb") as said:
        judge(register, "accept_limb", {"limb": 2, "met_on": "2023-01-02"})
    assert said.detail == "Limb 2 was accepted as met from 2023-01-02 already."
    with refused_by("one_unmet_limb") as said:
        judge(register, "accept_limb", {"limb": 3, "met_on": "2023-01-04"})
    assert said.detail == "Limb 3 is the last that is unmet; with it the order itself is complied with."
    assert said.facts["satisfied_by"] == "accept_compliance"
    with refused_by("not_before_its_limbs") as said:
        register.comply(1, "2023-01-01")
    assert said.detail.startswith("Limb 2 is met from 2023-01-02;")
    register.comply(1, "2023-01-04")
    assert [str(limb.met_on) for limb in register.held(1).limbs] == ["2022-12-25", "2023-01-02", "2023-01-04"]
    assert late(register, "2023-03-01") == [("2022-12-20", "2023-01-03")]


@pytest.mark.parametrize(
    ("met_on", "guard"), [("2023-01-11", "complied_on_is_past"), ("2022-10-18", "complied_on_since_service")]
)
def test_a_limb_is_met_on_a_day_that_can_be(met_on: str, guard: str) -> None:
    register = expired()
    with refused_by(guard):
        judge(register, "accept_limb", {"limb": 1, "met_on": met_on})


def test_a_limb_of_a_later_order_waits_too() -> None:
    register = served().on("2022-11-20")
    with refused_by("one_unmet_limb"):
        judge(register, "accept_limb", {"limb": 1, "met_on": "2022-11-01"}, n=2)
    with refused_by("one_unmet_limb") as said:
        judge(register, "accept_limb", {"limb": 7, "met_on": "2022-11-01"}, n=2)
    assert said.detail == "This order has no limb 7."


def test_what_is_met_in_time_is_never_late() -> None:
    register = under_order().on("2022-12-01")
    for limb in (1, 2):
        judge(register, "accept_limb", {"limb": limb, "met_on": "2022-12-01"})
    assert register.held(1).state is OrderState.IN_FORCE
    assert late(register.on("2023-01-10"), "2023-01-10") == [("2022-12-20", "2023-01-10")]
    register.comply(1, "2022-12-19")
    assert late(register, "2023-01-10") == []


class TestRelapse:
    """A continuous duty is breached again."""

    def complied(self, **members: Any) -> Register:
        register = expired("2023-02-10", **members)
        register.comply(1, "2023-01-01")
        return register.on("2023-03-20")

    def test_a_second_spell_begins(self) -> None:
        register = self.complied()
        (event,) = judge(register, "record_relapse", {"relapsed_on": "2023-03-01", "limbs": [1, 3]})
        assert event.data["state"] == "non_compliant"
        order = register.held(1)
        assert (order.state, order.complied_on) == (OrderState.NON_COMPLIANT, None)
        assert order.limbs[0].spells == (Spell(None, date(2023, 1, 1)), Spell(date(2023, 3, 1)))
        assert len(order.limbs[1].spells) == 1
        assert late(register, "2023-03-20") == [("2022-12-20", "2022-12-31"), ("2023-03-01", "2023-03-20")]
        register.comply(1, "2023-03-15")
        assert late(register, "2023-03-20") == [("2022-12-20", "2022-12-31"), ("2023-03-01", "2023-03-14")]

    def test_a_duty_of_result_is_discharged_once(self) -> None:
        register = self.complied(nature="result")
        with refused_by("can_be_breached_again"):
            judge(register, "record_relapse", {"relapsed_on": "2023-03-01", "limbs": [1]})

    @pytest.mark.parametrize(
        ("relapsed_on", "limbs", "sentence"),
        [
            ("2023-01-01", [1], "Limb 1 is met from 2023-01-01; it cannot be unmet again from 2023-01-01."),
            ("2023-03-21", [1], "The relapse would be on 2023-03-21, after 2023-03-20, the day of this act."),
            ("2023-03-01", [], "No limb is named."),
            ("2023-03-01", [1, 5], "This order has no limb 5."),
        ],
    )
    def test_it_names_limbs_and_a_day_after_they_were_met(
        self, relapsed_on: str, limbs: list[int], sentence: str
    ) -> None:
        register = self.complied()
        with refused_by("relapsed_limbs") as said:
            judge(register, "record_relapse", {"relapsed_on": relapsed_on, "limbs": limbs})
        assert said.detail == sentence

    def test_no_relapse_within_the_period(self) -> None:
        register = under_order().on("2022-11-10")
        register.comply(1, "2022-11-01")
        with refused_by("last_day_over"):
            judge(register, "record_relapse", {"relapsed_on": "2022-11-05", "limbs": [1]})

    def test_a_finding_on_a_limb_met_before_is_of_later_days(self) -> None:
        register = self.complied()
        judge(register, "record_relapse", {"relapsed_on": "2023-03-01", "limbs": [1]})
        for from_ in ({}, {"from": "2023-01-01"}):
            with refused_by("unmet_limbs") as said:
                find_unmet(register, 2, **from_)
            assert said.facts["satisfied_by"] == "a from after 2023-01-01, or leave this limb out"
        find_unmet(register, 2, **{"from": "2023-03-10"})
        find_unmet(register, 1)
        assert [limb.spells[-1].from_ for limb in register.held(1).limbs[:2]] == [date(2023, 3, 1), date(2023, 3, 10)]

    def test_a_limb_of_a_result_that_was_met_is_left_out(self) -> None:
        register = expired(nature="result")
        judge(register, "accept_limb", {"limb": 1, "met_on": "2022-12-25"})
        with refused_by("unmet_limbs") as said:
            find_unmet(register, 1)
        assert said.detail == "Limb 1 was accepted as met from 2022-12-25; a duty of result is discharged once."


DELETED = {"deleted_on": "2022-11-15", "requests": ["AR-17", "AR-18"]}


class TestPrematureDeletion:
    """Data deleted that people had asked for."""

    def test_it_is_recorded_while_the_requests_are_open(self) -> None:
        register = served().on("2022-11-20")
        (event,) = register.pull(OFFICER, "record_premature_deletion", register.order(2), DELETED)
        assert (event.type, event.data) == (OrderPrematureDeletion.type, DELETED)
        assert (register.held(2).premature_deletion_on, register.held(2).state) == (
            date(2022, 11, 15),
            OrderState.IN_FORCE,
        )

    @pytest.mark.parametrize(
        ("n", "data", "sentence"),
        [
            (
                1,
                DELETED,
                "This order is of kind answer_access_requests; early deletion is recorded on an order to delete.",
            ),
            (2, DELETED | {"requests": []}, "No request is named whose data were deleted."),
            (2, DELETED | {"requests": ["R-1", "Jane Doe"]}, "A reference is not a pseudonym"),
            (
                2,
                DELETED | {"deleted_on": "2022-11-21"},
                "The data would have been deleted on 2022-11-21, after 2022-11-20",
            ),
        ],
    )
    def test_it_is_of_an_order_to_delete(self, n: int, data: dict[str, Any], sentence: str) -> None:
        register = served().on("2022-11-20")
        with refused_by("deletes_too_early") as said:
            register.pull(OFFICER, "record_premature_deletion", register.order(n), data)
        assert sentence in said.detail

    def test_it_is_not_early_once_the_requests_are_answered(self) -> None:
        register = served().on("2022-11-20")
        register.comply(1, "2022-11-10")
        with refused_by("deletes_too_early") as said:
            register.pull(OFFICER, "record_premature_deletion", register.order(2), DELETED)
        assert said.detail == "No order that this one comes after is unmet, so no deletion is early."

    def test_it_is_not_early_where_the_order_waits_for_none(self) -> None:
        register = under_order(kind="delete_data").on("2022-11-20")
        with refused_by("deletes_too_early") as said:
            register.pull(OFFICER, "record_premature_deletion", register.order(1), DELETED)
        assert said.detail == "This order comes after no other, so no deletion is early."


def test_who_judges_and_when() -> None:
    register = under_order()
    with pytest.raises(RoleNotPermitted):
        register.pull(HEAD, "record_relapse", register.order(1), {"relapsed_on": "2022-11-01", "limbs": [1]})
    with pytest.raises(RoleNotPermitted):
        register.pull(SCHEDULER, "accept_limb", register.order(1), {"limb": 1, "met_on": "2022-11-01"})
    with pytest.raises(IllegalTransition):
        judge(register, "record_relapse", {"relapsed_on": "2022-11-01", "limbs": [1]})
