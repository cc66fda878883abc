"""The step that proposes finality: when every window to appeal and the regime's grace after it are over."""

from workflow.law.regime import Regime
from workflow.lifecycle.facts import CaseFacts, Decision, PenaltyDecision
from workflow.lifecycle.kernel.step import Step, a_step
from workflow.lifecycle.penalty_decision.sums import basis_gone
from workflow.lifecycle.proceedings.served import AdoptedAct, can_be_final_on, subject_of, window_ends
from workflow.lifecycle.vocabulary import DecisionState, Form, PenaltyDecisionState, Trigger

_STANDING = frozenset({DecisionState.ADOPTED, PenaltyDecisionState.ADOPTED, PenaltyDecisionState.REDUCED})


def finality_step(case: CaseFacts, act: AdoptedAct, rules: Regime) -> Step | None:
    """Propose that an act is final; a formal notice never is, nor a penalty whose basis is gone.

    Its key hangs on the end of the last window.
    """
    if act.state not in _STANDING or (isinstance(act, Decision) and act.form is Form.FORMAL_NOTICE):
        return None
    if isinstance(act, PenaltyDecision) and basis_gone(case, act) is not None:
        return None
    due_on = can_be_final_on(case, act, rules)
    if due_on is None:
        return None
    due_on = max(due_on, *(ruling.ruled_on for ruling in act.rulings)) if act.rulings else due_on
    n = len(act.rulings) + 1
    step = a_step(subject_of(act), Trigger.PROPOSE_FINALITY, max(window_ends(case, act, rules)), n, due_on, rules)
    return None if step.key in act.steps_done else step
