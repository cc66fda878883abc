"""Four eyes, by the one mechanism: one proposes, another confirms or declines, and the guards are asked twice."""

from datetime import date

import pytest

from tests.support.register import DECIDER, HEAD, OFFICER, SCHEDULER, Register, served
from workflow.lifecycle.door.four_eyes import ActDeclined, ActProposed
from workflow.lifecycle.door.openings import openings
from workflow.lifecycle.kernel.refusals import GuardRefused, RoleNotPermitted, VersionConflict
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.order.findings import OrderComplied
from workflow.lifecycle.vocabulary import OrderState, Role, Trigger

BOTH = Actor("officer", frozenset({Role.CASE_OFFICER, Role.HEAD_OF_ENFORCEMENT}))


def proposed(**members: object) -> Register:
    """An officer proposed on 20 November that order 3 was complied with since 1 November."""
    register = served().on("2022-11-20")
    data = {"complied_on": "2022-11-01"}
    register.pull(OFFICER, Trigger.ACCEPT_COMPLIANCE, register.order(3), data, reason="seen on site", **members)  # type: ignore[arg-type]
    return register


def test_proposing_changes_nothing_but_the_version() -> None:
    before = served().on("2022-11-20")
    register = proposed()
    (event,) = register.events[len(before.events) :]
    assert (event.type, event.subject) == (ActProposed.type, register.order(3))
    assert event.data == {"n": 1, "trigger": "accept_compliance", "content": {"complied_on": "2022-11-01"}}
    assert event.text == {"reason": "seen on site"}
    assert register.held(3) == before.held(3)
    assert register.case.versions[register.order(3).id] == before.case.versions[before.order(3).id] + 1
    (act,) = register.case.pending
    assert (act.n, act.proposed_by, act.proposed_on) == (1, "officer", date(2022, 11, 20))


def test_confirming_does_the_act_with_both_names() -> None:
    register = proposed().on("2022-11-22")
    (event,) = register.confirm(register.order(3))
    assert (event.type, event.actor) == (OrderComplied.type, "head")
    assert event.data == {"state": "complied", "complied_on": "2022-11-01", "act": 1, "proposed_by": "officer"}
    assert event.effective_on == date(2022, 11, 22)
    assert register.held(3).state is OrderState.COMPLIED
    assert register.case.pending == ()


def test_a_legal_date_that_was_named_is_kept() -> None:
    register = proposed(effective_on=date(2022, 11, 15)).on("2022-11-22")
    (event,) = register.confirm(register.order(3))
    assert event.effective_on == date(2022, 11, 15)


def test_declining_ends_the_act_and_nothing_else() -> None:
    register = proposed()
    (event,) = register.pull(HEAD, Trigger.DECLINE, register.order(3), reason="no evidence")
    assert (event.type, event.data) == (ActDeclined.type, {"act": 1, "proposed_by": "officer"})
    assert register.held(3).state is OrderState.IN_FORCE
    assert register.case.pending == ()
    register.comply(3, "2022-11-02")
    assert register.held(3).complied_on == date(2022, 11, 2)


def test_the_proposer_never_confirms_and_never_declines_whatever_roles_they_have() -> None:
    register = proposed()
    for trigger in (Trigger.CONFIRM, Trigger.DECLINE):
        with pytest.raises(GuardRefused, match="You proposed act 1") as refused:
            register.pull(BOTH, trigger, register.order(3))
        assert refused.value.facts["guard"] == "not_the_proposer"
        assert refused.value.facts["who"] == ["head_of_enforcement"]


@pytest.mark.parametrize("actor", [OFFICER, DECIDER, SCHEDULER])
def test_only_the_roles_of_the_second_person_confirm(actor: Actor) -> None:
    register = proposed()
    with pytest.raises(RoleNotPermitted, match="confirm is for head_of_enforcement"):
        register.pull(actor, Trigger.CONFIRM, register.order(3))


def test_the_same_act_is_not_proposed_twice() -> None:
    register = proposed()
    with pytest.raises(GuardRefused, match="Act 1 \\(accept_compliance\\), proposed on 2022-11-20, waits") as refused:
        register.pull(OFFICER, Trigger.ACCEPT_COMPLIANCE, register.order(3), {"complied_on": "2022-11-03"})
    assert refused.value.facts["satisfied_by"] == "confirm or decline act 1 first"


def test_there_is_nothing_to_confirm_on_a_thing_on_which_nothing_waits() -> None:
    register = proposed()
    with pytest.raises(GuardRefused, match="No act on this waits") as refused:
        register.confirm(register.order(1))
    assert refused.value.facts["guard"] == "act_waits"
    with pytest.raises(GuardRefused, match="No act 7 on this waits; waiting: 1"):
        register.pull(HEAD, Trigger.CONFIRM, register.order(3), {"act": 7})
    register.pull(HEAD, Trigger.CONFIRM, register.order(3), {"act": 1})
    with pytest.raises(GuardRefused, match="No act on this waits"):
        register.confirm(register.order(3))


def test_the_guards_are_asked_again_when_it_is_confirmed() -> None:
    register = served().on("2022-11-20")
    register.comply(1, "2022-11-10")
    with pytest.raises(GuardRefused, match="complied with from 2022-11-10"):
        register.pull(OFFICER, Trigger.ACCEPT_COMPLIANCE, register.order(2), {"complied_on": "2022-11-09"})
    later = proposed()
    later.pull(OFFICER, Trigger.ACCEPT_COMPLIANCE, later.order(1), {"complied_on": "2022-11-01"})
    later.today = date(2022, 10, 31)
    with pytest.raises(GuardRefused) as refused:
        later.confirm(later.order(1))
    assert refused.value.facts["guard"] == "complied_on_is_past"
    assert len(later.case.pending) == 2


def test_who_confirms_says_which_version_they_read() -> None:
    register = proposed()
    with pytest.raises(VersionConflict):
        register.pull(HEAD, Trigger.CONFIRM, register.order(3), version=2)


def test_what_waits_is_open_to_the_second_person_alone() -> None:
    register = proposed()

    def seen(actor: Actor) -> dict[str, bool]:
        found = openings(register.case, register.order(3), actor, register.today)
        return {each.row.trigger.value: each.is_open for each in found if each.row.trigger in SECOND}

    assert seen(HEAD) == {"confirm": True, "decline": True}
    assert seen(OFFICER) == {}
    assert seen(BOTH) == {"confirm": False, "decline": False}


SECOND = (Trigger.CONFIRM, Trigger.DECLINE)
