"""What may be agreed, secured, suspended or given up about a debt."""

from itertools import pairwise
from typing import Any

from workflow.lifecycle.debt import days as debt_days
from workflow.lifecycle.debt.contents import CollectionStayContent, InstalmentsContent
from workflow.lifecycle.debt.guards import another_row, money_text
from workflow.lifecycle.facts import Debt
from workflow.lifecycle.kernel.guards import over_after
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.vocabulary import DebtState, SuspensionEffect, SuspensionScope

_FINANCE = ("finance_officer",)


def _in_default(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    last = debt_days.payable_by(debt)
    if last is not None and last < at.effective_on:
        return None
    way_out, open_on = over_after(at, last) if last else ("nothing: every instalment is paid", None)
    what = f"The last day of payment is {last}; it is not missed on {at.effective_on}" if last else "No day is missed"
    return Denial(
        detail=f"{what}.",
        reference="the last day still counts",
        satisfied_by=way_out,
        open_on=open_on,
        who=_FINANCE,
    )


def _later_day(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    content = at.command.content
    last = debt_days.payable_by(debt)
    least = max((day for day in (last, at.effective_on) if day is not None), default=at.effective_on)
    if content is None or content.until > least:
        return None
    return Denial(
        detail=f"Payment would be deferred until {content.until}; that is not after {least}.",
        reference="a deferral gives more time",
        satisfied_by=f"a day after {least}",
        who=_FINANCE,
    )


def _parts_fit(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    content: InstalmentsContent | None = at.command.content
    if content is None:
        return None
    currency = debt.amount.currency
    days = [at.effective_on, *(part.due_by for part in content.parts)]
    sums = [part.amount for part in content.parts]
    if any(each.currency != currency or each.minor == 0 for each in sums):
        wrong = f"Every instalment is a sum above zero in {currency}, the currency of the debt."
    elif any(later <= earlier for earlier, later in pairwise(days)):
        wrong = f"The days of the instalments must follow each other, the first after {at.effective_on}."
    elif sum(each.minor for each in sums) != debt.outstanding:
        given = money_text(sum(each.minor for each in sums), currency)
        wrong = f"The instalments make {given}; outstanding is {money_text(debt.outstanding, currency)}."
    else:
        return None
    return Denial(
        detail=wrong,
        reference="instalments are the whole of what is outstanding",
        satisfied_by=f"parts in the order of their days that make {money_text(debt.outstanding, currency)}",
        who=_FINANCE,
    )


def _security_fits(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    content = at.command.content
    if content is None or content.amount is None:
        return None
    sum_ = content.amount
    if sum_.currency == debt.amount.currency and 0 < sum_.minor <= debt.outstanding:
        return None
    outstanding = money_text(debt.outstanding, debt.amount.currency)
    return Denial(
        detail=f"A security of {sum_.currency} {sum_.amount} does not fit a debt of which {outstanding} is "
        "outstanding.",
        reference="a security covers what is outstanding, or a part of it",
        satisfied_by=f"a sum above zero and not above {outstanding}",
        who=_FINANCE,
    )


def _collection_alone(at: Situation[Any, Any]) -> Denial | None:
    content: CollectionStayContent | None = at.command.content
    if content is None:
        return None
    if content.scope is SuspensionScope.COLLECTION and content.effect is SuspensionEffect.COLLECTION_ONLY:
        return None
    return Denial(
        detail=f"A debt has no {content.scope.value} to suspend with the effect {content.effect.value}; only its "
        "collection can be suspended.",
        reference="suspension of collection drops no day",
        satisfied_by="scope collection and effect collection_only; days are suspended on the order or the clause",
        who=("registrar", "decision_maker"),
    )


def _after_the_stay_began(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    began = next((each.from_ for each in debt.suspensions if each.to is None), None)
    if began is None or at.effective_on > began:
        return None
    return Denial(
        detail=f"Collection would resume on {at.effective_on}; it is suspended from {began}.",
        reference="a suspension ends after it began",
        satisfied_by=f"a day after {began}",
        who=("registrar", "decision_maker"),
    )


def _party_abroad(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    home = at.regime.calendar.partition("-")[0]
    owing = [at.case.party(debt.addressee)] if debt.addressee is not None else list(at.case.parties)
    if any(party.country is None or party.country != home for party in owing):
        return None
    return Denial(
        detail=f"Who owes this debt is in {home}; it is not uncollectable for lying abroad.",
        reference="uncollectable abroad: no means to collect where the debtor is",
        satisfied_by="hand the debt over to who collects it, or write it off",
        who=_FINANCE,
    )


def _time_is_over(at: Situation[Any, Any]) -> Denial | None:
    debt: Debt = at.thing
    found = debt_days.limitation(debt, at.regime, at.today)
    if found is None:
        return Denial(
            detail=f"{at.regime.pin} states no period of limitation, so none is over.",
            reference=f"regime {at.regime.pin}, limitation",
            satisfied_by="write the debt off, with reasons",
            who=_FINANCE,
        )
    if found.last_day < at.effective_on:
        return None
    way_out, open_on = over_after(at, found.last_day)
    return Denial(
        detail=f"The debt can be claimed until {found.last_day}, which is not over on {at.effective_on}.",
        reference=at.regime.values["limitation.period"].ref,
        satisfied_by=f"{way_out}, or write the debt off, with reasons",
        open_on=open_on,
        who=_FINANCE,
    )


def _was(state: DebtState) -> Guard:
    def check(at: Situation[Any, Any]) -> Denial | None:
        debt: Debt = at.thing
        return None if resumed(debt) is state else another_row(f"It was not {state.value} when it was suspended.")

    return Guard(f"was_{state.value}", check)


def resumed(debt: Debt) -> DebtState | None:
    """The state a suspended debt comes back to: the one it was found in, unless it was paid in part since."""
    if debt.before is DebtState.DUE and debt.paid > 0:
        return DebtState.PARTLY_PAID
    return debt.before


IN_DEFAULT = Guard("in_default", _in_default)
LATER_DAY = Guard("later_day", _later_day)
PARTS_FIT = Guard("parts_fit", _parts_fit)
SECURITY_FITS = Guard("security_fits", _security_fits)
COLLECTION_ALONE = Guard("collection_alone", _collection_alone)
AFTER_THE_STAY_BEGAN = Guard("after_the_stay_began", _after_the_stay_began)
PARTY_ABROAD = Guard("party_abroad", _party_abroad)
TIME_IS_OVER = Guard("time_is_over", _time_is_over)
WAS = {
    state: _was(state)
    for state in (
        DebtState.PENDING,
        DebtState.DUE,
        DebtState.PARTLY_PAID,
        DebtState.HANDED_OVER,
        DebtState.DEFERRED,
        DebtState.INSTALMENTS,
        DebtState.SECURED,
    )
}
