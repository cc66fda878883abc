"""The acts after service: publication, appeals, rulings item by item, finality."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.debt import effects as debt_effects
from workflow.lifecycle.facts import Appeal, CaseFacts, Decision, PenaltyDecision, Ruling, RulingItem
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.codec import structure, unstructure
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.order.clock import started
from workflow.lifecycle.order.ruled import suspend_order
from workflow.lifecycle.proceedings import rulings_effects as ruling_effects
from workflow.lifecycle.proceedings.contents import AppealContent, FinalityContent, PublicationContent, RulingContent
from workflow.lifecycle.proceedings.served import AdoptedAct, act_of, in_state, window_of, with_act
from workflow.lifecycle.vocabulary import SubjectKind, Trigger

_APPEALED = {
    SubjectKind.DECISION: EventType.DECISION_APPEALED,
    SubjectKind.PENALTY_DECISION: EventType.PENALTY_APPEALED,
}
_RULED = {
    SubjectKind.DECISION: EventType.DECISION_RULING_RECORDED,
    SubjectKind.PENALTY_DECISION: EventType.PENALTY_RULING_RECORDED,
}
_PROPOSED = {
    SubjectKind.DECISION: EventType.DECISION_FINALITY_PROPOSED,
    SubjectKind.PENALTY_DECISION: EventType.PENALTY_FINALITY_PROPOSED,
}
_FINAL = {
    SubjectKind.DECISION: EventType.DECISION_FINAL,
    SubjectKind.PENALTY_DECISION: EventType.PENALTY_FINAL,
}
_ANNULLED = {
    SubjectKind.DECISION: EventType.DECISION_ANNULLED,
    SubjectKind.PENALTY_DECISION: EventType.PENALTY_ANNULLED,
}
_REINSTATED = {
    SubjectKind.DECISION: EventType.DECISION_REINSTATED,
    SubjectKind.PENALTY_DECISION: EventType.PENALTY_REINSTATED,
}
_EVENTS = (_APPEALED, _RULED, _PROPOSED, _FINAL, _ANNULLED, _REINSTATED)


def record_publication(at: Situation[Any, Any]) -> list[Event]:
    """`decision.published`, and the clocks that run from publication start."""
    decision: Decision = at.thing
    content: PublicationContent = at.command.content
    data = {"published_on": content.published_on.isoformat()}
    after = replace(decision, published_on=content.published_on)
    return [written(at, EventType.DECISION_PUBLISHED, data), *started(at, after)]


def record_appeal(at: Situation[Any, Any]) -> list[Event]:
    """`….appealed`, in time or late; where the regime says that an appeal suspends, the appellant's orders are stayed.

    A late appeal is recorded too: whether it is heard is for the court. It suspends nothing.
    """
    act: AdoptedAct = at.thing
    content: AppealContent = at.command.content
    service = act.service_on(content.addressee)
    assert service is not None
    window = window_of(at.case, service, at.regime)
    in_time = window is None or content.lodged_on.isoformat() <= window["result"]["last_day"]
    data: dict[str, Any] = {
        "n": len(act.appeals) + 1,
        "addressee": content.addressee,
        "lodged_on": content.lodged_on.isoformat(),
        "court": content.court,
        "in_time": in_time,
    }
    if window is not None:
        data["receipt"] = window
    events = [written(at, _APPEALED[at.command.subject.kind], data)]
    if in_time and isinstance(act, Decision):
        events += _suspended_by_law(at, act, content)
    return events


def record_ruling(at: Situation[Any, Any]) -> list[Event]:
    """`….ruling_recorded` with its items, and what each of them does; a final one ends the appeal.

    The ruling itself is for the party that appealed; what it does to others is told to them thing by thing.
    """
    act: AdoptedAct = at.thing
    content: RulingContent = at.command.content
    appellant = next(each.addressee for each in act.appeals if each.n == content.appeal)
    data = {
        "addressee": appellant,
        "n": len(act.rulings) + 1,
        "appeal": content.appeal,
        "ruled_on": content.ruled_on.isoformat(),
        "court": content.court,
        "final": content.final,
        "items": [unstructure(each) for each in content.items],
    }
    events = [written(at, _RULED[at.command.subject.kind], data)]
    for item in content.items:
        events += ruling_effects.of_item(at, act, item, appellant)
    return events


def propose_finality(at: Situation[Any, Any]) -> list[Event]:
    """`….finality_proposed`: the windows and the grace are over; a person records finality, with proof."""
    return [written(at, _PROPOSED[at.command.subject.kind])]


def record_finality(at: Situation[Any, Any]) -> list[Event]:
    """`….final`; clocks that run from finality start, and debts that fall due with it do."""
    act: AdoptedAct = at.thing
    content: FinalityContent = at.command.content
    data = {"state": at.target.value, "final_on": content.final_on.isoformat()}
    events = [written(at, _FINAL[at.command.subject.kind], data)]
    if isinstance(act, Decision):
        events += started(at, replace(act, final_on=content.final_on))
    return events + debt_effects.fall_due(at, at.command.subject)


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after an event about an act that was served."""
    return with_act(case, _after(act_of(case, event.subject), event))


