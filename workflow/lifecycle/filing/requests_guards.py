"""When time can be asked for, which act grants a request, and what waits until one is answered."""

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol, TypeVar

from workflow.lifecycle.facts import CaseFacts, Filing, Order, PenaltyDecision
from workflow.lifecycle.filing.contents import RequestContent, TimeRequestContent
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.vocabulary import FilingKind, OrderState, PenaltyDecisionState, RequestKind

_OVER = frozenset({OrderState.CLOSED, OrderState.LIFTED, OrderState.LAPSED, OrderState.ANNULLED})
_ASKING = "a request asks for time that was not given yet"
_ANSWERED = "good administration: a request is answered, Charter art. 41(2)(c)"


class Granting(Protocol):
    """What is said of an act that may grant a request: the number of the filing, if of one."""

    @property
    def request(self) -> int | None:
        """The number."""


G = TypeVar("G", bound=Granting)


def _order_runs(at: Situation[Order, Any]) -> Denial | None:
    state = at.thing.state
    if state not in _OVER:
        return None
    return Denial(
        detail=f"The order is {state.value}: there is no time to ask for.",
        reference=_ASKING,
        satisfied_by="nothing: the order asks for nothing any more",
    )


def _asks_for_a_later_day(at: Situation[Order, RequestContent]) -> Denial | None:
    """An extension names a day after the last one; a suspension may leave its end open."""
    content = at.content
    if content.asks_for is RequestKind.SUSPENSION:
        return _later(content.until, at.effective_on)
    if content.until is None:
        return Denial(
            detail="The request for an extension names no day.",
            reference=_ASKING,
            satisfied_by="the last day asked for, in `until`",
        )
    return _later(content.until, at.thing.last_day)


def _party_is_heard(at: Situation[PenaltyDecision, Any]) -> Denial | None:
    if at.thing.state is PenaltyDecisionState.GROUNDS_NOTIFIED and at.thing.grounds is not None:
        return None
    return Denial(
        detail="The party is not being heard: there is no window for observations to extend.",
        reference=_ASKING,
        satisfied_by="a request while the party is heard",
    )


def _asks_for_a_longer_window(at: Situation[PenaltyDecision, TimeRequestContent]) -> Denial | None:
    grounds = at.thing.grounds
    return _later(at.content.until, grounds.window_ends_on if grounds is not None else None)


def _later(until: date | None, than: date | None) -> Denial | None:
    if until is None or than is None or until > than:
        return None
    return Denial(
        detail=f"The request asks for time until {until}, which is not after {than}.",
        reference=_ASKING,
        satisfied_by=f"an `until` after {than}",
    )


def named_request(at: Situation[Any, G]) -> Filing | None:
    """The filing an act names as the request it grants."""
    return next((each for each in at.case.filings if each.n == at.content.request), None)


def _grants(asked: RequestKind) -> Callable[[Situation[Any, Any]], Denial | None]:
    def check(at: Situation[Order | PenaltyDecision, Granting]) -> Denial | None:
        request = at.content.request
        open_ones = [each.n for each in at.case.filings_on(at.thing.id) if each.asks_for is asked and each.waits]
        if request is None or request in open_ones:
            return None
        return Denial(
            detail=f"Filing {request} is no request for {_article(asked)} of this that waits for an answer.",
            reference="an act grants a request that was made and not answered yet",
            satisfied_by=f"a request: {' or '.join(map(str, open_ones))}" if open_ones else "the act without `request`",
        )

    return check


def _article(asked: RequestKind) -> str:
    return f"an {asked.value}" if asked is RequestKind.EXTENSION else f"a {asked.value}"


def unanswered(case: CaseFacts, penalty: PenaltyDecision) -> list[Filing]:
    """The requests about the orders of a penalty that came in time and wait for an answer."""
    decision, clause = case.clause(penalty.clause)
    filed = [each for order in decision.covered_by(clause) for each in case.filings_on(order.id)]
    return [each for each in filed if each.kind is FilingKind.REQUEST and each.needs_answer]


def _requests_answered(at: Situation[PenaltyDecision, Any]) -> Denial | None:
    waiting = unanswered(at.case, at.thing)
    if not waiting:
        return None
    said = " and ".join(f"filing {each.n} of {each.received_on} ({each.asks_for})" for each in waiting)
    return Denial(
        detail=f"A party asked for time for an order of this penalty and was not answered: {said}.",
        reference=_ANSWERED,
        satisfied_by="grant it by extend or suspend, or refuse it with reasons",
        who=("decision_maker",),
    )


ORDER_RUNS = Guard("order_runs", state=_order_runs)
ASKS_FOR_A_LATER_DAY = Guard("asks_for_a_later_day", content=_asks_for_a_later_day)
ASKS_FOR_A_LONGER_WINDOW = Guard("asks_for_a_longer_window", state=_party_is_heard, content=_asks_for_a_longer_window)
GRANTS_EXTENSION = Guard("grants_extension", content=_grants(RequestKind.EXTENSION))
GRANTS_SUSPENSION = Guard("grants_suspension", content=_grants(RequestKind.SUSPENSION))
REQUESTS_ANSWERED = Guard("requests_answered", state=_requests_answered)
