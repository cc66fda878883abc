"""Money received, to which debt it goes, and money paid back."""

from datetime import date

from workflow.law import debt_days
from workflow.law.money import Money
from workflow.lifecycle.debt.contents import PaymentContent, RefundContent
from workflow.lifecycle.debt.guards import AFTER_IT_AROSE, money_text
from workflow.lifecycle.debt.states import OPEN
from workflow.lifecycle.facts import Debt, Payment
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, event, told
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import FINANCE, SAME, Chosen, Guard, Row, Situation
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import followed, written
from workflow.lifecycle.vocabulary import Audience, DebtKind, DebtState, Trigger

_A_SUM = Money(10_000_000, "EUR")


@event("debt.payment_recorded", Audience.SERVED)
class DebtPaymentRecorded(Of[Debt]):
    """Money was received. `received` is all of it, where a part went to the interest before the debt."""

    n: int
    paid_on: date = told("The day of the payment.", date(2023, 1, 16))
    amount: Money = told("The sum.", _A_SUM)
    state: DebtState
    received: Money | None = None

    def on(self, debt: Debt, event: Event) -> Debt:
        """With one payment more; nothing came in where all of it went to the interest before."""
        if self.amount.minor == 0:
            return debt
        made = Payment(self.n, event.effective_on, self.amount)
        return replace(debt, state=self.state, payments=(*debt.payments, made))


@event("debt.refund_recorded", Audience.SERVED)
class DebtRefundRecorded(Of[Debt]):
    """Money that was paid above the debt was paid back."""

    n: int
    refunded_on: date = told("The day of the refund.", date(2023, 6, 1))
    amount: Money = told("The sum.", _A_SUM)
    state: DebtState

    def on(self, debt: Debt, event: Event) -> Debt:
        """With one refund more."""
        made = Payment(self.n, event.effective_on, self.amount)
        return replace(debt, state=self.state, refunds=(*debt.refunds, made))


def record_payment(at: Situation[Debt, PaymentContent]) -> list[Event]:
    """`debt.payment_recorded`: what of it goes to this debt, and one more for each interest that comes before it."""
    *interest, own = at.work_out(allocated)
    said = _payment(at, *own)
    if interest:
        said = replace(said, received=at.content.amount)
    return [written(at, said), *(followed(at, _payment(at, debt, part), debt.subject) for debt, part in interest)]


def record_refund(at: Situation[Debt, RefundContent]) -> list[Event]:
    """`debt.refund_recorded`."""
    content = at.content
    refunded = DebtRefundRecorded(
        n=len(at.thing.refunds) + 1, refunded_on=content.refunded_on, amount=content.amount, state=at.target
    )
    return [written(at, refunded)]


def allocated(at: Situation[Debt, PaymentContent]) -> tuple[tuple[Debt, int], ...]:
    """What of a payment goes to which debt, in minor units: first to its interest where the regime says so.

    The debt that was paid comes last, with what is left for it, which may be nothing.
    """
    left, parts = at.content.amount.minor, []
    for interest in _before(at):
        part = min(left, interest.outstanding)
        left -= part
        if part:
            parts.append((interest, part))
    return (*parts, (at.thing, left))


def _before(at: Situation[Debt, PaymentContent]) -> tuple[Debt, ...]:
    """The interest charged on a debt until the day of payment that is not paid yet, earliest days first."""
    if not debt_days.interest_first(at.regime):
        return ()
    return tuple(
        each
        for each in at.case.debts_of(at.thing.id)
        if each.kind is DebtKind.INTEREST
        and each.outstanding > 0
        and each.state in OPEN
        and each.arose_on <= at.effective_on
    )


def _payment(at: Situation[Debt, PaymentContent], debt: Debt, part: int) -> DebtPaymentRecorded:
    return DebtPaymentRecorded(
        n=len(debt.payments) + 1,
        paid_on=at.content.paid_on,
        amount=Money(part, debt.amount.currency),
        state=_paid(debt, part),
    )


