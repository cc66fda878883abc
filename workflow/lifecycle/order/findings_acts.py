"""What is found of an order: unmet, met limb by limb, met, met no longer, deleted too early."""

from datetime import date
from typing import Any

from workflow.lifecycle.facts import CaseFacts, Finding, Limb, Order, Spell
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.codec import unstructure
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.sheet import lines_of, sheet
from workflow.lifecycle.kernel.tree import with_order
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.order.compliance_guards import accepted_before_service
from workflow.lifecycle.order.findings_contents import (
    ComplianceContent,
    LimbContent,
    NonComplianceContent,
    PrematureDeletionContent,
    RelapseContent,
)
from workflow.lifecycle.vocabulary import OrderState, SubjectKind, Trigger


def establish_non_compliance(at: Situation[Any, Any]) -> list[Event]:
    """`order.found_non_compliant`: which limbs are unmet, from when, and the assessment sheet as the reasons."""
    content: NonComplianceContent = at.command.content
    data = {"limbs": [unstructure(limb) for limb in content.limbs]}
    return [written(at, EventType.ORDER_FOUND_NON_COMPLIANT, _state(at) | data | sheet(content.findings))]


def accept_limb(at: Situation[Any, Any]) -> list[Event]:
    """`order.limb_accepted`, with the day from which it is met: that day is not late."""
    content: LimbContent = at.command.content
    data = {"limb": content.limb, "met_on": content.met_on.isoformat()}
    return [written(at, EventType.ORDER_LIMB_ACCEPTED, _state(at) | data | sheet(content.findings))]


def accept_compliance(at: Situation[Any, Any]) -> list[Event]:
    """`order.complied`, with the day from which it is true: that day is not late."""
    content: ComplianceContent = at.command.content
    data = {"complied_on": content.complied_on.isoformat()}
    return [written(at, EventType.ORDER_COMPLIED, _state(at) | data | sheet(content.findings))]


def record_relapse(at: Situation[Any, Any]) -> list[Event]:
    """`order.relapsed`: from this day on limbs that were met are late again."""
    content: RelapseContent = at.command.content
    data = {"relapsed_on": content.relapsed_on.isoformat(), "limbs": list(content.limbs)}
    return [written(at, EventType.ORDER_RELAPSED, _state(at) | data | sheet(content.findings))]


def record_premature_deletion(at: Situation[Any, Any]) -> list[Event]:
    """`order.premature_deletion`: data were deleted that people had asked for; nothing else changes."""
    content: PrematureDeletionContent = at.command.content
    data = {"deleted_on": content.deleted_on.isoformat(), "requests": list(content.requests)}
    return [written(at, EventType.ORDER_PREMATURE_DELETION, data)]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after something was found of an order."""
    decision = case.decision_of(event.subject.id)
    order = next(each for each in decision.orders if each.id == event.subject.id)
    data = event.data
    match event.type:
        case EventType.ORDER_FOUND_NON_COMPLIANT:
            found = {each["n"]: _day(each.get("from")) for each in data["limbs"]}
            limbs = tuple(_unmet(limb, found[limb.n]) if limb.n in found else limb for limb in order.limbs)
            after = replace(order, state=OrderState(data["state"]), limbs=limbs)
        case EventType.ORDER_LIMB_ACCEPTED:
            met_on = date.fromisoformat(data["met_on"])
            limbs = tuple(_met(order, limb, met_on) if limb.n == data["limb"] else limb for limb in order.limbs)
            after = replace(order, limbs=limbs)
        case EventType.ORDER_COMPLIED:
            complied_on = date.fromisoformat(data["complied_on"])
            limbs = tuple(_met(order, limb, complied_on) if limb.annulled_on is None else limb for limb in order.limbs)
            after = replace(order, state=OrderState(data["state"]), complied_on=complied_on, limbs=limbs)
        case EventType.ORDER_RELAPSED:
            relapsed_on = date.fromisoformat(data["relapsed_on"])
            limbs = tuple(_unmet(limb, relapsed_on) if limb.n in data["limbs"] else limb for limb in order.limbs)
            after = replace(order, state=OrderState(data["state"]), complied_on=None, limbs=limbs)
        case EventType.ORDER_PREMATURE_DELETION:
            after = replace(order, premature_deletion_on=date.fromisoformat(data["deleted_on"]))
        case _:
            raise AssertionError(f"{event.type} finds nothing of an order")
    findings = _latest(order, lines_of(event))
    return with_order(case, decision, replace(after, findings=findings, acted_on=event.effective_on))


def _met(order: Order, limb: Limb, day: date) -> Limb:
    """The limb met from this day, unless it was before: then only in place of a day before the order binds."""
    if limb.met_on is not None and limb not in accepted_before_service(order):
        return limb
    *earlier, spell = limb.unmet
    return replace(limb, spells=(*earlier, replace(spell, met_on=day)))


def _unmet(limb: Limb, day: date | None) -> Limb:
    """The limb unmet from this day: a new spell where it was met, else the open one, from this day if one is given."""
    *earlier, last = limb.unmet
    if last.met_on is not None:
        return replace(limb, spells=(*earlier, last, Spell(day)))
    return replace(limb, spells=(*earlier, Spell(day or last.from_)))


def _latest(order: Order, lines: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The latest lines on each limb, by limb."""
    looked_at = {line.limb for line in lines}
    kept = tuple(line for line in order.findings if line.limb not in looked_at)
    return tuple(sorted((*kept, *lines), key=lambda line: line.limb))


def _state(at: Situation[Any, Any]) -> dict[str, Any]:
    return {"state": at.target.value}


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


ACTS = {
    (SubjectKind.ORDER, Trigger.ESTABLISH_NON_COMPLIANCE): establish_non_compliance,
    (SubjectKind.ORDER, Trigger.ACCEPT_LIMB): accept_limb,
    (SubjectKind.ORDER, Trigger.ACCEPT_COMPLIANCE): accept_compliance,
    (SubjectKind.ORDER, Trigger.RECORD_RELAPSE): record_relapse,
    (SubjectKind.ORDER, Trigger.RECORD_PREMATURE_DELETION): record_premature_deletion,
}
FOLDS = dict.fromkeys(
    (
        EventType.ORDER_FOUND_NON_COMPLIANT,
        EventType.ORDER_LIMB_ACCEPTED,
        EventType.ORDER_COMPLIED,
        EventType.ORDER_RELAPSED,
        EventType.ORDER_PREMATURE_DELETION,
    ),
    evolve,
)
