"""When a penalty can be proposed, and on which day an act on it can be dated."""

from datetime import date
from typing import Any

from workflow.law.days import day_before
from workflow.lifecycle.facts import Clause, Decision, PenaltyDecision
from workflow.lifecycle.kernel.guards import over_after
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.penalty_clause import accrual
from workflow.lifecycle.penalty_clause.accrual import Lateness
from workflow.lifecycle.penalty_decision.contents import ProposalContent


def _late_days_unfixed(at: Situation[Any, Any]) -> Denial | None:
    clause: Clause = at.thing
    decision, _ = at.case.clause(clause.id)
    late: Lateness = at.workings.get("lateness") or accrual.lateness(at.case, decision, clause)
    at.workings["lateness"] = late
    if late.start is None:
        return _never_late(decision, clause)
    last = at.workings["last"] = _slice_end(at, late)
    if last >= at.effective_on:
        return Denial(
            detail=f"The slice would end on {last}, which is not over on {at.effective_on}, the day of this proposal.",
            reference="a slice ends on a day that is over",
            satisfied_by=f"an assessed_to before {at.effective_on}",
        )
    stated = at.workings["statement"] = accrual.statement(at.case, late, clause, last, at.regime)
    if stated is not None and stated["result"]["units"] > 0:
        return None
    return Denial(
        detail=f"Up to {last} no late day is left to fix: the first late day is {late.start}, and what was late since "
        "is reserved by an earlier penalty decision or lies beyond the cap.",
        reference="no day is fixed twice",
        satisfied_by="wait for further late days",
    )


def _slice_end(at: Situation[Any, Any], late: Lateness) -> date:
    """The last day a proposal assesses: what the officer named, else the day before its legal date.

    A step has its own day as its legal date. The slice ends sooner where later days are reserved.
    """
    content = at.command.content
    named = content.assessed_to if at.step is None and isinstance(content, ProposalContent) else None
    return late.capped(named or day_before(at.effective_on))


def _never_late(decision: Decision, clause: Clause) -> Denial:
    if any(order.starts_on is not None for order in decision.covered_by(clause)):
        return Denial(
            detail="Every order in force under this clause was complied with in time, so no day is late.",
            reference="the last day still counts, and the day of compliance is not late",
            satisfied_by="nothing: there is no delay to penalise",
        )
    return Denial(
        detail="No order under this clause is in force, so no day can be late.",
        reference="the clock starts at service",
        satisfied_by="record service first",
        who=("registrar",),
    )


def _slice_is_over(at: Situation[Any, Any]) -> Denial | None:
    """No act on a penalty decision is dated before the days it is about are over."""
    penalty: PenaltyDecision = at.thing
    if at.effective_on > penalty.to:
        return None
    way_out, open_on = over_after(at, penalty.to)
    return Denial(
        detail=f"The act is dated {at.effective_on}; the slice it is about ends on {penalty.to}.",
        reference="a slice ends on a day that is over",
        satisfied_by=way_out,
        open_on=open_on,
    )


SLICE_IS_OVER = Guard("slice_is_over", _slice_is_over)
LATE_DAYS_UNFIXED = Guard("late_days_unfixed", _late_days_unfixed)
