"""When a ruling can be recorded, and where it leads."""

from collections.abc import Iterator
from typing import Any

from workflow.lifecycle.facts import AdoptedAct, Clause, Decision, RulingItem
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.proceedings.adopted import in_lists, open_appeal, served_on_nobody, sum_of
from workflow.lifecycle.proceedings.contents import RulingContent
from workflow.lifecycle.vocabulary import ClauseState, ItemKind, OrderState, RulingOutcome

_WHOLE = (ItemKind.DECISION, ItemKind.PENALTY)


def _an_appeal_is_open(at: Situation[AdoptedAct, Any]) -> Denial | None:
    if not at.thing.services:
        return served_on_nobody("ruling")
    return None if open_appeal(at.thing) is not None else _no_appeal(at.thing, None)


def _ruling_stands(at: Situation[AdoptedAct, RulingContent]) -> Denial | None:
    act, content = at.thing, at.content
    if not act.services and not act.appeals:
        return served_on_nobody("ruling")
    appeal = next((each for each in act.appeals if each.n == content.appeal), None)
    if appeal is None or not appeal.open:
        return _no_appeal(act, content.appeal)
    before = [ruling.ruled_on for ruling in act.rulings if ruling.appeal == appeal.n]
    earliest = max([appeal.lodged_on, *before])
    if content.ruled_on < earliest:
        what = "the ruling before it" if before and earliest != appeal.lodged_on else "the appeal"
        return Denial(
            detail=f"The ruling is said to be of {content.ruled_on}; {what} is of {earliest}.",
            reference="a court rules on an appeal that was lodged",
            satisfied_by=f"a date not before {earliest}",
        )
    return next(_item_denials(act, content.items, appeal.addressee), None)


def _item_denials(act: AdoptedAct, items: tuple[RulingItem, ...], appellant: int) -> Iterator[Denial]:
    for each in items:
        said = _missing(act, each, appellant) or _not_so(act, each, appellant) or _wrong_sum(act, each)
        if said is not None:
            yield Denial(
                detail=said,
                reference="a ruling is recorded item by item, as the operative part of the act stands",
                satisfied_by="correct the items, as the ruling names them",
            )


def _missing(act: AdoptedAct, each: RulingItem, appellant: int) -> str | None:
    """Why the act has no such item."""
    if not isinstance(act, Decision):
        if each.item in _WHOLE:
            return None
        return f"A penalty decision has no {each.item.value}: a ruling is on the penalty, or on the whole."
    orders = {order.n: order for order in act.orders}
    match each.item:
        case ItemKind.PENALTY:
            return "This decision fixes no penalty: record the ruling on the penalty decision."
        case ItemKind.FINE if act.fine is None:
            return "This decision has no fine."
        case ItemKind.ORDER | ItemKind.LIMB if each.number not in orders:
            return f"This decision has no order {each.number}; it has {_numbers(list(orders))}."
        case ItemKind.LIMB if each.number is not None:
            limbs = [limb.n for limb in orders[each.number].limbs]
            if each.limb not in limbs:
                return f"Order {each.number} has no limb {each.limb}; it has {_numbers(limbs)}."
        case ItemKind.CLAUSE if not clauses_of(act, each.number, appellant):
            numbers = list(dict.fromkeys(clause.n for clause in act.clauses))
            return f"No clause {each.number} binds party {appellant}; the decision has {_numbers(numbers)}."
    return None


def _not_so(act: AdoptedAct, each: RulingItem, appellant: int) -> str | None:
    """Why an item cannot be annulled, or come back: it is so already, or it never ceased to be."""
    if each.outcome not in (RulingOutcome.ANNULLED, RulingOutcome.REINSTATED):
        return None
    annulled = _is_annulled(act, each, appellant)
    wanted = each.outcome is RulingOutcome.REINSTATED
    if annulled is wanted:
        return None
    what = {
        ItemKind.ORDER: f"Order {each.number}",
        ItemKind.LIMB: f"Limb {each.limb} of order {each.number}",
        ItemKind.CLAUSE: f"Clause {each.number}",
    }.get(each.item, f"The {each.item.value}")
    return f"{what} is {'not annulled' if wanted else 'annulled already'}."


