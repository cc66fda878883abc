"""Late days and sums one day at a time, without a span, a fraction or a calculator: what the fast way must equal."""

from collections.abc import Collection
from datetime import date, timedelta

from workflow.lifecycle.facts import CaseFacts, Clause, Decision, PenaltyDecision


def late_days(decision: Decision, clause: Clause, until: date) -> list[date]:
    """Each day up to and including this one on which an order of the clause is unmet."""
    found = []
    day = date(2022, 10, 1)
    while day <= until:
        if _is_late(decision, clause, day):
            found.append(day)
        day += timedelta(days=1)
    return found


def _is_late(decision: Decision, clause: Clause, day: date) -> bool:
    if clause.accrues_from_on is not None and day < clause.accrues_from_on:
        return False
    if clause.cap is not None and clause.cap.until is not None and day > clause.cap.until:
        return False
    for order in decision.orders:
        if order.n not in clause.covers or order.last_day is None or day <= order.last_day:
            continue
        if order.complied_on is None or day < order.complied_on:
            return True
    return False


def reserved_days(penalties: Collection[PenaltyDecision]) -> list[date]:
    """Each day that a penalty decision has reserved; a day reserved twice stands here twice."""
    return [
        penalty.from_ + timedelta(days=n) for penalty in penalties for n in range((penalty.to - penalty.from_).days + 1)
    ]


def slow_sum(case: CaseFacts, clause: Clause, first: date, last: date) -> tuple[int, int]:
    """Units and minor units of a daily clause from one day to another, both included, less what is fixed.

    Rank k of a late day costs the rate as long as k rates stay below the cap.
    """
    decision, _ = case.clause(clause.id)
    fixed = set(reserved_days(case.penalties_of(clause.id)))
    units = total = spent = 0
    for rank, day in enumerate(late_days(decision, clause, last), start=1):
        if clause.cap is not None and clause.cap.units is not None and rank > clause.cap.units:
            break
        cost = clause.rate.minor
        if clause.cap is not None and clause.cap.amount is not None:
            cost = min(cost, clause.cap.amount.minor - spent)
        if cost <= 0:
            break
        spent += cost
        if first <= day and day not in fixed:
            units += 1
            total += cost
    return units, total
