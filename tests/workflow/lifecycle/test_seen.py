"""What counsel of a party sees of a case: what the party was told of, and nothing that is internal."""

import json
from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from tests.support.debts import owing
from tests.support.penalties import Penalties, adopted_penalty, notified, proposed, taken_up
from tests.support.register import (
    DECIDER,
    FINE,
    OFFICER,
    REGISTRAR,
    TWO_PARTIES,
    Register,
    a_clause,
    adopted,
    an_order,
    served,
)
from workflow.law.money import Money
from workflow.lifecycle.facts import (
    CaseFacts,
    Clause,
    Debt,
    Decision,
    Filing,
    Grounds,
    Hearing,
    Order,
    PenaltyDecision,
    Service,
)
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.codec import unstructure
from workflow.lifecycle.kernel.tree import with_debt, with_decision, with_order, with_penalty
from workflow.lifecycle.reading.messages import told
from workflow.lifecycle.reading.seen import seen_by
from workflow.lifecycle.vocabulary import (
    CaseState,
    DebtState,
    DecisionState,
    OrderState,
    PenaltyDecisionState,
    SubjectKind,
    Trigger,
)

SEEN: dict[type, str] = {
    CaseFacts: "id reference regime opened_on parties representatives decisions penalty_decisions versions filings "
    "debts",
    Decision: "id n reference language addressees state fine form regime adopted_on services never_served attempts "
    "rulings final_on withdrawn_on withdrawn_as fine_after_rulings orders clauses",
    Order: "id n addressee kind ground nature limbs state period period_from comply_by_fixed evidence_by roll after "
    "lapses_on starts_on last_day first_late_day extended_to clock_set_on graces reminded expiry_recorded_on "
    "complied_on before suspensions ended_on ended_as annulled_on annulled_in closed_on premature_deletion_on",
    Clause: "id n addressee covers rate per assess_after assess_every partial_unit cap accrues_from accrues_from_on "
    "liability state before rates suspensions accrual_started_on ended_on ended_as annulled_on",
    PenaltyDecision: "id n decision clause state from_ to units amount basis adopted_on grounds reduction fixed "
    "days_after services never_served attempts rulings final_on",
    Grounds: "notified_on window_ends_on from_ units amount",
    Service: "addressee served_on channel assumed basis corrected_from posted_on",
    Filing: "id n kind about_kind about party received_on state in_time file_by asks_for until claims replied_on "
    "attachments",
    Debt: "id n kind source_kind source addressee amount state arose_on due_by payments refunds fell_due_on from_ to",
}
"""The facts of each thing that its party sees."""

INTERNAL: dict[type, str] = {
    CaseFacts: "state requests pending dead_letters acts closed_on",
    Decision: "drafters hearing assumed acted_on adopted_by appeals published_on steps_done",
    Order: "findings requests acted_on",
    Clause: "steps_done",
    PenaltyDecision: "drafters adopted_by recused attendance before sum_confirmed_on confirmed_against relied_on "
    "acted_on appeals steps_done",
    Grounds: "rapporteur waived_on closed_on",
    Service: "contested_on",
    Filing: "findings",
    Debt: "collected_by instalments suspensions before deferred_to handed_over_on steps_done secured acted_on",
}
"""Those it does not: they are as in a case of which nothing is known inside."""

ONE, TWO, BOTH = frozenset({1}), frozenset({2}), frozenset({1, 2})
BOTH_ADDRESSED: dict[str, Any] = {
    "case": TWO_PARTIES,
    "addressees": [1, 2],
    "orders": [
        an_order(1, "cease_collection"),
        an_order(2, "delete_data", addressee=2, after=[1]),
        an_order(3, "preserve_data", addressee=2),
    ],
    "clauses": [a_clause(covers=[1, 2], liability="joint"), a_clause(n=2, covers=[3])],
}


@pytest.mark.parametrize("kind", list(SEEN), ids=lambda kind: kind.__name__)
def test_of_every_fact_it_was_decided_whether_its_party_sees_it(kind: Any) -> None:
    seen, internal = SEEN[kind].split(), INTERNAL[kind].split()
    assert set(seen).isdisjoint(internal)
    assert {each.name for each in fields(kind)} == {*seen, *internal}


