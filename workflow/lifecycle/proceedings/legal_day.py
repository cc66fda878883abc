"""On which legal day an act was served, or why that cannot have been: computed once, for the guard and the act."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.days import day_before
from workflow.law.service import deemed_service
from workflow.lifecycle.facts import AdoptedAct, Decision, Service
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.proceedings.adopted import with_service
from workflow.lifecycle.proceedings.contents import DAYS_OF_SERVICE, RESTS_ON, CorrectionContent, ServiceContent
from workflow.lifecycle.proceedings.windows import rules_on
from workflow.lifecycle.vocabulary import PeriodFrom

Serving = Situation[AdoptedAct, ServiceContent] | Situation[AdoptedAct, CorrectionContent]
"""A service that is recorded, or corrected."""


@frozen(kw_only=True)
class RestsOn:
    """The day a deemed service rests on: one of these."""

    first_presented_on: date | None = None
    made_available_on: date | None = None
    posted_on: date | None = None


@frozen
class LegalDay:
    """What came of a service: the service, None where there was none, and the act with it.

    Of a deemed one also what it rests on, why it counts from that day, and the receipt of a period that led to it.
    """

    service: Service | None
    after: AdoptedAct
    rests_on: RestsOn | None = None
    explanation: tuple[Mapping[str, Any], ...] = ()
    receipt: Mapping[str, Any] | None = None


def legal_day(at: Serving) -> LegalDay:
    """The legal day of a service, once the guard let it pass."""
    found = at.work_out(find_legal_day)
    assert isinstance(found, LegalDay)
    return found


def find_legal_day(at: Serving) -> LegalDay | Denial:
    """The legal day of a service, or why it cannot have been then."""
    act, content = at.thing, at.content
    before = None
    if isinstance(content, CorrectionContent):
        if content.never_served:
            return LegalDay(None, with_service(act, content.addressee, None))
        before = act.service_on(content.addressee)
    day = _rests_on(content)
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
    if (denial := _out_of_order(at, served_on, day, content.posted_on)) is not None:
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
        assumed=any(name in DAYS_OF_SERVICE for name in at.command.assumed),
        basis=content.basis,
        posted_on=posted_on,
        corrected_from=() if before is None else (*before.corrected_from, before.served_on),
    )
    after = with_service(act, content.addressee, service)
    if deemed is None:
        return LegalDay(service, after)
    return LegalDay(service, after, RestsOn(**{RESTS_ON[content.basis]: day}), deemed.explanation, deemed.receipt)


def _rests_on(content: ServiceContent | CorrectionContent) -> date:
    """The day the service rests on: that of the delivery, or the one the regime counts from."""
    day: date = getattr(content, RESTS_ON.get(content.basis, "served_on"))
    return day


def _out_of_order(at: Serving, served_on: date, day: date, posted_on: date | None) -> Denial | None:
    """Adopted, sent, served, and that not in the future: in this order."""
    adopted_on = at.thing.adopted_on
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
