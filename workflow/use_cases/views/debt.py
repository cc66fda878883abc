"""A debt as the API shows it: what is owed, by when, what was paid, what interest has accrued."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from workflow.law.days import day_before
from workflow.law.debt_days import payment_clock
from workflow.law.money import Money
from workflow.law.regime import regime
from workflow.lifecycle.debt import days as debt_days
from workflow.lifecycle.debt.interest import Interest, NoInterest, charge
from workflow.lifecycle.debt.states import OPEN
from workflow.lifecycle.debt.steps import debt_steps
from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.facts import CaseFacts, Debt
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.vocabulary import DebtKind, DebtState
from workflow.use_cases.views.pending import PendingView
from workflow.use_cases.views.shared import (
    CaseRef,
    DecisionRef,
    MoneyView,
    NextStep,
    PartyRef,
    SubjectRef,
    View,
    Viewer,
    explanation,
    next_step,
    shown,
)
from workflow.use_cases.views.thing import NextAct, OpenTransition, ThingView, show_thing, shows

_NOT_TOLD = NoInterest(
    detail="What accrues is computed for those who collect it; it is not told before it is paid.",
    reference="counsel reads what its party was told",
    satisfied_by="ask the authority",
)


class PaymentView(View):
    """Money that came in or went back on a day."""

    n: int
    on: Annotated[date, Field(validation_alias="paid_on")]
    amount: MoneyView


class InstalmentView(View):
    """A part of the debt with its own last day."""

    due_by: date
    amount: MoneyView


class StayView(View):
    """A suspension of collection, both days included; it goes on while `to` is null."""

    from_: Annotated[date, Field(serialization_alias="from")]
    to: date | None


class PayableView(View):
    """The last day of payment, which still counts: `due_by` by law, `payable_by` after what was agreed since."""

    fell_due_on: date | None
    due_by: date | None
    payable_by: date | None
    is_overdue: bool
    explanation: list[dict[str, Any]]


class AccruedView(View):
    """Interest that has accrued up to yesterday and was not charged yet; `why_none` where there can be none."""

    as_of: date
    amount: MoneyView
    charged: MoneyView
    lines: list[dict[str, Any]]
    explanation: list[dict[str, Any]]
    why_none: str | None


class LimitationView(View):
    """The last day on which the debt can be claimed."""

    last_day: date
    explanation: list[dict[str, Any]]


@shows(Debt, unshown="source_kind due_by before deferred_to steps_done fell_due_on from_ to acted_on")
class DebtView(ThingView):
    """A fine, a penalty or interest that one party owes, or all together where `addressee` is null."""

    n: int
    version: int
    case: CaseRef
    decision: DecisionRef | None
    kind: DebtKind
    state: DebtState
    source: SubjectRef
    addressee: PartyRef | None
    amount: MoneyView
    paid: MoneyView
    outstanding: MoneyView
    refund_due: MoneyView
    arose_on: date
    payable: PayableView
    days: StayView | None
    payments: list[PaymentView]
    refunds: list[PaymentView]
    instalments: list[InstalmentView]
    suspensions: list[StayView]
    secured: MoneyView | None
    interest: AccruedView
    collected_by: str | None
    handed_over_on: date | None
    limitation: LimitationView | None
    next_steps: list[NextStep]
    pending_acts: list[PendingView]
    open_transitions: list[OpenTransition]
    next_acts: list[NextAct]
    unverified: list[str]


def debt_view(case: CaseFacts, debt: Debt, viewer: Viewer) -> DebtView:
    """Show a debt as of the viewer's day."""
    today, subject = viewer.today(case), debt.subject
    standing = find(case, subject)
    assert standing is not None
    rules = standing.regime(today)
    steps = debt_steps(case, debt.id) if viewer.is_inside else ()
    claimed = viewer.is_inside and debt.state in OPEN
    found = charge(case, debt, day_before(today), rules) if viewer.is_inside else _NOT_TOLD
    return show_thing(
        DebtView,
        case,
        subject,
        viewer,
        decision=standing.decision,
        source=Subject(debt.source_kind, debt.source),
        addressee=case.party(debt.addressee) if debt.addressee is not None else None,
        paid=_sum(debt, debt.paid),
        outstanding=_sum(debt, max(0, debt.outstanding)),
        refund_due=_sum(debt, max(0, -debt.outstanding)),
        payable=_payable(case, debt, today),
        days=shown(StayView, debt) if debt.from_ is not None else None,
        interest=_accrued(case, debt, day_before(today), found),
        limitation=debt_days.limitation(debt, rules, today) if claimed else None,
        next_steps=[next_step(step) for step in steps if step is not None],
        unverified=rules.unverified,
    )


def _sum(debt: Debt, minor: int) -> Money:
    return Money(minor, debt.amount.currency)


def _payable(case: CaseFacts, debt: Debt, today: date) -> PayableView:
    last = debt_days.payable_by(debt)
    computed = (
        payment_clock(debt.fell_due_on, regime(case.regime, debt.fell_due_on)) if debt.fell_due_on is not None else None
    )
    return shown(
        PayableView,
        debt,
        payable_by=last,
        is_overdue=debt.state in OPEN and debt.outstanding > 0 and last is not None and last < today,
        explanation=explanation(computed["result"]) if computed is not None else [],
    )


def _accrued(case: CaseFacts, debt: Debt, to: date, found: Interest | NoInterest) -> AccruedView:
    charged = [each.amount.minor for each in case.debts_of(debt.id) if each.kind is DebtKind.INTEREST]
    if isinstance(found, NoInterest):
        amount, result, why = _sum(debt, 0), {}, found.detail
    else:
        amount, result, why = found.amount, found.receipt["result"], None
    return AccruedView(
        as_of=to,
        amount=shown(MoneyView, amount),
        charged=shown(MoneyView, _sum(debt, sum(charged))),
        lines=list(result.get("lines", [])),
        explanation=explanation(result),
        why_none=why,
    )
