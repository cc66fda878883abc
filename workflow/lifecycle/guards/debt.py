"""When a debt falls due, where its sum leads it, and what may be agreed, secured or given up about it."""

from itertools import pairwise

from workflow.law import debt_days as law
from workflow.law.ladder import day_before
from workflow.law.money import Money
from workflow.lifecycle import debt_days
from workflow.lifecycle.charged import NoInterest, charge
from workflow.lifecycle.contents.debts import CollectionStayContent, InstalmentsContent
from workflow.lifecycle.facts import Debt
from workflow.lifecycle.refusals import Denial
from workflow.lifecycle.rules import Guard, Situation
from workflow.lifecycle.vocabulary import DebtState, SuspensionEffect, SuspensionScope

OWED_NOW = "owed_now"
"""What an act leaves in the workings for the rows of `adjust`: the sum that is owed from now on."""

_FINANCE = ("finance_officer",)


def money_text(minor: int, currency: str) -> str:
    """A sum as a sentence names it."""
    return f"{currency} {Money(minor, currency).amount}"


def _said(detail: str) -> Denial:
    """Why one of several rows of a trigger is not the one: another of them is."""
    return Denial(detail=detail, reference="the sums and days recorded", satisfied_by="nothing: another row fits")


def _due_at_once(at: Situation) -> Denial | None:
    if law.due_on(at.regime) in law.AT_ONCE:
        return None
    return _said(f"Under {at.regime.pin} a debt falls due at {law.due_on(at.regime).replace('_', ' ')}.")


def _due_at_finality(at: Situation) -> Denial | None:
    if law.due_on(at.regime) == "finality":
        return None
    return _said(f"Under {at.regime.pin} a debt does not fall due at finality.")


def _due_by_court(at: Situation) -> Denial | None:
    cited = at.regime.values["debt.due"]
    if cited.value == "court_decision":
        return None
    return Denial(
        detail=f"Under {at.regime.pin} a debt falls due at {str(cited.value).replace('_', ' ')}; nobody records that "
        "by hand.",
        reference=cited.ref,
        satisfied_by="record the finality of the decision it arose from",
        who=("registrar",),
    )


def _after_it_arose(at: Situation) -> Denial | None:
    debt: Debt = at.thing
    if at.effective_on >= debt.arose_on:
        return None
    return Denial(
        detail=f"The act is dated {at.effective_on}; the debt arose on {debt.arose_on}.",
        reference="nothing is done about a debt before it arose",
        satisfied_by=f"a date not before {debt.arose_on}",
        who=_FINANCE,
    )


def _interest_accrued(at: Situation) -> Denial | None:
    debt: Debt = at.thing
    content = at.command.content
    named = content.to if content is not None else None
    to = named or day_before(at.effective_on)
    if to >= at.effective_on:
        return Denial(
            detail=f"Interest would be charged up to {to}, which is not over on {at.effective_on}.",
            reference="interest is charged for days that are over",
            satisfied_by=f"a last day before {at.effective_on}",
            who=_FINANCE,
        )
    found = charge(at.case, debt, to, at.regime)
    if not isinstance(found, NoInterest) and found.amount.minor <= 0:
        found = NoInterest(
            f"From {found.from_} to {found.to} no interest has accrued.",
            "interest runs on what is unpaid after the last day of payment",
            "a later last day, while something is unpaid",
        )
    if isinstance(found, NoInterest):
        return Denial(detail=found.detail, reference=found.reference, satisfied_by=found.satisfied_by, who=_FINANCE)
    at.workings["interest"] = found
    return None


def _paid_above(at: Situation) -> Denial | None:
    debt: Debt = at.thing
    return None if debt.paid > at.workings[OWED_NOW].minor else _said("No more was paid than is owed now.")


def _nothing_owed(at: Situation) -> Denial | None:
    debt: Debt = at.thing
    return None if debt.paid == at.workings[OWED_NOW].minor == 0 else _said("Something is owed, or was paid.")


def _paid_exactly(at: Situation) -> Denial | None:
    debt: Debt = at.thing
    return None if debt.paid == at.workings[OWED_NOW].minor else _said("What was paid is not what is owed now.")


def _paid_something(at: Situation) -> Denial | None:
    debt: Debt = at.thing
    return None if debt.paid > 0 else _said("Nothing was paid yet.")


def _in_default(at: Situation) -> Denial | None:
    debt: Debt = at.thing
    last = debt_days.payable_by(debt)
    if last is not None and last < at.effective_on:
        return None
    what = f"The last day of payment is {last}; it is not missed on {at.effective_on}" if last else "No day is missed"
    return Denial(
        detail=f"{what}.",
        reference="the last day still counts",
        satisfied_by=f"wait until after {last}" if last else "nothing: every instalment is paid",
        who=_FINANCE,
    )


def _later_day(at: Situation) -> Denial | None:
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


def _parts_fit(at: Situation) -> Denial | None:
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


def _security_fits(at: Situation) -> Denial | None:
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


def _collection_alone(at: Situation) -> Denial | None:
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


def _after_the_stay_began(at: Situation) -> Denial | None:
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


def _party_abroad(at: Situation) -> Denial | None:
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


def _time_is_over(at: Situation) -> Denial | None:
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
    return Denial(
        detail=f"The debt can be claimed until {found.last_day}, which is not over on {at.effective_on}.",
        reference=at.regime.values["limitation.period"].ref,
        satisfied_by=f"wait until after {found.last_day}, or write the debt off, with reasons",
        who=_FINANCE,
    )


def _was(state: DebtState) -> Guard:
    def check(at: Situation) -> Denial | None:
        debt: Debt = at.thing
        return None if resumed(debt) is state else _said(f"It was not {state.value} when it was suspended.")

    return Guard(f"was_{state.value}", check)


def resumed(debt: Debt) -> DebtState | None:
    """The state a suspended debt comes back to: the one it was found in, unless it was paid in part since."""
    if debt.before is DebtState.DUE and debt.paid > 0:
        return DebtState.PARTLY_PAID
    return debt.before


DUE_AT_ONCE = Guard("due_at_once", _due_at_once)
DUE_AT_FINALITY = Guard("due_at_finality", _due_at_finality)
DUE_BY_COURT = Guard("due_by_court", _due_by_court)
AFTER_IT_AROSE = Guard("after_it_arose", _after_it_arose)
INTEREST_ACCRUED = Guard("interest_accrued", _interest_accrued)
PAID_ABOVE = Guard("paid_above", _paid_above)
NOTHING_OWED = Guard("nothing_owed", _nothing_owed)
PAID_EXACTLY = Guard("paid_exactly", _paid_exactly)
PAID_SOMETHING = Guard("paid_something", _paid_something)
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
