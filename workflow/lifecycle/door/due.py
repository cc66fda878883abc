"""What falls due next, derived from facts: the steps of the ladder with their keys and days.

A step's key is `subject kind/subject id/trigger/anchor/n`: the anchor is the legal date it is counted from, n tells
reminders and slices apart. When a fact moves the anchor, the key changes, and the old key is due no more.
"""

from collections.abc import Iterator
from datetime import date

from workflow.law.regime import regime
from workflow.lifecycle.debt.steps import debt_steps
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.step import Step
from workflow.lifecycle.order.steps import order_step
from workflow.lifecycle.penalty_clause.steps import clause_step
from workflow.lifecycle.penalty_decision.hearing import observations_step
from workflow.lifecycle.proceedings.finality import finality_step
from workflow.lifecycle.vocabulary import CaseState


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
