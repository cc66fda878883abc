"""When service can be recorded."""

from workflow.lifecycle.facts import Decision
from workflow.lifecycle.refusals import Denial
from workflow.lifecycle.rules import Guard, Situation


def _can_be_served(at: Situation) -> Denial | None:
    decision: Decision = at.thing
    content = at.command.content
    if content is None:
        waiting = [n for n in decision.addressees if decision.service_on(n) is None]
        return None if waiting else _already_served(decision, decision.addressees[0])
    if content.addressee not in decision.addressees:
        return Denial(
            detail=f"Party {content.addressee} is no addressee of this decision.",
            reference="operative part of the decision",
            satisfied_by=f"one of the addressees {', '.join(map(str, decision.addressees))}",
        )
    if decision.service_on(content.addressee) is not None:
        return _already_served(decision, content.addressee)
    if decision.adopted_on is not None and content.served_on < decision.adopted_on:
        return Denial(
            detail=f"Service on {content.served_on} lies before the adoption on {decision.adopted_on}.",
            reference="an act is served after it was adopted",
            satisfied_by=f"a date not before {decision.adopted_on}",
        )
    return None


def _already_served(decision: Decision, addressee: int) -> Denial:
    served = decision.service_on(addressee)
    return Denial(
        detail=f"Service on party {addressee} is already recorded, on {served.served_on if served else '?'}.",
        reference="one service a decision and addressee",
        satisfied_by="nothing: the clock runs from the service recorded",
    )


CAN_BE_SERVED = Guard("can_be_served", _can_be_served)