def _paid(debt: Debt, part: int) -> DebtState:
    """The state to which a payment of so many minor units brings a debt."""
    if part == debt.outstanding:
        return DebtState.PAID
    return DebtState.PARTLY_PAID if debt.state is DebtState.DUE and part > 0 else debt.state


def _after_payment(at: Situation[Debt, PaymentContent]) -> DebtState:
    return _paid(*at.work_out(allocated)[-1])


def _after_refund(at: Situation[Debt, RefundContent]) -> DebtState:
    return DebtState.REFUNDED if at.content.amount.minor == -at.thing.outstanding else DebtState.REFUND_DUE


def _payment_fits(at: Situation[Debt, PaymentContent]) -> Denial | None:
    debt, sum_, currency = at.thing, at.content.amount, at.thing.amount.currency
    if (denial := _no_sum(sum_, currency, "payment")) is not None:
        return denial
    interest = sum(each.outstanding for each in _before(at))
    if sum_.minor <= debt.outstanding + interest:
        return None
    outstanding = money_text(debt.outstanding, currency)
    more = f" with {money_text(interest, currency)} of interest before it" if interest else ""
    return Denial(
        detail=f"{sum_.currency} {sum_.amount} was paid; outstanding is {outstanding}{more}.",
        reference="no more is taken than is owed",
        satisfied_by=f"record {money_text(debt.outstanding + interest, currency)}; the rest belongs to another debt, "
        "or goes back to who paid it",
        who=("finance_officer",),
    )


def _refund_fits(at: Situation[Debt, RefundContent]) -> Denial | None:
    sum_, currency, above = at.content.amount, at.thing.amount.currency, -at.thing.outstanding
    if (denial := _no_sum(sum_, currency, "refund")) is not None:
        return denial
    if sum_.minor <= above:
        return None
    owed = money_text(above, currency)
    return Denial(
        detail=f"{sum_.currency} {sum_.amount} would be paid back; {owed} was paid above what is owed.",
        reference="no more is paid back than was paid above the debt",
        satisfied_by=f"a refund of at most {owed}",
        who=("finance_officer",),
    )


def _no_sum(given: Money, currency: str, what: str) -> Denial | None:
    if given.currency != currency:
        wrong = f"The {what} is in {given.currency}; the debt is in {currency}"
    elif given.minor <= 0:
        wrong = f"A {what} of nothing is none"
    else:
        return None
    return Denial(
        detail=f"{wrong}.",
        reference="a debt is paid in its own currency",
        satisfied_by=f"the sum in {currency} that the bank booked",
        who=("finance_officer",),
    )


PAYMENT_FITS = Guard("payment_fits", content=_payment_fits)
REFUND_FITS = Guard("refund_fits", content=_refund_fits)

PAYMENTS: tuple[Row, ...] = tuple(
    Row(
        trigger=Trigger.RECORD_PAYMENT,
        sources=sources,
        target=Chosen(targets, _after_payment),
        roles=FINANCE,
        label="Record a payment",
        ground="a debt ends when it is paid",
        guards=(AFTER_IT_AROSE, PAYMENT_FITS),
        takes=PaymentContent,
        act=record_payment,
    )
    for sources, targets in (
        ((DebtState.DUE,), (DebtState.PAID, DebtState.PARTLY_PAID, SAME)),
        (tuple(state for state in OPEN if state is not DebtState.DUE), (DebtState.PAID, SAME)),
    )
)
REFUND = Row(
    trigger=Trigger.RECORD_REFUND,
    sources=(DebtState.REFUND_DUE,),
    target=Chosen((DebtState.REFUNDED, SAME), _after_refund),
    roles=FINANCE,
    label="Record a refund",
    ground="what was paid above the debt is paid back",
    guards=(AFTER_IT_AROSE, REFUND_FITS),
    takes=RefundContent,
    act=record_refund,
)
