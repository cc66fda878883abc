"""The review list: what rests on facts that are others now, and what would settle it."""

from datetime import date

from tests.support.penalties import Penalties, adopted_penalty, as_penalties, deliberated, taken_up
from tests.support.register import DECIDER, FINE, REGISTRAR, adopted, served
from workflow.law.money import Money
from workflow.lifecycle.debt.effects import DebtAdjusted
from workflow.lifecycle.facts import Debt
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.tree import with_decision, with_order, with_penalty
from workflow.lifecycle.penalty_decision.correction import PenaltyReduced
from workflow.lifecycle.penalty_decision.outcomes import PenaltyDeclaredVoid
from workflow.lifecycle.reading.messages import told
from workflow.lifecycle.reading.review import Doubt, ReviewEntry, review
from workflow.lifecycle.vocabulary import (
    DebtKind,
    DebtState,
    DecisionState,
    OrderState,
    PenaltyDecisionState,
    Retroactivity,
    SubjectKind,
    Trigger,
)

WHY = {"reasons": "the body's reasons"}
EUR = "EUR"


def of(doubt: Doubt, register: Penalties) -> list[ReviewEntry]:
    """The entries of one doubt."""
    return [each for each in review(register.case, register.today) if each.doubt is doubt]


def moved(register: Penalties, last_day: str) -> None:
    """As if the clock of the first order ended on another day, whatever was done about it."""
    (decision,) = register.case.decisions
    order = replace(decision.order(1), last_day=date.fromisoformat(last_day))
    register.facts = with_order(register.case, decision, order)


def test_nothing_is_listed_while_the_facts_stand() -> None:
    for make in (taken_up, deliberated, adopted_penalty):
        register = make()
        assert review(register.case, register.today) == []


def test_an_expiry_recorded_before_the_last_day_is_listed() -> None:
    register = as_penalties(served().on("2022-12-20"))
    register.sweep()
    moved(register, "2022-12-19")
    assert of(Doubt.EXPIRY, register) == []
    moved(register, "2022-12-26")
    (entry,) = of(Doubt.EXPIRY, register)
    assert entry.why == (
        "The expiry of order 1 was recorded for the last day 2022-12-19; its last day is 2022-12-26 now."
    )
    assert (entry.subject, entry.ways_out[0].trigger) == (register.order(1), Trigger.RECORD_EXPIRY)


def test_a_reminder_that_by_the_present_last_day_is_still_to_come_is_listed() -> None:
    register = as_penalties(served().on("2022-12-18"))
    register.sweep()
    assert of(Doubt.REMINDER, register) == []
    moved(register, "2023-01-19")
    (entry,) = of(Doubt.REMINDER, register)
    assert entry.why == "Reminder 3 of order 1 named an earlier last day; it is 2023-01-19 now."
    register.on("2023-01-18")
    assert of(Doubt.REMINDER, register) == []


def test_an_order_not_served_has_nothing_to_look_at() -> None:
    register = adopted()
    assert review(register.case, register.today) == []


def a_debt(register: Penalties, source: str, kind: SubjectKind, minor: int) -> Debt:
    """A debt of this sum from a source, as if nobody had adjusted it."""
    debt = Debt(
        id="debt",
        n=1,
        kind=DebtKind.FINE if kind is SubjectKind.DECISION else DebtKind.PENALTY,
        source_kind=kind,
        source=source,
        addressee=1,
        amount=Money(minor, EUR),
        state=DebtState.DUE,
        arose_on=register.today,
    )
    register.facts = replace(register.case, debts=(debt,))
    return debt


