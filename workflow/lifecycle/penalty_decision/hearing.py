"""Hearing the party before a penalty is decided: the grounds, the window for observations, an answer to them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.days import day_after, day_before
from workflow.law.money import Money
from workflow.law.receipt import clock_receipt
from workflow.law.regime import Regime, regime
from workflow.law.regime_schema import Cited
from workflow.lifecycle.facts import Grounds, PenaltyDecision
from workflow.lifecycle.facts.frozen import copied, frozen, replace
from workflow.lifecycle.filing.requests import grant
from workflow.lifecycle.filing.requests_guards import GRANTS_EXTENSION
from workflow.lifecycle.kernel.events import Event, event, told
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS, over_after
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import REGISTRAR, SAME, SCHEDULER, Guard, Row, Situation
from workflow.lifecycle.kernel.step import Step, a_step
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import Says, written
from workflow.lifecycle.penalty_decision.contents import GroundsContent, WaiverContent, WindowContent
from workflow.lifecycle.penalty_decision.correction import SUM_STILL_HOLDS
from workflow.lifecycle.penalty_decision.proposal import SLICE_IS_OVER
from workflow.lifecycle.vocabulary import Audience, Role, ServiceChannel, Trigger
from workflow.lifecycle.vocabulary import PenaltyDecisionState as State

_HEARD = "Charter of Fundamental Rights art. 41(2)(a)"
RIGHT_TO_BE_HEARD = f"{_HEARD}: right to be heard"
_CLOCK = "observations"
_WINDOW_ENDS_ON = date(2023, 3, 13)


@event("penalty_decision.grounds_notified", Audience.SERVED)
class PenaltyGroundsNotified(Of[PenaltyDecision]):
    """The party is heard on these days and this sum, until the window ends."""

    notified_on: date = told("The day of the notice.", date(2023, 2, 13))
    channel: ServiceChannel
    from_: date = told("The first of the days it is about.", date(2022, 12, 20))
    to: date = told("The last of the days it is about.", date(2023, 2, 9))
    units: int = told("How many days, or other units, it is for.", 52)
    amount: Money = told("The sum.", Money(10_000_000, "EUR"))
    window_ends_on: date = told("The last day for observations.", _WINDOW_ENDS_ON)
    rapporteur: str | None = None
    receipt: Mapping[str, Any] | None = None

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """Heard anew: no session was yet."""
        state, notified = State.GROUNDS_NOTIFIED, copied(Grounds, self)
        return replace(penalty, state=state, grounds=notified, attendance=None, acted_on=event.effective_on)


@event("penalty_decision.window_extended", Audience.SERVED)
class PenaltyWindowExtended(Of[PenaltyDecision]):
    """The last day for observations is a later one."""

    window_ends_on: date = told("The last day for observations.", _WINDOW_ENDS_ON)
    request: int | None = told("The number of the filing that this grants, if one.", 3, default=None)

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """The window is open again, where it was waived or over."""
        grounds = replace(_grounds(penalty), window_ends_on=self.window_ends_on, waived_on=None, closed_on=None)
        return replace(penalty, grounds=grounds, acted_on=event.effective_on)


@event("penalty_decision.window_waived", Audience.INTERNAL)
class PenaltyWindowWaived(Of[PenaltyDecision]):
    """The party gave up the rest of the window; the proof is the event's text."""

    waived_on: date

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """The window is over from that day."""
        grounds = replace(_grounds(penalty), waived_on=self.waived_on)
        return replace(penalty, grounds=grounds, acted_on=event.effective_on)


@event("penalty_decision.observations_closed", Audience.INTERNAL)
class PenaltyObservationsClosed(Of[PenaltyDecision]):
    """The window is over; how much of what was filed still waits."""

    window_ended_on: date
    filings: int
    waiting: int

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """That it is over is no act: a session may be dated before somebody noticed."""
        assert event.step is not None
        grounds = replace(_grounds(penalty), closed_on=event.effective_on)
        return replace(penalty, grounds=grounds, steps_done=(*penalty.steps_done, event.step))


