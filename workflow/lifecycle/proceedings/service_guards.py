"""When service can be recorded, contested and corrected, and on which legal day it was."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from workflow.law.days import day_before
from workflow.law.service import Deemed, deemed_service
from workflow.lifecycle.facts import Decision, Service
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.proceedings.content_checks import RESTS_ON, rests_on
from workflow.lifecycle.proceedings.served import AdoptedAct, addressees_of, rules_on, unserved, with_service
from workflow.lifecycle.proceedings.service_contents import CorrectionContent, ServiceContent
from workflow.lifecycle.vocabulary import PeriodFrom, ServiceBasis

_DAYS = ("served_on", *RESTS_ON.values())


@dataclass(frozen=True, slots=True)
class LegalDay:
    """What the guards computed for the act: the service, the act with it, and how a deemed day was found."""

    service: Service | None
    after: AdoptedAct
    rests_on: date | None = None
    deemed: Deemed | None = None


def _can_be_served(at: Situation[Any, Any]) -> Denial | None:
    act: AdoptedAct = at.thing
    content: ServiceContent | None = at.command.content
    if content is None:
        return None if unserved(at.case, act) else _already_served(act, addressees_of(at.case, act)[0])
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
    return _legal_day(at, content, None)


def _can_be_corrected(at: Situation[Any, Any]) -> Denial | None:
    act: AdoptedAct = at.thing
    content: CorrectionContent | None = at.command.content
    if content is None:
        return None if act.services else _not_served(act, None)
    if (denial := _is_addressee(at, content.addressee)) is not None:
        return denial
    before = act.service_on(content.addressee)
    if before is None:
        return _not_served(act, content.addressee)
    if content.never_served:
        at.workings["legal_day"] = LegalDay(None, with_service(act, content.addressee, None))
        return None
    if (denial := _legal_day(at, content, before)) is not None:
        return denial
    found: Service = at.workings["legal_day"].service
    if (found.served_on, found.channel, found.basis, found.posted_on) == (
        before.served_on,
        before.channel,
        before.basis,
        before.posted_on,
    ):
        return Denial(
            detail=f"Service on party {content.addressee} is recorded so already, on {before.served_on}.",
            reference="a correction is a new fact",
            satisfied_by="another day, channel or basis; or nothing, when the record is right",
        )
    return None


def _legal_day(
    at: Situation[Any, Any], content: ServiceContent | CorrectionContent, before: Service | None
) -> Denial | None:
    """Find the legal day of a service and leave it for the act, or say why it cannot have been then."""
    act: AdoptedAct = at.thing
    day = rests_on(content)
    deemed = None
    if content.basis in RESTS_ON:
        rules = rules_on(at.case, day, at.regime)
        deemed = deemed_service(content.basis.value, day, rules)
        if deemed is None:
            return Denial(
                detail=f"{rules.pin} has no rule by which an act that was only {content.basis.value} counts as served.",
                reference=f"regime {rules.pin}, service",
                satisfied_by="delivery, or a refusal to take it, with its day in served_on; else a failed attempt",
                who=("registrar",),
            )
    served_on = day if deemed is None else deemed.served_on
    if (denial := _in_order(at, act, served_on, day, content.posted_on)) is not None:
        return denial
    if deemed is not None and deemed.certain_on > at.today:
        return Denial(
            detail=f"Counted from {day}, the act counts as served only once {day_before(deemed.certain_on)} is over.",
            reference=deemed.explanation[-1]["reference"],
            satisfied_by=f"wait until {deemed.certain_on}, or record the delivery when there is one",
            open_on=deemed.certain_on,
        )
    posted_on = content.posted_on or (before.posted_on if before is not None else None)
    if posted_on is None and (denial := _runs_from_dispatch(act, content.addressee)) is not None:
        return denial
    channel = content.channel
    if channel is None:
        assert before is not None, "only a correction may leave the channel as it was"
        channel = before.channel
    service = Service(
        addressee=content.addressee,
        served_on=served_on,
        channel=channel,
        assumed=any(name in _DAYS for name in at.command.assumed),
        basis=content.basis,
        posted_on=posted_on,
        corrected_from=() if before is None else (*before.corrected_from, before.served_on),
    )
    after = with_service(act, content.addressee, service)
    at.workings["legal_day"] = LegalDay(service, after, day, deemed)
    return None


def _in_order(
    at: Situation[Any, Any], act: AdoptedAct, served_on: date, day: date, posted_on: date | None
) -> Denial | None:
    """Adopted, sent, served, and that not in the future: in this order."""
    adopted_on = act.adopted_on
    if adopted_on is not None and served_on < adopted_on:
        return Denial(
            detail=f"Service on {served_on} lies before the adoption on {adopted_on}.",
            reference="an act is served after it was adopted",
            satisfied_by=f"a date not before {adopted_on}",
        )
    first = min(day, posted_on or day)
    if adopted_on is not None and first < adopted_on:
        return Denial(
            detail=f"The act is said to have been on its way on {first}, before its adoption on {adopted_on}.",
            reference="an act is served after it was adopted",
            satisfied_by=f"a date not before {adopted_on}",
        )
    if posted_on is not None and posted_on > served_on:
        return Denial(
            detail=f"The act cannot have been posted on {posted_on}, after its service on {served_on}.",
            reference="an act is sent before it arrives",
            satisfied_by=f"a posted_on not after {served_on}",
        )
    if max(day, served_on) > at.today:
        return Denial(
            detail=f"Service on {max(day, served_on)} lies after today, {at.today}.",
            reference="a legal date is never after the day it is recorded",
            satisfied_by=f"a date not after {at.today}",
        )
    return None


def _runs_from_dispatch(act: AdoptedAct, addressee: int) -> Denial | None:
    if not isinstance(act, Decision):
        return None
    orders = [
        str(order.n)
        for order in act.orders
        if order.addressee == addressee and order.period_from is PeriodFrom.DISPATCH and not order.comply_by_fixed
    ]
    if not orders:
        return None
    return Denial(
        detail=f"The time of order {' and '.join(orders)} runs from dispatch, and the day of posting is not given.",
        reference="period_from dispatch",
        satisfied_by="the day it was sent, in posted_on",
    )


def _is_attempt(at: Situation[Any, Any]) -> Denial | None:
    content = at.command.content
    act: AdoptedAct = at.thing
    if content is None:
        return None
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


def _can_be_contested(at: Situation[Any, Any]) -> Denial | None:
    act: AdoptedAct = at.thing
    content = at.command.content
    if content is None:
        return None if act.services else _not_served(act, None)
    if (denial := _is_addressee(at, content.addressee)) is not None:
        return denial
    service = act.service_on(content.addressee)
    if service is None:
        return _not_served(act, content.addressee)
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


def _is_addressee(at: Situation[Any, Any], addressee: int) -> Denial | None:
    addressees = addressees_of(at.case, at.thing)
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


def _not_served(act: AdoptedAct, addressee: int | None) -> Denial:
    whom = "anybody" if addressee is None else f"party {addressee}"
    return Denial(
        detail=f"No service on {whom} is recorded.",
        reference="service is what an addressee can contest, and the registrar correct",
        satisfied_by="record_service first",
        who=("registrar",),
    )


CAN_BE_SERVED = Guard("can_be_served", _can_be_served)
CAN_BE_CORRECTED = Guard("can_be_corrected", _can_be_corrected)
CAN_BE_CONTESTED = Guard("can_be_contested", _can_be_contested)
IS_ATTEMPT = Guard("is_attempt", _is_attempt)
