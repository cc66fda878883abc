"""When an appeal, a ruling and finality can be recorded."""

from collections.abc import Iterator

from workflow.law.money import Money
from workflow.lifecycle.contents import AppealContent, RulingContent
from workflow.lifecycle.facts import Clause, Decision, RulingItem
from workflow.lifecycle.refusals import Denial
from workflow.lifecycle.rules import Guard, Situation
from workflow.lifecycle.served import (
    AdoptedAct,
    addressees_of,
    can_be_final_on,
    open_appeal,
    unserved,
    window_end,
    window_ends,
)
from workflow.lifecycle.vocabulary import ClauseState, Form, ItemKind, OrderState, RulingOutcome

_WHOLE = (ItemKind.DECISION, ItemKind.PENALTY)


def _can_be_appealed(at: Situation) -> Denial | None:
    act: AdoptedAct = at.thing
    content: AppealContent | None = at.command.content
    if content is None:
        return None if act.services else _served_on_nobody("appeal")
    addressees = addressees_of(at.case, act)
    if content.addressee not in addressees:
        return Denial(
            detail=f"Party {content.addressee} is no addressee of this decision.",
            reference="an addressee appeals",
            satisfied_by=f"one of the addressees {', '.join(map(str, addressees))}",
        )
    service = act.service_on(content.addressee)
    if service is None:
        return _served_on_nobody("appeal", content.addressee)
    if content.lodged_on < service.served_on:
        return Denial(
            detail=f"The appeal is said to be of {content.lodged_on}; the act was served on {service.served_on}.",
            reference="the window of an appeal opens with service",
            satisfied_by=f"a date not before {service.served_on}, or correct_service first",
        )
    known = next((each for each in act.appeals if each.open and each.addressee == content.addressee), None)
    if known is None:
        return None
    return Denial(
        detail=f"Appeal {known.n} of party {content.addressee}, of {known.lodged_on}, is open already.",
        reference="one appeal of an addressee at a time",
        satisfied_by="record_ruling on it first, with final where it ends the appeal",
        who=("registrar",),
    )


def _ruling_stands(at: Situation) -> Denial | None:
    act: AdoptedAct = at.thing
    content: RulingContent | None = at.command.content
    if content is None:
        if not act.services:
            return _served_on_nobody("ruling")
        return None if open_appeal(act) is not None else _no_appeal(act, None)
    if not act.services and not act.appeals:
        return _served_on_nobody("ruling")
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
    order = next(order for order in act.orders if order.n == each.number)
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


def sum_of(act: AdoptedAct) -> Money | None:
    """The sum an act fixes now: its fine after rulings, or its penalty."""
    if isinstance(act, Decision):
        return act.fine if act.fine_after_rulings is None else act.fine_after_rulings
    return act.fixed or act.amount


def clauses_of(decision: Decision, number: int | None, appellant: int) -> list[Clause]:
    """The clauses with a number that bind who appealed."""
    return [clause for clause in decision.clauses if clause.n == number and clause.addressee in (None, appellant)]


def _whole_annulled(at: Situation) -> Denial | None:
    return _if_an_item(at, _WHOLE, RulingOutcome.ANNULLED, "the act as a whole is not annulled by it")


def _sum_lowered(at: Situation) -> Denial | None:
    return _if_an_item(at, (ItemKind.PENALTY,), RulingOutcome.REDUCED_TO, "the sum is not lowered by it")


def _reinstates(at: Situation) -> Denial | None:
    return _if_an_item(at, _WHOLE, RulingOutcome.REINSTATED, "the act is annulled, and this leaves it so")


def _if_an_item(at: Situation, kinds: tuple[ItemKind, ...], outcome: RulingOutcome, why: str) -> Denial | None:
    content: RulingContent | None = at.command.content
    if content is None or any(each.item in kinds and each.outcome is outcome for each in content.items):
        return None
    return Denial(
        detail=f"This ruling holds no outcome {outcome.value} of the whole: {why}.",
        reference="a ruling is recorded item by item",
        satisfied_by=f"an item {' or '.join(kinds)} with outcome {outcome.value}",
    )


