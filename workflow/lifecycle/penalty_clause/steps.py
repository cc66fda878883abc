"""The steps of a penalty clause: the slices of late days that are proposed as penalties."""

from collections.abc import Iterator, Sequence
from datetime import date

from workflow.law.days import day_before
from workflow.law.intervals import past
from workflow.law.ladder import assessment_day, far_after, slice_from
from workflow.law.regime import Regime
from workflow.lifecycle.facts import CaseFacts, Clause, Decision
from workflow.lifecycle.kernel.step import Step, a_step
from workflow.lifecycle.order.unmet import Gap, suspended_days
from workflow.lifecycle.penalty_clause.accrual import has_units, lateness
from workflow.lifecycle.vocabulary import ClauseState, FilingKind, OrderState, Trigger


def clause_step(case: CaseFacts, decision: Decision, clause: Clause, rules: Regime) -> Step | None:
    """The next slice to propose: the first n not yet done whose days hold late ones that are not fixed."""
    late = lateness(case, decision, clause)
    if late.start is None or late.unfixed is None or waits(case, decision, clause):
        return None
    subject = clause.subject
    suspended = (clause.suspensions, *(order.suspensions for order in decision.covered_by(clause)))
    gaps = [gap for suspensions in suspended for gap in suspended_days(suspensions)]
    for n, fixed in _slices(clause, late.start, late.unfixed, gaps):
        day = past(fixed, gaps)
        if day is None:
            return None
        last = late.capped(day_before(day))
        if last < late.unfixed:
            continue
        step = a_step(subject, Trigger.PROPOSE_PENALTY, late.start, n, day, rules, found=late)
        if step.key in clause.steps_done:
            continue
        if not late.holds_late_days(late.unfixed, last):
            if late.lasts_after(last):
                continue
            return None
        if has_units(case, late, clause, last, rules):
            return step
        if not has_units(case, late, clause, far_after(day), rules):
            return None
    return None


def waits(case: CaseFacts, decision: Decision, clause: Clause) -> bool:
    """Whether no penalty is proposed for now: a suspension runs, or a compliance report must be assessed first."""
    covered = decision.covered_by(clause)
    if clause.state is ClauseState.SUSPENDED or any(order.state is OrderState.SUSPENDED for order in covered):
        return True
    filed = (filing for order in covered for filing in case.filings_on(order.id))
    return any(filing.waits and filing.kind is FilingKind.COMPLIANCE_REPORT for filing in filed)


def _slices(clause: Clause, start: date, unfixed: date, gaps: Sequence[Gap]) -> Iterator[tuple[int, date]]:
    """Number and day of each slice that may end on the first unfixed day or later: a suspension moves a day ahead."""
    reached = min([unfixed, *(begin for begin, end in gaps if end is None or unfixed <= end)])
    n = slice_from(start, clause.assess_after, clause.assess_every, reached)
    while (day := assessment_day(start, clause.assess_after, clause.assess_every, n)) is not None:
        yield n, day
        n += 1
