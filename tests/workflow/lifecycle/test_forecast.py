"""The forecast: what it says will fire is what sweeping day by day then does, and nothing else."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.register import DECIDER, OFFICER, TWO_PARTIES, Register, a_clause, adopted, opened, served
from tests.workflow.lifecycle.random_case import drafts
from workflow.lifecycle.door.decide import decide
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.kernel.refusals import GuardRefused, IllegalTransition, NotDue
from workflow.lifecycle.kernel.rules import Actor, Command
from workflow.lifecycle.reading import forward
from workflow.lifecycle.reading.forecast import forecast
from workflow.lifecycle.vocabulary import Trigger

Fired = list[tuple[date, str]]

LATER = st.integers(0, 60).map(timedelta)
COMPLIANCE = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 20).map(timedelta)), max_size=2)


def foretold(register: Register, until: date) -> Fired:
    """The forecast from the register's day, each step with its legal date."""
    return sorted((step.due_on, step.key) for step in forecast(register.case, register.today, until))


def swept(register: Register, until: date) -> Fired:
    """What sweeping every single day until then does; a step is dated on its own day, however late it is taken."""
    taken = []
    while register.today <= until:
        taken += [(event.effective_on, event.step) for event in register.sweep() if event.step is not None]
        register.today += timedelta(days=1)
    return sorted(taken)


def brief(register: Register, until: str) -> list[tuple[str, str]]:
    """Day and trigger of each step that the forecast lists, in its order."""
    steps = forecast(register.case, register.today, date.fromisoformat(until))
    return [(step.due_on.isoformat(), step.trigger.value) for step in steps]


def a_register(draft: dict[str, Any], served_on: list[timedelta], later: timedelta, complied: Any) -> Register:
    """A random case some days after its decision was served, with some of its orders complied with."""
    register = opened(**TWO_PARTIES).on("2022-10-13")
    register.pull(OFFICER, Trigger.DRAFT, data=draft)
    register.pull(OFFICER, Trigger.SUBMIT, register.decision())
    register.on("2022-10-17").pull(DECIDER, Trigger.ADOPT, register.decision())
    for addressee, after in enumerate(served_on, start=1):
        register.today = date(2022, 10, 17) + after
        register.serve(addressee, register.today.isoformat())
    register.today += later
    for n, back in complied:
        try:
            register.comply(n, (register.today - back).isoformat())
        except (GuardRefused, IllegalTransition):
            continue
    return register


@settings(max_examples=60)
@given(
    draft=drafts(),
    served_on=st.lists(st.integers(0, 15).map(timedelta), max_size=2).map(sorted),
    later=LATER,
    complied=COMPLIANCE,
    has_swept=st.booleans(),
    ahead=st.integers(0, 150).map(timedelta),
)
def test_sweeping_day_by_day_does_what_was_forecast(
    draft: dict[str, Any],
    served_on: list[timedelta],
    later: timedelta,
    complied: list[tuple[int, timedelta]],
    has_swept: bool,
    ahead: timedelta,
) -> None:
    register = a_register(draft, served_on, later, complied)
    if has_swept:
        register.sweep()
    until = register.today + ahead
    found = foretold(register, until)
    assert found == swept(register, until)
    assert foretold(register, until) == []


@settings(max_examples=20)
@given(draft=drafts(), later=LATER, ahead=st.integers(0, 90).map(timedelta))
def test_a_longer_forecast_begins_with_the_shorter_one(
    draft: dict[str, Any], later: timedelta, ahead: timedelta
) -> None:
    register = a_register(draft, [timedelta(0), timedelta(3)], later, [])
    before = register.case
    near = forecast(before, register.today, register.today + ahead)
    far = forecast(before, register.today, register.today + 2 * ahead)
    assert far[: len(near)] == near
    assert register.case is before


def test_the_ladder_of_clearview_from_service_to_the_proposal() -> None:
    reminders = [("2022-11-19", "remind"), ("2022-12-12", "remind"), ("2022-12-18", "remind")]
    ladder = [*reminders, ("2022-12-20", "record_expiry")]
    expected = [step for step in ladder for _ in range(3)] + [("2023-02-10", "propose_penalty")]
    assert brief(served(), "2023-12-31") == [*expected, ("2023-03-07", "propose_finality")]
    assert brief(served(), "2023-02-09") == expected[:-1]


def test_on_a_day_already_past_the_last_one_the_reminders_are_passed_over() -> None:
    found = brief(served().on("2023-03-01"), "2023-03-01")
    assert found == [("2022-12-20", "record_expiry")] * 3 + [("2023-02-10", "propose_penalty")]


def test_slices_are_forecast_one_after_another_to_the_last_day_and_no_further() -> None:
    register = served(clauses=[a_clause(assess_after="P1M", assess_every="P1M")])
    found = [day for day, trigger in brief(register, "2023-05-20") if trigger == "propose_penalty"]
    assert found == ["2023-01-20", "2023-02-20", "2023-03-20", "2023-04-20", "2023-05-20"]


def test_a_clause_at_its_cap_proposes_nothing_more() -> None:
    register = served(clauses=[a_clause(assess_after="P1M", assess_every="P1M", cap={"units": 40})])
    found = [day for day, trigger in brief(register, "2027-05-20") if trigger == "propose_penalty"]
    assert found == ["2023-01-20", "2023-02-20"]


def test_where_nothing_waits_nothing_is_forecast_but_finality() -> None:
    assert brief(adopted(), "2027-10-17") == []
    assert brief(served(), "2022-10-18") == []
    register = served()
    for n in (1, 2, 3):
        register.comply(n, "2022-10-19")
    assert brief(register, "2027-10-17") == [("2023-03-07", "propose_finality")]


def test_a_step_that_is_refused_is_tried_again_on_the_next_day_and_stops_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register = served()
    wayward, tried = register.order(2), list[tuple[date, Trigger]]()

    def refuse_one(case: CaseFacts, command: Command, actor: Actor, today: date) -> list[Event]:
        if command.subject == wayward:
            tried.append((today, command.trigger))
            raise NotDue("", None)
        return decide(case, command, actor, today)

    monkeypatch.setattr(forward, "decide", refuse_one)
    assert len(brief(register, "2023-02-10")) == 2 * 4 + 1
    assert tried[0] == (date(2022, 11, 19), Trigger.REMIND)
    assert tried[-1] == (date(2023, 2, 10), Trigger.RECORD_EXPIRY)
    assert len(tried) == len(set(tried)) == 5
