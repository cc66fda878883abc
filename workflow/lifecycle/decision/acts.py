"""The acts on a decision: drafting it with its orders and clauses, review, adoption, withdrawal; a notice's end."""

from typing import Any

from workflow.law.money import Money
from workflow.law.regime import regime
from workflow.lifecycle.debt import effects as debt_effects
from workflow.lifecycle.decision import drafting_acts as drafting
from workflow.lifecycle.decision.contents import DraftContent
from workflow.lifecycle.facts import CaseFacts, Decision, Hearing, child_id
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.codec import structure, unstructure
from workflow.lifecycle.kernel.events import Event, EventType, Subject
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import with_decision
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.order.ruled import lift_order
from workflow.lifecycle.penalty_clause.ruled import lift_clause
from workflow.lifecycle.proceedings.contents import WithdrawalContent
from workflow.lifecycle.vocabulary import DecisionState, Form, Retroactivity, SubjectKind, Trigger


def draft(at: Situation[Any, Any]) -> list[Event]:
    """`decision.drafted`, then one event for each order and clause of the draft."""
    content: DraftContent = at.command.content
    n = len(at.case.decisions) + 1
    id = child_id(at.case.id, "decision", n)
    made = _decision_event(at, EventType.DECISION_DRAFTED, id, content, {"n": n})
    parent = Subject(SubjectKind.CASE, at.case.id)
    return [replace(made, parent=parent), *drafting.events(at, id, n, content, None)]


def revise(at: Situation[Any, Any]) -> list[Event]:
    """`decision.revised` with the whole new draft; orders and clauses are revised, drafted or discarded by number."""
    before: Decision = at.thing
    content: DraftContent = at.command.content
    made = _decision_event(at, EventType.DECISION_REVISED, before.id, content, {})
    return [made, *drafting.events(at, before.id, before.n, content, before)]


def submit(at: Situation[Any, Any]) -> list[Event]:
    """`decision.submitted`."""
    return [written(at, EventType.DECISION_SUBMITTED)]


def return_to_draft(at: Situation[Any, Any]) -> list[Event]:
    """`decision.returned_to_draft`; the reason is the event's text."""
    return [written(at, EventType.DECISION_RETURNED)]


def adopt(at: Situation[Any, Any]) -> list[Event]:
    """`decision.adopted`: the regime in force on this day rules compliance, clauses and penalties from now on."""
    rules = regime(at.case.regime, at.effective_on)
    decision: Decision = at.thing
    data: dict[str, Any] = {"regime": rules.pin, "regime_sha256": rules.sha256}
    if decision.fine is not None:
        data["fine"] = decision.fine.to_json()
    return [written(at, EventType.DECISION_ADOPTED, data)]


def withdraw(at: Situation[Any, Any]) -> list[Event]:
    """`decision.withdrawn`, and the end of all that hangs on it: orders, clauses, and ex tunc what is owed.

    A draft is withdrawn without more. Ex nunc what was owed stays owed.
    """
    decision: Decision = at.thing
    content: WithdrawalContent = at.command.content
    if decision.adopted_on is None or content.effect is None:
        return [written(at, EventType.DECISION_WITHDRAWN)]
    events = [written(at, EventType.DECISION_WITHDRAWN, {"effect": content.effect.value})]
    for order in decision.orders:
        events += lift_order(at, order, content.effect)
    for clause in decision.clauses:
        events += lift_clause(at, clause, content.effect)
    if content.effect is Retroactivity.EX_TUNC:
        events += debt_effects.adjust(at, at.command.subject, None)
    return events


def close(at: Situation[Any, Any]) -> list[Event]:
    """`decision.closed`: a formal notice that was followed."""
    return [written(at, EventType.DECISION_CLOSED)]


def refer(at: Situation[Any, Any]) -> list[Event]:
    """`decision.referred`: a formal notice goes to the deciding body."""
    return [written(at, EventType.DECISION_REFERRED)]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after an event about a decision."""
    data = event.data
    if event.type is EventType.DECISION_DRAFTED:
        made = Decision(
            id=event.subject.id,
            n=data["n"],
            state=DecisionState.DRAFT,
            drafters=(event.actor,),
            acted_on=event.effective_on,
            **_content(data),
        )
        return with_decision(case, made)
    decision = case.decision(event.subject.id)
    drafters = decision.drafters if event.actor in decision.drafters else (*decision.drafters, event.actor)
    match event.type:
        case EventType.DECISION_REVISED:
            after = replace(decision, drafters=drafters, **_content(data))
        case EventType.DECISION_SUBMITTED:
            after = replace(decision, drafters=drafters, state=DecisionState.IN_REVIEW)
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
        case EventType.DECISION_WITHDRAWN:
            effect = data.get("effect")
            after = replace(
                decision,
                state=DecisionState.WITHDRAWN,
                withdrawn_on=event.effective_on,
                withdrawn_as=None if effect is None else Retroactivity(effect),
            )
        case EventType.DECISION_CLOSED:
            after = replace(decision, state=DecisionState.CLOSED)
        case EventType.DECISION_REFERRED:
            after = replace(decision, state=DecisionState.REFERRED)
        case _:
            raise AssertionError(f"{event.type} is not about a decision")
    return with_decision(case, replace(after, acted_on=event.effective_on))


def _decision_event(
    at: Situation[Any, Any], type_: EventType, id: str, content: DraftContent, more: dict[str, Any]
) -> Event:
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
    (SubjectKind.DECISION, Trigger.WITHDRAW): withdraw,
    (SubjectKind.DECISION, Trigger.CLOSE): close,
    (SubjectKind.DECISION, Trigger.REFER): refer,
}
FOLDS = dict.fromkeys(
    (
        EventType.DECISION_DRAFTED,
        EventType.DECISION_REVISED,
        EventType.DECISION_SUBMITTED,
        EventType.DECISION_RETURNED,
        EventType.DECISION_ADOPTED,
        EventType.DECISION_WITHDRAWN,
        EventType.DECISION_CLOSED,
        EventType.DECISION_REFERRED,
    ),
    evolve,
)
