"""Whether a draft holds together: numbers, references between its parts, periods and rates; every fault at once."""

from collections.abc import Iterator, Sequence

from workflow.law.duration import Duration, NotADuration, read_duration
from workflow.law.invalid import MemberError
from workflow.lifecycle.decision.contents import DraftContent
from workflow.lifecycle.facts import CaseFacts, Hearing
from workflow.lifecycle.kernel.faults import refuse
from workflow.lifecycle.order.contents import OrderContent
from workflow.lifecycle.order.kinds import ORDER_KINDS
from workflow.lifecycle.penalty_clause.contents import ClauseContent
from workflow.lifecycle.vocabulary import AccruesFrom, Form

_LONGEST = Duration(100, 0, 0, 36525, 0)


def check_draft(content: DraftContent, case: CaseFacts) -> None:
    """Raise InvalidRequest naming every member of the draft that cannot stand."""
    refuse(_draft_faults(content, case))


def _draft_faults(content: DraftContent, case: CaseFacts) -> Iterator[MemberError]:
    parties = {party.n for party in case.parties}
    if not content.orders and content.fine is None:
        yield MemberError("/orders", "a decision holds at least one order or a fine")
    if content.form is Form.FORMAL_NOTICE:
        if content.fine is not None:
            yield MemberError("/fine", "a formal notice imposes no fine: leave it out, or draft a corrective decision")
        if content.clauses:
            yield MemberError("/clauses", "a formal notice threatens no penalty: leave them out")
    yield from _repeated("addressees", content.addressees)
    yield from _repeated("orders", [order.n for order in content.orders])
    yield from _repeated("clauses", [clause.n for clause in content.clauses])
    for i, addressee in enumerate(content.addressees):
        if addressee not in parties:
            yield MemberError(f"/addressees/{i}", f"no party {addressee} in this case; it has {_list(parties)}")
    for i, order in enumerate(content.orders):
        yield from _order_faults(f"/orders/{i}", order, content)
    for i, clause in enumerate(content.clauses):
        yield from _clause_faults(f"/clauses/{i}", clause, content)
    if content.hearing is not None:
        yield from _hearing_faults(content.hearing)
    if (circle := _circle(content.orders)) is not None:
        i = next(i for i, order in enumerate(content.orders) if order.n == circle[0])
        way = " after ".join(map(str, circle))
        yield MemberError(f"/orders/{i}/after", f"orders wait for each other: {way}; take one of these out")


def _hearing_faults(hearing: Hearing) -> Iterator[MemberError]:
    """What is said to have come of the notice of the grounds came after it, whatever else is still to be filled in."""
    notified = hearing.grounds_notified_on
    for name in ("waived_on", "window_ended_on", "session_on"):
        day = getattr(hearing, name)
        if notified is not None and day is not None and day < notified:
            yield MemberError(f"/hearing/{name}", f"{day} is before {notified}, when the grounds were notified")


def _order_faults(at: str, order: OrderContent, content: DraftContent) -> Iterator[MemberError]:
    if order.kind not in ORDER_KINDS:
        yield MemberError(f"{at}/kind", f"no such kind of order; there are {', '.join(ORDER_KINDS)}")
    if order.addressee not in content.addressees:
        yield MemberError(f"{at}/addressee", f"{order.addressee} is not among the addressees of the decision")
    if not order.limbs:
        yield MemberError(f"{at}/limbs", "an order has at least one limb")
    yield from _repeated(f"{at[1:]}/limbs", [limb.n for limb in order.limbs])
    if order.period is not None and order.comply_by_fixed is not None:
        yield MemberError(f"{at}/comply_by_fixed", "period gives the last day too; give one of the two")
    if order.period is not None:
        yield from _period_faults(f"{at}/period", order.period)
    numbers = {each.n for each in content.orders}
    for i, n in enumerate(order.after):
        if n not in numbers:
            yield MemberError(f"{at}/after/{i}", f"no order {n} in this draft; it has {_list(numbers)}")


def _clause_faults(at: str, clause: ClauseContent, content: DraftContent) -> Iterator[MemberError]:
    numbers = {order.n for order in content.orders}
    if not clause.covers:
        yield MemberError(f"{at}/covers", "a clause covers at least one order")
    yield from _repeated(f"{at[1:]}/covers", clause.covers)
    for i, n in enumerate(clause.covers):
        if n not in numbers:
            yield MemberError(f"{at}/covers/{i}", f"no order {n} in this draft; a clause covers orders only")
    if clause.rate.minor == 0:
        yield MemberError(f"{at}/rate", "a rate is above zero")
    for name in ("per", "assess_after", "assess_every"):
        period = getattr(clause, name)
        if period is not None:
            yield from _period_faults(f"{at}/{name}", period)
    fixed = clause.accrues_from is AccruesFrom.FIXED_DATE
    if fixed is not (clause.accrues_from_on is not None):
        yield MemberError(f"{at}/accrues_from_on", "goes with accrues_from fixed_date, and with nothing else")


def _period_faults(at: str, text: str) -> Iterator[MemberError]:
    if (problem := period_problem(text)) is not None:
        yield MemberError(at, problem)


def period_problem(text: str) -> str | None:
    """Why a length of time cannot stand in a draft; None if it can."""
    try:
        length = read_duration(text)
    except NotADuration as error:
        return str(error)
    if length.hours:
        return "days, weeks, months or years; an order is not counted in hours here"
    if length.all_months > _LONGEST.all_months or length.all_days > _LONGEST.all_days:
        return "longer than a hundred years: check the number"
    return None


def _repeated(name: str, numbers: Sequence[int]) -> Iterator[MemberError]:
    for i, n in enumerate(numbers):
        if n in numbers[:i]:
            yield MemberError(f"/{name}/{i}", f"{n} stands here twice; each number is used once")


def _circle(orders: Sequence[OrderContent]) -> list[int] | None:
    """A ring of orders that wait for each other, or None. Each order is looked at once, however many wait for it."""
    after = {order.n: order.after for order in orders}
    settled: set[int] = set()
    for start in after:
        path: list[int] = []
        branches = [iter((start,))]
        while branches:
            n = next(branches[-1], None)
            if n is None:
                branches.pop()
                if path:
                    settled.add(path.pop())
            elif n in path:
                return [*path[path.index(n) :], n]
            elif n in after and n not in settled:
                path.append(n)
                branches.append(iter(after[n]))
    return None


def _list(numbers: set[int]) -> str:
    return ", ".join(map(str, sorted(numbers))) or "none"
