"""What is found of an order: unmet, met limb by limb, met, met no longer, deleted too early."""

from abc import abstractmethod
from datetime import date

from workflow.lifecycle.facts import Limb, Order, Spell
from workflow.lifecycle.facts.frozen import frozen, replace
from workflow.lifecycle.kernel.events import Event, event, told
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.sheet import SheetLine, lines_of, sheet
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.order.compliance_guards import accepted_before_service
from workflow.lifecycle.order.contents import (
    ComplianceContent,
    LimbContent,
    NonComplianceContent,
    RelapseContent,
    UnmetLimb,
)
from workflow.lifecycle.vocabulary import Audience, OrderState


@frozen(kw_only=True)
class OfFindings(Of[Order]):
    """An event with an assessment sheet: its lines are the latest on their limbs."""

    findings: tuple[SheetLine, ...] = ()

    @abstractmethod
    def found(self, order: Order) -> Order:
        """The order as it was found."""

    def on(self, order: Order, event: Event) -> Order:
        """With what was found, and the lines that say so."""
        lines = lines_of(self.findings, self.act)
        looked_at = {line.limb for line in lines}
        kept = [line for line in order.findings if line.limb not in looked_at]
        findings = tuple(sorted((*kept, *lines), key=lambda line: line.limb))
        return replace(self.found(order), findings=findings, acted_on=event.effective_on)


@event("order.found_non_compliant", Audience.SERVED)
class OrderFoundNonCompliant(OfFindings):
    """Limbs were found unmet: each from a day, else from the first late day."""

    state: OrderState
    limbs: tuple[UnmetLimb, ...] = told("The limbs that are unmet.", (UnmetLimb(n=1),))

    def found(self, order: Order) -> Order:
        """Its limbs unmet."""
        since = {each.n: each.from_ for each in self.limbs}
        limbs = tuple(_unmet(limb, since[limb.n]) if limb.n in since else limb for limb in order.limbs)
        return replace(order, state=self.state, limbs=limbs)


@event("order.limb_accepted", Audience.SERVED)
class OrderLimbAccepted(OfFindings):
    """A limb is met from a day on: that day is not late."""

    state: OrderState
    limb: int = told("The limb of the order it is about.", 1)
    met_on: date = told("The day on which the limb was met.", date(2023, 1, 31))

    def found(self, order: Order) -> Order:
        """The limb met."""
        limbs = tuple(_met(order, limb, self.met_on) if limb.n == self.limb else limb for limb in order.limbs)
        return replace(order, limbs=limbs)


@event("order.complied", Audience.SERVED)
class OrderComplied(OfFindings):
    """The order is complied with from a day on: that day is not late."""

    state: OrderState
    complied_on: date = told("The day from which the order is complied with.", date(2023, 2, 10))

    def found(self, order: Order) -> Order:
        """All that stands of it met."""
        day = self.complied_on
        limbs = tuple(_met(order, limb, day) if limb.annulled_on is None else limb for limb in order.limbs)
        return replace(order, state=self.state, complied_on=day, limbs=limbs)


@event("order.relapsed", Audience.SERVED)
class OrderRelapsed(OfFindings):
    """From a day on limbs that were met are late again."""

    state: OrderState
    relapsed_on: date = told("The first day on which it was breached again.", date(2023, 4, 3))
    limbs: tuple[int, ...] = told("The limbs of the order it is about.", (1,))

    def found(self, order: Order) -> Order:
        """Its limbs unmet again."""
        limbs = tuple(_unmet(limb, self.relapsed_on) if limb.n in self.limbs else limb for limb in order.limbs)
        return replace(order, state=self.state, complied_on=None, limbs=limbs)


@event("order.premature_deletion", Audience.SERVED)
class OrderPrematureDeletion(OfFindings):
    """Data were deleted that people had asked for; nothing else changes."""

    deleted_on: date = told("The day of the deletion.", date(2023, 1, 12))
    requests: tuple[str, ...]

    def found(self, order: Order) -> Order:
        """With the day of the deletion."""
        return replace(order, premature_deletion_on=self.deleted_on)


def establish_non_compliance(at: Situation[Order, NonComplianceContent]) -> list[Event]:
    """`order.found_non_compliant`, with the assessment sheet as the reasons."""
    content = at.content
    found = OrderFoundNonCompliant(state=at.target, limbs=content.limbs, findings=sheet(content.findings))
    return [written(at, found)]


def accept_limb(at: Situation[Order, LimbContent]) -> list[Event]:
    """`order.limb_accepted`."""
    content = at.content
    accepted = OrderLimbAccepted(
        state=at.target, limb=content.limb, met_on=content.met_on, findings=sheet(content.findings)
    )
    return [written(at, accepted)]


def accept_compliance(at: Situation[Order, ComplianceContent]) -> list[Event]:
    """`order.complied`."""
    content = at.content
    complied = OrderComplied(state=at.target, complied_on=content.complied_on, findings=sheet(content.findings))
    return [written(at, complied)]


def record_relapse(at: Situation[Order, RelapseContent]) -> list[Event]:
    """`order.relapsed`."""
    content = at.content
    relapsed = OrderRelapsed(
        state=at.target, relapsed_on=content.relapsed_on, limbs=content.limbs, findings=sheet(content.findings)
    )
    return [written(at, relapsed)]


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
