"""Money received and money paid back."""

from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.debt.contents import PaymentContent, RefundContent
from workflow.lifecycle.debt.payments_guards import allocated
from workflow.lifecycle.facts import CaseFacts, Debt, Payment
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation, Taken
from workflow.lifecycle.kernel.tree import with_debt
from workflow.lifecycle.kernel.writing import followed, written
from workflow.lifecycle.vocabulary import DebtState, SubjectKind, Trigger


def record_payment(at: Situation[Any, Any]) -> list[Event]:
    """`debt.payment_recorded`: what of it goes to this debt, and one more for each interest that comes before it."""
    content: PaymentContent = at.command.content
    *first, (debt, left) = allocated(at)
    currency = debt.amount.currency
    data = {
        "n": len(debt.payments) + 1,
        "paid_on": content.paid_on.isoformat(),
        "amount": Money(left, currency).to_json(),
        "state": at.target.value,
    }
    if first:
        data["received"] = content.amount.to_json()
    return [
        written(at, EventType.DEBT_PAYMENT_RECORDED, data),
        *(_interest_paid(at, interest, Money(part, currency)) for interest, part in first),
    ]


def record_refund(at: Situation[Any, Any]) -> list[Event]:
    """`debt.refund_recorded`."""
    debt: Debt = at.thing
    content: RefundContent = at.command.content
    data = {
        "n": len(debt.refunds) + 1,
        "refunded_on": content.refunded_on.isoformat(),
        "amount": content.amount.to_json(),
        "state": at.target.value,
    }
    return [written(at, EventType.DEBT_REFUND_RECORDED, data)]


def _interest_paid(at: Situation[Any, Any], interest: Debt, part: Money) -> Event:
    """The payment of interest, by the rows it would take were it paid alone."""
    content: PaymentContent = replace(at.command.content, amount=part)
    alone: Situation[Debt, PaymentContent] = replace(
        at, thing=interest, command=replace(at.command, content=content), _worked={}
    )
    outcome = at.fire(SubjectKind.DEBT, interest.state, Trigger.RECORD_PAYMENT, alone, None)
    assert isinstance(outcome, Taken)
    data = {
        "n": len(interest.payments) + 1,
        "paid_on": content.paid_on.isoformat(),
        "amount": part.to_json(),
        "state": outcome.target.value,
    }
    return followed(at, EventType.DEBT_PAYMENT_RECORDED, interest.subject, data)


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after money came in or went back; nothing came in where all of it went to the interest before."""
    debt = case.debt(event.subject.id)
    data = event.data
    state = DebtState(data["state"])
    amount = Money.from_json(data["amount"])
    if event.type is EventType.DEBT_REFUND_RECORDED:
        made = Payment(data["n"], event.effective_on, amount)
        return with_debt(case, replace(debt, state=state, refunds=(*debt.refunds, made)))
    if amount.minor == 0:
        return case
    made = Payment(data["n"], event.effective_on, amount)
    return with_debt(case, replace(debt, state=state, payments=(*debt.payments, made)))


ACTS = {
    (SubjectKind.DEBT, Trigger.RECORD_PAYMENT): record_payment,
    (SubjectKind.DEBT, Trigger.RECORD_REFUND): record_refund,
}
FOLDS = dict.fromkeys((EventType.DEBT_PAYMENT_RECORDED, EventType.DEBT_REFUND_RECORDED), evolve)
