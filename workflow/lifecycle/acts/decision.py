"""The acts on a corrective decision: drafting it with its orders and clauses, review, adoption, service."""

from datetime import date
from typing import Any

from workflow.law.money import Money
from workflow.law.regime import regime
from workflow.lifecycle.acts import drafting
from workflow.lifecycle.acts.effects import effect
from workflow.lifecycle.acts.tree import with_decision
from workflow.lifecycle.acts.writing import followed, written
from workflow.lifecycle.clocks import start_clock
from workflow.lifecycle.codec import structure, unstructure
from workflow.lifecycle.contents import DraftContent, ServiceContent
from workflow.lifecycle.events import Event, EventType, Subject
from workflow.lifecycle.facts import CaseFacts, Decision, Hearing, Service, child_id
from workflow.lifecycle.frozen import replace
from workflow.lifecycle.rules import Situation
from workflow.lifecycle.vocabulary import DecisionState, Form, ServiceChannel, SubjectKind, Trigger


def draft(at: Situation) -> list[Event]:
    """`decision.drafted`, then one event for each order and clause of the draft."""
    content: DraftContent = at.command.content
    n = len(at.case.decisions) + 1
    id = child_id(at.case.id, "decision", n)
    made = _decision_event(at, EventType.DECISION_DRAFTED, id, content, {"n": n})
    parent = Subject(SubjectKind.CASE, at.case.id)
    return [replace(made, parent=parent), *drafting.events(at, id, n, content, None)]


def revise(at: Situation) -> list[Event]:
    """`decision.revised` with the whole new draft; orders and clauses are revised, drafted or discarded by number."""
    before: Decision = at.thing
    content: DraftContent = at.command.content
    made = _decision_event(at, EventType.DECISION_REVISED, before.id, content, {})
    return [made, *drafting.events(at, before.id, before.n, content, before)]


def submit(at: Situation) -> list[Event]:
    """`decision.submitted`."""
    return [written(at, EventType.DECISION_SUBMITTED)]


def return_to_draft(at: Situation) -> list[Event]:
    """`decision.returned_to_draft`; the reason is the event's text."""
    return [written(at, EventType.DECISION_RETURNED)]


def adopt(at: Situation) -> list[Event]:
    """`decision.adopted`: the regime in force on this day rules compliance, clauses and penalties from now on."""
    rules = regime(at.case.regime, at.effective_on)
    decision: Decision = at.thing
    data: dict[str, Any] = {"regime": rules.pin, "regime_sha256": rules.sha256}
    if decision.fine is not None:
        data["fine"] = decision.fine.to_json()
    return [written(at, EventType.DECISION_ADOPTED, data)]


def record_service(at: Situation) -> list[Event]:
    """`decision.served`, and `order.entered_into_force` for each order of the addressee: the clock starts here."""
    decision: Decision = at.thing
    content: ServiceContent = at.command.content
    data: dict[str, Any] = {
        "addressee": content.addressee,
        "served_on": content.served_on.isoformat(),
        "channel": content.channel.value,
        "assumed": list(at.command.assumed),
    }
    if decision.fine is not None:
        data["fine"] = decision.fine.to_json()
    return [
        written(at, EventType.DECISION_SERVED, data),
        *(
            followed(
                at,
                EventType.ORDER_IN_FORCE,
                Subject(SubjectKind.ORDER, order.id),
                start_clock(order, content.served_on, at.regime) | {"assumed": list(at.command.assumed)},
            )
            for order in decision.orders
            if order.addressee == content.addressee and effect(at, SubjectKind.ORDER, order, Trigger.ENTER_INTO_FORCE)
        ),
    ]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after an event about a decision."""
    data = event.data
    if event.type is EventType.DECISION_DRAFTED:
        made = Decision(
            id=event.subject.id,
            n=data["n"],
            state=DecisionState.DRAFT,
            drafters=(event.actor,),
            **_content(data),
        )
        return with_decision(case, made)
    decision = case.decision(event.subject.id)
    drafters = decision.drafters if event.actor in decision.drafters else (*decision.drafters, event.actor)
    match event.type:
        case EventType.DECISION_REVISED:
            after = replace(decision, drafters=drafters, **_content(data))
        case EventType.DECISION_SUBMITTED:
            after = replace(decision, drafters=drafters, state=DecisionState.IN_REVIEW, submitted_on=event.effective_on)
        case EventType.DECISION_RETURNED:
            after = replace(decision, state=DecisionState.DRAFT)
        case EventType.DECISION_ADOPTED:
            after = replace(
                decision,
                state=DecisionState.ADOPTED,
                regime=data["regime"],
                adopted_on=event.effective_on,
                adopted_by=event.actor,
            )
        case EventType.DECISION_SERVED:
            service = Service(
                addressee=data["addressee"],
                served_on=date.fromisoformat(data["served_on"]),
                channel=ServiceChannel(data["channel"]),
                assumed="served_on" in data["assumed"],
            )
            after = replace(decision, services=(*decision.services, service))
        case _:
            raise AssertionError(f"{event.type} is not about a decision")
    return with_decision(case, after)


def _decision_event(at: Situation, type_: EventType, id: str, content: DraftContent, more: dict[str, Any]) -> Event:
    json = unstructure(content)
    head = {
        key: json[key]
        for key in ("reference", "language", "addressees", "fine", "hearing", "assumed", "form")
        if key in json
    }
    return written(at, type_, more | head, subject=Subject(SubjectKind.DECISION, id))


def _content(data: Any) -> dict[str, Any]:
    """The members of a decision that the draft gives, from the event."""
    return {
        "reference": data["reference"],
        "language": data["language"],
        "addressees": tuple(data["addressees"]),
        "fine": Money.from_json(data["fine"]) if "fine" in data else None,
        "hearing": structure(Hearing, data["hearing"]) if "hearing" in data else None,
        "assumed": tuple(data.get("assumed", ())),
        "form": Form(data.get("form", Form.CORRECTIVE_DECISION)),
    }


ACTS = {
    (SubjectKind.DECISION, Trigger.DRAFT): draft,
    (SubjectKind.DECISION, Trigger.REVISE): revise,
    (SubjectKind.DECISION, Trigger.SUBMIT): submit,
    (SubjectKind.DECISION, Trigger.RETURN_TO_DRAFT): return_to_draft,
    (SubjectKind.DECISION, Trigger.ADOPT): adopt,
    (SubjectKind.DECISION, Trigger.RECORD_SERVICE): record_service,
}
FOLDS = dict.fromkeys(
    (
        EventType.DECISION_DRAFTED,
        EventType.DECISION_REVISED,
        EventType.DECISION_SUBMITTED,
        EventType.DECISION_RETURNED,
        EventType.DECISION_ADOPTED,
        EventType.DECISION_SERVED,
    ),
    evolve,
)
