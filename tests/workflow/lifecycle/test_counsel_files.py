"""Counsel files by itself: for its own party, on the day itself, and withdraws before the assessment begins."""

from datetime import date
from typing import Any

import pytest

from tests.support.refused import refused_by
from tests.support.register import OFFICER, REGISTRAR, TWO_PARTIES, a_clause, an_order, served
from tests.workflow.lifecycle.test_attachments import attach
from tests.workflow.lifecycle.test_filings import CLAIM, filing, report, subject
from tests.workflow.lifecycle.test_observations import hearing
from workflow.law.regime import regime
from workflow.lifecycle.door.machine import roles_of, rows_of
from workflow.lifecycle.door.openings import openings
from workflow.lifecycle.kernel.refusals import IllegalTransition, RoleNotPermitted
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import FilingKind, FilingState, Role, SubjectKind, Trigger

COUNSEL = Actor("counsel", frozenset({Role.COUNSEL}), frozenset({1}))
OTHERS = Actor("other counsel", frozenset({Role.COUNSEL}), frozenset({2}))
NOBODYS = Actor("nobody's counsel", frozenset({Role.COUNSEL}))
CLAIMED = {"claims": [CLAIM]}
JOINT = {
    "addressees": [1, 2],
    "orders": [an_order(n, "cease_collection") for n in (1, 2, 3)],
    "clauses": [a_clause(liability="joint")],
}


def test_counsel_reports_on_the_day_itself_without_saying_which() -> None:
    register = served().on("2022-12-19")
    (event,) = register.pull(COUNSEL, Trigger.RECORD_REPORT, register.order(3), CLAIMED)
    assert (event.actor, event.effective_on, event.data["file_by"]) == ("counsel", date(2022, 12, 19), "2022-12-19")
    found = filing(register)
    assert (found.party, found.received_on, found.in_time) == (1, date(2022, 12, 19), True)
    register.on("2022-12-20").pull(COUNSEL, Trigger.RECORD_REPORT, register.order(3), CLAIMED)
    assert filing(register).in_time is False


def test_counsel_cannot_say_that_it_came_earlier_and_officers_can() -> None:
    register = served().on("2022-12-20")
    with refused_by("dated_today") as said:
        register.pull(COUNSEL, Trigger.RECORD_REPORT, register.order(3), CLAIMED | {"received_on": "2022-12-19"})
    assert said.facts["who"] == ["registrar"]
    report(register, on="2022-12-19")
    assert filing(register).in_time is True
    with refused_by("dated_today"):
        attach(register, COUNSEL, received_on="2022-12-19")
    with refused_by("dated_today"):
        register.pull(COUNSEL, Trigger.WITHDRAW, subject(register), effective_on=date(2022, 12, 19))
    attach(register, COUNSEL)
    assert filing(register).attachments[0].received_on == date(2022, 12, 20)


@pytest.mark.parametrize(("who", "whose"), [(OTHERS, "party 2"), (NOBODYS, "nobody")])
def test_counsel_files_and_withdraws_for_its_own_party_alone(who: Actor, whose: str) -> None:
    register = served().on("2022-12-10")
    report(register)
    for trigger, on, data in (
        (Trigger.RECORD_REPORT, register.order(3), CLAIMED),
        (Trigger.RECORD_REQUEST, register.order(3), {"asks_for": "suspension", "grounds": "x"}),
        (Trigger.WITHDRAW, subject(register), {}),
    ):
        with refused_by("acts_for_the_party") as said:
            register.pull(who, trigger, on, data)
        assert said.detail == f"This is of party 1; you are on record for {whose} here."
    with refused_by("acts_for_the_party"):
        attach(register, who)


def test_of_several_parties_heard_counsel_names_its_own() -> None:
    register = hearing(case=TWO_PARTIES, **JOINT)
    with refused_by("party_was_heard"):
        register.pull(COUNSEL, Trigger.RECORD_OBSERVATIONS, register.penalty())
    with refused_by("acts_for_the_party"):
        register.pull(COUNSEL, Trigger.RECORD_OBSERVATIONS, register.penalty(), {"party": 2})
    register.pull(COUNSEL, Trigger.RECORD_OBSERVATIONS, register.penalty(), {"party": 1})
    assert (filing(register).kind, filing(register).party) == (FilingKind.OBSERVATIONS, 1)
    register.pull(OTHERS, Trigger.RECORD_OBSERVATIONS, register.penalty(), {"party": 2})
    assert filing(register).party == 2


