"""Running a case forward with hypothetical acts: the path, the sums proposed and what counsel would be told."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import Connection, select

from workflow.law.duration import add_months
from workflow.law.invalid import InvalidRequest, invalid
from workflow.law.period import start_of_day
from workflow.law.regime import regime
from workflow.lifecycle import notices
from workflow.lifecycle.decide import find_trigger
from workflow.lifecycle.events import EventType, Subject
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.paths import kind_at, request_at
from workflow.lifecycle.refusals import Refusal, UnknownTrigger
from workflow.lifecycle.simulate import MOST_ACTS, MOST_YEARS, Hypothesis, Moment, simulate
from workflow.lifecycle.vocabulary import Audience, Role, SubjectKind
from workflow.store.requests import with_requests
from workflow.store.tables.current import access_requests
from workflow.use_cases.bodies import read_content
from workflow.use_cases.members import Body, IsoDate, Name, Words
from workflow.use_cases.reading import read_case
from workflow.use_cases.views.shared import CaseRef, MoneyView, SubjectRef, View, Viewer

MONTHS_BY_DEFAULT = 3
PATH = "A thing by its path: order/2, decision, penalty_decision/1; without a number the latest of its kind."


class ThingBody(Body):
    """A thing of the case by kind and id."""

    kind: SubjectKind
    id: Name


class ActBody(Body):
    """Something somebody might do on a day. Without `roles`, an account does it whose role may.

    `subject` is `order` for the one that is simulated, any other path, or a thing by kind and id.
    """

    on: IsoDate
    trigger: Name
    subject: Annotated[ThingBody | Name, Field(description=PATH)] = "order"
    who: Annotated[Name | None, Field(description="A name for the hypothetical account.")] = None
    roles: Annotated[tuple[Role, ...], Field(max_length=11)] = ()
    data: Annotated[dict[str, Any], Field(default_factory=dict)]
    effective_on: IsoDate | None = None
    reason: Words | None = None


class SimulationBody(Body):
    """Until which day, and what people might do by then; three months ahead and nothing if left out."""

    until: IsoDate | None = None
    acts: Annotated[tuple[ActBody, ...], Field(max_length=MOST_ACTS)] = ()


class HappeningView(View):
    """An event there would be."""

    type: str
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
    roles: list[str]
    confirmed_by: str | None
    act: int | None
    key: str | None
    trigger: str
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
    type: str
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


def simulation_view(connection: Connection, viewer: Viewer, order: str, body: SimulationBody) -> SimulationView:
    """Simulate the case of an order; NotFound for an unknown one, InvalidRequest for what cannot be simulated."""
    subject = Subject(SubjectKind.ORDER, order)
    case = read_case(connection, SubjectKind.ORDER, order)
    acts = [_hypothesis(i, act, subject) for i, act in enumerate(body.acts)]
    case = _with_requests(connection, case, acts)
    today = viewer.today(case)
    until = body.until or add_months(today, MONTHS_BY_DEFAULT)
    last = add_months(today, 12 * MOST_YEARS)
    if not today <= until <= last:
        raise invalid("/until", f"a day from today, {today}, to {last}, {MOST_YEARS} years ahead")
    moments = list(simulate(case, today, until, acts))
    return SimulationView(
        case=CaseRef.of(case),
        order=order,
        today=today,
        until=until,
        path=[_moment(each) for each in moments],
        proposed=[view for each in moments for view in _proposed(each)],
        messages=[view for each in moments for view in _messages(each)],
    )


def _hypothesis(i: int, act: ActBody, order: Subject) -> Hypothesis:
    """An act as the lifecycle takes it; InvalidRequest below its place for what nobody could do on any day."""
    at = f"/acts/{i}"
    if Role.SCHEDULER in act.roles:
        raise invalid(f"{at}/roles", "roles of people: the scheduler takes its steps by itself")
    try:
        to = _to(act.subject, order)
        kind = to.kind if isinstance(to, Subject) else kind_at(to)
    except ValueError as error:
        raise invalid(f"{at}/subject", str(error)) from None
    try:
        trigger = find_trigger(kind, act.trigger)
    except UnknownTrigger as unknown:
        raise invalid(f"{at}/trigger", unknown.detail) from None
    return Hypothesis(
        on=act.on,
        to=to,
        kind=kind,
        trigger=trigger,
        content=read_content(kind, trigger, act.data, f"{at}/data"),
        content_at=f"{at}/data",
        effective_on=act.effective_on,
        reason=act.reason,
        account=act.who,
        roles=frozenset(act.roles),
    )


def _to(subject: ThingBody | str, order: Subject) -> Subject | str:
    if isinstance(subject, ThingBody):
        return Subject(subject.kind, subject.id)
    return order if subject == SubjectKind.ORDER else subject


def _with_requests(connection: Connection, case: CaseFacts, acts: Sequence[Hypothesis]) -> CaseFacts:
    """The case with the facts of the access requests that the acts are about."""
    ids = {
        act.to.id if isinstance(act.to, Subject) else request_at(case.id, act.to)
        for act in acts
        if act.kind is SubjectKind.ACCESS_REQUEST
    }
    if not ids:
        return case
    found = select(access_requests).where(access_requests.c.case == case.id, access_requests.c.id.in_(ids - {None}))
    return with_requests(case, connection.execute(found).mappings())


def _moment(moment: Moment) -> MomentView:
    fired = moment.fired
    return MomentView(
        day=moment.day,
        on=moment.events[0].effective_on if moment.events else moment.day,
        by="scheduler" if moment.by is None and fired is not None else moment.by.account if moment.by else "nobody",
        roles=["scheduler"] if fired is not None else sorted(moment.by.roles) if moment.by else [],
        confirmed_by=moment.confirmed_by.account if moment.confirmed_by is not None else None,
        act=moment.act,
        key=fired.step.key if fired is not None else None,
        trigger=moment.trigger.value,
        subject=SubjectRef.of(moment.subject) if moment.subject is not None else None,
        outcome="done" if moment.refused is None else "refused",
        events=[
            HappeningView(
                type=event.type.value,
                subject=SubjectRef.of(event.subject),
                effective_on=event.effective_on,
                data={key: value for key, value in event.data.items() if key != "receipt"},
            )
            for event in moment.events
        ],
        refused=_refused(moment.refused) if moment.refused is not None else None,
    )


def _refused(why: Refusal | InvalidRequest) -> RefusedView:
    if isinstance(why, Refusal):
        return RefusedView(code=why.code, title=why.title, detail=why.detail, facts=why.facts)
    errors = [{"path": error.path, "problem": error.problem} for error in why.errors]
    return RefusedView(
        code="invalid_request", title="The request cannot be read", detail=str(why), facts={"errors": errors}
    )


def _proposed(moment: Moment) -> list[ProposedView]:
    found: list[ProposedView] = []
    for event in moment.events:
        if event.type is not EventType.PENALTY_PROPOSED:
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


def _messages(moment: Moment) -> list[MessageView]:
    """The messages of the outbox, had counsel of every party an endpoint."""
    if not any(event.type.audience is Audience.SERVED for event in moment.events):
        return []
    at = start_of_day(moment.day, regime(moment.case.regime).timezone)
    return [
        MessageView(
            day=moment.day,
            party=party,
            type=event.type.value,
            data=notices.notice(moment.case, event, at)["data"],
        )
        for event in moment.events
        for party in sorted(notices.told(moment.case, event))
    ]