def words(case: CaseFacts) -> str:
    """The facts as text."""
    return json.dumps(unstructure(case))


def things(case: CaseFacts) -> set[str]:
    """The ids of everything in the case."""
    return set(case.versions) - {case.id}


def in_state(state: Any, **members: Any) -> CaseFacts:
    """A case served on its party, with the decision in a state."""
    case = served().case
    return with_decision(case, replace(case.decisions[0], state=state, **members))


@pytest.mark.parametrize("how_far", ["draft", "in_review", "adopted"])
def test_a_decision_is_not_there_before_it_is_served(how_far: str) -> None:
    case = adopted(fine=FINE).case
    case = with_decision(case, replace(case.decisions[0], state=DecisionState(how_far)))
    seen = seen_by(case, ONE)
    assert things(seen) == set()
    assert dict(seen.versions) == {case.id: 0}


@pytest.mark.parametrize("state", [each for each in DecisionState if each is not DecisionState.ABSENT])
def test_the_state_of_a_decision_that_was_served(state: DecisionState) -> None:
    (seen,) = seen_by(in_state(state), ONE).decisions
    inside = {DecisionState.CLOSED, DecisionState.REFERRED}
    assert seen.state is (DecisionState.ADOPTED if state in inside else state)
    (seen,) = seen_by(in_state(state, final_on=date(2023, 3, 1)), ONE).decisions
    assert seen.state is (DecisionState.FINAL if state in inside else state)


def test_who_drafted_and_adopted_a_decision_and_how_it_was_heard_is_internal() -> None:
    hearing = Hearing(grounds_notified_on=date(2022, 7, 14), session_on=date(2022, 10, 1))
    (seen,) = seen_by(in_state(DecisionState.ADOPTED, hearing=hearing, published_on=date(2022, 11, 1)), ONE).decisions
    assert (seen.drafters, seen.adopted_by, seen.hearing, seen.assumed) == ((), None, None, ())
    assert (seen.acted_on, seen.published_on, seen.adopted_on) == (None, None, date(2022, 10, 17))
    assert seen.services[0].assumed


@pytest.mark.parametrize("state", list(OrderState))
def test_the_state_of_an_order_once_its_decision_was_served(state: OrderState) -> None:
    before = adopted().case
    case = served().case
    decision, order = case.decisions[0], case.decisions[0].order(2)
    finding: Any = ("INWARD",)
    known = with_order(case, decision, replace(order, state=state, findings=finding, requests={"received": 3}))
    seen = seen_by(known, ONE).decisions[0].order(2)
    assert (seen.state, seen.findings, seen.requests) == (state, (), {})
    unknown = with_order(before, before.decisions[0], replace(before.decisions[0].order(2), state=state))
    assert seen_by(unknown, ONE).decisions == ()


def two() -> Register:
    """A decision on two parties, served on the first alone."""
    register = served(**BOTH_ADDRESSED)
    register.on("2022-10-25")
    return register


def test_each_party_sees_its_own_orders_and_those_liable_together_their_clause() -> None:
    register = two()
    (seen,) = seen_by(register.case, ONE).decisions
    assert ([each.n for each in seen.orders], seen.addressees) == ([1], (1,))
    (joint,) = seen.clauses
    assert (joint.addressee, joint.covers) == (None, (1,))
    assert things(seen_by(register.case, TWO)) == set()
    register.serve(2, "2022-10-25")
    (theirs,) = seen_by(register.case, TWO).decisions
    assert ([each.n for each in theirs.orders], theirs.orders[0].after) == ([2, 3], ())
    assert [(each.n, each.covers) for each in theirs.clauses] == [(1, (2,)), (2, (3,))]
    assert [each.n for each in seen_by(register.case, BOTH).decisions[0].orders] == [1, 2, 3]
    assert [each.n for each in seen_by(register.case, TWO).parties] == [2]
    assert "First SA" not in words(seen_by(register.case, TWO))


