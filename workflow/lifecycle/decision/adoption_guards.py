"""What must have happened before an act adverse to a party is adopted."""

from datetime import date
from typing import Any

from workflow.lifecycle.facts import AdoptedAct, Decision, Hearing
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.vocabulary import Form, Observations


def _not_the_drafter(at: Situation[AdoptedAct, Any]) -> Denial | None:
    if at.actor.account not in at.thing.drafters:
        return None
    return Denial(
        detail="You drafted, revised or submitted this act; whoever did cannot adopt it.",
        reference="four eyes: who drafted does not adopt",
        satisfied_by="adoption by another decision-maker",
        who=("decision_maker",),
    )


def _heard(at: Situation[Decision, Any]) -> Denial | None:
    decision = at.thing
    if decision.form is Form.FORMAL_NOTICE:
        # It is itself the notice: nothing is imposed by it that the party should have been heard on before.
        return None
    missing = _missing_of_hearing(decision.hearing, at.effective_on)
    if missing is None:
        return None
    return Denial(
        detail=f"The hearing record is not complete: {missing}.",
        reference="Charter of Fundamental Rights art. 41(2)(a)",
        satisfied_by="return_to_draft (head_of_enforcement or decision_maker), then revise (case_officer) with "
        "hearing.grounds_notified_on; hearing.window_ended_on or hearing.waived_on; hearing.observations none_received "
        "or answered; or else hearing.urgency_ground with its article",
        who=("head_of_enforcement", "decision_maker", "case_officer"),
    )


def _missing_of_hearing(hearing: Hearing | None, adopted_on: date) -> str | None:
    if hearing is None:
        return "there is none"
    if hearing.urgency_ground:
        return None
    if hearing.grounds_notified_on is None:
        return "it does not say when the grounds were notified"
    if hearing.grounds_notified_on > adopted_on:
        return f"the grounds were notified on {hearing.grounds_notified_on}, after the day of adoption"
    if hearing.waived_on is None and hearing.window_ended_on is None:
        return "it does not say when the window for observations ended, or was waived in writing"
    if hearing.waived_on is not None and hearing.waived_on > adopted_on:
        return f"the window was waived on {hearing.waived_on}, after the day of adoption"
    if hearing.waived_on is None and hearing.window_ended_on is not None and hearing.window_ended_on >= adopted_on:
        return f"the window for observations ends on {hearing.window_ended_on}, not before the day of adoption"
    if hearing.session_on is not None and hearing.session_on > adopted_on:
        return f"the session is on {hearing.session_on}, after the day of adoption"
    if hearing.observations in (None, Observations.OPEN):
        return "it does not say that the observations were answered, or that none were received"
    return None


NOT_THE_DRAFTER = Guard("not_the_drafter", person=_not_the_drafter)
HEARD = Guard("heard", state=_heard)
