"""What a penalty rests on: its decision, its clause and the orders that the clause covers."""

from workflow.lifecycle.facts import CaseFacts, Clause, Decision, PenaltyDecision
from workflow.lifecycle.vocabulary import ClauseState, DecisionState, OrderState, Retroactivity


def basis_gone(case: CaseFacts, penalty: PenaltyDecision) -> str | None:
    """What the penalty decision rested on and rests on no more, in words; None while its basis stands."""
    decision, clause = case.clause(penalty.clause)
    if decision.state is DecisionState.ANNULLED or decision.withdrawn_as is Retroactivity.EX_TUNC:
        return f"decision {decision.reference} is {decision.state}"
    if clause.state is ClauseState.ANNULLED or clause.ended_as is Retroactivity.EX_TUNC:
        return f"penalty clause {clause.n} is {clause.state}"
    return _orders_gone(decision, clause)


def _orders_gone(decision: Decision, clause: Clause) -> str | None:
    """Why no order of the clause binds any more, as if none ever had."""
    covered = decision.covered_by(clause)
    for order in covered:
        never = order.state is OrderState.ANNULLED or order.ended_as is Retroactivity.EX_TUNC
        if not never and any(limb.annulled_on is None for limb in order.limbs):
            return None
    numbers = " and ".join(str(order.n) for order in covered)
    return f"order {numbers} under clause {clause.n} fell away from the beginning"
