"""Appeals against an adopted act, in time or late, and what they suspend."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from workflow.lifecycle.facts import AdoptedAct, Appeal, Decision
from workflow.lifecycle.facts.frozen import copied, replace
from workflow.lifecycle.kernel.events import Event, event, shared
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.order.ruled import suspend_order
from workflow.lifecycle.proceedings.adopted import in_lists, served_on_nobody
from workflow.lifecycle.proceedings.contents import AppealContent
from workflow.lifecycle.proceedings.windows import window_of
from workflow.lifecycle.vocabulary import Audience


@shared
class ActAppealed(Of[AdoptedAct]):
    """An addressee appealed, in time or late; with the receipt of the window where the regime has one."""

    n: int
    addressee: int
    lodged_on: date
    court: str
    in_time: bool
    receipt: Mapping[str, Any] | None = None

    def on(self, act: AdoptedAct, event: Event) -> AdoptedAct:
        """With one appeal more, open until its final ruling."""
        return replace(act, appeals=(*act.appeals, Appeal(self.n, self.addressee, self.lodged_on, self.court)))


@event("decision.appealed", Audience.INTERNAL)
class DecisionAppealed(ActAppealed):
    """An addressee appealed against the decision."""


@event("penalty_decision.appealed", Audience.INTERNAL)
class PenaltyAppealed(ActAppealed):
    """An addressee appealed against the penalty decision."""


def record_appeal(at: Situation[AdoptedAct, AppealContent]) -> list[Event]:
    """`….appealed`, in time or late; where the regime says that an appeal suspends, the appellant's orders are.

    A late appeal is recorded too: whether it is heard is for the court. It suspends nothing.
    """
    act, content = at.thing, at.content
    service = act.service_on(content.addressee)
    assert service is not None
    window = window_of(at.case, service, at.regime)
    in_time = window is None or content.lodged_on.isoformat() <= window["result"]["last_day"]
    appealed = DecisionAppealed if isinstance(act, Decision) else PenaltyAppealed
    said = copied(appealed, content, n=len(act.appeals) + 1, in_time=in_time, receipt=window)
    events = [written(at, said)]
    if in_time and isinstance(act, Decision):
        events += _suspended_by_law(at, act)
    return events


def _suspended_by_law(at: Situation[AdoptedAct, AppealContent], decision: Decision) -> Iterator[Event]:
    rule, content = at.regime.suspensive_appeal, at.content
    for order in decision.orders:
        named = rule == "all" or (rule == "some" and order.kind in at.regime.suspensive_order_kinds)
        if named and order.addressee == content.addressee:
            yield from suspend_order(at, order, content.lodged_on)


def _one_is_served(at: Situation[AdoptedAct, Any]) -> Denial | None:
    return None if at.thing.services else served_on_nobody("appeal")


def _can_be_appealed(at: Situation[AdoptedAct, AppealContent]) -> Denial | None:
    act, content = at.thing, at.content
    addressees = at.case.addressees_of(act)
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


CAN_BE_APPEALED = Guard("can_be_appealed", state=in_lists(_one_is_served), content=_can_be_appealed)
