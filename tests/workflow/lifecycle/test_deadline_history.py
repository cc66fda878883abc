"""What a party's calendar shows of a case, and how often each entry was revised: from what the party was told alone."""

from datetime import UTC, date, datetime

import pytest

from tests.support.orders import extend, judge, lift, resume, suspend, under_order
from tests.support.penalties import adopted_penalty, notified
from tests.support.register import (
    DECIDER,
    FINE,
    REGISTRAR,
    TWO_PARTIES,
    Register,
    a_clause,
    adopted,
    an_order,
    served,
)
from tests.workflow.lifecycle.test_correction import correct
from tests.workflow.lifecycle.test_proceedings import appeal, one
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.kernel.events import Recorded
from workflow.lifecycle.reading.deadline_history import Revision, history
from workflow.lifecycle.reading.deadlines import DeadlineKind
from workflow.lifecycle.reading.messages import told


def entries(register: Register, *parties: int) -> dict[str, Revision]:
    """The entries of these parties, party 1 when none is named, by kind and number; each event is an act of its own."""
    wanted = set(parties or (1,))
    case, events, heard = None, [], set()
    for n, event in enumerate(register.events, start=1):
        case = fold(case, [event])
        at = datetime.combine(event.effective_on, datetime.min.time(), UTC)
        id, act = f"event {n}", f"act {n}"
        events.append(Recorded(case=case.id, seq=n, id=id, act=act, recorded_at=at, hash="", event=event))
        if told(case, event) & wanted:
            heard.add(f"event {n}")
    revisions = history(events, wanted, heard)
    return {f"{each.deadline.kind} {each.deadline.number}": each for each in revisions}


def order_of(register: Register) -> tuple[str, bool, int]:
    """The last day of the order, whether it stands, and which revision that is."""
    entry = entries(register)["compliance SAN-2022-019/1"]
    return str(entry.deadline.on), entry.deadline.stands, entry.sequence


def test_before_it_is_served_on_the_party_there_is_nothing() -> None:
    assert entries(adopted(fine=FINE)) == {}
    register = served(case=TWO_PARTIES, addressees=[1, 2])
    assert entries(register, 2) == {}
    assert set(entries(register, 1)) == {
        "appeal SAN-2022-019",
        *(f"compliance SAN-2022-019/{n}" for n in (1, 2, 3)),
    }


def test_an_extension_moves_it() -> None:
    register = under_order()
    assert order_of(register) == ("2022-12-19", True, 0)
    extend(register.on("2022-11-15"), "2023-01-31", undoes_accrued=False)
    assert order_of(register) == ("2023-01-31", True, 1)


@pytest.mark.parametrize(("effect", "after"), [("period_stops", "2023-01-19"), ("no_accrual", "2022-12-19")])
def test_a_stay_cancels_it_and_resumption_brings_it_back(effect: str, after: str) -> None:
    register = under_order().on("2022-12-10")
    suspend(register, "2022-12-10", effect)
    assert order_of(register) == ("2022-12-19", False, 1)
    resume(register.on("2023-01-10"), "2023-01-10")
    assert order_of(register) == (after, True, 2)


def test_what_stops_after_the_last_day_cancels_nothing() -> None:
    register = under_order().on("2023-01-05")
    suspend(register, "2023-01-05")
    assert order_of(register) == ("2022-12-19", True, 0)
    resume(register.on("2023-01-10"), "2023-01-10")
    lift(register)
    assert order_of(register) == ("2022-12-19", True, 0)


@pytest.mark.parametrize(("day", "effect"), [("2022-11-10", "ex_nunc"), ("2023-01-10", "ex_tunc")])
def test_lifted_by_then_or_as_if_it_had_not_been_it_is_cancelled(day: str, effect: str) -> None:
    register = under_order().on(day)
    lift(register, effect)
    assert order_of(register) == ("2022-12-19", False, 1)


def test_met_by_then_it_is_cancelled() -> None:
    register = under_order().on("2022-12-01")
    register.comply(1, "2022-11-30")
    assert order_of(register) == ("2022-12-19", False, 1)