def test_what_turned_out_never_to_have_been_served_is_told_and_still_there() -> None:
    register = two()
    never = {"addressee": 1, "never_served": True, "proof": "the letter came back"}
    register.pull(REGISTRAR, Trigger.CORRECT_SERVICE, register.decision(), never)
    corrected, moved = register.confirm(register.decision())
    assert told(register.case, corrected) == told(register.case, moved) == ONE
    (seen,) = seen_by(register.case, ONE).decisions
    assert (seen.services, seen.order(1).state, seen.order(1).last_day) == ((), OrderState.PENDING, None)
    assert seen_by(register.case, TWO).decisions == ()


def test_the_case_is_there_with_its_party_alone_and_nothing_of_how_it_is_run() -> None:
    register = two()
    case = replace(register.case, state=CaseState.CLOSED, closed_on=date(2023, 5, 1), acts=4)
    seen = seen_by(case, ONE)
    assert (seen.reference, seen.state, seen.closed_on, seen.acts) == ("SAN-2022-019", CaseState.OPEN, None, 0)
    assert [each.n for each in seen.parties] == [1]


def test_an_act_that_waits_for_a_second_person_is_not_there() -> None:
    register = served().on("2023-01-05")
    before = seen_by(register.case, ONE)
    register.pull(OFFICER, Trigger.ACCEPT_COMPLIANCE, register.order(1), {"complied_on": "2023-01-04"})
    assert register.case.pending
    assert replace(seen_by(register.case, ONE), versions=before.versions) == before


def test_a_proposal_and_its_draft_are_not_there() -> None:
    for register in (proposed(), taken_up()):
        seen = seen_by(register.case, ONE)
        assert seen.penalty_decisions == ()
        assert register.penalty().id not in words(seen)


def penalty_of(case: CaseFacts) -> PenaltyDecision:
    (penalty,) = seen_by(case, ONE).penalty_decisions
    return penalty


@pytest.mark.parametrize("state", [each for each in PenaltyDecisionState if each is not PenaltyDecisionState.ABSENT])
def test_between_the_grounds_and_the_service_a_penalty_decision_is_what_was_notified(
    state: PenaltyDecisionState,
) -> None:
    register = notified()
    held = register.held_penalty()
    assert held.grounds is not None
    grounds = replace(held.grounds, rapporteur="INWARD", waived_on=date(2023, 2, 16), closed_on=date(2023, 2, 17))
    case = with_penalty(
        register.case,
        replace(
            held,
            state=state,
            grounds=grounds,
            from_=date(2023, 1, 1),
            units=1,
            amount=Money(100, "EUR"),
            drafters=("INWARD",),
            recused=("INWARD",),
            adopted_on=date(2023, 4, 13),
            adopted_by="INWARD",
            fixed=Money(50, "EUR"),
        ),
    )
    seen = penalty_of(case)
    ended = state.value in ("closed_without_penalty", "withdrawn", "void")
    assert seen.state is (state if ended else PenaltyDecisionState.GROUNDS_NOTIFIED)
    assert (seen.from_, seen.to, seen.units, seen.amount) == (held.from_, held.to, held.units, held.amount)
    assert (seen.adopted_on, seen.fixed, seen.owed) == (None, None, None)
    assert seen.grounds is not None
    assert (seen.grounds.notified_on, seen.grounds.amount) == (held.grounds.notified_on, held.amount)
    assert "INWARD" not in words(seen_by(case, ONE))
    assert seen.grounds.waived_on is None
    assert seen.grounds.closed_on is None


def served_penalty() -> Penalties:
    """A penalty decision that was adopted and served."""
    register = adopted_penalty()
    register.on("2023-05-10")
    service = {"addressee": 1, "served_on": "2023-05-10", "channel": "registered_letter"}
    register.move(REGISTRAR, Trigger.RECORD_SERVICE, service)
    return register


