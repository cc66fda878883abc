"""The acts of serving a corrective decision or a penalty decision: service, failed attempts, contest, correction."""

from datetime import date
from typing import Any

from workflow.lifecycle.debt import effects as debt_effects
from workflow.lifecycle.facts import Attempt, CaseFacts, Decision, PenaltyDecision, Service
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.order.clock import moved, started
from workflow.lifecycle.proceedings.content_checks import RESTS_ON
from workflow.lifecycle.proceedings.rulings_guards import sum_of
from workflow.lifecycle.proceedings.served import AdoptedAct, act_of, addressees_of, in_state, with_act, with_service
from workflow.lifecycle.proceedings.service_contents import (
    ContestContent,
    CorrectionContent,
    FailedServiceContent,
    ServiceContent,
)
from workflow.lifecycle.proceedings.service_guards import LegalDay
from workflow.lifecycle.vocabulary import (
    AttemptOutcome,
    DebtKind,
    PenaltyDecisionState,
    ServiceBasis,
    ServiceChannel,
    SubjectKind,
    Trigger,
)

_SERVED = {
    SubjectKind.DECISION: EventType.DECISION_SERVED,
    SubjectKind.PENALTY_DECISION: EventType.PENALTY_SERVED,
}
_FAILED = {
    SubjectKind.DECISION: EventType.DECISION_SERVICE_FAILED,
    SubjectKind.PENALTY_DECISION: EventType.PENALTY_SERVICE_FAILED,
}
_CONTESTED = {
    SubjectKind.DECISION: EventType.DECISION_SERVICE_CONTESTED,
    SubjectKind.PENALTY_DECISION: EventType.PENALTY_SERVICE_CONTESTED,
}
_CORRECTED = {
    SubjectKind.DECISION: EventType.DECISION_SERVICE_CORRECTED,
    SubjectKind.PENALTY_DECISION: EventType.PENALTY_SERVICE_CORRECTED,
}


def record_service(at: Situation[Any, Any]) -> list[Event]:
    """`….served`, and `order.entered_into_force` for each order of the addressee whose clock starts with it.

    The act is dated by the legal day of service. What is owed arises with service, as the regime says.
    """
    act: AdoptedAct = at.thing
    content: ServiceContent = at.command.content
    legal_day: LegalDay = at.workings["legal_day"]
    service = legal_day.service
    assert service is not None
    at = replace(at, effective_on=service.served_on)
    data = {"addressee": content.addressee} | _of_service(legal_day, service) | {"assumed": list(at.command.assumed)}
    if isinstance(act, Decision) and act.fine is not None:
        data["fine"] = act.fine.to_json()
    events = [written(at, _SERVED[at.command.subject.kind], data)]
    if isinstance(legal_day.after, Decision):
        events += started(at, legal_day.after)
    return events + _owed(at, act, content.addressee)


def record_failed_service(at: Situation[Any, Any]) -> list[Event]:
    """`….service_failed`: an attempt; no clock starts."""
    content: FailedServiceContent = at.command.content
    data = {
        "addressee": content.addressee,
        "attempted_on": content.attempted_on.isoformat(),
        "channel": content.channel.value,
        "outcome": content.outcome.value,
    }
    return [written(at, _FAILED[at.command.subject.kind], data)]


def record_contest(at: Situation[Any, Any]) -> list[Event]:
    """`….service_contested`: the date stands until it is corrected."""
    content: ContestContent = at.command.content
    data = {"addressee": content.addressee, "contested_on": content.contested_on.isoformat()}
    return [written(at, _CONTESTED[at.command.subject.kind], data)]


def correct_service(at: Situation[Any, Any]) -> list[Event]:
    """`….service_corrected`, and `order.clock_moved` for each order whose clock it moves; nothing is edited.

    `relied_on` lists what was done in reliance on the date before, for a person to look at.
    """
    act: AdoptedAct = at.thing
    content: CorrectionContent = at.command.content
    legal_day: LegalDay = at.workings["legal_day"]
    before = act.service_on(content.addressee)
    assert before is not None
    data: dict[str, Any] = {
        "addressee": content.addressee,
        "was": before.served_on.isoformat(),
        "never_served": content.never_served,
        "state": at.target.value,
        "relied_on": relied_on(at.case, act, content.addressee),
    }
    if legal_day.service is not None:
        data |= _of_service(legal_day, legal_day.service)
        data["corrected_from"] = [day.isoformat() for day in legal_day.service.corrected_from]
        data["assumed"] = list(at.command.assumed)
    after = legal_day.after
    undone = act.final_on is not None and at.target is not act.state
    if undone:
        data["finality_undone"] = True
        after = replace(after, final_on=None)
    events = [written(at, _CORRECTED[at.command.subject.kind], data)]
    if isinstance(after, Decision):
        events += moved(at, after)
    return events + _owed_again(at, act, legal_day.service, content.addressee)


