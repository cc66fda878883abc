"""The days a party has to keep in mind: what its calendar shows. Only what it was told, and whether it still stands."""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from enum import StrEnum

from workflow.lifecycle.facts import CaseFacts, Debt, Order, PenaltyDecision
from workflow.lifecycle.frozen import frozen
from workflow.lifecycle.notices import number_of
from workflow.lifecycle.vocabulary import DebtState, OrderState

_STOPPED = frozenset(
    {OrderState.SUSPENDED, OrderState.LIFTED, OrderState.LAPSED, OrderState.ANNULLED, OrderState.CLOSED}
)


class DeadlineKind(StrEnum):
    """What a day is the last one for."""

    COMPLIANCE = "compliance"
    OBSERVATIONS = "observations"
    PAYMENT = "payment"


@frozen
class Deadline:
    """The last day for something, of the thing with this id; `stands` is false when its clock stopped or it is done.

    `heard_of` are the things whose notices tell of it. `moved` grows with every move of the day that the party learns
    of otherwise than by a notice.
    """

    kind: DeadlineKind
    thing: str
    number: str
    on: date
    stands: bool
    heard_of: tuple[str, ...]
    moved: int = 0


def deadlines(case: CaseFacts, parties: Collection[int], was_told: Callable[[str], bool]) -> Iterator[Deadline]:
    """The deadlines of these parties in a case, of the things (by id) about which one of them was told.

    Of a debt they were told by the act it arose from.
    """
    for decision, order in case.orders():
        if order.addressee in parties and order.last_day is not None and was_told(order.id):
            number = number_of(decision, order)
            yield Deadline(DeadlineKind.COMPLIANCE, order.id, number, order.last_day, _runs(order), (order.id,))
    for penalty in case.penalty_decisions:
        if penalty.grounds is not None and was_told(penalty.id):
            yield _window(case, penalty)
    for debt in case.debts:
        theirs = debt.addressee is None or debt.addressee in parties
        if theirs and debt.due_by is not None and was_told(debt.source):
            stands = debt.outstanding > 0 and debt.state is not DebtState.CANCELLED
            heard_of = (debt.id, debt.source)
            yield Deadline(DeadlineKind.PAYMENT, debt.id, _number(case, debt), debt.due_by, stands, heard_of)


def _runs(order: Order) -> bool:
    """Whether the last day still means something: not once the order stands still, has ended, or was met by then."""
    assert order.last_day is not None
    if order.state is OrderState.COMPLIED and order.complied_on is not None:
        return order.complied_on > order.last_day
    return order.state not in _STOPPED


def _window(case: CaseFacts, penalty: PenaltyDecision) -> Deadline:
    assert penalty.grounds is not None
    ends = penalty.grounds.window_ends_on
    number = f"{case.reference}/{penalty.n}"
    stands = penalty.grounds.waived_on is None
    # A window is extended on the party's own request, and never made shorter.
    moved = (ends - penalty.grounds.notified_on).days
    return Deadline(DeadlineKind.OBSERVATIONS, penalty.id, number, ends, stands, (penalty.id,), moved)


def _number(case: CaseFacts, debt: Debt) -> str:
    return f"{case.reference}/{debt.n}"
