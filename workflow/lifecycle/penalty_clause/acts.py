"""The acts on a penalty clause: its rate for the future, its beginning, its stays and its end."""

from datetime import date
from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.facts import CaseFacts, RateChange
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, EventType
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import with_clause
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.order.contents import LiftingContent
from workflow.lifecycle.order.suspension_acts import ended, going_on, stay_of, staying
from workflow.lifecycle.penalty_clause.contents import AccrualContent, RateContent
from workflow.lifecycle.vocabulary import ClauseState, Retroactivity, SubjectKind, Trigger


def change_rate(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_clause.rate_changed`: units whose first day is on or after the day cost the new rate."""
    content: RateContent = at.command.content
    data = {"rate": content.rate.to_json(), "from": content.from_.isoformat()}
    return [written(at, EventType.CLAUSE_RATE_CHANGED, data)]


def start_accrual(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_clause.accrual_started`: the later act the clause waited for, with the day before which none counts."""
    content: AccrualContent = at.command.content
    return [written(at, EventType.CLAUSE_ACCRUAL_STARTED, {"from": content.from_.isoformat()})]


def suspend(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_clause.suspended`: its days are dropped from a day on."""
    return [written(at, EventType.CLAUSE_SUSPENDED, staying(at))]


def resume(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_clause.resumed`: the day before was the last of the stay."""
    return [written(at, EventType.CLAUSE_RESUMED, going_on(at))]


def lift(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_clause.lifted`: no day counts from this one on, or none ever did."""
    content: LiftingContent = at.command.content
    data = {"state": at.target.value, "effect": content.effect.value, "ended_on": at.effective_on.isoformat()}
    return [written(at, EventType.CLAUSE_LIFTED, data)]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after an event about a clause that was adopted."""
    decision, clause = case.clause(event.subject.id)
    data = event.data
    state = ClauseState(data.get("state", clause.state))
    match event.type:
        case EventType.CLAUSE_RATE_CHANGED:
            change = RateChange(date.fromisoformat(data["from"]), Money.from_json(data["rate"]))
            after = replace(clause, rates=(*clause.rates, change))
        case EventType.CLAUSE_ACCRUAL_STARTED:
            after = replace(clause, accrual_started_on=date.fromisoformat(data["from"]))
        case EventType.CLAUSE_SUSPENDED:
            after = replace(clause, state=state, suspensions=(*clause.suspensions, stay_of(data)))
        case EventType.CLAUSE_RESUMED:
            after = replace(clause, state=state, suspensions=ended(clause.suspensions, data))
        case EventType.CLAUSE_LIFTED:
            after = replace(
                clause,
                state=state,
                ended_on=date.fromisoformat(data["ended_on"]),
                ended_as=Retroactivity(data["effect"]),
            )
        case EventType.CLAUSE_ANNULLED:
            annulled_on = date.fromisoformat(data["annulled_on"])
            after = replace(clause, state=state, before=clause.state, annulled_on=annulled_on)
        case EventType.CLAUSE_REINSTATED:
            after = replace(clause, state=state, before=None, annulled_on=None)
        case _:
            raise AssertionError(f"{event.type} is not about a clause")
    return with_clause(case, decision, after)


ACTS = {
    (SubjectKind.PENALTY_CLAUSE, Trigger.CHANGE_RATE): change_rate,
    (SubjectKind.PENALTY_CLAUSE, Trigger.START_ACCRUAL): start_accrual,
    (SubjectKind.PENALTY_CLAUSE, Trigger.SUSPEND): suspend,
    (SubjectKind.PENALTY_CLAUSE, Trigger.RESUME): resume,
    (SubjectKind.PENALTY_CLAUSE, Trigger.LIFT): lift,
}
FOLDS = dict.fromkeys(
    (
        EventType.CLAUSE_RATE_CHANGED,
        EventType.CLAUSE_ACCRUAL_STARTED,
        EventType.CLAUSE_SUSPENDED,
        EventType.CLAUSE_RESUMED,
        EventType.CLAUSE_LIFTED,
        EventType.CLAUSE_ANNULLED,
        EventType.CLAUSE_REINSTATED,
    ),
    evolve,
)
