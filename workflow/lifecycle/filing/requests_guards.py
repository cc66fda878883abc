"""When time can be asked for, which act grants a request, and what waits until one is answered."""

from collections.abc import Callable
from datetime import date
from typing import Any

from workflow.lifecycle.facts import CaseFacts, Filing, Order, PenaltyDecision
from workflow.lifecycle.filing.contents import RequestContent, TimeRequestContent
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.vocabulary import Asked, FilingKind, OrderState, PenaltyDecisionState

_OVER = frozenset({OrderState.CLOSED, OrderState.LIFTED, OrderState.LAPSED, OrderState.ANNULLED})
_ASKING = "a request asks for time that was not given yet"
_ANSWERED = "good administration: a request is answered, Charter art. 41(2)(c)"


def _order_runs(at: Situation[Any, Any]) -> Denial | None:
    order: Order = at.thing
    if order.state not in _OVER:
        return None
    return Denial(
        detail=f"The order is {order.state.value}: there is no time to ask for.",
        reference=_ASKING,
        satisfied_by="nothing: the order asks for nothing any more",
    )


def _asks_for_a_later_day(at: Situation[Any, Any]) -> Denial | None:
    """An extension names a day after the last one; a suspension may leave its end open."""
    order: Order = at.thing
    content: RequestContent | None = at.command.content
    if content is None:
        return None
    if content.asks_for is Asked.EXTENSION and content.until is None:
        return Denial(
            detail="The request for an extension names no day.",
            reference=_ASKING,
            satisfied_by="the last day asked for, in `until`",
        )
    least = order.last_day if content.asks_for is Asked.EXTENSION else at.effective_on
    return _later(content.until, least)


def _asks_for_a_longer_window(at: Situation[Any, Any]) -> Denial | None:
    penalty: PenaltyDecision = at.thing
    if penalty.state is not PenaltyDecisionState.GROUNDS_NOTIFIED or penalty.grounds is None:
        return Denial(
            detail="The party is not being heard: there is no window for observations to extend.",
            reference=_ASKING,
            satisfied_by="a request while the party is heard",
        )
    content: TimeRequestContent | None = at.command.content
    return None if content is None else _later(content.until, penalty.grounds.window_ends_on)


def _later(until: date | None, than: date | None) -> Denial | None:
    if until is None or than is None or until > than:
        return None
    return Denial(
        detail=f"The request asks for time until {until}, which is not after {than}.",
        reference=_ASKING,
        satisfied_by=f"an `until` after {than}",
    )


def named_request(at: Situation[Any, Any]) -> Filing | None:
    """The filing an act names as the request it grants."""
    content = at.command.content
    n = None if content is None else content.request
    return next((each for each in at.case.filings if each.n == n), None)


def _grants(asked: Asked) -> Callable[[Situation[Any, Any]], Denial | None]:
    def check(at: Situation[Any, Any]) -> Denial | None:
        content = at.command.content
        if content is None or content.request is None:
            return None
        filing = named_request(at)
        if filing is not None and filing.about == at.thing.id and filing.asks_for is asked and filing.waits:
            return None
        open_ones = [each.n for each in at.case.filings_on(at.thing.id) if each.asks_for is asked and each.waits]
        return Denial(
            detail=f"Filing {content.request} is no request for {_article(asked)} of this that waits for an answer.",
            reference="an act grants a request that was made and not answered yet",
            satisfied_by=f"a request: {' or '.join(map(str, open_ones))}" if open_ones else "the act without `request`",
        )

    return check


def _article(asked: Asked) -> str:
    return f"an {asked.value}" if asked is Asked.EXTENSION else f"a {asked.value}"


def unanswered(case: CaseFacts, penalty: PenaltyDecision) -> list[Filing]:
    """The requests about the orders of a penalty that came in time and wait for an answer."""
    decision, clause = case.clause(penalty.clause)
    filed = [each for order in decision.covered_by(clause) for each in case.filings_on(order.id)]
    return [each for each in filed if each.kind is FilingKind.REQUEST and each.needs_answer]


def _requests_answered(at: Situation[Any, Any]) -> Denial | None:
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


ORDER_RUNS = Guard("order_runs", _order_runs)
ASKS_FOR_A_LATER_DAY = Guard("asks_for_a_later_day", _asks_for_a_later_day)
ASKS_FOR_A_LONGER_WINDOW = Guard("asks_for_a_longer_window", _asks_for_a_longer_window)
GRANTS_EXTENSION = Guard("grants_extension", _grants(Asked.EXTENSION))
GRANTS_SUSPENSION = Guard("grants_suspension", _grants(Asked.SUSPENSION))
REQUESTS_ANSWERED = Guard("requests_answered", _requests_answered)