def test_counsel_withdraws_until_the_assessment_begins_and_the_registrar_after_it() -> None:
    register = served().on("2022-12-10")
    report(register)
    register.pull(COUNSEL, Trigger.WITHDRAW, subject(register))
    assert filing(register).state is FilingState.WITHDRAWN
    report(register)
    register.pull(OFFICER, Trigger.ASSESS, subject(register))
    with pytest.raises(IllegalTransition) as refused:
        register.pull(COUNSEL, Trigger.WITHDRAW, subject(register))
    assert refused.value.detail == (
        "withdraw is for a filing that is received; this one is under_assessment, where it is for registrar; "
        "open now: attach."
    )
    attach(register, COUNSEL)
    register.pull(REGISTRAR, Trigger.WITHDRAW, subject(register))
    assert filing(register).state is FilingState.WITHDRAWN


def test_counsel_decides_nothing() -> None:
    register = served().on("2022-12-10")
    report(register)
    for trigger in (Trigger.ASSESS, Trigger.ACCEPT, Trigger.REPLY, Trigger.REFUSE):
        with pytest.raises(RoleNotPermitted):
            register.pull(COUNSEL, trigger, subject(register), version=None, data=SAID.get(trigger))
    found = {each.row.trigger for each in openings(register.case, subject(register), COUNSEL, register.today)}
    assert found == {Trigger.ATTACH, Trigger.WITHDRAW}
    register.pull(COUNSEL, Trigger.WITHDRAW, subject(register))
    said = {
        each.row.trigger: each.elsewhere for each in openings(register.case, subject(register), COUNSEL, register.today)
    }
    assert said == {
        Trigger.ATTACH: "for a filing that is received or under_assessment; this one is withdrawn",
        Trigger.WITHDRAW: "for a filing that is received; this one is withdrawn",
    }
    on_order = openings(register.case, register.order(3), COUNSEL, register.today)
    assert {each.row.trigger: each.is_open for each in on_order} == {
        Trigger.RECORD_REPORT: True,
        Trigger.RECORD_REQUEST: True,
    }


@pytest.mark.parametrize("more", [frozenset(), frozenset({Role.ADMINISTRATOR})])
def test_counsel_that_may_not_is_told_of_its_own_triggers_alone(more: frozenset[Role]) -> None:
    register = served().on("2022-12-10")
    who = Actor("counsel", frozenset({Role.COUNSEL, *more}), frozenset({1}))
    said = []
    for act in (None, Trigger.ACCEPT_COMPLIANCE):
        if act is not None:
            register.pull(OFFICER, act, register.order(3), {"complied_on": "2022-12-10"})
            assert register.case.pending
        for trigger, data in ((Trigger.CLOSE, {}), (Trigger.CONFIRM, {"act": 1})):
            with pytest.raises(RoleNotPermitted) as refused:
                register.pull(who, trigger, register.order(3), data, version=None)
            said.append(refused.value.facts)
    assert said[:2] == said[2:], "that something waits inside is told to nobody outside"
    assert said[0]["open"] == ["record_report", "record_request"]


SAID: dict[Trigger, dict[str, Any]] = {
    Trigger.ACCEPT: {"findings": []},
    Trigger.REPLY: {"replied_on": "2022-12-10", "outcome": "rejected", "text": "x"},
    Trigger.REFUSE: {"reasons": "x"},
}


def test_somebody_with_both_roles_acts_as_an_officer_where_officers_may_and_as_counsel_else() -> None:
    register = served().on("2022-12-20")
    both = Actor("both", frozenset({Role.COUNSEL, Role.CASE_OFFICER}))
    register.pull(both, Trigger.RECORD_REPORT, register.order(3), CLAIMED | {"received_on": "2022-12-19"})
    with refused_by("acts_for_the_party"):
        register.pull(both, Trigger.WITHDRAW, subject(register))


def test_a_regime_that_names_who_does_not_take_counsel_s_rows() -> None:
    rows = [row for _, row in rows_of(SubjectKind.FILING, Trigger.WITHDRAW)]
    counsel = next(row for row in rows if Role.COUNSEL in row.roles)
    assert roles_of(counsel, regime("fr-cnil")) == {Role.COUNSEL}
    assert counsel.everywhere