def _after(act: AdoptedAct, event: Event) -> AdoptedAct:
    data = event.data
    if event.type is EventType.DECISION_PUBLISHED and isinstance(act, Decision):
        return replace(act, published_on=date.fromisoformat(data["published_on"]))
    if event.type in _APPEALED.values():
        appeal = Appeal(data["n"], data["addressee"], date.fromisoformat(data["lodged_on"]), data["court"])
        return replace(act, appeals=(*act.appeals, appeal))
    if event.type in _RULED.values():
        return _ruled(act, data)
    if event.type in _PROPOSED.values():
        return replace(act, steps_done=(*act.steps_done, event.step or ""))
    if event.type in _FINAL.values():
        return replace(in_state(act, data["state"]), final_on=date.fromisoformat(data["final_on"]))
    act = in_state(act, data["state"])
    if event.type in _ANNULLED.values() or event.type in _REINSTATED.values():
        act = replace(act, final_on=None)
    if "amount" not in data:
        return act
    amount = Money.from_json(data["amount"])
    return replace(act, fixed=amount) if isinstance(act, PenaltyDecision) else replace(act, fine_after_rulings=amount)


def _ruled(act: AdoptedAct, data: Any) -> AdoptedAct:
    items = tuple(structure(RulingItem, each) for each in data["items"])
    ruling = Ruling(
        data["n"], data["appeal"], date.fromisoformat(data["ruled_on"]), data["court"], data["final"], items
    )
    appeals = tuple(
        replace(each, open=False) if data["final"] and each.n == data["appeal"] else each for each in act.appeals
    )
    return replace(act, rulings=(*act.rulings, ruling), appeals=appeals)


def _suspended_by_law(at: Situation[Any, Any], decision: Decision, content: AppealContent) -> Iterator[Event]:
    rule = at.regime.suspensive_appeal
    for order in decision.orders:
        named = rule == "all" or (rule == "some" and order.kind in at.regime.suspensive_order_kinds)
        if named and order.addressee == content.addressee:
            yield from suspend_order(at, order, content.lodged_on)


ACTS = {
    (kind, trigger): act
    for kind in (SubjectKind.DECISION, SubjectKind.PENALTY_DECISION)
    for trigger, act in (
        (Trigger.RECORD_APPEAL, record_appeal),
        (Trigger.RECORD_RULING, record_ruling),
        (Trigger.PROPOSE_FINALITY, propose_finality),
        (Trigger.RECORD_FINALITY, record_finality),
    )
} | {(SubjectKind.DECISION, Trigger.RECORD_PUBLICATION): record_publication}
FOLDS = dict.fromkeys(
    (
        EventType.DECISION_PUBLISHED,
        *(
            type_
            for types in (_APPEALED, _RULED, _PROPOSED, _FINAL, _ANNULLED, _REINSTATED)
            for type_ in types.values()
        ),
        EventType.DECISION_FINE_RULED,
        EventType.PENALTY_SUM_RULED,
    ),
    evolve,
)
