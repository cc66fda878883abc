"""What the party is owed before a penalty is decided: the grounds, a window for observations, an answer to them."""

from datetime import date
from typing import Any

from workflow.law.regime import regime
from workflow.lifecycle.facts import Grounds, PenaltyDecision
from workflow.lifecycle.kernel.guards import over_after
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.penalty_decision.contents import GroundsContent, WaiverContent, WindowContent
from workflow.lifecycle.penalty_decision.window import over_on, window_receipt

_HEARD = "Charter of Fundamental Rights art. 41(2)(a)"


def _window_can_open(at: Situation[Any, Any]) -> Denial | None:
    """The window of the regime, or a longer one: the last day is left in `workings`."""
    content: GroundsContent | None = at.command.content
    if content is None:
        return None
    given = content.window_ends_on
    computed = window_receipt(at.case, content.notified_on)
    if computed is None:
        if given is not None and given > content.notified_on:
            at.workings["window_ends_on"] = given
            return None
        return _no_period(at, content.notified_on)
    least = date.fromisoformat(computed["result"]["last_day"])
    if given is not None and given < least:
        return Denial(
            detail=f"The window would end on {given}; by {computed['regime']} it ends on {least}, and the party may "
            "be given longer, not less.",
            reference=_reference(at, content.notified_on),
            satisfied_by=f"leave window_ends_on out for {least}, or name a later day",
        )
    at.workings["window_ends_on"] = given or least
    at.workings["window_receipt"] = computed
    return None


def _no_period(at: Situation[Any, Any], notified_on: date) -> Denial:
    return Denial(
        detail=f"{regime(at.case.regime, notified_on).pin} fixes no period for observations, so the notice itself has "
        f"to name a last day after {notified_on}.",
        reference=_reference(at, notified_on),
        satisfied_by=f"a window_ends_on after {notified_on}",
    )


def _reference(at: Situation[Any, Any], notified_on: date) -> str:
    clock = regime(at.case.regime, notified_on).clocks.get("observations")
    if clock is None:
        return _HEARD
    cited = clock.cited.get("period") or clock.cited["starts"]
    return cited.ref if cited.verified else f"{cited.ref} (not verified)"


def _window_grows(at: Situation[Any, Any]) -> Denial | None:
    content: WindowContent | None = at.command.content
    grounds = _grounds(at)
    if content is None or content.window_ends_on > grounds.window_ends_on:
        return None
    return Denial(
        detail=f"The window ends on {grounds.window_ends_on}; {content.window_ends_on} would not extend it.",
        reference=_HEARD,
        satisfied_by=f"a window_ends_on after {grounds.window_ends_on}",
    )


def _window_runs(at: Situation[Any, Any]) -> Denial | None:
    content: WaiverContent | None = at.command.content
    grounds = _grounds(at)
    day = at.effective_on if content is None else content.waived_on
    if grounds.waived_on is not None:
        said = f"was waived on {grounds.waived_on}"
    elif day > grounds.window_ends_on:
        said = f"was over on {grounds.window_ends_on}"
    else:
        return None
    return Denial(
        detail=f"The window for observations {said} already; there is nothing left to waive.",
        reference=_HEARD,
        satisfied_by="nothing: the window is over",
    )


def _window_over(at: Situation[Any, Any]) -> Denial | None:
    if over_on(_grounds(at), at.effective_on):
        return None
    ends = _grounds(at).window_ends_on
    return Denial(
        detail=f"The window for observations ends on {ends}, and that day still counts; the session is on "
        f"{at.effective_on}.",
        reference=_HEARD,
        satisfied_by=f"a session after {ends}, or the party's waiver in writing",
        open_on=over_after(at, ends)[1],
        who=("registrar",),
    )


def _observations_answered(at: Situation[Any, Any]) -> Denial | None:
    """Every filing about the penalty that came in time; a late one is on the record, but nothing waits for it."""
    filings = at.case.filings_on(at.thing.id)
    waiting = [f"{each.n} of {each.received_on}" for each in filings if each.needs_answer]
    if waiting:
        return Denial(
            detail=f"Not everything the party filed about this is answered: filing {' and '.join(waiting)} waits.",
            reference=_HEARD,
            satisfied_by="answer each: reply to observations, grant or refuse a request for time",
            who=("case_officer", "decision_maker"),
        )
    later = [each for each in filings if each.replied_on is not None and each.replied_on > at.effective_on]
    if later:
        return Denial(
            detail=f"Filing {later[0].n} was answered on {later[0].replied_on}, after {at.effective_on}, the day of "
            "this act.",
            reference=_HEARD,
            satisfied_by=f"a date not before {later[0].replied_on}",
        )
    return None


def _grounds(at: Situation[Any, Any]) -> Grounds:
    penalty: PenaltyDecision = at.thing
    assert penalty.grounds is not None
    return penalty.grounds


WINDOW_CAN_OPEN = Guard("window_can_open", _window_can_open)
WINDOW_GROWS = Guard("window_grows", _window_grows)
WINDOW_RUNS = Guard("window_runs", _window_runs)
WINDOW_OVER = Guard("window_over", _window_over)
OBSERVATIONS_ANSWERED = Guard("observations_answered", _observations_answered)
