"""The review list: what was done on facts that a correction has since changed, derived from the facts and never stored.

Each entry says what it relied on, what the facts give now, and which acts lead out. It goes by itself when one of them
was done, or when another correction brings the facts back.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from workflow.law.days import day_before
from workflow.law.ladder import reminder_days
from workflow.law.money import Money
from workflow.law.regime import regime
from workflow.lifecycle.facts import CaseFacts, Debt, Decision, Order, PenaltyDecision
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.order.compliance_guards import accepted_before_service
from workflow.lifecycle.penalty_clause.basis import basis_gone
from workflow.lifecycle.penalty_decision.sums import Changed, Recomputed, changes, outdated
from workflow.lifecycle.vocabulary import (
    DebtState,
    DecisionState,
    Nature,
    OrderState,
    PenaltyDecisionState,
    Retroactivity,
    SubjectKind,
    Trigger,
)

_HEARING = frozenset(
    {PenaltyDecisionState.GROUNDS_NOTIFIED, PenaltyDecisionState.IN_DELIBERATION, PenaltyDecisionState.IN_ABEYANCE}
)
_ENDED = frozenset({OrderState.LIFTED, OrderState.LAPSED, OrderState.ANNULLED})
_OVER = frozenset({DebtState.CANCELLED, DebtState.REFUNDED, DebtState.WRITTEN_OFF, DebtState.TIME_BARRED})


class Doubt(StrEnum):
    """Why something is on the list."""

    SUM = "sum_of_other_facts"
    GROUNDS = "heard_on_another_sum"
    EXPIRY = "expiry_before_the_last_day"
    COMPLIANCE = "compliance_before_service"
    REMINDER = "reminder_of_another_last_day"
    DEBT = "debt_above_its_source"


@frozen
class WayOut:
    """An act that would take an entry off the list, and what it does."""

    trigger: Trigger
    effect: str


@frozen(kw_only=True)
class ReviewEntry:
    """One thing to look at: what it is about, why in a sentence, the facts that changed, and the ways out."""

    subject: Subject
    doubt: Doubt
    why: str
    changed: tuple[Changed, ...]
    ways_out: tuple[WayOut, ...]


def review(case: CaseFacts, today: date) -> list[ReviewEntry]:
    """What in a case rests on facts that are others now, in the order of the case."""
    found: list[ReviewEntry] = []
    for decision, order in case.orders():
        found += _expiry(order)
        found += _compliance(decision, order)
        found += _reminders(case, decision, order, today)
    for penalty in case.penalty_decisions:
        found += _sum(case, penalty)
    for debt in case.debts:
        found += _debt(case, debt)
    return found


def ways_out(case: CaseFacts, penalty: PenaltyDecision, now: Recomputed) -> tuple[WayOut, ...]:
    """The acts that settle an outdated sum, the one that fits best first."""
    withdraw = WayOut(Trigger.WITHDRAW, "withdraw it; its days are free for another proposal")
    if basis_gone(case, penalty) is not None:
        return (WayOut(Trigger.DECLARE_VOID, "what it rested on fell away, and it falls with it"), withdraw)
    if penalty.state is PenaltyDecisionState.IN_ABEYANCE:
        return (WayOut(Trigger.RESUME, "go on, then settle the sum"), withdraw)
    keep = WayOut(Trigger.CONFIRM_SUM, "keep the sum, with the body's reasons")
    adopted = penalty.owed
    if now.sum.units and (adopted is None or now.sum.amount.minor < adopted.minor):
        return (WayOut(Trigger.REPLACE_SUM, "state the sum anew from the facts as they are"), keep, withdraw)
    return (keep, withdraw)


def _sum(case: CaseFacts, penalty: PenaltyDecision) -> Iterator[ReviewEntry]:
    now = outdated(case, penalty)
    if now is None:
        return
    subject = penalty.subject
    sums = (
        Changed("units", penalty.units, now.sum.units),
        Changed("amount", penalty.amount.to_json(), now.sum.amount.to_json()),
    )
    yield ReviewEntry(
        subject=subject,
        doubt=Doubt.SUM,
        why=f"Penalty decision {penalty.n} states {penalty.units} units, {_money(penalty.amount)}, for {penalty.from_} "
        f"to {penalty.to}; the facts as they are give {now.sum.units} units, {_money(now.sum.amount)}.",
        changed=(*sums, *changes(penalty, now)),
        ways_out=ways_out(case, penalty, now),
    )
    if penalty.grounds is not None and penalty.state in _HEARING and basis_gone(case, penalty) is None:
        heard = penalty.grounds
        yield ReviewEntry(
            subject=subject,
            doubt=Doubt.GROUNDS,
            why=f"The party was told of {_money(heard.amount)} on {heard.notified_on}; the facts as they are give "
            f"{_money(now.sum.amount)}.",
            changed=(Changed("amount", heard.amount.to_json(), now.sum.amount.to_json()),),
            ways_out=(
                WayOut(Trigger.RETURN_TO_DRAFT, "state the sum anew and notify the grounds again"),
                WayOut(Trigger.REPLACE_SUM, "a lower sum needs no new notice"),
            ),
        )


def _expiry(order: Order) -> Iterator[ReviewEntry]:
    recorded, last_day = order.expiry_recorded_on, order.last_day
    if recorded is None or last_day is None or recorded > last_day:
        return
    then = day_before(recorded)
    yield ReviewEntry(
        subject=order.subject,
        doubt=Doubt.EXPIRY,
        why=f"The expiry of order {order.n} was recorded for the last day {then}; its last day is {last_day} now.",
        changed=(Changed("last_day", then.isoformat(), last_day.isoformat()),),
        ways_out=(WayOut(Trigger.RECORD_EXPIRY, f"record it again after {last_day}, when the period is over"),),
    )


def _compliance(decision: Decision, order: Order) -> Iterator[ReviewEntry]:
    """An order, or a limb of it, accepted as met from a day on which by the corrected service it did not bind yet."""
    early = accepted_before_service(order)
    if not early or order.state in _ENDED:
        return
    limbs = ", ".join(f"limb {limb.n} from {limb.met_on}" for limb in early)
    service = decision.service_on(order.addressee)
    before = service.corrected_from[-1] if service is not None and service.corrected_from else None
    if order.state is OrderState.SUSPENDED:
        ways = [WayOut(Trigger.RESUME, "go on, then accept compliance again")]
    elif all(limb.met_on is not None for limb in order.standing):
        ways = [WayOut(Trigger.ACCEPT_COMPLIANCE, f"accept it again, from {order.starts_on} or later")]
    else:
        ways = [WayOut(Trigger.ACCEPT_LIMB, f"accept the limb again, from {order.starts_on} or later")]
    if order.state is OrderState.COMPLIED and order.nature is Nature.CONTINUOUS:
        ways.append(WayOut(Trigger.RECORD_RELAPSE, "record from when it is unmet, where it is"))
    yield ReviewEntry(
        subject=order.subject,
        doubt=Doubt.COMPLIANCE,
        why=f"Compliance with order {order.n} was accepted ({limbs}); by the service as corrected it binds from "
        f"{order.starts_on} on.",
        changed=(Changed("starts_on", before and before.isoformat(), str(order.starts_on)),),
        ways_out=tuple(ways),
    )


def _reminders(case: CaseFacts, decision: Decision, order: Order, today: date) -> Iterator[ReviewEntry]:
    """Reminders that by the present last day are still to come, and so were sent for another."""
    if order.starts_on is None or order.last_day is None or decision.regime is None:
        return
    days_before = regime(decision.regime).ladder.remind_days_before
    days = reminder_days(order.starts_on, order.last_day, days_before)
    early = [n for n, day in days if n in order.reminded and day > today]
    if early:
        numbers = " and ".join(map(str, early))
        yield ReviewEntry(
            subject=order.subject,
            doubt=Doubt.REMINDER,
            why=f"Reminder {numbers} of order {order.n} named an earlier last day; it is {order.last_day} now.",
            changed=(Changed("last_day", None, order.last_day.isoformat()),),
            ways_out=(WayOut(Trigger.EXTEND, "tell the party the last day by an act, where it relied on the earlier"),),
        )


def _debt(case: CaseFacts, debt: Debt) -> Iterator[ReviewEntry]:
    fixed = _fixed(case, debt)
    if debt.state in _OVER or fixed is None or debt.amount.minor <= fixed.minor:
        return
    yield ReviewEntry(
        subject=debt.subject,
        doubt=Doubt.DEBT,
        why=f"Debt {debt.n} is of {_money(debt.amount)}; the act it arose from fixes {_money(fixed)} now.",
        changed=(Changed("amount", debt.amount.to_json(), fixed.to_json()),),
        ways_out=(WayOut(Trigger.ADJUST, "bring the debt to the sum of its source; what was paid above is refunded"),),
    )


def _fixed(case: CaseFacts, debt: Debt) -> Money | None:
    """What the act a debt arose from fixes now; None where another rule computes the debt."""
    none = Money(0, debt.amount.currency)
    if debt.source_kind is SubjectKind.PENALTY_DECISION:
        return case.penalty_decision(debt.source).owed or none
    if debt.source_kind is SubjectKind.DECISION:
        decision = case.decision(debt.source)
        if decision.state is DecisionState.ANNULLED or decision.withdrawn_as is Retroactivity.EX_TUNC:
            return none
        return decision.fine_after_rulings or decision.fine or none
    return None


def _money(money: Money) -> str:
    return f"{money.currency} {money.amount}"
