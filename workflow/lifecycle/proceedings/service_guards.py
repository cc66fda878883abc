"""When service can be recorded, contested and corrected."""

from typing import Any

from workflow.lifecycle.facts import AdoptedAct
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.proceedings.adopted import in_lists, unserved
from workflow.lifecycle.proceedings.contents import (
    ContestContent,
    CorrectionContent,
    FailedServiceContent,
    ServiceContent,
)
from workflow.lifecycle.proceedings.legal_day import find_legal_day
from workflow.lifecycle.vocabulary import ServiceBasis


def _one_is_unserved(at: Situation[AdoptedAct, Any]) -> Denial | None:
    return None if unserved(at.case, at.thing) else _already_served(at.thing, at.case.addressees_of(at.thing)[0])


def _can_be_served(at: Situation[AdoptedAct, ServiceContent]) -> Denial | None:
    act, content = at.thing, at.content
    if (denial := _is_addressee(at, content.addressee)) is not None:
        return denial
    if act.service_on(content.addressee) is not None:
        return _already_served(act, content.addressee)
    if content.basis is ServiceBasis.UNCOLLECTED and not content.proof:
        return Denial(
            detail="A letter that nobody collected counts as served only when it is proved that the notice was left.",
            reference="the burden of proof of service is the authority's",
            satisfied_by="proof of the notice left at first presentation",
        )
    found = at.work_out(find_legal_day)
    return found if isinstance(found, Denial) else None


def _one_is_served(at: Situation[AdoptedAct, Any]) -> Denial | None:
    return None if at.thing.services else _not_served(None)


def _can_be_corrected(at: Situation[AdoptedAct, CorrectionContent]) -> Denial | None:
    content = at.content
    if (denial := _is_addressee(at, content.addressee)) is not None:
        return denial
    before = at.thing.service_on(content.addressee)
    if before is None:
        return _not_served(content.addressee)
    found = at.work_out(find_legal_day)
    if isinstance(found, Denial):
        return found
    now = found.service
    if now is None or (now.served_on, now.channel, now.basis, now.posted_on) != (
        before.served_on,
        before.channel,
        before.basis,
        before.posted_on,
    ):
        return None
    return Denial(
        detail=f"Service on party {content.addressee} is recorded so already, on {before.served_on}.",
        reference="a correction is a new fact",
        satisfied_by="another day, channel or basis; or nothing, when the record is right",
    )


def _is_attempt(at: Situation[AdoptedAct, FailedServiceContent]) -> Denial | None:
    act, content = at.thing, at.content
    if (denial := _is_addressee(at, content.addressee)) is not None:
        return denial
    if act.service_on(content.addressee) is not None:
        return _already_served(act, content.addressee)
    if act.adopted_on is not None and content.attempted_on < act.adopted_on:
        return Denial(
            detail=f"An attempt on {content.attempted_on} lies before the adoption on {act.adopted_on}.",
            reference="an act is served after it was adopted",
            satisfied_by=f"a date not before {act.adopted_on}",
        )
    return None


def _can_be_contested(at: Situation[AdoptedAct, ContestContent]) -> Denial | None:
    content = at.content
    if (denial := _is_addressee(at, content.addressee)) is not None:
        return denial
    service = at.thing.service_on(content.addressee)
    if service is None:
        return _not_served(content.addressee)
    if service.contested_on is not None:
        return Denial(
            detail=f"Party {content.addressee} contests service since {service.contested_on}; that is on record.",
            reference="the date stands until it is corrected",
            satisfied_by="correct_service, or nothing",
            who=("registrar",),
        )
    if content.contested_on < service.served_on:
        return Denial(
            detail=f"Service was on {service.served_on}; it cannot be contested on {content.contested_on}, before it.",
            reference="what is contested has happened",
            satisfied_by=f"a date not before {service.served_on}",
        )
    return None


def _is_addressee(at: Situation[AdoptedAct, Any], addressee: int) -> Denial | None:
    addressees = at.case.addressees_of(at.thing)
    if addressee in addressees:
        return None
    return Denial(
        detail=f"Party {addressee} is no addressee of this decision.",
        reference="operative part of the decision",
        satisfied_by=f"one of the addressees {', '.join(map(str, addressees))}",
    )


def _already_served(act: AdoptedAct, addressee: int) -> Denial:
    served = act.service_on(addressee)
    return Denial(
        detail=f"Service on party {addressee} is already recorded, on {served.served_on if served else '?'}.",
        reference="one service a decision and addressee",
        satisfied_by="nothing: the clock runs from the service recorded; correct_service where it is wrong",
        who=("registrar",),
    )


def _not_served(addressee: int | None) -> Denial:
    whom = "anybody" if addressee is None else f"party {addressee}"
    return Denial(
        detail=f"No service on {whom} is recorded.",
        reference="service is what an addressee can contest, and the registrar correct",
        satisfied_by="record_service first",
        who=("registrar",),
    )


CAN_BE_SERVED = Guard("can_be_served", state=in_lists(_one_is_unserved), content=_can_be_served)
CAN_BE_CORRECTED = Guard("can_be_corrected", state=in_lists(_one_is_served), content=_can_be_corrected)
CAN_BE_CONTESTED = Guard("can_be_contested", state=in_lists(_one_is_served), content=_can_be_contested)
IS_ATTEMPT = Guard("is_attempt", content=_is_attempt)
