"""What the operative part of a decision would mean, read before anybody adopts it: dates, sums, and open questions.

Every date is computed as it would be on service; nothing is written, and nothing is decided by it.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from workflow.law.calendar import calendar
from workflow.law.days import day_before, year_from
from workflow.law.invalid import InvalidRequest
from workflow.law.ladder import assessment_day
from workflow.law.regime import Regime
from workflow.lifecycle.facts import CaseFacts, Clause, Decision, Order
from workflow.lifecycle.facts.frozen import frozen, replace
from workflow.lifecycle.order.period import Clock, start_clock
from workflow.lifecycle.penalty_clause import accrual
from workflow.lifecycle.vocabulary import OrderState


@frozen
class OrderReading:
    """An order as if served on a day: its clock, by when proof is due, and what is left open."""

    order: Order
    served_on: date
    clock: Clock
    proof_by: date
    questions: tuple[str, ...]


@frozen
class ClauseReading:
    """A clause as if nothing were complied with: first late day, first assessment, the cost of a first year."""

    clause: Clause
    first_late_day: date | None
    assessed_on: date | None
    year_to: date | None
    year: Any
    questions: tuple[str, ...]


def read_order(order: Order, served_on: date, rules: Regime) -> OrderReading:
    """What an order means when it is served on a day."""
    clock = start_clock(order, served_on, rules)
    proof_by = order.evidence_by or clock.last_day
    return OrderReading(order, served_on, clock, proof_by, tuple(_of_order(order, clock.last_day, rules)))


def read_clause(case: CaseFacts, decision: Decision, clause: Clause, served_on: date, rules: Regime) -> ClauseReading:
    """What a clause means when the decision is served on all addressees on a day, and no order is ever met."""
    served = replace(decision, orders=tuple(_served(order, served_on, rules) for order in decision.orders))
    late = accrual.lateness(case, served, clause)
    questions = tuple(_of_clause(served, clause))
    if late.start is None:
        return ClauseReading(clause, None, None, None, None, questions)
    year_to = day_before(year_from(late.start))
    try:
        stated = accrual.statement(case, late, clause, year_to, rules)
    except InvalidRequest as refused:
        why = "; ".join(error.problem for error in refused.errors)
        questions = (f"No penalty can be computed under it: {why}. What is meant?", *questions)
        stated = None
    assessed_on = assessment_day(late.start, clause.assess_after, None, 1)
    return ClauseReading(clause, late.start, assessed_on, year_to, stated, questions)


def _served(order: Order, served_on: date, rules: Regime) -> Order:
    clock = start_clock(order, served_on, rules)
    return replace(
        order,
        state=OrderState.IN_FORCE,
        starts_on=served_on,
        last_day=clock.last_day,
        first_late_day=clock.first_late_day,
    )


def _of_order(order: Order, last_day: date, rules: Regime) -> Iterator[str]:
    if order.period is None and order.comply_by_fixed is None:
        yield "The order names no period and no date, so it is due on the day of service. Is that meant?"
    roll = rules.clocks["compliance"].cited.get("roll")
    if order.period is not None and order.roll is None and roll is not None and not roll.verified:
        yield f"Whether the last day rolls is not settled: {rules.id} says {roll.value} ({roll.ref}). Fix `roll` here?"
    if not calendar(rules.calendar).is_working(last_day):
        yield f"Served on that day, the last day, {last_day}, is no working day. Does it stand?"
    if order.evidence_by is None:
        yield "By when must proof arrive? Nothing is said, so by the last day."
    elif order.evidence_by < last_day:
        yield f"Proof is due on {order.evidence_by}, before the last day, {last_day}. Is that meant?"
    if order.after:
        numbers = " and ".join(map(str, order.after))
        yield f"It comes after order {numbers}, yet both periods run from service. Is there time for both in turn?"


def _of_clause(decision: Decision, clause: Clause) -> Iterator[str]:
    last_days = {order.last_day for order in decision.covered_by(clause)}
    if len(last_days) > 1:
        yield "The orders it covers end on different days; the penalty starts with the earliest. Is that meant?"
    if clause.per != "P1D" and clause.partial_unit is None:
        yield f"Does a started unit of {clause.per} count? Nothing is said, so only completed ones do."
    if clause.cap is None:
        yield "Is there an amount, or a day, above which nothing more accrues? None is named."
    if clause.assess_every is None:
        yield f"It is assessed once, {clause.assess_after} after the first late day. Who looks at the days after that?"
    if len(clause.covers) > 1:
        yield "One penalty covers several orders: days late are counted once, however many are unmet. Is that meant?"