def test_never_served_it_is_cancelled_with_the_day_it_had_and_comes_back_with_service() -> None:
    register = served(orders=[an_order(1, "cease_collection")], clauses=[a_clause(covers=[1])], fine=FINE)
    before = entries(register)
    assert {each.deadline.stands for each in before.values()} == {True}
    correct(register.on("2022-11-10"), never_served=True)
    after = entries(register)
    for name, each in after.items():
        assert (each.deadline.stands, each.deadline.on) == (False, before[name].deadline.on), name
        assert each.sequence > before[name].sequence
        assert each.changed_at.date() == date(2022, 11, 10)
    register.serve(1, "2022-11-10")
    again = entries(register)
    assert order_of(register) == ("2023-01-10", True, 2)
    assert {name for name, each in again.items() if each.deadline.stands} == set(before)


def test_a_corrected_service_moves_what_runs_from_it() -> None:
    register = served(orders=[an_order(1, "cease_collection")], clauses=[a_clause(covers=[1])])
    before = entries(register)["appeal SAN-2022-019"].deadline.on
    correct(register.on("2022-11-10"), served_on="2022-10-26")
    assert order_of(register) == ("2022-12-26", True, 1)
    assert entries(register)["appeal SAN-2022-019"].deadline.on > before


def test_the_last_day_to_appeal_is_done_with_the_appeal() -> None:
    register = one()
    entry = entries(register)["appeal SAN-2022-019"]
    assert (entry.deadline.kind, str(entry.deadline.on)) == (DeadlineKind.APPEAL, "2022-12-20")
    assert entry.deadline.key == f"appeal-{register.decision().id}-1"
    appeal(register)
    after = entries(register)["appeal SAN-2022-019"]
    assert (after.deadline.stands, after.sequence) == (False, 1)


def test_an_annulled_order_is_cancelled() -> None:
    register = one().on("2022-12-05")
    before = entries(register)
    register.pull(REGISTRAR, "record_annulment", register.order(1))
    after = entries(register)["compliance SAN-2022-019/1"]
    assert (after.deadline.stands, after.sequence) == (False, before["compliance SAN-2022-019/1"].sequence + 1)


def test_the_window_for_observations_moves_and_ends_with_a_waiver() -> None:
    register = notified()
    name = "observations SAN-2022-019/1"
    assert str(entries(register)[name].deadline.on) == "2023-03-02"
    register.move(DECIDER, "extend_window", {"window_ends_on": "2023-03-20"})
    moved = entries(register)[name]
    assert (str(moved.deadline.on), moved.sequence) == ("2023-03-20", 1)
    register.move(REGISTRAR, "record_waiver", {"waived_on": "2023-02-15", "proof": "letter"})
    assert (entries(register)[name].deadline.stands, entries(register)[name].sequence) == (False, 2)


def test_of_a_penalty_nothing_is_shown_before_it_is_served_but_the_window() -> None:
    register = adopted_penalty()
    assert "appeal SAN-2022-019/1" not in entries(register)
    assert not any(name.startswith("payment") for name in entries(register))
    service = {"addressee": 1, "served_on": "2023-04-20", "channel": "registered_letter"}
    register.on("2023-04-20").move(REGISTRAR, "record_service", service)
    assert {"appeal SAN-2022-019/1", "observations SAN-2022-019/1"} <= set(entries(register))
    assert any(name.startswith("payment") for name in entries(register))


def test_the_window_ends_with_the_penalty_it_is_about_and_not_after_its_day() -> None:
    for day, stands in (("2023-02-20", False), ("2023-03-03", True)):
        register = notified().on(day)
        register.move(DECIDER, "withdraw", {"reasons": "the days were counted twice"})
        assert entries(register)["observations SAN-2022-019/1"].deadline.stands is stands


def test_a_finding_changes_nothing() -> None:
    register = under_order().on("2022-12-21")
    register.sweep()
    sheet = [{"limb": n, "finding": "not done", "evidence": "visit", "method": "on site"} for n in (1, 2, 3)]
    judge(register, "establish_non_compliance", {"limbs": [{"n": n} for n in (1, 2, 3)], "findings": sheet})
    assert order_of(register) == ("2022-12-19", True, 0)
