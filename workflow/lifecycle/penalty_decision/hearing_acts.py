"""Hearing the party before a penalty is decided: the grounds, the window, who stands aside, the session."""

from datetime import date
from typing import Any

from workflow.law.days import day_before
from workflow.law.money import Money
from workflow.lifecycle.facts import Attendance, CaseFacts, Grounds, PenaltyDecision
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.filing.requests import granting
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import with_penalty
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.penalty_decision.contents import (
    GroundsContent,
    RecusalContent,
    SessionContent,
    WaiverContent,
    WindowContent,
)
from workflow.lifecycle.vocabulary import PenaltyDecisionState, SubjectKind, Trigger


def notify_grounds(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_decision.grounds_notified`: the days and the sum the party is heard on, and until when."""
    penalty: PenaltyDecision = at.thing
    content: GroundsContent = at.command.content
    data: dict[str, Any] = {
        "notified_on": content.notified_on.isoformat(),
        "channel": content.channel.value,
        "from": penalty.from_.isoformat(),
        "to": penalty.to.isoformat(),
        "units": penalty.units,
        "amount": penalty.amount.to_json(),
        "window_ends_on": at.workings["window_ends_on"].isoformat(),
    }
    if content.rapporteur is not None:
        data["rapporteur"] = content.rapporteur
    if "window_receipt" in at.workings:
        data["receipt"] = at.workings["window_receipt"]
    return [written(at, EventType.PENALTY_GROUNDS_NOTIFIED, data)]


def extend_window(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_decision.window_extended`: a later last day for observations."""
    content: WindowContent = at.command.content
    said, granted = granting(at)
    data = {"window_ends_on": content.window_ends_on.isoformat(), **said}
    return [written(at, EventType.PENALTY_WINDOW_EXTENDED, data), *granted]


def record_waiver(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_decision.window_waived`: the party gave up the rest of the window; the proof is the event's text."""
    content: WaiverContent = at.command.content
    return [written(at, EventType.PENALTY_WINDOW_WAIVED, {"waived_on": content.waived_on.isoformat()})]


def observations_closed(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_decision.observations_closed`: the window is over; how much of what was filed still waits."""
    filings = at.case.filings_on(at.thing.id)
    data = {
        "window_ended_on": day_before(at.effective_on).isoformat(),
        "filings": len(filings),
        "waiting": sum(1 for each in filings if each.waits),
    }
    return [written(at, EventType.PENALTY_OBSERVATIONS_CLOSED, data)]


def record_recusal(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_decision.recusal_recorded`: a member stands aside."""
    content: RecusalContent = at.command.content
    return [written(at, EventType.PENALTY_RECUSED, {"account": content.account})]


def deliberate(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_decision.deliberated`: the session and who was present; how they voted is not recorded."""
    content: SessionContent = at.command.content
    data = {"session_on": content.session_on.isoformat(), "present": list(dict.fromkeys(content.present))}
    return [written(at, EventType.PENALTY_DELIBERATED, data)]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after an event of the hearing."""
    penalty = case.penalty_decision(event.subject.id)
    data = event.data
    grounds = penalty.grounds
    if event.type is EventType.PENALTY_RECUSED:
        return with_penalty(case, replace(penalty, recused=(*penalty.recused, data["account"])))
    match event.type:
        case EventType.PENALTY_GROUNDS_NOTIFIED:
            notified = Grounds(
                notified_on=date.fromisoformat(data["notified_on"]),
                window_ends_on=date.fromisoformat(data["window_ends_on"]),
                from_=date.fromisoformat(data["from"]),
                units=data["units"],
                amount=Money.from_json(data["amount"]),
                rapporteur=data.get("rapporteur"),
            )
            after = replace(penalty, state=PenaltyDecisionState.GROUNDS_NOTIFIED, grounds=notified, attendance=None)
        case EventType.PENALTY_DELIBERATED:
            sat = Attendance(date.fromisoformat(data["session_on"]), tuple(data["present"]))
            after = replace(penalty, state=PenaltyDecisionState.IN_DELIBERATION, attendance=sat)
        case _:
            assert grounds is not None
            return with_penalty(case, _window(penalty, grounds, event))
    return with_penalty(case, replace(after, acted_on=event.effective_on))


def _window(penalty: PenaltyDecision, grounds: Grounds, event: Event) -> PenaltyDecision:
    """What becomes of the window. That it is over is no act: a session may be dated before somebody noticed."""
    data = event.data
    match event.type:
        case EventType.PENALTY_WINDOW_EXTENDED:
            until = date.fromisoformat(data["window_ends_on"])
            grounds = replace(grounds, window_ends_on=until, waived_on=None, closed_on=None)
        case EventType.PENALTY_WINDOW_WAIVED:
            grounds = replace(grounds, waived_on=date.fromisoformat(data["waived_on"]))
        case EventType.PENALTY_OBSERVATIONS_CLOSED:
            assert event.step is not None
            grounds = replace(grounds, closed_on=event.effective_on)
            return replace(penalty, grounds=grounds, steps_done=(*penalty.steps_done, event.step))
        case _:
            raise AssertionError(f"{event.type} is not about the hearing of a party")
    return replace(penalty, grounds=grounds, acted_on=event.effective_on)


_KIND = SubjectKind.PENALTY_DECISION
ACTS = {
    (_KIND, Trigger.NOTIFY_GROUNDS): notify_grounds,
    (_KIND, Trigger.EXTEND_WINDOW): extend_window,
    (_KIND, Trigger.RECORD_WAIVER): record_waiver,
    (_KIND, Trigger.OBSERVATIONS_CLOSED): observations_closed,
    (_KIND, Trigger.RECORD_RECUSAL): record_recusal,
    (_KIND, Trigger.DELIBERATE): deliberate,
}
FOLDS = dict.fromkeys(
    (
        EventType.PENALTY_GROUNDS_NOTIFIED,
        EventType.PENALTY_WINDOW_EXTENDED,
        EventType.PENALTY_WINDOW_WAIVED,
        EventType.PENALTY_OBSERVATIONS_CLOSED,
        EventType.PENALTY_RECUSED,
        EventType.PENALTY_DELIBERATED,
    ),
    evolve,
)