@pytest.mark.parametrize("state", ["adopted", "reduced", "final", "annulled", "withdrawn", "void"])
def test_a_penalty_decision_that_was_served_is_there_as_it_is(state: str) -> None:
    register = served_penalty()
    held = replace(register.held_penalty(), state=PenaltyDecisionState(state))
    seen = penalty_of(with_penalty(register.case, held))
    assert (seen.state, seen.fixed, seen.adopted_on) == (held.state, held.fixed, held.adopted_on)
    assert (seen.drafters, seen.adopted_by, seen.attendance, seen.recused) == ((), None, None, ())
    assert seen.relied_on == {}


def test_a_penalty_decision_that_was_served_is_withdrawn_to_the_partys_knowledge() -> None:
    register = served_penalty()
    withdrawn, *_ = register.move(DECIDER, Trigger.WITHDRAW, {"reasons": "a mistake"})
    assert told(register.case, withdrawn) == ONE
    assert penalty_of(register.case).state is PenaltyDecisionState.WITHDRAWN


def test_whoever_was_notified_of_grounds_is_told_that_nothing_comes_of_them() -> None:
    register = notified()
    (withdrawn,) = register.move(DECIDER, Trigger.WITHDRAW, {"reasons": "a mistake"})
    assert told(register.case, withdrawn) == ONE
    assert penalty_of(register.case).state is PenaltyDecisionState.WITHDRAWN
    register = taken_up()
    (withdrawn,) = register.move(DECIDER, Trigger.WITHDRAW, {"reasons": "a mistake"})
    assert told(register.case, withdrawn) == frozenset()
    assert seen_by(register.case, ONE).penalty_decisions == ()


def test_a_service_of_a_penalty_decision_that_failed_is_told_to_nobody_before_one_that_did_not() -> None:
    register = adopted_penalty()
    failed = {"addressee": 1, "attempted_on": "2023-05-10", "channel": "registered_letter", "outcome": "not_found"}
    (event,) = register.on("2023-05-10").move(REGISTRAR, Trigger.RECORD_FAILED_SERVICE, failed)
    assert told(register.case, event) == frozenset()


@pytest.mark.parametrize("state", [each for each in DebtState if each is not DebtState.ABSENT])
def test_how_a_debt_is_collected_is_internal(state: DebtState) -> None:
    register = owing()
    held = replace(register.debt(), state=state, collected_by="INWARD", deferred_to=date(2024, 1, 1))
    (seen,) = seen_by(with_debt(register.case, held), ONE).debts
    shown = {DebtState.PENDING, DebtState.DUE, DebtState.PARTLY_PAID, DebtState.PAID} | {
        DebtState.REFUND_DUE,
        DebtState.REFUNDED,
        DebtState.CANCELLED,
    }
    assert seen.state is (state if state in shown else DebtState.DUE)
    assert (seen.amount, seen.due_by, seen.deferred_to) == (held.amount, held.due_by, None)
    assert "INWARD" not in words(seen_by(with_debt(register.case, held), ONE))


def test_interest_is_there_once_something_was_paid_of_it() -> None:
    register = owing()
    main = register.debt()
    interest = replace(main, id="interest", n=2, source_kind=SubjectKind.DEBT, source=main.id, payments=())
    case = replace(register.case, debts=(main, interest), versions={**register.case.versions, "interest": 1})
    assert [each.n for each in seen_by(case, ONE).debts] == [1]
    register.on("2022-11-01").pay("10.00", on="2022-11-01")
    paid = replace(interest, payments=register.debt().payments)
    assert [each.n for each in seen_by(replace(case, debts=(main, paid)), ONE).debts] == [1, 2]


def test_a_filing_is_its_partys_alone_and_its_assessment_is_not_shown() -> None:
    register = two()
    claims = {"received_on": "2022-10-25", "claims": [{"limb": 1, "met_on": "2022-10-24"}]}
    register.pull(REGISTRAR, Trigger.RECORD_REPORT, register.order(1), claims)
    (filed,) = register.case.filings
    finding: Any = ("INWARD",)
    case = replace(register.case, filings=(replace(filed, findings=finding),))
    (seen,) = seen_by(case, ONE).filings
    assert (seen.claims, seen.findings, seen.state.value) == (filed.claims, (), "received")
    assert seen_by(case, TWO).filings == ()
