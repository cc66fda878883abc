"""The machines have no defect but those said; every kind of defect, planted in a table, is named."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any

import pytest

from workflow.lifecycle.decision.adoption_guards import HEARD, NOT_THE_DRAFTER
from workflow.lifecycle.door import checks
from workflow.lifecycle.door.checks import NOT_YET, Fault, NotYet, check
from workflow.lifecycle.door.machine import TABLES
from workflow.lifecycle.kernel.guards import POSSIBLE_DATE
from workflow.lifecycle.kernel.rules import Guard, Row, Table
from workflow.lifecycle.vocabulary import CaseState, DecisionState, PenaltyDecisionState, Role, SubjectKind, Trigger

CASE, DECISION, ORDER, PENALTY, FILING = (
    TABLES[kind]
    for kind in (
        SubjectKind.CASE,
        SubjectKind.DECISION,
        SubjectKind.ORDER,
        SubjectKind.PENALTY_DECISION,
        SubjectKind.FILING,
    )
)
WINDOW_OVER = Guard("window_over", state=POSSIBLE_DATE.check)
OFFICER = frozenset({Role.CASE_OFFICER})


def row(table: Table, trigger: Trigger) -> Row:
    return next(each for each in table.rows if each.trigger is trigger)


def without(table: Table, *triggers: Trigger) -> Table:
    return Table(table.kind, tuple(each for each in table.rows if each.trigger not in triggers))


def having(table: Table, *rows: Row) -> Table:
    return Table(table.kind, (*table.rows, *rows))


def with_row(table: Table, trigger: Trigger, change: Callable[[Row], Row]) -> Table:
    return Table(table.kind, tuple(change(each) if each.trigger is trigger else each for each in table.rows))


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.kind.value)
def test_the_machines_have_no_defect_but_those_that_are_said(table: Table) -> None:
    assert check(table, *TABLES.values()) == []


def test_each_known_gap_is_of_a_machine_that_is_there_and_says_why() -> None:
    assert all(each.kind in TABLES and each.reason for each in NOT_YET)
    assert len({(each.kind, each.state, each.fault) for each in NOT_YET}) == len(NOT_YET)


def test_a_gap_that_is_closed_is_to_be_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = NotYet(SubjectKind.DECISION, DecisionState.DRAFT, Fault.UNREACHED, "said too long")
    monkeypatch.setattr(checks, "NOT_YET", (*NOT_YET, closed))
    assert check(DECISION) == [
        "decision: state draft: take it out of NOT_YET, which still says that nothing reaches it"
    ]


SUBMIT = "decision: submit from draft"
PENALTY_ADOPT = "penalty_decision: adopt from in_deliberation"
TO_DELIBERATION = replace(
    row(PENALTY, Trigger.TAKE_UP),
    trigger=Trigger.SUBMIT,
    sources=(PenaltyDecisionState.DRAFT,),
    target=PenaltyDecisionState.IN_DELIBERATION,
)
COUNSEL = frozenset({Role.COUNSEL})
DEFECTS: dict[str, tuple[Table, str]] = {
    "empty": (Table(SubjectKind.CASE, ()), "case: has no rows"),
    "counsel beside others": (
        with_row(FILING, Trigger.ASSESS, lambda each: replace(each, roles=OFFICER | COUNSEL)),
        "filing: assess from received: counsel acts by a row of its own, for its own party and on the day itself",
    ),
    "counsel for anybody": (
        with_row(FILING, Trigger.ASSESS, lambda each: replace(each, roles=COUNSEL, everywhere=True)),
        "filing: assess from received: counsel acts by a row of its own, for its own party and on the day itself",
    ),
    "unreached": (without(DECISION, Trigger.SUBMIT), "decision: state in_review: nothing reaches it"),
    "dead end": (
        without(CASE, Trigger.CLOSE),
        "case: state open: no row leads out of it and no life may end there",
    ),
    "dead end with a row that stays where it is": (
        without(DECISION, Trigger.SUBMIT, Trigger.WITHDRAW),
        "decision: state draft: no row leads out of it and no life may end there",
    ),
    "trap": (
        without(DECISION, Trigger.ADOPT, Trigger.WITHDRAW),
        "decision: state draft: no end of a life can be reached from it",
    ),
    "two unguarded rows": (
        having(CASE, row(CASE, Trigger.OPEN)),
        "case: open from absent: never taken, the row to open before it has no guard",
    ),
    "a guard too late, and one role of two": (
        having(
            PENALTY,
            replace(
                row(PENALTY, Trigger.RECORD_RECUSAL),
                roles=frozenset({Role.COMMITTEE_SECRETARY, Role.RAPPORTEUR}),
                guards=(HEARD,),
            ),
        ),
        "penalty_decision: record_recusal from draft: never taken, the row to draft before it has no guard",
    ),
    "two unguarded effects": (
        having(ORDER, row(ORDER, Trigger.ENTER_INTO_FORCE)),
        "order: enter_into_force from pending: never taken, the row to in_force before it has no guard",
    ),
    "no role": (
        with_row(DECISION, Trigger.SUBMIT, lambda each: replace(each, roles=frozenset())),
        "decision: submit from draft: no role may pull it",
    ),
    "an effect with a role": (
        with_row(ORDER, Trigger.ENTER_INTO_FORCE, lambda each: replace(each, roles=OFFICER)),
        "order: enter_into_force from pending: an effect has no role, it follows record_service",
    ),
    "no ground": (
        with_row(DECISION, Trigger.SUBMIT, lambda each: replace(each, ground=" ")),
        f"{SUBMIT}: no legal ground",
    ),
    "no label": (with_row(DECISION, Trigger.SUBMIT, lambda each: replace(each, label="")), f"{SUBMIT}: no label"),
    "no review": (
        having(DECISION, replace(row(DECISION, Trigger.ADOPT), sources=(DecisionState.DRAFT,))),
        "decision: adopt from draft: adopts without a review",
    ),
    "a way round the review": (
        having(DECISION, replace(row(DECISION, Trigger.REVISE), target=DecisionState.ADOPTED)),
        "decision: revise from draft: adopts without a review",
    ),
    "not heard": (
        with_row(DECISION, Trigger.ADOPT, lambda each: replace(each, guards=(NOT_THE_DRAFTER,))),
        "decision: adopt from in_review: adopts without notice to the party and a window for observations",
    ),
    "deliberation without notice": (
        having(PENALTY, TO_DELIBERATION),
        f"{PENALTY_ADOPT}: adopts without notice to the party and a window for observations",
    ),
    "one person": (
        with_row(DECISION, Trigger.ADOPT, lambda each: replace(each, guards=(HEARD,))),
        "decision: adopt from in_review: adopts without a second person",
    ),
    "one person, though nothing gets there yet": (
        with_row(PENALTY, Trigger.ADOPT, lambda each: replace(each, guards=())),
        f"{PENALTY_ADOPT}: adopts without a second person",
    ),
    "the scheduler": (
        with_row(DECISION, Trigger.ADOPT, lambda each: replace(each, roles=frozenset({Role.SCHEDULER}))),
        "decision: adopt from in_review: the scheduler adopts",
    ),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_named(defect: str) -> None:
    table, named = DEFECTS[defect]
    assert named in check(table, *TABLES.values())


def test_an_effect_that_nothing_pulls_is_named() -> None:
    named = "order: enter_into_force from pending: nothing pulls it, there is no row record_service"
    assert named in check(ORDER)
    assert named in check(ORDER, without(DECISION, Trigger.RECORD_SERVICE))
    assert check(ORDER, DECISION) == []


def test_rows_of_one_trigger_for_different_roles_or_with_a_guard_first_are_no_defect() -> None:
    other = replace(row(PENALTY, Trigger.TAKE_UP), roles=frozenset({Role.RAPPORTEUR}))
    assert check(having(PENALTY, other)) == []
    guarded = replace(row(CASE, Trigger.OPEN), guards=(POSSIBLE_DATE,))
    assert check(Table(SubjectKind.CASE, (guarded, *CASE.rows))) == []


def test_a_hearing_recorded_on_the_way_is_a_hearing() -> None:
    heard = having(PENALTY, replace(TO_DELIBERATION, guards=(HEARD,)))
    assert not [each for each in check(heard) if "adopts" in each]


Life: Any = StrEnum("Life", "ABSENT DRAFT GROUNDS_NOTIFIED IN_DELIBERATION ADOPTED FINAL ANNULLED")
"""A longer life, to which the machines will grow."""


def step(trigger: Trigger, source: str, target: str, *guards: Guard) -> Row:
    ends: dict[str, Any] = {"sources": (Life[source],), "target": Life[target]}
    return replace(row(PENALTY, Trigger.TAKE_UP), trigger=trigger, guards=guards, **ends)


def whole_life(*guards: Guard) -> Table:
    """A penalty decision from its draft to its end, with the guards of the row that ends the window."""
    rows = (
        step(Trigger.DRAFT, "ABSENT", "DRAFT"),
        step(Trigger.SUBMIT, "DRAFT", "GROUNDS_NOTIFIED"),
        step(Trigger.TAKE_UP, "GROUNDS_NOTIFIED", "IN_DELIBERATION", *guards),
        step(Trigger.ADOPT, "IN_DELIBERATION", "ADOPTED", NOT_THE_DRAFTER),
        step(Trigger.REMIND, "ADOPTED", "FINAL"),
        step(Trigger.REVISE, "ADOPTED", "ANNULLED"),
        step(Trigger.REVISE, "ANNULLED", "ADOPTED"),
    )
    return Table(SubjectKind.PENALTY_DECISION, rows)


def test_notice_is_enough_when_a_guard_closes_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "NOT_YET", ())
    unheard = [f"{PENALTY_ADOPT}: adopts without notice to the party and a window for observations"]
    assert check(whole_life(WINDOW_OVER)) == []
    assert check(whole_life()) == unheard
    assert check(having(whole_life(WINDOW_OVER), step(Trigger.OPEN, "DRAFT", "IN_DELIBERATION"))) == unheard


def test_an_act_adopted_before_may_come_back_to_life_by_a_ruling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "NOT_YET", ())
    table = whole_life(WINDOW_OVER)
    assert check(table) == []
    found = check(having(table, step(Trigger.REVISE, "DRAFT", "ADOPTED")))
    assert "penalty_decision: revise from draft: adopts without a review" in found


def test_a_machine_of_which_nobody_said_where_a_life_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "NOT_YET", ())
    monkeypatch.setattr(checks, "FINAL", {})
    found = check(CASE)
    assert f"case: state {CaseState.OPEN.value}: {Fault.TRAP.value}" in found
    assert f"case: state {CaseState.ABSENT.value}: {Fault.TRAP.value}" in found
    monkeypatch.setattr(checks, "FINAL", {SubjectKind.CASE: frozenset({"closed"})})
    assert check(CASE) == []
