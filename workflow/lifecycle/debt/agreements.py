"""What is agreed about a debt: time to pay it, parts in which it is paid, a security; and when that is missed."""

from datetime import date
from itertools import pairwise
from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.debt.contents import DeferralContent, InstalmentsContent, SecurityContent
from workflow.lifecycle.debt.days import payable_by
from workflow.lifecycle.debt.events import Dealing, StateChange, changes_state
from workflow.lifecycle.debt.guards import money_text
from workflow.lifecycle.debt.states import PAYABLE, claimed
from workflow.lifecycle.facts import Debt, Instalment
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, event
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS, over_after
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import FINANCE, Chosen, Guard, Row, Situation
from workflow.lifecycle.kernel.writing import Says
from workflow.lifecycle.vocabulary import Audience, DebtState, Trigger

_TIME = "time may be given to who cannot pay at once"


@event("debt.deferred", Audience.INTERNAL)
class DebtDeferred(Dealing):
    """Payment is deferred until a day; interest runs on."""

    until: date

    def on(self, debt: Debt, event: Event) -> Debt:
        """With its later last day of payment."""
        return replace(debt, state=DebtState.DEFERRED, deferred_to=self.until)


@event("debt.instalments_agreed", Audience.INTERNAL)
class DebtInstalmentsAgreed(Dealing):
    """It is paid in parts, each with its own last day; interest runs on."""

    parts: tuple[Instalment, ...]

    def on(self, debt: Debt, event: Event) -> Debt:
        """With its parts."""
        return replace(debt, state=DebtState.INSTALMENTS, instalments=self.parts)


@event("debt.secured", Audience.INTERNAL)
class DebtSecured(Dealing):
    """It is secured, all of it unless a sum is named."""

    amount: Money | None = None

    def on(self, debt: Debt, event: Event) -> Debt:
        """With the sum that is secured."""
        return replace(debt, state=DebtState.SECURED, secured=self.amount)


@event("debt.defaulted", Audience.INTERNAL)
class DebtDefaulted(StateChange):
    """The agreed day was missed, or the security fell away."""


def _in_default(at: Situation[Debt, Any]) -> Denial | None:
    last = payable_by(at.thing)
    if last is not None and last < at.effective_on:
        return None
    way_out, open_on = over_after(at, last) if last else ("nothing: every instalment is paid", None)
    what = f"The last day of payment is {last}; it is not missed on {at.effective_on}" if last else "No day is missed"
    return Denial(
        detail=f"{what}.",
        reference="the last day still counts",
        satisfied_by=way_out,
        open_on=open_on,
        who=("finance_officer",),
    )


def _later_day(at: Situation[Debt, DeferralContent]) -> Denial | None:
    until = at.content.until
    least = max(payable_by(at.thing) or at.effective_on, at.effective_on)
    if until > least:
        return None
    return Denial(
        detail=f"Payment would be deferred until {until}; that is not after {least}.",
        reference="a deferral gives more time",
        satisfied_by=f"a day after {least}",
        who=("finance_officer",),
    )


def _parts_fit(at: Situation[Debt, InstalmentsContent]) -> Denial | None:
    parts, currency = at.content.parts, at.thing.amount.currency
    days = [at.effective_on, *(part.due_by for part in parts)]
    given, outstanding = sum(part.amount.minor for part in parts), at.thing.outstanding
    if any(part.amount.currency != currency or part.amount.minor == 0 for part in parts):
        wrong = f"Every instalment is a sum above zero in {currency}, the currency of the debt."
    elif any(later <= earlier for earlier, later in pairwise(days)):
        wrong = f"The days of the instalments must follow each other, the first after {at.effective_on}."
    elif given != outstanding:
        wrong = (
            f"The instalments make {money_text(given, currency)}; outstanding is {money_text(outstanding, currency)}."
        )
    else:
        return None
    return Denial(
        detail=wrong,
        reference="instalments are the whole of what is outstanding",
        satisfied_by=f"parts in the order of their days that make {money_text(outstanding, currency)}",
        who=("finance_officer",),
    )


def _security_fits(at: Situation[Debt, SecurityContent]) -> Denial | None:
    debt, sum_ = at.thing, at.content.amount
    if sum_ is None or (sum_.currency == debt.amount.currency and 0 < sum_.minor <= debt.outstanding):
        return None
    outstanding = money_text(debt.outstanding, debt.amount.currency)
    return Denial(
        detail=f"A security of {sum_.currency} {sum_.amount} does not fit a debt of which {outstanding} is "
        "outstanding.",
        reference="a security covers what is outstanding, or a part of it",
        satisfied_by=f"a sum above zero and not above {outstanding}",
        who=("finance_officer",),
    )


IN_DEFAULT = Guard("in_default", state=_in_default)
LATER_DAY = Guard("later_day", content=_later_day)
PARTS_FIT = Guard("parts_fit", content=_parts_fit)
SECURITY_FITS = Guard("security_fits", content=_security_fits)

ROWS: tuple[Row, ...] = (
    Row(
        trigger=Trigger.DEFER,
        sources=PAYABLE,
        target=DebtState.DEFERRED,
        roles=FINANCE,
        label="Defer payment",
        ground=_TIME,
        guards=(NOT_BACKWARDS, LATER_DAY),
        takes=DeferralContent,
        act=Says(DebtDeferred),
    ),
    Row(
        trigger=Trigger.AGREE_INSTALMENTS,
        sources=PAYABLE,
        target=DebtState.INSTALMENTS,
        roles=FINANCE,
        label="Agree on instalments",
        ground=_TIME,
        guards=(NOT_BACKWARDS, PARTS_FIT),
        takes=InstalmentsContent,
        act=Says(DebtInstalmentsAgreed),
    ),
    Row(
        trigger=Trigger.RECORD_DEFAULT,
        sources=(DebtState.DEFERRED, DebtState.INSTALMENTS),
        target=Chosen((DebtState.PARTLY_PAID, DebtState.DUE), claimed),
        roles=FINANCE,
        label="Record that the agreed day was missed",
        ground="what was agreed ends when it is not kept",
        guards=(NOT_BACKWARDS, IN_DEFAULT),
        act=changes_state(DebtDefaulted),
    ),
    Row(
        trigger=Trigger.RECORD_DEFAULT,
        sources=(DebtState.SECURED,),
        target=Chosen((DebtState.PARTLY_PAID, DebtState.DUE), claimed),
        roles=FINANCE,
        label="Record that the security fell away",
        ground="without security the debt is collected",
        guards=(NOT_BACKWARDS,),
        act=changes_state(DebtDefaulted),
    ),
    Row(
        trigger=Trigger.RECORD_SECURITY,
        sources=PAYABLE,
        target=DebtState.SECURED,
        roles=FINANCE,
        label="Record a security",
        ground="a secured debt is not collected while its act is contested",
        guards=(NOT_BACKWARDS, SECURITY_FITS),
        takes=SecurityContent,
        act=Says(DebtSecured),
    ),
)
