"""When a penalty can be proposed."""

from workflow.lifecycle import accrual
from workflow.lifecycle.facts import Clause
from workflow.lifecycle.refusals import Denial
from workflow.lifecycle.rules import Guard, Situation


def _late_days_unfixed(at: Situation) -> Denial | None:
    clause: Clause = at.thing
    decision, _ = at.case.clause(clause.id)
    late = at.workings["lateness"] = accrual.lateness(at.case, decision, clause)
    if late.start is None:
        return Denial(
            detail="No order under this clause is in force, so no day can be late.",
            reference="the clock starts at service",
            satisfied_by="record service first",
            who=("registrar",),
        )
    last = accrual.slice_end(at)
    if last >= at.today:
        return Denial(
            detail=f"The slice would end on {last}, a day that is not over.",
            reference="a slice ends on a day that is over",
            satisfied_by=f"an assessed_to before {at.today}",
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


LATE_DAYS_UNFIXED = Guard("late_days_unfixed", _late_days_unfixed)
