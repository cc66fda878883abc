"""What the events of a debt do to it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from workflow.law.days import day_before
from workflow.law.money import Money
from workflow.lifecycle.facts import CaseFacts, Debt, Instalment, Suspension
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.tree import with_debt
from workflow.lifecycle.vocabulary import (
    DebtKind,
    DebtState,
    SubjectKind,
    SuspensionEffect,
    SuspensionScope,
)


def arose(case: CaseFacts, event: Event) -> CaseFacts:
    """The case with a new debt."""
    data = event.data
    days = data.get("days", {})
    return with_debt(
        case,
        Debt(
            id=event.subject.id,
            n=data["n"],
            kind=DebtKind(data["kind"]),
            source_kind=SubjectKind(data["source_kind"]),
            source=data["source"],
            addressee=data["addressee"],
            amount=Money.from_json(data["amount"]),
            state=DebtState(data["state"]),
            arose_on=event.effective_on,
            due_by=_day(data, "due_by"),
            collected_by=data.get("collected_by"),
            fell_due_on=_day(data, "fell_due_on"),
            from_=_day(days, "from"),
            to=_day(days, "to"),
        ),
    )


def _fell_due(debt: Debt, event: Event) -> Debt:
    """Without a state in the event only its days moved; while collection is suspended it is due when that ends."""
    days = replace(debt, due_by=_day(event.data, "due_by"), fell_due_on=_day(event.data, "fell_due_on"))
    if "state" not in event.data:
        return days
    return replace(_moved(days, event), before=DebtState.DUE if debt.state is DebtState.SUSPENDED else None)


def _step_taken(debt: Debt, event: Event) -> Debt:
    return debt if event.step is None else replace(debt, steps_done=(*debt.steps_done, event.step))


def _handed_over(debt: Debt, event: Event) -> Debt:
    collected_by = event.data.get("collected_by", debt.collected_by)
    state = DebtState.HANDED_OVER
    return replace(debt, state=state, collected_by=collected_by, handed_over_on=event.effective_on)


def _deferred(debt: Debt, event: Event) -> Debt:
    return replace(debt, state=DebtState.DEFERRED, deferred_to=_day(event.data, "until"))


def _instalments(debt: Debt, event: Event) -> Debt:
    parts = tuple(
        Instalment(date.fromisoformat(part["due_by"]), Money.from_json(part["amount"])) for part in event.data["parts"]
    )
    return replace(debt, state=DebtState.INSTALMENTS, instalments=parts)


def _secured(debt: Debt, event: Event) -> Debt:
    amount = event.data.get("amount")
    return replace(debt, state=DebtState.SECURED, secured=None if amount is None else Money.from_json(amount))


def _suspended(debt: Debt, event: Event) -> Debt:
    data = event.data
    stay = Suspension(
        data["n"], SuspensionScope(data["scope"]), SuspensionEffect(data["effect"]), from_=event.effective_on
    )
    return replace(debt, state=DebtState.SUSPENDED, before=debt.state, suspensions=(*debt.suspensions, stay))


def _resumed(debt: Debt, event: Event) -> Debt:
    last = day_before(event.effective_on)
    stays = tuple(replace(each, to=last) if each.to is None else each for each in debt.suspensions)
    return replace(_moved(debt, event), before=None, suspensions=stays)


def _adjusted(debt: Debt, event: Event) -> Debt:
    return replace(_moved(debt, event), amount=Money.from_json(event.data["amount"]))


def _moved(debt: Debt, event: Event) -> Debt:
    return replace(debt, state=DebtState(event.data["state"]))


def _day(data: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(data[name]) if name in data else None


_CHANGES: Mapping[EventType, Callable[[Debt, Event], Debt]] = {
    EventType.DEBT_FELL_DUE: _fell_due,
    EventType.DEBT_OVERDUE: _step_taken,
    EventType.DEBT_LIMITATION_NEAR: _step_taken,
    EventType.DEBT_HANDED_OVER: _handed_over,
    EventType.DEBT_DEFERRED: _deferred,
    EventType.DEBT_INSTALMENTS_AGREED: _instalments,
    EventType.DEBT_DEFAULTED: _moved,
    EventType.DEBT_SECURED: _secured,
    EventType.DEBT_UNCOLLECTABLE: _moved,
    EventType.DEBT_WRITTEN_OFF: _moved,
    EventType.DEBT_TIME_BARRED: _moved,
    EventType.DEBT_SUSPENDED: _suspended,
    EventType.DEBT_RESUMED: _resumed,
    EventType.DEBT_ADJUSTED: _adjusted,
}


_AGREED = frozenset(
    {
        EventType.DEBT_HANDED_OVER,
        EventType.DEBT_DEFERRED,
        EventType.DEBT_INSTALMENTS_AGREED,
        EventType.DEBT_DEFAULTED,
        EventType.DEBT_SECURED,
        EventType.DEBT_UNCOLLECTABLE,
        EventType.DEBT_WRITTEN_OFF,
        EventType.DEBT_TIME_BARRED,
        EventType.DEBT_SUSPENDED,
        EventType.DEBT_RESUMED,
    }
)


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after an event about a debt that is there."""
    after = _CHANGES[event.type](case.debt(event.subject.id), event)
    return with_debt(case, replace(after, acted_on=event.effective_on) if event.type in _AGREED else after)


FOLDS: Mapping[EventType, Callable[[CaseFacts, Event], CaseFacts]] = {
    EventType.DEBT_AROSE: arose,
    **dict.fromkeys(_CHANGES, evolve),
}
