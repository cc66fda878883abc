"""Whether the sum of a penalty decision still is what the facts give for its days, and which fact says otherwise."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from workflow.law.days import day_after, day_before
from workflow.law.money import Money
from workflow.law.receipt import receipt
from workflow.law.regime import regime
from workflow.lifecycle.facts import CaseFacts, PenaltyDecision, Reduction, Sum
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.order.unmet import Span
from workflow.lifecycle.penalty_clause import accrual
from workflow.lifecycle.vocabulary import PenaltyDecisionState

_FIXED_BEFORE = "already_liquidated"


@frozen
class Recomputed:
    """A slice computed again: what it comes to, the receipt, and its first late day that is free, if there is one."""

    sum: Sum
    receipt: Mapping[str, Any] | None
    first: date | None


@frozen
class Changed:
    """A fact a statement relied on, as it was then and as it is now; None where it was, or is, not there."""

    fact: str
    then: Any
    now: Any


def statement_now(case: CaseFacts, penalty: PenaltyDecision) -> Recomputed:
    """The same slice from the facts as they are now, by the law it was stated under.

    Late days before the slice count as fixed, whether they are or not: ordinals and caps are laid over the whole
    delay, so a slice comes to the same whatever becomes of those before it. So do days of the slice itself that
    another penalty decision has the better right to.
    """
    decision, clause = case.clause(penalty.clause)
    late = accrual.lateness(case, decision, clause)
    nothing = Recomputed(Sum(0, Money(0, clause.rate.currency)), None, None)
    if late.start is None or decision.regime is None:
        return nothing
    before = sorted((each.from_, each.to) for each in _before(case, penalty) if each.from_ <= penalty.to)
    fixed = list(before)
    if late.start < penalty.from_:
        fixed.append((late.start, day_before(penalty.from_)))
    stated = accrual.statement(case, late, clause, penalty.to, regime(decision.regime), fixed)
    if stated is None:
        return nothing
    first = min((max(span.first, penalty.from_) for span in late.spans if _meets(span, penalty)), default=None)
    for begin, end in before:
        if first is not None and begin <= first <= end:
            first = day_after(end)
    return Recomputed(comes_to(stated), stated, first)


def comes_to(stated: Mapping[str, Any]) -> Sum:
    """What the receipt of a statement comes to."""
    result = stated["result"]
    return Sum(result["units"], Money.parse(result["amount"], stated["request"]["currency"]))


def done(penalty: PenaltyDecision) -> bool:
    """Whether its proceedings ended without a penalty, or a court took it away."""
    return penalty.came_to_nothing or penalty.state is PenaltyDecisionState.ANNULLED


def outdated(case: CaseFacts, penalty: PenaltyDecision) -> Recomputed | None:
    """What the slice comes to now, where that is neither its sum nor the one its sum was confirmed against."""
    if done(penalty):
        return None
    now = statement_now(case, penalty)
    return None if holds(penalty, now) else now


def holds(penalty: PenaltyDecision, now: Recomputed) -> bool:
    """Whether the slice comes to the sum of the decision, or to the one that this was confirmed against."""
    return now.sum in (penalty.sum, penalty.confirmed_against)


def in_words(sum_: Sum) -> str:
    """A sum as a sentence has it."""
    return f"{sum_.units} units, {money_in_words(sum_.amount)}"


def money_in_words(money: Money) -> str:
    """An amount as a sentence has it."""
    return f"{money.currency} {money.amount}"


def stated(case: CaseFacts, penalty: PenaltyDecision, reduction: Reduction | None = None) -> Mapping[str, Any]:
    """The receipt of the statement a penalty decision rests on, with a reduction as its last line."""
    decision = case.decision_under(penalty)
    assert decision.regime is not None
    request = dict(penalty.relied_on)
    if reduction is not None:
        request["reduction"] = {"amount": reduction.amount.amount, "reason": reduction.article}
    return receipt(request, regime(decision.regime))


def changes(penalty: PenaltyDecision, now: Recomputed) -> list[Changed]:
    """The facts that are others now than those the statement relied on.

    Days that other penalty decisions fix are named only where nothing else changed: they follow from the rest.
    """
    present = now.receipt["request"] if now.receipt is not None else {}
    found = list(_changes(_leaves(penalty.relied_on), _leaves(present)))
    own = [each for each in found if not each.fact.startswith(_FIXED_BEFORE)]
    return own or found


def _before(case: CaseFacts, penalty: PenaltyDecision) -> Iterator[PenaltyDecision]:
    """The penalty decisions whose days this one may not fix: of two about one day, the one adopted, then the older."""
    mine = (penalty.adopted_on is None, penalty.n)
    for each in case.penalties_of(penalty.clause):
        if each.id != penalty.id and each.holds_days and (each.adopted_on is None, each.n) < mine:
            yield each


def _meets(span: Span, penalty: PenaltyDecision) -> bool:
    return span.first <= penalty.to and (span.last is None or span.last >= penalty.from_)


def _changes(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Changed]:
    for fact in sorted({*then, *now}):
        if then.get(fact) != now.get(fact):
            yield Changed(fact, then.get(fact), now.get(fact))


def _leaves(request: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a request, with each obligation and cap a member of its own."""
    found: dict[str, Any] = {}
    for name, value in request.items():
        if name == "obligations":
            found |= {each["name"]: {key: member for key, member in each.items() if key != "name"} for each in value}
        elif isinstance(value, Mapping):
            found |= {f"{name}.{key}": member for key, member in value.items()}
        else:
            found[name] = value
    return found
