"""After a correction: whether a sum may go on, and how the body keeps it or it is stated anew from the facts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.debt import effects as debt_effects
from workflow.lifecycle.facts import PenaltyDecision, Sum
from workflow.lifecycle.facts.frozen import frozen, replace
from workflow.lifecycle.kernel.events import Event, event, told
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import DECIDER, OFFICER, SAME, Guard, Row, Same, Situation
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.penalty_clause.basis import basis_gone
from workflow.lifecycle.penalty_decision.contents import NewSumContent, ReasonsContent
from workflow.lifecycle.penalty_decision.sums import (
    Recomputed,
    holds,
    in_words,
    money_in_words,
    outdated,
    statement_now,
)
from workflow.lifecycle.vocabulary import Audience, Role, Trigger
from workflow.lifecycle.vocabulary import PenaltyDecisionState as State

_REFERENCE = "a penalty is stated from the facts as they are"


@event("penalty_decision.sum_confirmed", Audience.INTERNAL)
class PenaltySumConfirmed(Of[PenaltyDecision]):
    """The body keeps the sum against what the facts came to on that day; another correction reopens it."""

    against: Sum

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """Confirmed."""
        day = event.effective_on
        return replace(penalty, sum_confirmed_on=day, confirmed_against=self.against, acted_on=day)


@frozen(kw_only=True)
class OfNewSum(Of[PenaltyDecision]):
    """A sum is stated anew from the facts as they are."""

    from_: date = told("The first of the days it is about.", date(2022, 12, 20))
    to: date = told("The last of the days it is about.", date(2023, 2, 9))
    units: int = told("How many days, or other units, it is for.", 52)
    amount: Money = told("The sum.", Money(10_000_000, "EUR"))
    replaces: Sum = told("The sum it takes the place of.", Sum(52, Money(520_000_000, "EUR")))
    receipt: Mapping[str, Any]

    def restated(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """With the new sum, which nobody confirmed yet."""
        return replace(
            penalty,
            from_=self.from_,
            units=self.units,
            amount=self.amount,
            relied_on=self.receipt["request"],
            sum_confirmed_on=None,
            confirmed_against=None,
            acted_on=event.effective_on,
        )


@event("penalty_decision.sum_replaced", Audience.INTERNAL)
class PenaltySumReplaced(OfNewSum):
    """The sum is stated anew before its adoption."""

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """With the new sum; who restates a draft is one of its drafters."""
        after = self.restated(penalty, event)
        is_draft = penalty.state in (State.PROPOSED, State.DRAFT)
        if not is_draft or event.actor in penalty.drafters:
            return after
        return replace(after, drafters=(*penalty.drafters, event.actor))


@event("penalty_decision.reduced", Audience.SERVED)
class PenaltyReduced(OfNewSum):
    """The sum that was fixed is replaced by a lower one."""

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """Reduced to the new sum."""
        return replace(self.restated(penalty, event), state=State.REDUCED, fixed=self.amount)


def confirm_sum(at: Situation[PenaltyDecision, ReasonsContent]) -> list[Event]:
    """`penalty_decision.sum_confirmed`."""
    return [written(at, PenaltySumConfirmed(against=at.work_out(_now).sum))]


def replace_sum(at: Situation[PenaltyDecision, NewSumContent]) -> list[Event]:
    """The statement as the facts give it now: `penalty_decision.sum_replaced`, `…reduced` once it was adopted."""
    penalty, now = at.thing, at.work_out(_now)
    assert now.receipt is not None
    assert now.first is not None
    make = PenaltySumReplaced if penalty.adopted_on is None else PenaltyReduced
    restated = make(
        from_=now.first,
        to=penalty.to,
        units=now.sum.units,
        amount=now.sum.amount,
        replaces=penalty.sum,
        receipt=now.receipt,
    )
    adjusted = [] if penalty.adopted_on is None else debt_effects.adjust(at, penalty.subject, now.sum.amount)
    return [written(at, restated), *adjusted]


def _now(at: Situation[PenaltyDecision, Any]) -> Recomputed:
    return statement_now(at.case, at.thing)


def _basis_stands(at: Situation[PenaltyDecision, Any]) -> Denial | None:
    """A penalty decision that rests on nothing does not go on; what may bring it back brings it back as it was."""
    gone = basis_gone(at.case, at.thing)
    if gone is None:
        return None
    return Denial(
        detail=f"What this penalty rested on fell away: {gone}.",
        reference="a penalty decision falls with its order",
        satisfied_by="declare_void; if a court gives its basis back first, it goes on as it was",
        who=("decision_maker",),
    )


def _sum_still_holds(at: Situation[PenaltyDecision, Any]) -> Denial | None:
    penalty = at.thing
    if (denial := _basis_stands(at)) is not None:
        return denial
    now = outdated(at.case, penalty)
    if now is None:
        return None
    return Denial(
        detail=f"The facts changed since this sum was stated: {penalty.from_} to {penalty.to} was "
        f"{in_words(penalty.sum)}, and is {in_words(now.sum)} now.",
        reference=_REFERENCE,
        satisfied_by="replace_sum states it anew, confirm_sum keeps it with reasons, withdraw frees its days",
        who=("case_officer", "decision_maker"),
    )


def _sum_is_outdated(at: Situation[PenaltyDecision, Any]) -> Denial | None:
    penalty, now = at.thing, at.work_out(_now)
    if not holds(penalty, now):
        return None
    return Denial(
        detail=f"The sum stands: it is {in_words(penalty.sum)}, which is what the facts come to."
        if penalty.sum == now.sum
        else f"The sum stands: {in_words(penalty.sum)} was confirmed, though the facts come to {in_words(now.sum)}.",
        reference=_REFERENCE,
        satisfied_by="nothing: there is no correction to follow",
    )


def _something_is_left(at: Situation[PenaltyDecision, Any]) -> Denial | None:
    if at.work_out(_now).sum.units:
        return None
    return Denial(
        detail=f"By the facts as they are, no day from {at.thing.from_} to {at.thing.to} is left to penalise here.",
        reference=_REFERENCE,
        satisfied_by="withdraw",
        who=("decision_maker",),
    )


def _not_above_notified(at: Situation[PenaltyDecision, Any]) -> Denial | None:
    """The sum of the statement now, where it is replaced; else the one the decision has."""
    penalty = at.thing
    assert penalty.grounds is not None
    notified = penalty.grounds.amount
    amount = at.work_out(_now).sum.amount if at.command.trigger is Trigger.REPLACE_SUM else penalty.amount
    if amount.minor <= notified.minor:
        return None
    return Denial(
        detail=f"The sum would be {money_in_words(amount)}; the party was heard on {money_in_words(notified)}.",
        reference="Charter of Fundamental Rights art. 41(2)(a): heard on the sum",
        satisfied_by="return_to_draft, replace_sum, and notify the grounds anew",
        who=("decision_maker", "head_of_enforcement"),
    )


def _only_downwards(at: Situation[PenaltyDecision, Any]) -> Denial | None:
    owed, now = at.thing.owed, at.work_out(_now).sum.amount
    assert owed is not None
    if now.minor < owed.minor:
        return None
    higher = now.minor > at.thing.amount.minor
    return Denial(
        detail=f"It fixes {money_in_words(owed)}; by the facts as they are its days come to {money_in_words(now)}. An "
        "adopted sum is replaced only by a lower one.",
        reference="an act adverse to a party needs notice and a window",
        satisfied_by="withdraw and propose the days again" if higher else "confirm_sum: the sum owed does not change",
        who=("decision_maker",),
    )


BASIS_STANDS = Guard("basis_stands", state=_basis_stands)
SUM_STILL_HOLDS = Guard("sum_still_holds", state=_sum_still_holds)
SUM_IS_OUTDATED = Guard("sum_is_outdated", state=_sum_is_outdated)
SOMETHING_IS_LEFT = Guard("something_is_left", state=_something_is_left)
NOT_ABOVE_NOTIFIED = Guard("not_above_notified", state=_not_above_notified)
ONLY_DOWNWARDS = Guard("only_downwards", state=_only_downwards)

_BEFORE_ADOPTION = (State.PROPOSED, State.DRAFT, State.GROUNDS_NOTIFIED, State.IN_DELIBERATION)
_FIXED = (State.ADOPTED, State.REDUCED, State.FINAL)


def _replacement(sources: tuple[State, ...], target: State | Same, roles: frozenset[Role], *guards: Guard) -> Row:
    return Row(
        trigger=Trigger.REPLACE_SUM,
        sources=sources,
        target=target,
        roles=roles,
        label="State the sum anew from the facts as they are",
        ground=_REFERENCE,
        guards=(NOT_BACKWARDS, BASIS_STANDS, SUM_IS_OUTDATED, SOMETHING_IS_LEFT, *guards),
        takes=NewSumContent,
        act=replace_sum,
    )


ROWS: tuple[Row, ...] = (
    Row(
        trigger=Trigger.CONFIRM_SUM,
        sources=(*_BEFORE_ADOPTION, *_FIXED),
        target=SAME,
        roles=DECIDER,
        label="Keep the sum although the facts changed",
        ground=_REFERENCE,
        guards=(NOT_BACKWARDS, BASIS_STANDS, SUM_IS_OUTDATED),
        takes=ReasonsContent,
        act=confirm_sum,
    ),
    _replacement((State.PROPOSED, State.DRAFT), SAME, OFFICER),
    _replacement((State.GROUNDS_NOTIFIED, State.IN_DELIBERATION), SAME, DECIDER, NOT_ABOVE_NOTIFIED),
    _replacement(_FIXED, State.REDUCED, DECIDER, ONLY_DOWNWARDS),
)