def test_a_debt_above_what_its_penalty_decision_fixes_is_listed() -> None:
    register = adopted_penalty()
    penalty = register.held_penalty()
    debt = a_debt(register, penalty.id, SubjectKind.PENALTY_DECISION, 520_000_000)
    assert of(Doubt.DEBT, register) == []
    register.facts = with_penalty(register.case, replace(penalty, fixed=Money(450_000_000, EUR)))
    (entry,) = of(Doubt.DEBT, register)
    assert entry.why == "Debt 1 is of EUR 5200000.00; the act it arose from fixes EUR 4500000.00 now."
    register.facts = with_penalty(register.case, replace(penalty, state=PenaltyDecisionState.WITHDRAWN))
    assert [each.changed[0].now for each in of(Doubt.DEBT, register)] == [{"amount": "0.00", "currency": EUR}]
    register.facts = replace(register.case, debts=(replace(debt, state=DebtState.REFUNDED),))
    assert of(Doubt.DEBT, register) == []


def test_a_debt_above_the_fine_is_listed() -> None:
    register = as_penalties(served(fine=FINE))
    (decision,) = register.case.decisions
    debt = a_debt(register, decision.id, SubjectKind.DECISION, 2_000_000_000)
    assert of(Doubt.DEBT, register) == []
    for changed in (
        replace(decision, fine_after_rulings=Money(1, EUR)),
        replace(decision, state=DecisionState.ANNULLED),
        replace(decision, withdrawn_as=Retroactivity.EX_TUNC),
    ):
        before = register.case
        register.facts = with_decision(before, changed)
        assert len(of(Doubt.DEBT, register)) == 1
        register.facts = before
    interest = replace(debt, kind=DebtKind.INTEREST, source_kind=SubjectKind.DEBT, source=debt.id)
    register.facts = replace(register.case, debts=(interest,))
    assert of(Doubt.DEBT, register) == []


def test_what_an_annulled_decision_leaves_is_void_and_its_debt_given_back() -> None:
    register = adopted_penalty()
    service = {"addressee": 1, "served_on": "2023-04-13", "channel": "registered_letter"}
    register.move(REGISTRAR, Trigger.RECORD_SERVICE, service)
    (decision,) = register.case.decisions
    order = replace(decision.order(1), state=OrderState.ANNULLED, annulled_on=register.today)
    register.facts = with_order(register.case, decision, order)
    (entry,) = of(Doubt.SUM, register)
    assert entry.ways_out[0].trigger is Trigger.DECLARE_VOID
    events = register.move(DECIDER, Trigger.DECLARE_VOID, WHY)
    assert [event.type for event in events] == [PenaltyDeclaredVoid.type, DebtAdjusted.type]
    assert register.case.debts_of(register.penalty().id)[0].state is DebtState.CANCELLED
    assert review(register.case, register.today) == []


def test_a_sum_replaced_or_withdrawn_after_service_moves_the_debt() -> None:
    service = {"addressee": 1, "served_on": "2023-04-13", "channel": "registered_letter"}
    for trigger, owed in ((Trigger.REPLACE_SUM, "4500000.00"), (Trigger.WITHDRAW, "0.00")):
        register = adopted_penalty()
        register.move(REGISTRAR, Trigger.RECORD_SERVICE, service)
        register.comply(1, "2023-02-03")
        assert len(of(Doubt.SUM, register)) == 1
        events = register.move(DECIDER, trigger, WHY)
        assert events[-1].type == DebtAdjusted.type
        assert register.case.debts_of(register.penalty().id)[0].amount.amount == owed
        assert review(register.case, register.today) == []
        assert told(register.case, events[0]) == frozenset({1})


def test_of_a_sum_replaced_before_its_service_nobody_is_told() -> None:
    register = adopted_penalty()
    register.comply(1, "2023-02-03")
    (event,) = register.move(DECIDER, Trigger.REPLACE_SUM, WHY)
    assert event.type == PenaltyReduced.type
    assert told(register.case, event) == frozenset()


def test_the_party_is_told_of_the_grounds() -> None:
    register = taken_up().on("2023-02-15")
    (event,) = register.notify()
    assert told(register.case, event) == frozenset({1})
