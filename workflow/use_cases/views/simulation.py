"""A simulation as the API shows it: the path, the sums proposed, what counsel would be told."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from workflow.law.days import start_of_day
from workflow.law.invalid import InvalidRequest
from workflow.law.regime import regime
from workflow.lifecycle.kernel.refusals import Refusal
from workflow.lifecycle.penalty_decision.proposal import PenaltyProposed
from workflow.lifecycle.reading import messages
from workflow.lifecycle.reading.simulate import Moment
from workflow.lifecycle.vocabulary import Audience, Role, Trigger
from workflow.use_cases.views.shared import CaseRef, EventType, MoneyView, SubjectRef, View, shown


class HappeningView(View):
    """An event there would be."""

    type: EventType
    subject: SubjectRef
    effective_on: date
    data: dict[str, Any]


class RefusedView(View):
    """Why an act would be refused: the problem POST would answer, without its envelope."""

    code: str
    title: str
    detail: str
    facts: dict[str, Any]


class MomentView(View):
    """One thing on the path. `by` is the scheduler or a hypothetical account, `confirmed_by` a second one.

    `act` is the place in the request of the act that it is; a step has its `key` in its place.
    """

    day: date
    on: date
    by: str
    roles: list[Role]
    confirmed_by: str | None
    act: int | None
    key: str | None
    trigger: Trigger
    subject: SubjectRef | None
    outcome: Literal["done", "refused"]
    events: list[HappeningView]
    refused: RefusedView | None


class ProposedView(View):
    """A sum that would be proposed, with its statement: a proposal, not owed by anybody."""

    day: date
    penalty_decision: str
    penalty_clause: str | None
    from_: Annotated[date, Field(serialization_alias="from")]
    to: date
    units: int
    amount: MoneyView
    statement: dict[str, Any]


class MessageView(View):
    """What counsel of a party would be sent."""

    day: date
    party: int
    type: EventType
    data: dict[str, Any]


class SimulationView(View):
    """What would happen. Nothing was written; who acts is hypothetical, and so is every day after today.

    `four_eyes` says how acts that need a second person were taken.
    """

    case: CaseRef
    order: str
    today: date
    until: date
    hypothetical: Literal[True] = True
    four_eyes: str = "an act that needs a second person is confirmed at once by another hypothetical account"
    path: list[MomentView]
    proposed: list[ProposedView]
    messages: list[MessageView]


def moment_view(moment: Moment) -> MomentView:
    """One thing on the path as it is shown."""
    fired = moment.fired
    return shown(
        MomentView,
        moment,
        on=moment.events[0].effective_on if moment.events else moment.day,
        by="scheduler" if moment.by is None and fired is not None else moment.by.account if moment.by else "nobody",
        roles=[Role.SCHEDULER] if fired is not None else sorted(moment.by.roles) if moment.by else [],
        confirmed_by=moment.confirmed_by.account if moment.confirmed_by is not None else None,
        key=fired.step.key if fired is not None else None,
        outcome="done" if moment.refused is None else "refused",
        events=[
            shown(HappeningView, event, data={key: each for key, each in event.data.items() if key != "receipt"})
            for event in moment.events
        ],
        refused=_refused(moment.refused) if moment.refused is not None else None,
    )


def _refused(why: Refusal | InvalidRequest) -> RefusedView:
    if isinstance(why, Refusal):
        return shown(RefusedView, why)
    errors = [{"path": error.path, "problem": error.problem} for error in why.errors]
    return RefusedView(
        code="invalid_request", title="The request cannot be read", detail=str(why), facts={"errors": errors}
    )


def proposed_views(moment: Moment) -> list[ProposedView]:
    """The sums that one thing on the path would propose."""
    found: list[ProposedView] = []
    for event in moment.events:
        if event.type != PenaltyProposed.type:
            continue
        data: Mapping[str, Any] = event.data
        found.append(
            ProposedView(
                day=moment.day,
                penalty_decision=event.subject.id,
                penalty_clause=event.parent.id if event.parent is not None else None,
                from_=date.fromisoformat(data["from"]),
                to=date.fromisoformat(data["to"]),
                units=data["units"],
                amount=MoneyView(**data["amount"]),
                statement=dict(data["receipt"]),
            )
        )
    return found


def message_views(moment: Moment) -> list[MessageView]:
    """The messages of the outbox, had counsel of every party an endpoint."""
    if not any(event.audience is Audience.SERVED for event in moment.events):
        return []
    at = start_of_day(moment.day, regime(moment.case.regime).timezone)
    return [
        MessageView(
            day=moment.day,
            party=party,
            type=event.type,
            data=messages.notice(moment.case, event, at)["data"],
        )
        for event in moment.events
        for party in sorted(messages.told(moment.case, event))
    ]