def _grounds(penalty: PenaltyDecision) -> Grounds:
    assert penalty.grounds is not None
    return penalty.grounds


def notify_grounds(at: Situation[PenaltyDecision, GroundsContent]) -> list[Event]:
    """`penalty_decision.grounds_notified`: the days and the sum the party is heard on, and until when."""
    penalty, content, window = at.thing, at.content, at.work_out(_window)
    assert isinstance(window, Window)
    notified = copied(
        PenaltyGroundsNotified,
        penalty,
        notified_on=content.notified_on,
        channel=content.channel,
        window_ends_on=window.ends_on,
        rapporteur=content.rapporteur,
        receipt=window.receipt,
    )
    return [written(at, notified)]


def extend_window(at: Situation[PenaltyDecision, WindowContent]) -> list[Event]:
    """`penalty_decision.window_extended`, and `filing.granted` where it grants a request."""
    extended = PenaltyWindowExtended(window_ends_on=at.content.window_ends_on, request=at.content.request)
    return [written(at, extended), *grant(at)]


def observations_closed(at: Situation[PenaltyDecision, None]) -> list[Event]:
    """`penalty_decision.observations_closed`."""
    filings = at.case.filings_on(at.thing.id)
    closed = PenaltyObservationsClosed(
        window_ended_on=day_before(at.effective_on),
        filings=len(filings),
        waiting=sum(each.waits for each in filings),
    )
    return [written(at, closed)]


def observations_step(penalty: PenaltyDecision, rules: Regime) -> Step | None:
    """The end of the window, on the day after its last; none where the party waived the rest of it."""
    grounds = penalty.grounds
    if penalty.state is not State.GROUNDS_NOTIFIED or grounds is None:
        return None
    if grounds.waived_on is not None or grounds.closed_on is not None:
        return None
    ends = grounds.window_ends_on
    n = 1 + sum(f"/{Trigger.OBSERVATIONS_CLOSED}/{ends}/" in key for key in penalty.steps_done)
    return a_step(penalty.subject, Trigger.OBSERVATIONS_CLOSED, ends, n, day_after(ends), rules)


@frozen
class Window:
    """The last day for observations, and the receipt of it where the regime has a period."""

    ends_on: date
    receipt: Mapping[str, Any] | None = None


def _window(at: Situation[PenaltyDecision, GroundsContent]) -> Window | Denial:
    """The window of the regime, or a longer one that the notice gives.

    The clock takes the version of the regime in force on the day that starts it.
    """
    notified_on, given = at.content.notified_on, at.content.window_ends_on
    rules = regime(at.case.regime, notified_on)
    clock = rules.clocks.get(_CLOCK)
    reference = _HEARD if clock is None else cited_as(clock.cited.get("period") or clock.cited["starts"])
    if clock is None or clock.period is None:
        if given is not None and given > notified_on:
            return Window(given)
        return Denial(
            detail=f"{rules.pin} fixes no period for observations, so the notice itself has to name a last day after "
            f"{notified_on}.",
            reference=reference,
            satisfied_by=f"a window_ends_on after {notified_on}",
        )
    computed = clock_receipt(rules, _CLOCK, notified_on)
    least = date.fromisoformat(computed["result"]["last_day"])
    if given is None or given >= least:
        return Window(given or least, computed)
    return Denial(
        detail=f"The window would end on {given}; by {computed['regime']} it ends on {least}, and the party may "
        "be given longer, not less.",
        reference=reference,
        satisfied_by=f"leave window_ends_on out for {least}, or name a later day",
    )


def cited_as(cited: Cited) -> str:
    """What a rule rests on, and whether that was verified."""
    return cited.ref if cited.verified else f"{cited.ref} (not verified)"


def _window_can_open(at: Situation[PenaltyDecision, GroundsContent]) -> Denial | None:
    found = at.work_out(_window)
    return found if isinstance(found, Denial) else None


