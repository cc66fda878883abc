"""Running a case forward with hypothetical acts: what may be asked, and what is answered."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Connection, select

from workflow.law.duration import add_months
from workflow.law.invalid import invalid
from workflow.law.regime import regime
from workflow.lifecycle.door.decide import find_trigger
from workflow.lifecycle.door.machine import who_decides
from workflow.lifecycle.facts import CaseFacts, request_id
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.refusals import UnknownTrigger
from workflow.lifecycle.reading.paths import kind_at, request_at, subject_at
from workflow.lifecycle.reading.simulate import MOST_ACTS, MOST_YEARS, Hypothesis, simulate
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger
from workflow.store.cases import read_case
from workflow.store.codec import with_requests
from workflow.store.tables.current import access_requests
from workflow.use_cases.accounts.named_accounts import check_accounts
from workflow.use_cases.acting.bodies import read_content
from workflow.use_cases.acting.body_types import Body, IsoDate, Name, Words
from workflow.use_cases.views.shared import CaseRef, Viewer
from workflow.use_cases.views.simulation import SimulationView, message_views, moment_view, proposed_views

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
    for act in acts:
        check_accounts(connection, act.content, act.content_at, who_decides(act.kind, regime(case.regime, today)))
    moments = list(simulate(case, today, until, acts))
    return SimulationView(
        case=CaseRef.of(case),
        order=order,
        today=today,
        until=until,
        path=[moment_view(each) for each in moments],
        proposed=[view for each in moments for view in proposed_views(each)],
        messages=[view for each in moments for view in message_views(each)],
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
    """The case with the facts of the access requests that the acts are about, or would register a second time."""
    ids = {id for act in acts for id in _requests_of(case, act)}
    if not ids:
        return case
    found = select(access_requests).where(access_requests.c.case == case.id, access_requests.c.id.in_(ids))
    return with_requests(case, connection.execute(found).mappings())


def _requests_of(case: CaseFacts, act: Hypothesis) -> Iterator[str]:
    if act.kind is SubjectKind.ACCESS_REQUEST:
        id = act.to.id if isinstance(act.to, Subject) else request_at(case.id, act.to)
        if id is not None:
            yield id
    elif act.trigger is Trigger.REGISTER_REQUEST:
        order = act.to if isinstance(act.to, Subject) else subject_at(case, act.to)
        if order is not None:
            yield request_id(order.id, act.content.reference)
