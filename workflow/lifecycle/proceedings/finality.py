"""Finality: proposed once every window to appeal and the regime's grace are over, and recorded with proof."""

from datetime import date
from typing import Any

from workflow.law.regime import Regime
from workflow.lifecycle.debt import effects as debt_effects
from workflow.lifecycle.facts import AdoptedAct, CaseFacts, Decision, PenaltyDecision
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, event, shared, told
from workflow.lifecycle.kernel.guards import over_after
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.kernel.step import Step, a_step
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.order.clock import started
from workflow.lifecycle.penalty_clause.basis import basis_gone
from workflow.lifecycle.proceedings.adopted import in_state, open_appeal, unserved
from workflow.lifecycle.proceedings.contents import FinalityContent
from workflow.lifecycle.proceedings.windows import can_be_final_on, window_ends
from workflow.lifecycle.vocabulary import Audience, DecisionState, Form, PenaltyDecisionState, State, Trigger

_STANDING = frozenset({DecisionState.ADOPTED, PenaltyDecisionState.ADOPTED, PenaltyDecisionState.REDUCED})
_NO_APPEAL_LEFT = "an act is final when no appeal can be lodged any more"


@shared
class FinalityProposed(Of[AdoptedAct]):
    """The windows and the grace are over."""

    def on(self, act: AdoptedAct, event: Event) -> AdoptedAct:
        """With that step done."""
        return replace(act, steps_done=(*act.steps_done, event.step or ""))


@event("decision.finality_proposed", Audience.INTERNAL)
class DecisionFinalityProposed(FinalityProposed):
    """The time to appeal against the decision is over."""


@event("penalty_decision.finality_proposed", Audience.INTERNAL)
class PenaltyFinalityProposed(FinalityProposed):
    """The time to appeal against the penalty decision is over."""


@shared
class BecameFinal(Of[AdoptedAct]):
    """No appeal can be lodged any more."""

    state: State
    final_on: date = told("The day from which it is final.", date(2023, 2, 20))

    def on(self, act: AdoptedAct, event: Event) -> AdoptedAct:
        """Final."""
        return replace(in_state(act, self.state), final_on=self.final_on)


@event("decision.final", Audience.SERVED)
class DecisionFinal(BecameFinal):
    """No appeal against the decision can be lodged any more."""

    state: DecisionState


@event("penalty_decision.final", Audience.SERVED)
class PenaltyFinal(BecameFinal):
    """No appeal against the penalty decision can be lodged any more."""

    state: PenaltyDecisionState


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
    step = a_step(act.subject, Trigger.PROPOSE_FINALITY, max(window_ends(case, act, rules)), n, due_on, rules)
    return None if step.key in act.steps_done else step


def propose_finality(at: Situation[AdoptedAct, None]) -> list[Event]:
    """`….finality_proposed`: a person records finality, with proof."""
    return [written(at, DecisionFinalityProposed() if isinstance(at.thing, Decision) else PenaltyFinalityProposed())]


def record_finality(at: Situation[AdoptedAct, FinalityContent]) -> list[Event]:
    """`….final`; clocks that run from finality start, and debts that fall due with it do."""
    act, final_on = at.thing, at.content.final_on
    final = DecisionFinal if isinstance(act, Decision) else PenaltyFinal
    events = [written(at, final(state=at.target, final_on=final_on))]
    if isinstance(act, Decision):
        events += started(at, replace(act, final_on=final_on))
    return events + debt_effects.fall_due(at, act.subject)


def _all_served(at: Situation[AdoptedAct, Any]) -> Denial | None:
    act = at.thing
    if isinstance(act, Decision) and act.form is Form.FORMAL_NOTICE:
        return Denial(
            detail="A formal notice does not become final: it is closed, or the matter is referred.",
            reference="a formal notice is no sanction",
            satisfied_by="close when its orders are met, or refer",
            who=("case_officer", "head_of_enforcement"),
        )
    missing = unserved(at.case, act)
    if not missing:
        return None
    return Denial(
        detail=f"No service on party {' and '.join(map(str, missing))} is recorded, so no time to appeal ran for them.",
        reference="the window of an appeal opens with service",
        satisfied_by="record_service on every addressee",
        who=("registrar",),
    )


def _no_appeal_open(at: Situation[AdoptedAct, Any]) -> Denial | None:
    appeal = open_appeal(at.thing)
    if appeal is None:
        return None
    return Denial(
        detail=f"Appeal {appeal.n} of party {appeal.addressee}, of {appeal.lodged_on}, is open.",
        reference="an act is final when no appeal is open",
        satisfied_by="the final ruling on it",
        who=("registrar",),
    )


def _appeal_window_over(at: Situation[AdoptedAct, Any]) -> Denial | None:
    act = at.thing
    ruled_on = max((ruling.ruled_on for ruling in act.rulings), default=None)
    last = max(window_ends(at.case, act, at.regime))
    if ruled_on is not None and at.effective_on < ruled_on:
        return Denial(
            detail=f"A court ruled on {ruled_on}; the act is not final before that.",
            reference=_NO_APPEAL_LEFT,
            satisfied_by=f"a date not before {ruled_on}",
        )
    if at.effective_on > last:
        return None
    way_out, open_on = over_after(at, last)
    if open_on is not None:
        way_out += f"; it will be proposed on {can_be_final_on(at.case, act, at.regime)}"
    return Denial(
        detail=f"The time to appeal runs until {last}; the act cannot be final on {at.effective_on}.",
        reference=_NO_APPEAL_LEFT,
        satisfied_by=way_out,
        open_on=open_on,
    )


WINDOWS_OVER = (
    Guard("all_served", state=_all_served),
    Guard("no_appeal_open", state=_no_appeal_open),
    Guard("appeal_window_over", state=_appeal_window_over),
)
