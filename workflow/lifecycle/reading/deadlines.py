"""The days a party has to keep in mind: what its calendar shows. Only what it was told, and whether it still stands."""

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum

from workflow.law.regime import regime
from workflow.lifecycle.facts import AdoptedAct, CaseFacts, Debt, Decision, Order, PenaltyDecision
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.proceedings.windows import window_end
from workflow.lifecycle.vocabulary import DebtState, DecisionState, Form, PenaltyDecisionState, Retroactivity

_UNDONE = frozenset(
    {
        DecisionState.WITHDRAWN,
        DecisionState.ANNULLED,
        PenaltyDecisionState.WITHDRAWN,
        PenaltyDecisionState.ANNULLED,
        PenaltyDecisionState.VOID,
    }
)


class DeadlineKind(StrEnum):
    """What a day is the last one for."""

    COMPLIANCE = "compliance"
    APPEAL = "appeal"
    OBSERVATIONS = "observations"
    PAYMENT = "payment"


@frozen
class Deadline:
    """The last day for something, of the thing with this id; of an appeal, which each party has for itself, with its
    number. `stands` is false once the clock was stopped by that day, or what was to be done is done.
    """

    kind: DeadlineKind
    thing: str
    number: str
    on: date
    stands: bool

    @property
    def key(self) -> str:
        """What tells it from every other, whatever its day."""
        return f"{self.kind.value}-{self.thing}"


def deadlines(case: CaseFacts, parties: Collection[int], told_of: Collection[str]) -> Iterator[Deadline]:
    """The deadlines of these parties in a case, of the things (by id) about which one of them was told.

    Of a debt they were told by the act it arose from.
    """
    for decision in case.decisions:
        if decision.id in told_of and decision.form is not Form.FORMAL_NOTICE:
            yield from _appeals(case, decision, decision, decision.reference, parties)
    for decision, order in case.orders():
        if order.addressee in parties and order.last_day is not None and order.id in told_of:
            number = decision.number_of(order)
            stands = _stands(order, order.last_day)
            yield Deadline(DeadlineKind.COMPLIANCE, order.id, number, order.last_day, stands)
    for penalty in case.penalty_decisions:
        if penalty.grounds is not None and penalty.id in told_of:
            ends, number = penalty.grounds.window_ends_on, _number(case, penalty)
            ended = penalty.acted_on if penalty.came_to_nothing else None
            stands = penalty.grounds.waived_on is None and (ended is None or ended > ends)
            yield Deadline(DeadlineKind.OBSERVATIONS, penalty.id, number, ends, stands)
            yield from _appeals(case, penalty, case.clause(penalty.clause)[0], number, parties)
    for debt in case.debts:
        theirs = debt.addressee is None or debt.addressee in parties
        if theirs and debt.due_by is not None and debt.source in told_of:
            stands = debt.outstanding > 0 and debt.state is not DebtState.CANCELLED
            yield Deadline(DeadlineKind.PAYMENT, debt.id, _number(case, debt), debt.due_by, stands)


def _stands(order: Order, last_day: date) -> bool:
    """Whether the last day still means something: not where the duty was met, stayed or over by then, or never was."""
    if order.annulled_on is not None or order.ended_as is Retroactivity.EX_TUNC:
        return False
    stay = order.open_suspension
    ends = (order.complied_on, order.ended_on, order.closed_on, stay.from_ if stay is not None else None)
    return all(day is None or day > last_day for day in ends)


def _appeals(
    case: CaseFacts, act: AdoptedAct, decision: Decision, number: str, parties: Collection[int]
) -> Iterator[Deadline]:
    """The last day to appeal of each party on whom the act was served; it is done with once the party has appealed."""
    appealed = {appeal.addressee for appeal in act.appeals}
    rules = regime(decision.regime or case.regime)
    for service in act.services:
        ends = window_end(case, service, rules) if service.addressee in parties else None
        if ends is not None:
            stands = act.state not in _UNDONE and service.addressee not in appealed
            yield Deadline(DeadlineKind.APPEAL, f"{act.id}-{service.addressee}", number, ends, stands)


def _number(case: CaseFacts, thing: Debt | PenaltyDecision) -> str:
    return f"{case.reference}/{thing.n}"
