"""Simulation: with no acts it is the forecast; with acts it is what doing them on their days then does."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.register import Register, a_clause, adopted, served
from tests.workflow.lifecycle.random_case import drafts
from tests.workflow.lifecycle.test_forecast import COMPLIANCE, LATER, a_register
from workflow.law.invalid import InvalidRequest
from workflow.lifecycle.door.four_eyes import ActProposed
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.order.findings import OrderComplied
from workflow.lifecycle.reading import simulate as simulating
from workflow.lifecycle.reading.forecast import forecast
from workflow.lifecycle.reading.simulate import Hypothesis, Moment, simulate
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger
from workflow.use_cases.acting.bodies import read_content


def an_act(on: str, to: Subject | str, kind: SubjectKind, trigger: Trigger, **data: Any) -> Hypothesis:
    members = {name: data.pop(name) for name in ("account", "roles", "effective_on") if name in data}
    content = read_content(kind, trigger, data)
    return Hypothesis(on=date.fromisoformat(on), to=to, kind=kind, trigger=trigger, content=content, **members)


def complied(n: int, on: str, from_: str, **members: Any) -> Hypothesis:
    return an_act(on, f"order/{n}", SubjectKind.ORDER, Trigger.ACCEPT_COMPLIANCE, complied_on=from_, **members)


def path(register: Register, until: str, *acts: Hypothesis) -> list[Moment]:
    return list(simulate(register.case, register.today, date.fromisoformat(until), acts))


@settings(max_examples=30)
@given(
    draft=drafts(),
    served_on=st.lists(st.integers(0, 15).map(timedelta), max_size=2).map(sorted),
    later=LATER,
    complied=COMPLIANCE,
    ahead=st.integers(0, 150).map(timedelta),
)
def test_with_no_acts_it_is_the_forecast(
    draft: dict[str, Any],
    served_on: list[timedelta],
    later: timedelta,
    complied: list[tuple[int, timedelta]],
    ahead: timedelta,
) -> None:
    register = a_register(draft, served_on, later, complied)
    before, until = register.case, register.today + ahead
    found = list(simulate(before, register.today, until, []))
    assert [each.fired.step for each in found if each.fired] == forecast(before, register.today, until)
    assert all(each.refused is None and each.day >= each.events[0].effective_on for each in found)
    assert register.case is before


@settings(max_examples=20)
@given(
    draft=drafts(),
    later=LATER,
    acts=st.lists(st.tuples(st.integers(1, 3), st.integers(0, 60)), max_size=3),
    ahead=st.integers(61, 120),
)
def test_doing_the_acts_on_their_days_does_what_was_simulated(
    draft: dict[str, Any], later: timedelta, acts: list[tuple[int, int]], ahead: int
) -> None:
    register = a_register(draft, [timedelta(0), timedelta(3)], later, [])
    first = register.today
    days = [((first + timedelta(days=after)).isoformat(), n) for n, after in acts]
    found = path(register, (first + timedelta(days=ahead)).isoformat(), *[complied(n, on, on) for on, n in days])
    simulated = [(each.day, event.type, event.subject) for each in found for event in each.events]
    really = []
    for after in range(ahead + 1):
        register.today = first + timedelta(days=after)
        register.events.clear()
        register.sweep()
        for on, n in days:
            if on == register.today.isoformat():
                try:
                    register.comply(n, on)
                except Exception:  # refused in both
                    continue
        register.sweep()
        really += [(register.today, event.type, event.subject) for event in register.events]
    assert Counter(simulated) == Counter(really)


def test_an_act_that_needs_a_second_person_is_confirmed_by_another_account() -> None:
    (moment,) = [each for each in path(served(), "2022-11-01", complied(1, "2022-11-01", "2022-10-30")) if each.by]
    assert moment.by is not None
    assert moment.confirmed_by is not None
    assert moment.by.account == "hypothetical case_officer"
    assert moment.confirmed_by.roles == {Role.HEAD_OF_ENFORCEMENT}
    assert moment.by.account != moment.confirmed_by.account
    assert [event.type for event in moment.events] == [ActProposed.type, OrderComplied.type]
    assert moment.case.decisions[0].order(1).complied_on == date(2022, 10, 30)


def test_the_proposer_is_never_the_second_person_even_with_every_role() -> None:
    act = complied(1, "2022-11-01", "2022-10-30", account="a", roles=frozenset(Role) - {Role.SCHEDULER})
    (moment,) = [each for each in path(served(), "2022-11-01", act) if each.by]
    assert moment.confirmed_by is not None
    assert moment.confirmed_by.account != "a"


def test_compliance_in_time_leaves_nothing_to_propose_and_late_compliance_its_days() -> None:
    in_time = path(served(), "2023-03-01", *[complied(n, "2022-12-01", "2022-12-01") for n in (1, 2, 3)])
    assert all(each.trigger is not Trigger.PROPOSE_PENALTY for each in in_time)
    late = path(served(), "2023-03-01", *[complied(n, "2023-01-10", "2023-01-08") for n in (1, 2, 3)])
    (proposed,) = [each for each in late if each.trigger is Trigger.PROPOSE_PENALTY]
    assert proposed.events[0].data["units"] == 19


def test_a_refused_act_is_on_the_path_with_its_reason_and_changes_nothing() -> None:
    register = served()
    early = an_act("2022-11-01", "order/1", SubjectKind.ORDER, Trigger.ACCEPT_COMPLIANCE, complied_on="2022-10-01")
    nobody = complied(1, "2022-11-01", "2022-11-01", roles=frozenset({Role.AUDITOR}))
    missing = an_act("2022-11-01", "penalty_decision", SubjectKind.PENALTY_DECISION, Trigger.TAKE_UP)
    found = path(register, "2022-11-19", early, nobody, missing)
    refused = [each for each in found if each.act is not None]
    assert [each.refused.code for each in refused if each.refused] == [  # type: ignore[union-attr]
        "guard_refused",
        "role_not_permitted",
        "not_found",
    ]
    assert all(each.events == () and each.case is register.case for each in refused)
    assert [each.trigger for each in found if each.fired] == [Trigger.REMIND] * 3


def test_an_act_finds_what_an_earlier_step_made() -> None:
    take_up = an_act("2023-02-10", "penalty_decision/1", SubjectKind.PENALTY_DECISION, Trigger.TAKE_UP)
    found = path(served(), "2023-02-10", take_up)
    assert [each.trigger for each in found[-2:]] == [Trigger.PROPOSE_PENALTY, Trigger.TAKE_UP]
    assert found[-1].refused is None


def test_service_on_a_hypothetical_day_starts_the_ladder() -> None:
    service = an_act(
        "2022-10-24",
        "decision",
        SubjectKind.DECISION,
        Trigger.RECORD_SERVICE,
        addressee=1,
        served_on="2022-10-21",
        channel="bailiff",
    )
    found = path(adopted(), "2022-12-22", service)
    assert [(each.day.isoformat(), each.trigger.value) for each in found[-3:]] == [("2022-12-22", "record_expiry")] * 3


def test_an_act_outside_the_span_is_refused_as_a_whole() -> None:
    for day in ("2022-10-18", "2022-11-02"):
        with pytest.raises(InvalidRequest, match="/acts/0/on: a day from today, 2022-10-19, to"):
            path(served(), "2022-11-01", complied(1, day, day))


def test_more_steps_than_are_bearable_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    register = served(clauses=[a_clause(assess_after="P1D", assess_every="P1D")])
    monkeypatch.setattr(simulating, "MOST_STEPS", 40)
    assert len(path(register, "2023-01-17")) == 40
    with pytest.raises(InvalidRequest, match="/until: a nearer day: more than 40 steps fire until then"):
        path(register, "2023-01-18")
