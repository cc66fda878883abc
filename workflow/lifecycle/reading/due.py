"""What falls due next, derived from facts: the steps of the ladder with their keys and days.

A step's key is `subject kind/subject id/trigger/anchor/n`: the anchor is the legal date it is counted from, n tells
reminders and slices apart. When a fact moves the anchor, the key changes, and the old key is due no more.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from workflow.law.days import day_after, day_before
from workflow.law.intervals import past
from workflow.law.ladder import assessment_day, far_after, reminder_days, slice_from
from workflow.law.regime import Regime, regime
from workflow.lifecycle.debt.steps import debt_steps
from workflow.lifecycle.facts import CaseFacts, Clause, Decision, Order
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.step import Step, a_step
from workflow.lifecycle.order.lapse import lapse_step
from workflow.lifecycle.order.unmet import Gap, stays
from workflow.lifecycle.penalty_clause import accrual
from workflow.lifecycle.penalty_decision.hearing_steps import observations_step
from workflow.lifecycle.proceedings.finality import finality_step
from workflow.lifecycle.vocabulary import CaseState, ClauseState, FilingKind, OrderState, Trigger


def earliest_steps(case: CaseFacts, today: date | None = None) -> list[Step]:
    """The earliest open step of each thing in the case; a thing without one is not in the list.

    Without `today` every reminder not yet sent is waiting for its day. On a given day, of several missed reminders
    only the latest is open, and after the last day none is: expiry is.
    """
    return [step for step in _steps(case, today) if step is not None]


def step_of(case: CaseFacts, subject: Subject, today: date) -> Step | None:
    """The earliest open step of one thing, as it stands on this day; it may lie ahead."""
    return next((step for step in _steps(case, today, subject.id) if step is not None), None)


def _steps(case: CaseFacts, today: date | None, only: str | None = None) -> Iterator[Step | None]:
    """The step of each thing that may have one, or of the one with this id alone."""
    if case.state is CaseState.CLOSED:
        return
    for decision in case.decisions:
        if decision.regime is None:
            continue
        rules = regime(decision.regime)
        if only in (None, decision.id):
            yield finality_step(case, decision, rules)
        for order in decision.orders:
            if only in (None, order.id):
                yield order_step(order, rules, today)
        for clause in decision.clauses:
            if only in (None, clause.id):
                yield clause_step(case, decision, clause, rules)
        for penalty in case.penalty_decisions:
            if penalty.decision == decision.id and only in (None, penalty.id):
                yield observations_step(penalty, rules) or finality_step(case, penalty, rules)
    yield from debt_steps(case, only)


def order_step(order: Order, rules: Regime, today: date | None) -> Step | None:
    """What comes first in the time of an order: a reminder or the record of its expiry, or its lapse."""
    steps = [step for step in (_period_step(order, rules, today), lapse_step(order, rules)) if step is not None]
    return min(steps, key=lambda step: step.due_on, default=None)


def _period_step(order: Order, rules: Regime, today: date | None) -> Step | None:
    """The next reminder of an order in force, or the record of its expiry on the day after its last day."""
    if order.state is not OrderState.IN_FORCE or order.starts_on is None or order.last_day is None:
        return None
    subject = order.subject
    waiting = [
        (n, day)
        for n, day in _reminders(order, order.starts_on, order.last_day, rules)
        if n > max(order.reminded, default=0)
    ]
    if today is not None:
        missed = [(n, day) for n, day in waiting if day <= today]
        waiting = [] if today > order.last_day else (missed[-1:] or waiting)
        skipped = tuple(day for _, day in missed[:-1])
    else:
        skipped = ()
    if waiting:
        n, day = waiting[0]
        return a_step(subject, Trigger.REMIND, order.last_day, n, day, rules, skipped)
    due_on = past(day_after(order.last_day), stays(order.suspensions))
    return a_step(subject, Trigger.RECORD_EXPIRY, order.last_day, 1, due_on, rules) if due_on is not None else None


def unsent_reminders(order: Order, rules: Regime) -> tuple[date, ...]:
    """The days of the reminders that were not sent: the expiry names them."""
    if order.starts_on is None or order.last_day is None:
        return ()
    reminders = _reminders(order, order.starts_on, order.last_day, rules)
    return tuple(day for n, day in reminders if n not in order.reminded)


def _reminders(order: Order, starts_on: date, last_day: date, rules: Regime) -> list[tuple[int, date]]:
    """Number and day of each reminder there is: after the last day was given, and in no stay."""
    gaps = stays(order.suspensions)
    numbered = reminder_days(order.clock_set_on or starts_on, last_day, rules.ladder.remind_days_before)
    return [(n, day) for n, day in numbered if past(day, gaps) == day]


def clause_step(case: CaseFacts, decision: Decision, clause: Clause, rules: Regime) -> Step | None:
    """The next slice to propose: the first n not yet done whose days hold late ones that are not fixed."""
    late = accrual.lateness(case, decision, clause)
    if late.start is None or late.unfixed is None or waits(case, decision, clause):
        return None
    subject = clause.subject
    stayed = (clause.suspensions, *(order.suspensions for order in decision.covered_by(clause)))
    gaps = [gap for suspensions in stayed for gap in stays(suspensions)]
    for n, fixed in _slices(clause, late.start, late.unfixed, gaps):
        day = past(fixed, gaps)
        if day is None:
            return None
        last = late.capped(day_before(day))
        if last < late.unfixed:
            continue
        step = a_step(subject, Trigger.PROPOSE_PENALTY, late.start, n, day, rules, lateness=late)
        if step.key in clause.steps_done:
            continue
        if not late.holds_late_days(late.unfixed, last):
            if late.lasts:
                continue
            return None
        if accrual.has_units(case, late, clause, last, rules):
            return step
        if not accrual.has_units(case, late, clause, far_after(day), rules):
            return None
    return None


def waits(case: CaseFacts, decision: Decision, clause: Clause) -> bool:
    """Whether no penalty is proposed for now: a stay runs, or a compliance report must be assessed first."""
    covered = decision.covered_by(clause)
    if clause.state is ClauseState.SUSPENDED or any(order.state is OrderState.SUSPENDED for order in covered):
        return True
    filed = (filing for order in covered for filing in case.filings_on(order.id))
    return any(filing.waits and filing.kind is FilingKind.COMPLIANCE_REPORT for filing in filed)


def _slices(clause: Clause, start: date, unfixed: date, gaps: Sequence[Gap]) -> Iterator[tuple[int, date]]:
    """Number and day of each slice that may end on the first unfixed day or later: a stay moves a day ahead."""
    reached = min([unfixed, *(begin for begin, end in gaps if begin <= unfixed and (end is None or unfixed <= end))])
    n = slice_from(start, clause.assess_after, clause.assess_every, reached)
    while (day := assessment_day(start, clause.assess_after, clause.assess_every, n)) is not None:
        yield n, day
        n += 1
