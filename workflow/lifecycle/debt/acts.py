"""The acts on a debt: interest charged on it, collecting it, giving it time, giving it up; and how it is kept."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.law import debt_days as law
from workflow.law.money import Money
from workflow.lifecycle.debt import days as debt_days
from workflow.lifecycle.debt.contents import DeferralContent, HandOverContent, InstalmentsContent, SecurityContent
from workflow.lifecycle.debt.effects import beginning, clock, subject_of
from workflow.lifecycle.debt.folds import FOLDS
from workflow.lifecycle.debt.interest import Interest
from workflow.lifecycle.facts import Debt
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.vocabulary import DebtKind, SubjectKind, Trigger

__all__ = ["ACTS", "FOLDS"]


def charge_interest(at: Situation[Any, Any]) -> list[Event]:
    """`debt.arose` for the interest of the days not charged yet, with its receipt."""
    debt: Debt = at.thing
    found: Interest = at.workings["interest"]
    n = len(at.case.debts) + 1
    data = beginning(n, DebtKind.INTEREST, at.command.subject, debt.addressee, found.amount, at.regime)
    data |= clock(at, at.effective_on)
    data |= {
        "state": at.target.value,
        "days": {"from": found.from_.isoformat(), "to": found.to.isoformat()},
        "statement": found.receipt,
    }
    return [written(at, EventType.DEBT_AROSE, data, subject=subject_of(at.case, n), parent=at.command.subject)]


def fall_due(at: Situation[Any, Any]) -> list[Event]:
    """`debt.fell_due` from the day of the court's decision."""
    return [written(at, EventType.DEBT_FELL_DUE, clock(at, at.effective_on) | {"state": at.target.value})]


def payment_overdue(at: Situation[Any, Any]) -> list[Event]:
    """`debt.overdue`: what is outstanding on the day after the last day of payment; nothing else changes."""
    debt: Debt = at.thing
    last = debt_days.payable_by(debt)
    assert last is not None
    outstanding = Money(debt.outstanding, debt.amount.currency)
    return [written(at, EventType.DEBT_OVERDUE, {"due_by": last.isoformat(), "outstanding": outstanding.to_json()})]


def limitation_near(at: Situation[Any, Any]) -> list[Event]:
    """`debt.limitation_near`: the last day of the claim as it is computed now; nothing else changes."""
    found = debt_days.limitation(at.thing, at.regime, at.today)
    assert found is not None
    data = {"last_day": found.last_day.isoformat(), "explanation": found.explanation}
    return [written(at, EventType.DEBT_LIMITATION_NEAR, data)]


def hand_over(at: Situation[Any, Any]) -> list[Event]:
    """`debt.handed_over`, to the collector named, else to whom the regime names."""
    content: HandOverContent = at.command.content
    collected_by = content.collector or law.collector(at.regime)
    data: dict[str, Any] = {} if collected_by is None else {"collected_by": collected_by}
    return [written(at, EventType.DEBT_HANDED_OVER, data)]


def defer(at: Situation[Any, Any]) -> list[Event]:
    """`debt.deferred` until a day; interest runs on."""
    content: DeferralContent = at.command.content
    return [written(at, EventType.DEBT_DEFERRED, {"until": content.until.isoformat()})]


def agree_instalments(at: Situation[Any, Any]) -> list[Event]:
    """`debt.instalments_agreed`; interest runs on."""
    content: InstalmentsContent = at.command.content
    parts = [{"due_by": part.due_by.isoformat(), "amount": part.amount.to_json()} for part in content.parts]
    return [written(at, EventType.DEBT_INSTALMENTS_AGREED, {"parts": parts})]


def record_security(at: Situation[Any, Any]) -> list[Event]:
    """`debt.secured`, for all of it unless a sum is named."""
    content: SecurityContent = at.command.content
    return [written(at, EventType.DEBT_SECURED, {} if content.amount is None else {"amount": content.amount.to_json()})]


def suspend(at: Situation[Any, Any]) -> list[Event]:
    """`debt.collection_suspended` from a day on; no day of any clock is dropped."""
    debt: Debt = at.thing
    content = at.command.content
    data = {"n": len(debt.suspensions) + 1, "scope": content.scope.value, "effect": content.effect.value}
    return [written(at, EventType.DEBT_SUSPENDED, data)]


def _changes_state(type_: EventType) -> Callable[[Situation[Any, Any]], list[Event]]:
    def act(at: Situation[Any, Any]) -> list[Event]:
        return [written(at, type_, {"state": at.target.value})]

    return act


ACTS: Mapping[tuple[SubjectKind, Trigger], Callable[[Situation[Any, Any]], list[Event]]] = {
    (SubjectKind.DEBT, trigger): act
    for trigger, act in (
        (Trigger.ARISE, charge_interest),
        (Trigger.FALL_DUE, fall_due),
        (Trigger.PAYMENT_OVERDUE, payment_overdue),
        (Trigger.LIMITATION_NEAR, limitation_near),
        (Trigger.HAND_OVER, hand_over),
        (Trigger.DEFER, defer),
        (Trigger.AGREE_INSTALMENTS, agree_instalments),
        (Trigger.RECORD_DEFAULT, _changes_state(EventType.DEBT_DEFAULTED)),
        (Trigger.RECORD_SECURITY, record_security),
        (Trigger.SUSPEND, suspend),
        (Trigger.RESUME, _changes_state(EventType.DEBT_RESUMED)),
        (Trigger.RECORD_UNCOLLECTABLE, _changes_state(EventType.DEBT_UNCOLLECTABLE)),
        (Trigger.WRITE_OFF, _changes_state(EventType.DEBT_WRITTEN_OFF)),
        (Trigger.RECORD_TIME_BAR, _changes_state(EventType.DEBT_TIME_BARRED)),
    )
}