def _finality_undone(at: Situation) -> Denial | None:
    """Whether the corrected service takes away what finality rested on: service on all, and windows that were over."""
    act: AdoptedAct = at.thing
    legal_day = at.workings.get("legal_day")
    if legal_day is None or act.final_on is None:
        return None
    service = legal_day.service
    if service is None or (window_end(at.case, service, at.regime) or service.served_on) >= act.final_on:
        return None
    return Denial(
        detail=f"The time to appeal was over on {act.final_on} also by the corrected date.",
        reference="an act is final when no appeal can be lodged any more",
        satisfied_by="nothing: the act stays final",
    )


def _all_served(at: Situation) -> Denial | None:
    act: AdoptedAct = at.thing
    if isinstance(act, Decision) and act.form is Form.FORMAL_NOTICE:
        return Denial(
            detail="A formal notice does not become final: it is closed, or the matter is referred.",
            reference="a formal notice is no sanction",
            satisfied_by="close when its orders are met, or refer",
            who=("case_officer", "head_of_enforcement"),
        )
    missing = unserved(at.case, act)
    if not missing:
        return None
    return Denial(
        detail=f"No service on party {' and '.join(map(str, missing))} is recorded, so no time to appeal ran for them.",
        reference="the window of an appeal opens with service",
        satisfied_by="record_service on every addressee",
        who=("registrar",),
    )


def _no_appeal_open(at: Situation) -> Denial | None:
    appeal = open_appeal(at.thing)
    if appeal is None:
        return None
    return Denial(
        detail=f"Appeal {appeal.n} of party {appeal.addressee}, of {appeal.lodged_on}, is open.",
        reference="an act is final when no appeal is open",
        satisfied_by="the final ruling on it",
        who=("registrar",),
    )


def _appeal_window_over(at: Situation) -> Denial | None:
    act: AdoptedAct = at.thing
    rulings = [ruling.ruled_on for ruling in act.rulings]
    last = max(window_ends(at.case, act, at.regime))
    if rulings and at.effective_on < max(rulings):
        return Denial(
            detail=f"A court ruled on {max(rulings)}; the act is not final before that.",
            reference="an act is final when no appeal can be lodged any more",
            satisfied_by=f"a date not before {max(rulings)}",
        )
    if at.effective_on > last:
        return None
    proposed = can_be_final_on(at.case, act, at.regime)
    return Denial(
        detail=f"The time to appeal runs until {last}; the act cannot be final on {at.effective_on}.",
        reference="an act is final when no appeal can be lodged any more",
        satisfied_by=f"a date after {last}; it will be proposed on {proposed}",
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


def _served_on_nobody(what: str, addressee: int | None = None) -> Denial:
    whom = "anybody" if addressee is None else f"party {addressee}"
    return Denial(
        detail=f"The act was not served on {whom}; {'an' if what == 'appeal' else 'a'} {what} comes after service.",
        reference="the window of an appeal opens with service",
        satisfied_by="record_service first",
        who=("registrar",),
    )


def _numbers(numbers: list[int]) -> str:
    return ", ".join(map(str, sorted(numbers))) or "none"


CAN_BE_APPEALED = Guard("can_be_appealed", _can_be_appealed)
RULING_STANDS = Guard("ruling_stands", _ruling_stands)
WHOLE_ANNULLED = Guard("whole_annulled", _whole_annulled)
SUM_LOWERED = Guard("sum_lowered", _sum_lowered)
REINSTATES = Guard("reinstates", _reinstates)
FINALITY_UNDONE = Guard("finality_undone", _finality_undone)
ALL_SERVED = Guard("all_served", _all_served)
NO_APPEAL_OPEN = Guard("no_appeal_open", _no_appeal_open)
APPEAL_WINDOW_OVER = Guard("appeal_window_over", _appeal_window_over)