def _window_grows(at: Situation[PenaltyDecision, WindowContent]) -> Denial | None:
    ends, named = _grounds(at.thing).window_ends_on, at.content.window_ends_on
    if named > ends:
        return None
    return Denial(
        detail=f"The window ends on {ends}; {named} would not extend it.",
        reference=_HEARD,
        satisfied_by=f"a window_ends_on after {ends}",
    )


def _window_runs(at: Situation[PenaltyDecision, Any]) -> Denial | None:
    """On the legal date, which is the day of the waiver."""
    grounds = _grounds(at.thing)
    if grounds.waived_on is not None:
        said = f"was waived on {grounds.waived_on}"
    elif at.effective_on > grounds.window_ends_on:
        said = f"was over on {grounds.window_ends_on}"
    else:
        return None
    return Denial(
        detail=f"The window for observations {said} already; there is nothing left to waive.",
        reference=_HEARD,
        satisfied_by="nothing: the window is over",
    )


def _window_over(at: Situation[PenaltyDecision, Any]) -> Denial | None:
    """Its last day still counts; the rest of it can be waived."""
    grounds, day = _grounds(at.thing), at.effective_on
    ends = grounds.window_ends_on
    if ends < day or (grounds.waived_on is not None and grounds.waived_on <= day):
        return None
    return Denial(
        detail=f"The window for observations ends on {ends}, and that day still counts; the session is on {day}.",
        reference=_HEARD,
        satisfied_by=f"a session after {ends}, or the party's waiver in writing",
        open_on=over_after(at, ends)[1],
        who=("registrar",),
    )


def _observations_answered(at: Situation[PenaltyDecision, Any]) -> Denial | None:
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


WINDOW_CAN_OPEN = Guard("window_can_open", content=_window_can_open)
WINDOW_GROWS = Guard("window_grows", content=_window_grows)
WINDOW_RUNS = Guard("window_runs", state=_window_runs)
WINDOW_OVER = Guard("window_over", state=_window_over)
OBSERVATIONS_ANSWERED = Guard("observations_answered", state=_observations_answered)

_NOTIFIES = frozenset({Role.HEAD_OF_ENFORCEMENT, Role.COMMITTEE_SECRETARY})

ROWS: tuple[Row, ...] = (
    Row(
        trigger=Trigger.NOTIFY_GROUNDS,
        sources=(State.DRAFT,),
        target=State.GROUNDS_NOTIFIED,
        roles=_NOTIFIES,
        label="Notify the grounds and the sum",
        ground=RIGHT_TO_BE_HEARD,
        guards=(SLICE_IS_OVER, NOT_BACKWARDS, SUM_STILL_HOLDS, WINDOW_CAN_OPEN),
        takes=GroundsContent,
        act=notify_grounds,
    ),
    Row(
        trigger=Trigger.EXTEND_WINDOW,
        sources=(State.GROUNDS_NOTIFIED,),
        target=SAME,
        roles=_NOTIFIES | {Role.DECISION_MAKER},
        label="Extend the window for observations",
        ground=RIGHT_TO_BE_HEARD,
        guards=(NOT_BACKWARDS, WINDOW_GROWS, GRANTS_EXTENSION),
        takes=WindowContent,
        act=extend_window,
    ),
    Row(
        trigger=Trigger.RECORD_WAIVER,
        sources=(State.GROUNDS_NOTIFIED,),
        target=SAME,
        roles=REGISTRAR,
        label="Record that the party waived the window",
        ground=RIGHT_TO_BE_HEARD,
        guards=(NOT_BACKWARDS, WINDOW_RUNS),
        takes=WaiverContent,
        act=Says(PenaltyWindowWaived),
    ),
    Row(
        trigger=Trigger.OBSERVATIONS_CLOSED,
        sources=(State.GROUNDS_NOTIFIED,),
        target=SAME,
        roles=SCHEDULER,
        label="Note that the window is over",
        ground="the last day of the window still counts",
        step=True,
        act=observations_closed,
    ),
)