def _is_annulled(act: AdoptedAct, each: RulingItem, appellant: int) -> bool:
    if not isinstance(act, Decision) or each.item is ItemKind.DECISION:
        return act.state.value == "annulled"
    match each.item:
        case ItemKind.FINE:
            return act.fine_after_rulings is not None and act.fine_after_rulings.minor == 0
        case ItemKind.CLAUSE:
            return all(clause.state is ClauseState.ANNULLED for clause in clauses_of(act, each.number, appellant))
    assert each.number is not None
    order = act.order(each.number)
    if order.state is OrderState.ANNULLED or each.limb is None:
        return order.state is OrderState.ANNULLED
    return next(limb for limb in order.limbs if limb.n == each.limb).annulled_on is not None


def _wrong_sum(act: AdoptedAct, each: RulingItem) -> str | None:
    if each.amount is None:
        return None
    now = sum_of(act)
    if now is None:
        return f"Nothing is owed under this act, so no {each.item.value} can be {each.outcome.value} a sum."
    if each.amount.currency != now.currency:
        return f"The {each.item.value} is in {now.currency}, the ruling in {each.amount.currency}."
    if each.outcome is RulingOutcome.REDUCED_TO and each.amount.minor >= now.minor:
        return f"{each.amount.currency} {each.amount.amount} is no reduction: the sum is {now.currency} {now.amount}."
    if each.outcome is RulingOutcome.RAISED_TO and each.amount.minor <= now.minor:
        return f"{each.amount.currency} {each.amount.amount} is not above {now.currency} {now.amount}, the sum now."
    return None


def clauses_of(decision: Decision, number: int | None, appellant: int) -> list[Clause]:
    """The clauses with a number that bind who appealed."""
    return [clause for clause in decision.clauses if clause.n == number and clause.addressee in (None, appellant)]


def annuls_the_whole(items: tuple[RulingItem, ...]) -> bool:
    """Whether the act as a whole is annulled by it."""
    return any(each.item in _WHOLE and each.outcome is RulingOutcome.ANNULLED for each in items)


def lowers_the_penalty(items: tuple[RulingItem, ...]) -> bool:
    """Whether the sum of a penalty decision is lowered by it."""
    return any(each.item is ItemKind.PENALTY and each.outcome is RulingOutcome.REDUCED_TO for each in items)


def _reinstates(at: Situation[AdoptedAct, RulingContent]) -> Denial | None:
    if any(each.item in _WHOLE and each.outcome is RulingOutcome.REINSTATED for each in at.content.items):
        return None
    return Denial(
        detail="This ruling holds no outcome reinstated of the whole: the act is annulled, and this leaves it so.",
        reference="a ruling is recorded item by item",
        satisfied_by=f"an item {' or '.join(_WHOLE)} with outcome reinstated",
    )


def _no_appeal(act: AdoptedAct, n: int | None) -> Denial:
    closed = next((each for each in act.appeals if each.n == n), None)
    if closed is not None:
        detail = f"The final ruling on appeal {closed.n} is recorded."
    elif n is None or not act.appeals:
        detail = "No appeal is open."
    else:
        detail = f"There is no appeal {n}; there is {_numbers([each.n for each in act.appeals])}."
    return Denial(
        detail=detail,
        reference="a court rules on an appeal that was lodged",
        satisfied_by="record_appeal first, or the number of an open appeal",
        who=("registrar",),
    )


def _numbers(numbers: list[int]) -> str:
    return ", ".join(map(str, sorted(numbers))) or "none"


RULING_STANDS = Guard("ruling_stands", state=in_lists(_an_appeal_is_open), content=_ruling_stands)
REINSTATES = Guard("reinstates", content=_reinstates)
