"""How a debt is collected: what the calendar notes of it, handing it over, and giving it up."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law import debt_days
from workflow.law.money import Money
from workflow.lifecycle.debt.agreements import IN_DEFAULT
from workflow.lifecycle.debt.contents import HandOverContent
from workflow.lifecycle.debt.days import limitation, payable_by
from workflow.lifecycle.debt.events import Dealing, StateChange, changes_state
from workflow.lifecycle.debt.states import CLAIMED, PAYABLE
from workflow.lifecycle.facts import Debt
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, event
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS, over_after
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import FINANCE, HEAD, SAME, SCHEDULER, Guard, Row, Situation
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.vocabulary import Audience, DebtState, Trigger


class CalendarNote(Of[Debt]):
    """A note of the scheduler, made once; nothing else changes."""

    __slots__ = ()

    def on(self, debt: Debt, event: Event) -> Debt:
        """With the step that was taken."""
        return debt if event.step is None else replace(debt, steps_done=(*debt.steps_done, event.step))


@event("debt.overdue", Audience.INTERNAL)
class DebtOverdue(CalendarNote):
    """Its last day of payment has passed with so much outstanding."""

    due_by: date
    outstanding: Money


@event("debt.limitation_near", Audience.INTERNAL)
class DebtLimitationNear(CalendarNote):
    """The last day on which it can be claimed is near, as it is computed now."""

    last_day: date
    explanation: tuple[Mapping[str, Any], ...]


@event("debt.handed_over", Audience.INTERNAL)
class DebtHandedOver(Dealing):
    """It was handed over to who collects it."""

    collected_by: str | None = None

    def on(self, debt: Debt, event: Event) -> Debt:
        """With who collects it."""
        collected_by = self.collected_by or debt.collected_by
        return replace(debt, state=DebtState.HANDED_OVER, collected_by=collected_by, handed_over_on=event.effective_on)


@event("debt.uncollectable_abroad", Audience.INTERNAL)
class DebtUncollectable(StateChange):
    """There are no means to collect it where the debtor is; the debt stands."""


@event("debt.written_off", Audience.INTERNAL)
class DebtWrittenOff(StateChange):
    """It was given up, with reasons."""


@event("debt.time_barred", Audience.INTERNAL)
class DebtTimeBarred(StateChange):
    """The time in which it could be claimed is over."""


def payment_overdue(at: Situation[Debt, None]) -> list[Event]:
    """`debt.overdue` on the day after the last day of payment."""
    debt, last = at.thing, payable_by(at.thing)
    assert last is not None
    return [written(at, DebtOverdue(due_by=last, outstanding=Money(debt.outstanding, debt.amount.currency)))]


def limitation_near(at: Situation[Debt, None]) -> list[Event]:
    """`debt.limitation_near`."""
    found = limitation(at.thing, at.regime, at.today)
    assert found is not None
    return [written(at, DebtLimitationNear(last_day=found.last_day, explanation=tuple(found.explanation)))]


def hand_over(at: Situation[Debt, HandOverContent]) -> list[Event]:
    """`debt.handed_over`, to the collector named, else to whom the regime names."""
    return [written(at, DebtHandedOver(collected_by=at.content.collector or debt_days.collector(at.regime)))]


def _party_abroad(at: Situation[Debt, Any]) -> Denial | None:
    debt, home = at.thing, at.regime.calendar.partition("-")[0]
    owing = [at.case.party(debt.addressee)] if debt.addressee is not None else list(at.case.parties)
    if any(party.country is None or party.country != home for party in owing):
        return None
    return Denial(
        detail=f"Who owes this debt is in {home}; it is not uncollectable for lying abroad.",
        reference="uncollectable abroad: no means to collect where the debtor is",
        satisfied_by="hand the debt over to who collects it, or write it off",
        who=("finance_officer",),
    )


def _time_is_over(at: Situation[Debt, Any]) -> Denial | None:
    found = limitation(at.thing, at.regime, at.today)
    if found is None:
        return Denial(
            detail=f"{at.regime.pin} states no period of limitation, so none is over.",
            reference=f"regime {at.regime.pin}, limitation",
            satisfied_by="write the debt off, with reasons",
            who=("finance_officer",),
        )
    if found.last_day < at.effective_on:
        return None
    way_out, open_on = over_after(at, found.last_day)
    return Denial(
        detail=f"The debt can be claimed until {found.last_day}, which is not over on {at.effective_on}.",
        reference=at.regime.values["limitation.period"].ref,
        satisfied_by=f"{way_out}, or write the debt off, with reasons",
        open_on=open_on,
        who=("finance_officer",),
    )


PARTY_ABROAD = Guard("party_abroad", nature=_party_abroad)
TIME_IS_OVER = Guard("time_is_over", state=_time_is_over)

COLLECTION: tuple[Row, ...] = (
    Row(
        trigger=Trigger.PAYMENT_OVERDUE,
        sources=PAYABLE,
        target=SAME,
        roles=SCHEDULER,
        label="Note that payment is overdue",
        ground="a fact of the calendar; the day after the last day of payment",
        guards=(IN_DEFAULT,),
        step=True,
        act=payment_overdue,
    ),
    Row(
        trigger=Trigger.LIMITATION_NEAR,
        sources=(*CLAIMED, DebtState.SUSPENDED),
        target=SAME,
        roles=SCHEDULER,
        label="Warn that the limitation is near",
        ground="a claim is lost when its time is over",
        step=True,
        act=limitation_near,
    ),
    Row(
        trigger=Trigger.HAND_OVER,
        sources=tuple(state for state in CLAIMED if state is not DebtState.HANDED_OVER),
        target=DebtState.HANDED_OVER,
        roles=FINANCE,
        label="Hand over for collection",
        ground="who collects is the regime's to say",
        guards=(NOT_BACKWARDS,),
        takes=HandOverContent,
        act=hand_over,
    ),
)
GIVING_UP: tuple[Row, ...] = (
    Row(
        trigger=Trigger.RECORD_UNCOLLECTABLE,
        sources=PAYABLE,
        target=DebtState.UNCOLLECTABLE_ABROAD,
        roles=FINANCE,
        label="Record that it cannot be collected abroad",
        ground="no means to collect where the debtor is; the debt stands",
        guards=(NOT_BACKWARDS, PARTY_ABROAD),
        act=changes_state(DebtUncollectable),
    ),
    Row(
        trigger=Trigger.WRITE_OFF,
        sources=CLAIMED,
        target=DebtState.WRITTEN_OFF,
        roles=FINANCE,
        label="Write off",
        ground="a claim is given up with reasons, by two people",
        guards=(NOT_BACKWARDS,),
        confirmed_by=HEAD,
        act=changes_state(DebtWrittenOff),
    ),
    Row(
        trigger=Trigger.RECORD_TIME_BAR,
        sources=CLAIMED,
        target=DebtState.TIME_BARRED,
        roles=FINANCE,
        label="Record that it is time-barred",
        ground="limitation of the claim",
        guards=(NOT_BACKWARDS, TIME_IS_OVER),
        confirmed_by=HEAD,
        act=changes_state(DebtTimeBarred),
    ),
)
