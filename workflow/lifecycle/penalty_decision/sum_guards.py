"""Whether the sum of a penalty decision may go on: it is the one the facts give, or the body stands by it."""

from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.facts import PenaltyDecision, Sum
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.penalty_decision.sums import basis_gone, outdated, statement_now

_REFERENCE = "a penalty is stated from the facts as they are"
_OFFICER = ("case_officer",)
_BODY = ("decision_maker",)


def in_words(sum_: Sum) -> str:
    """A sum as a sentence has it."""
    return f"{sum_.units} units, {_money(sum_.amount)}"


def _money(money: Money) -> str:
    return f"{money.currency} {money.amount}"


def _basis_stands(at: Situation[Any, Any]) -> Denial | None:
    """A penalty decision that rests on nothing does not go on; what may bring it back brings it back as it was."""
    gone = basis_gone(at.case, at.thing)
    if gone is None:
        return None
    return Denial(
        detail=f"What this penalty rested on fell away: {gone}.",
        reference="a penalty decision falls with its order",
        satisfied_by="declare_void; if a court gives its basis back first, it goes on as it was",
        who=_BODY,
    )


def _sum_still_holds(at: Situation[Any, Any]) -> Denial | None:
    penalty: PenaltyDecision = at.thing
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
        who=(*_OFFICER, *_BODY),
    )


def _sum_is_outdated(at: Situation[Any, Any]) -> Denial | None:
    penalty: PenaltyDecision = at.thing
    now = at.workings["now"] = statement_now(at.case, penalty)
    if outdated(at.case, penalty) is not None:
        return None
    return Denial(
        detail=f"The sum of {in_words(penalty.sum)} is the one the facts give, or was confirmed against them: they "
        f"come to {in_words(now.sum)}.",
        reference=_REFERENCE,
        satisfied_by="nothing: there is no correction to follow",
    )


def _something_is_left(at: Situation[Any, Any]) -> Denial | None:
    penalty: PenaltyDecision = at.thing
    now = at.workings["now"] = statement_now(at.case, penalty)
    if now.sum.units:
        return None
    return Denial(
        detail=f"By the facts as they are, no day from {penalty.from_} to {penalty.to} is left to penalise here.",
        reference=_REFERENCE,
        satisfied_by="withdraw",
        who=_BODY,
    )


def _not_above_notified(at: Situation[Any, Any]) -> Denial | None:
    """The sum of the statement now, where it is replaced; else the one the decision has."""
    penalty: PenaltyDecision = at.thing
    assert penalty.grounds is not None
    now = at.workings.get("now")
    amount = penalty.amount if now is None else now.sum.amount
    notified = penalty.grounds.amount
    if amount.minor <= notified.minor:
        return None
    return Denial(
        detail=f"The sum would be {_money(amount)}; the party was heard on {_money(notified)}.",
        reference="Charter of Fundamental Rights art. 41(2)(a): heard on the sum",
        satisfied_by="return_to_draft, replace_sum, and notify the grounds anew",
        who=("decision_maker", "head_of_enforcement"),
    )


def _only_downwards(at: Situation[Any, Any]) -> Denial | None:
    penalty: PenaltyDecision = at.thing
    owed = penalty.owed
    now = at.workings["now"].sum.amount
    assert owed is not None
    if now.minor < owed.minor:
        return None
    higher = now.minor > penalty.amount.minor
    return Denial(
        detail=f"It fixes {_money(owed)}; by the facts as they are its days come to {_money(now)}. An adopted sum is "
        "replaced only by a lower one.",
        reference="an act adverse to a party needs notice and a window",
        satisfied_by="withdraw and propose the days again" if higher else "confirm_sum: the sum owed does not change",
        who=_BODY,
    )


def _not_above_cap(at: Situation[Any, Any]) -> Denial | None:
    """What all decisions on a clause fix together stays under its cap, whatever was proposed before what."""
    penalty: PenaltyDecision = at.thing
    _, clause = at.case.clause(penalty.clause)
    cap = clause.cap
    if cap is None:
        return None
    others = [each for each in at.case.penalties_of(clause.id) if each.id != penalty.id]
    fixed = Sum(
        sum(each.units for each in others if each.owed is not None),
        Money(sum(each.owed.minor for each in others if each.owed is not None), clause.rate.currency),
    )
    reduction = at.command.content.reduction if at.command.content is not None else None
    amount = penalty.amount if reduction is None else reduction.amount
    said = None
    if cap.amount is not None and fixed.amount.minor + amount.minor > cap.amount.minor:
        said = f"{_money(cap.amount)}, and other decisions fixed {_money(fixed.amount)} of it; {_money(amount)} would"
    elif cap.units is not None and fixed.units + penalty.units > cap.units:
        said = f"{cap.units} units, and other decisions fixed {fixed.units} of them; {penalty.units} more would"
    if said is None:
        return None
    return Denial(
        detail=f"The cap of clause {clause.n} is {said} pass it.",
        reference=f"operative part of the decision, cap of clause {clause.n}",
        satisfied_by="return_to_draft and replace_sum, or close without penalty",
        who=_BODY,
    )


def _basis_is_gone(at: Situation[Any, Any]) -> Denial | None:
    gone = at.workings["gone"] = basis_gone(at.case, at.thing)
    if gone is not None:
        return None
    return Denial(
        detail="What it rests on still stands: the decision, the clause, and an order under it.",
        reference="a penalty decision falls with its order",
        satisfied_by="record what made its basis fall away first, or withdraw it with reasons",
        who=("registrar", "decision_maker"),
    )


BASIS_STANDS = Guard("basis_stands", _basis_stands)
SUM_STILL_HOLDS = Guard("sum_still_holds", _sum_still_holds)
SUM_IS_OUTDATED = Guard("sum_is_outdated", _sum_is_outdated)
SOMETHING_IS_LEFT = Guard("something_is_left", _something_is_left)
NOT_ABOVE_NOTIFIED = Guard("not_above_notified", _not_above_notified)
NOT_ABOVE_CAP = Guard("not_above_cap", _not_above_cap)
ONLY_DOWNWARDS = Guard("only_downwards", _only_downwards)
BASIS_IS_GONE = Guard("basis_is_gone", _basis_is_gone)