def relied_on(case: CaseFacts, act: AdoptedAct, addressee: int) -> list[dict[str, Any]]:
    """What rests on the date of service on an addressee: penalty decisions, findings, appeals, finality."""
    listed: list[dict[str, Any]] = []
    if isinstance(act, Decision):
        orders = [order for order in act.orders if order.addressee == addressee]
        covering = {clause.id for clause in act.clauses if any(order.n in clause.covers for order in orders)}
        listed += [
            {"kind": "penalty_decision", "id": each.id, "n": each.n, "state": each.state.value}
            for each in case.penalty_decisions
            if each.clause in covering and _rests(each)
        ]
        listed += [
            {"kind": "order", "id": order.id, "n": order.n, "state": order.state.value}
            for order in orders
            if order.findings
        ]
    listed += [
        {"kind": "appeal", "n": appeal.n, "lodged_on": appeal.lodged_on.isoformat()}
        for appeal in act.appeals
        if appeal.addressee == addressee
    ]
    if act.final_on is not None:
        listed.append({"kind": "finality", "final_on": act.final_on.isoformat()})
    return listed


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after an event of service."""
    act = act_of(case, event.subject)
    data = event.data
    addressee = data["addressee"]
    if event.type in _SERVED.values():
        service = Service(
            addressee=addressee,
            served_on=date.fromisoformat(data["served_on"]),
            channel=ServiceChannel(data["channel"]),
            assumed=_assumed(data),
            basis=ServiceBasis(data.get("basis", ServiceBasis.DELIVERED)),
            posted_on=_day(data.get("posted_on")),
        )
        return with_act(case, with_service(act, addressee, service))
    if event.type in _FAILED.values():
        attempt = Attempt(
            addressee,
            date.fromisoformat(data["attempted_on"]),
            ServiceChannel(data["channel"]),
            AttemptOutcome(data["outcome"]),
        )
        return with_act(case, replace(act, attempts=(*act.attempts, attempt)))
    before = act.service_on(addressee)
    assert before is not None
    if event.type in _CONTESTED.values():
        contested = replace(before, contested_on=date.fromisoformat(data["contested_on"]))
        return with_act(case, with_service(act, addressee, contested))
    corrected = None if data["never_served"] else _corrected(before, data)
    after = in_state(with_service(act, addressee, corrected), data["state"])
    if corrected is None and addressee not in after.never_served:
        after = replace(after, never_served=(*after.never_served, addressee))
    return with_act(case, replace(after, final_on=None) if "finality_undone" in data else after)


def _corrected(before: Service, data: Any) -> Service:
    return Service(
        addressee=before.addressee,
        served_on=date.fromisoformat(data["served_on"]),
        channel=ServiceChannel(data["channel"]),
        assumed=_assumed(data),
        basis=ServiceBasis(data.get("basis", ServiceBasis.DELIVERED)),
        corrected_from=tuple(date.fromisoformat(day) for day in data["corrected_from"]),
        posted_on=_day(data.get("posted_on")),
    )


def _of_service(legal_day: LegalDay, service: Service) -> dict[str, Any]:
    """What an event says of a service: the legal day, and for a deemed one what it rests on and why."""
    data: dict[str, Any] = {"served_on": service.served_on.isoformat(), "channel": service.channel.value}
    if service.basis is not ServiceBasis.DELIVERED:
        data["basis"] = service.basis.value
    if service.posted_on is not None:
        data["posted_on"] = service.posted_on.isoformat()
    if legal_day.deemed is not None and legal_day.rests_on is not None:
        data["rests_on"] = {RESTS_ON[service.basis]: legal_day.rests_on.isoformat()}
        data["explanation"] = [dict(each) for each in legal_day.deemed.explanation]
        if legal_day.deemed.receipt is not None:
            data["receipt"] = legal_day.deemed.receipt
    return data


def _owed(at: Situation[Any, Any], act: AdoptedAct, addressee: int) -> list[Event]:
    """The debt that arises when an act with a sum is served: of its one addressee, or of all together."""
    amount = sum_of(act)
    if amount is None:
        return []
    owing = addressee if len(addressees_of(at.case, act)) == 1 else None
    if at.case.debts_of(act.id):
        return debt_effects.restore(at, at.command.subject, owing, amount)
    kind = DebtKind.FINE if isinstance(act, Decision) else DebtKind.PENALTY
    return debt_effects.arise(at, kind, at.command.subject, owing, amount)


def _owed_again(at: Situation[Any, Any], act: AdoptedAct, service: Service | None, addressee: int) -> list[Event]:
    """What a corrected service makes of the debt: another last day to pay, or nothing owed for want of service."""
    owing = addressee if len(addressees_of(at.case, act)) == 1 else None
    if service is not None:
        return debt_effects.move_due(at, at.command.subject, owing, service.served_on)
    return debt_effects.adjust(at, at.command.subject, None) if owing is not None else []


def _rests(penalty: PenaltyDecision) -> bool:
    return penalty.state not in (PenaltyDecisionState.WITHDRAWN, PenaltyDecisionState.VOID)


def _assumed(data: Any) -> bool:
    return any(name in data["assumed"] for name in ("served_on", *RESTS_ON.values()))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


ACTS = {
    (kind, trigger): act
    for kind in (SubjectKind.DECISION, SubjectKind.PENALTY_DECISION)
    for trigger, act in (
        (Trigger.RECORD_SERVICE, record_service),
        (Trigger.RECORD_FAILED_SERVICE, record_failed_service),
        (Trigger.RECORD_CONTEST, record_contest),
        (Trigger.CORRECT_SERVICE, correct_service),
    )
}
FOLDS = dict.fromkeys(
    (*_SERVED.values(), *_FAILED.values(), *_CONTESTED.values(), *_CORRECTED.values()),
    evolve,
)
