"""An adopted act, a corrective decision or a penalty decision: both are served, appealed and become final alike."""

from workflow.law.money import Money
from workflow.lifecycle.facts import AdoptedAct, Appeal, CaseFacts, Decision, Service
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Check
from workflow.lifecycle.vocabulary import DecisionState, PenaltyDecisionState, State


def in_state(act: AdoptedAct, state: State) -> AdoptedAct:
    """The act in another state of its own machine."""
    if isinstance(act, Decision):
        return replace(act, state=DecisionState(state))
    return replace(act, state=PenaltyDecisionState(state))


def with_service(act: AdoptedAct, addressee: int, service: Service | None) -> AdoptedAct:
    """The act with this service on an addressee in place of the one before, or without any."""
    kept = tuple(each for each in act.services if each.addressee != addressee)
    if service is None:
        return replace(act, services=kept)
    if len(kept) == len(act.services):
        return replace(act, services=(*kept, service))
    return replace(act, services=tuple(service if each.addressee == addressee else each for each in act.services))


def unserved(case: CaseFacts, act: AdoptedAct) -> tuple[int, ...]:
    """The addressees on whom no service is recorded."""
    return tuple(n for n in case.addressees_of(act) if act.service_on(n) is None)


def only_addressee(case: CaseFacts, act: AdoptedAct, addressee: int) -> int | None:
    """Who owes what the act fixes: this addressee where there is no other, None where all owe together."""
    return addressee if len(case.addressees_of(act)) == 1 else None


def open_appeal(act: AdoptedAct) -> Appeal | None:
    """The first appeal without a final ruling."""
    return next((appeal for appeal in act.appeals if appeal.open), None)


def sum_of(act: AdoptedAct) -> Money | None:
    """The sum an act fixes now: its fine after rulings, or its penalty."""
    if isinstance(act, Decision):
        return act.fine if act.fine_after_rulings is None else act.fine_after_rulings
    return act.fixed or act.amount


def in_lists(check: Check) -> Check:
    """A check for lists of what is open alone; once a content is there, the guard asks that of the party it names."""
    return lambda at: check(at) if at.command.content is None else None


def served_on_nobody(what: str, addressee: int | None = None) -> Denial:
    """Why nothing can come after a service that is not recorded."""
    whom = "anybody" if addressee is None else f"party {addressee}"
    return Denial(
        detail=f"The act was not served on {whom}; {'an' if what == 'appeal' else 'a'} {what} comes after service.",
        reference="the window of an appeal opens with service",
        satisfied_by="record_service first",
        who=("registrar",),
    )
