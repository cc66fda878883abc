"""An adopted act and its addressees: until when each may appeal, and when the act can be final."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.appeal import appeal_window, finality_day
from workflow.law.invalid import InvalidRequest
from workflow.law.regime import Regime, regime
from workflow.lifecycle.facts import Appeal, CaseFacts, Decision, PenaltyDecision, Service
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.tree import with_decision, with_penalty
from workflow.lifecycle.vocabulary import DecisionState, PenaltyDecisionState, SubjectKind

AdoptedAct = Decision | PenaltyDecision
"""A corrective decision or a penalty decision: both are served, appealed and become final alike."""


def act_of(case: CaseFacts, subject: Subject) -> AdoptedAct:
    """The act an event is about."""
    if subject.kind is SubjectKind.DECISION:
        return case.decision(subject.id)
    return case.penalty_decision(subject.id)


def with_act(case: CaseFacts, act: AdoptedAct) -> CaseFacts:
    """The case with this act in the place of the one with its id."""
    return with_decision(case, act) if isinstance(act, Decision) else with_penalty(case, act)


def subject_of(act: AdoptedAct) -> Subject:
    """The act as what an event is about."""
    kind = SubjectKind.DECISION if isinstance(act, Decision) else SubjectKind.PENALTY_DECISION
    return Subject(kind, act.id)


def in_state(act: AdoptedAct, state: str) -> AdoptedAct:
    """The act in another state of its own machine."""
    if isinstance(act, Decision):
        return replace(act, state=DecisionState(state))
    return replace(act, state=PenaltyDecisionState(state))


def addressees_of(case: CaseFacts, act: AdoptedAct) -> tuple[int, ...]:
    """On whom an act is served: a penalty decision on the party of its clause, on all of them when they owe jointly."""
    if isinstance(act, Decision):
        return act.addressees
    decision, clause = case.clause(act.clause)
    if clause.addressee is not None:
        return (clause.addressee,)
    return tuple(dict.fromkeys(order.addressee for order in decision.covered_by(clause)))


def unserved(case: CaseFacts, act: AdoptedAct) -> tuple[int, ...]:
    """The addressees on whom no service is recorded."""
    return tuple(n for n in addressees_of(case, act) if act.service_on(n) is None)


def with_service(act: AdoptedAct, addressee: int, service: Service | None) -> AdoptedAct:
    """The act with this service on an addressee in place of the one before, or without any."""
    kept = tuple(each for each in act.services if each.addressee != addressee)
    if service is None:
        return replace(act, services=kept)
    if len(kept) == len(act.services):
        return replace(act, services=(*kept, service))
    return replace(act, services=tuple(service if each.addressee == addressee else each for each in act.services))


def rules_on(case: CaseFacts, day: date, otherwise: Regime) -> Regime:
    """The version of the rules in force on the day that starts a clock; those of the act where none covers it."""
    try:
        return regime(case.regime, day)
    except InvalidRequest:
        return otherwise


def window_of(case: CaseFacts, service: Service, rules: Regime) -> Mapping[str, Any] | None:
    """The receipt of the time in which an addressee may appeal; None where the regime has no clock for it."""
    in_force = rules_on(case, service.served_on, rules)
    return appeal_window(service.served_on, service.posted_on, case.party(service.addressee).country, in_force)


def window_end(case: CaseFacts, service: Service, rules: Regime) -> date | None:
    """The last day on which an addressee may appeal."""
    window = window_of(case, service, rules)
    return None if window is None else date.fromisoformat(window["result"]["last_day"])


def window_ends(case: CaseFacts, act: AdoptedAct, rules: Regime) -> list[date]:
    """The last days to appeal of those who were served; a service that ends no window ends it on its own day."""
    return [window_end(case, service, rules) or service.served_on for service in act.services]


def open_appeal(act: AdoptedAct) -> Appeal | None:
    """The first appeal without a final ruling."""
    return next((appeal for appeal in act.appeals if appeal.open), None)


def can_be_final_on(case: CaseFacts, act: AdoptedAct, rules: Regime) -> date | None:
    """The first day on which finality is proposed; None before service on all, or while an appeal is open."""
    if unserved(case, act) or open_appeal(act) is not None:
        return None
    return finality_day(window_ends(case, act, rules), rules)
