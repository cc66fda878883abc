"""The step of a penalty decision while its party is heard: the day after the window is over."""

from workflow.law.days import day_after
from workflow.law.regime import Regime
from workflow.lifecycle.facts import PenaltyDecision
from workflow.lifecycle.kernel.step import Step, a_step
from workflow.lifecycle.vocabulary import PenaltyDecisionState, Trigger


def observations_step(penalty: PenaltyDecision, rules: Regime) -> Step | None:
    """The end of the window for observations; none where the party waived the rest of it."""
    grounds = penalty.grounds
    if penalty.state is not PenaltyDecisionState.GROUNDS_NOTIFIED or grounds is None or grounds.waived_on is not None:
        return None
    subject = penalty.subject
    ends = grounds.window_ends_on
    n = 1 + sum(1 for key in penalty.steps_done if f"/{Trigger.OBSERVATIONS_CLOSED}/{ends}/" in key)
    if grounds.closed_on is not None:
        return None
    return a_step(subject, Trigger.OBSERVATIONS_CLOSED, ends, n, day_after(ends), rules)
