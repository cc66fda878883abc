"""What falls due next, derived from facts: the steps of the ladder with their keys and days.

A step's key is `subject kind/subject id/trigger/anchor/n`: the anchor is the legal date it is counted from, n tells
reminders and slices apart. When a fact moves the anchor, the key changes, and the old key is due no more.
"""

from collections.abc import Iterator
from datetime import date, datetime

from workflow.law.ladder import assessment_day, day_after, day_before, far_after, reminder_days
from workflow.law.period import start_of_day
from workflow.law.regime import Regime, regime
from workflow.lifecycle import accrual
from workflow.lifecycle.events import Subject
from workflow.lifecycle.facts import CaseFacts, Clause, Decision, Order
from workflow.lifecycle.frozen import frozen
from workflow.lifecycle.vocabulary import OrderState, SubjectKind, Trigger


@frozen
class Step:
    """A step of the ladder: what to do to which thing, from which local day on.

    `due_at` is the instant at which that day begins in the authority's zone. `skipped` are the days of earlier
    reminders that this one stands for.
    """

    subject: Subject
    trigger: Trigger
    key: str
    n: int
    due_on: date
    due_at: datetime
    skipped: tuple[date, ...] = ()


def earliest_steps(case: CaseFacts, today: date | None = None) -> list[Step]:
    """The earliest open step of each thing in the case; a thing without one is not in the list.

    Without `today` every reminder not yet sent is waiting for its day. On a given day, of several missed reminders
    only the latest is open, and after the last day none is: expiry is.
    """
    return [step for decision in case.decisions for step in _steps(case, decision, today) if step is not None]


def _steps(case: CaseFacts, decision: Decision, today: date | None) -> Iterator[Step | None]:
    if decision.regime is None:
        return
    rules = regime(decision.regime)
    for order in decision.orders:
        yield order_step(order, rules, today)
    for clause in decision.clauses:
        yield clause_step(case, decision, clause, rules)


def step_of(case: CaseFacts, subject: Subject, today: date) -> Step | None:
    """The earliest open step of one thing, as it stands on this day; it may lie ahead."""
    for decision in case.decisions:
        if decision.regime is None:
            continue
        rules = regime(decision.regime)
        for order in decision.orders:
            if order.id == subject.id:
                return order_step(order, rules, today)
        for clause in decision.clauses:
            if clause.id == subject.id:
                return clause_step(case, decision, clause, rules)
    return None


def order_step(order: Order, rules: Regime, today: date | None) -> Step | None:
    """The next reminder of an order in force, or the record of its expiry on the day after its last day."""
    if order.state is not OrderState.IN_FORCE or order.starts_on is None or order.last_day is None:
        return None
    subject = Subject(SubjectKind.ORDER, order.id)
    waiting = [
        (n, day)
        for n, day in reminder_days(order.starts_on, order.last_day, rules.ladder.remind_days_before)
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
        return _step(subject, Trigger.REMIND, order.last_day, n, day, rules, skipped)
    return _step(subject, Trigger.RECORD_EXPIRY, order.last_day, 1, day_after(order.last_day), rules)


def unsent_reminders(order: Order, rules: Regime) -> tuple[date, ...]:
    """The days of the reminders that were not sent: the expiry names them."""
    if order.starts_on is None or order.last_day is None:
        return ()
    return tuple(
        day
        for n, day in reminder_days(order.starts_on, order.last_day, rules.ladder.remind_days_before)
        if n not in order.reminded
    )


def clause_step(case: CaseFacts, decision: Decision, clause: Clause, rules: Regime) -> Step | None:
    """The next slice to propose: the first n not yet done whose days hold late ones that are not fixed."""
    late = accrual.lateness(case, decision, clause)
    if late.start is None or late.unfixed is None:
        return None
    subject = Subject(SubjectKind.PENALTY_CLAUSE, clause.id)
    for n, day in _slices(clause, late.start):
        last = late.capped(day_before(day))
        if last < late.unfixed:
            continue
        step = _step(subject, Trigger.PROPOSE_PENALTY, late.start, n, day, rules)
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


def _slices(clause: Clause, start: date) -> Iterator[tuple[int, date]]:
    n = 1
    while (day := assessment_day(start, clause.assess_after, clause.assess_every, n)) is not None:
        yield n, day
        n += 1


def _step(
    subject: Subject,
    trigger: Trigger,
    anchor: date,
    n: int,
    due_on: date,
    rules: Regime,
    skipped: tuple[date, ...] = (),
) -> Step:
    key = f"{subject.kind}/{subject.id}/{trigger}/{anchor}/{n}"
    return Step(subject, trigger, key, n, due_on, start_of_day(due_on, rules.timezone), skipped)
