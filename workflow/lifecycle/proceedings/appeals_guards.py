"""When an appeal and finality can be recorded."""

from typing import Any

from workflow.lifecycle.facts import Decision
from workflow.lifecycle.kernel.guards import over_after
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.proceedings.contents import AppealContent
from workflow.lifecycle.proceedings.served import (
    AdoptedAct,
    addressees_of,
    can_be_final_on,
    open_appeal,
    unserved,
    window_end,
    window_ends,
)
from workflow.lifecycle.vocabulary import Form


def _can_be_appealed(at: Situation[Any, Any]) -> Denial | None:
    act: AdoptedAct = at.thing
    content: AppealContent | None = at.command.content
    if content is None:
        return None if act.services else served_on_nobody("appeal")
    addressees = addressees_of(at.case, act)
    if content.addressee not in addressees:
        return Denial(
            detail=f"Party {content.addressee} is no addressee of this decision.",
            reference="an addressee appeals",
            satisfied_by=f"one of the addressees {', '.join(map(str, addressees))}",
        )
    service = act.service_on(content.addressee)
    if service is None:
        return served_on_nobody("appeal", content.addressee)
    if content.lodged_on < service.served_on:
        return Denial(
            detail=f"The appeal is said to be of {content.lodged_on}; the act was served on {service.served_on}.",
            reference="the window of an appeal opens with service",
            satisfied_by=f"a date not before {service.served_on}, or correct_service first",
        )
    known = next((each for each in act.appeals if each.open and each.addressee == content.addressee), None)
    if known is None:
        return None
    return Denial(
        detail=f"Appeal {known.n} of party {content.addressee}, of {known.lodged_on}, is open already.",
        reference="one appeal of an addressee at a time",
        satisfied_by="record_ruling on it first, with final where it ends the appeal",
        who=("registrar",),
    )


def _finality_undone(at: Situation[Any, Any]) -> Denial | None:
    """Whether the corrected service takes away what finality rested on: service on all, and windows that were over."""
    act: AdoptedAct = at.thing
    legal_day = at.workings.get("legal_day")
    if legal_day is None or act.final_on is None:
        return None
    service = legal_day.service
    if service is None or (window_end(at.case, service, at.regime) or service.served_on) >= act.final_on:
        return None
    return Denial(
        detail=f"The time to appeal was over on {act.final_on} also by the corrected date.",
        reference="an act is final when no appeal can be lodged any more",
        satisfied_by="nothing: the act stays final",
    )


def _all_served(at: Situation[Any, Any]) -> Denial | None:
    act: AdoptedAct = at.thing
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


def _no_appeal_open(at: Situation[Any, Any]) -> Denial | None:
    appeal = open_appeal(at.thing)
    if appeal is None:
        return None
    return Denial(
        detail=f"Appeal {appeal.n} of party {appeal.addressee}, of {appeal.lodged_on}, is open.",
        reference="an act is final when no appeal is open",
        satisfied_by="the final ruling on it",
        who=("registrar",),
    )


def _appeal_window_over(at: Situation[Any, Any]) -> Denial | None:
    act: AdoptedAct = at.thing
    rulings = [ruling.ruled_on for ruling in act.rulings]
    last = max(window_ends(at.case, act, at.regime))
    if rulings and at.effective_on < max(rulings):
        return Denial(
            detail=f"A court ruled on {max(rulings)}; the act is not final before that.",
            reference="an act is final when no appeal can be lodged any more",
            satisfied_by=f"a date not before {max(rulings)}",
        )
    if at.effective_on > last:
        return None
    way_out, open_on = over_after(at, last)
    if open_on is not None:
        way_out += f"; it will be proposed on {can_be_final_on(at.case, act, at.regime)}"
    return Denial(
        detail=f"The time to appeal runs until {last}; the act cannot be final on {at.effective_on}.",
        reference="an act is final when no appeal can be lodged any more",
        satisfied_by=way_out,
        open_on=open_on,
    )


def served_on_nobody(what: str, addressee: int | None = None) -> Denial:
    """Why nothing can come after a service that is not recorded."""
    whom = "anybody" if addressee is None else f"party {addressee}"
    return Denial(
        detail=f"The act was not served on {whom}; {'an' if what == 'appeal' else 'a'} {what} comes after service.",
        reference="the window of an appeal opens with service",
        satisfied_by="record_service first",
        who=("registrar",),
    )


CAN_BE_APPEALED = Guard("can_be_appealed", _can_be_appealed)
FINALITY_UNDONE = Guard("finality_undone", _finality_undone)
ALL_SERVED = Guard("all_served", _all_served)
NO_APPEAL_OPEN = Guard("no_appeal_open", _no_appeal_open)
APPEAL_WINDOW_OVER = Guard("appeal_window_over", _appeal_window_over)
