"""Registering many access requests from a file: each through the one door, each answering for itself.

A request that is registered already, received on the same day, is answered so and left alone: a file can be sent again
after it stopped half way.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select

from workflow.lifecycle.door.decide import decide, permit
from workflow.lifecycle.facts import AccessRequest, CaseFacts, request_id
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.kernel.events import Event, Subject
from workflow.lifecycle.kernel.refusals import Refusal
from workflow.lifecycle.kernel.rules import Actor, Command
from workflow.lifecycle.vocabulary import SubjectKind, Trigger
from workflow.store.codec import with_requests
from workflow.store.tables.current import access_requests
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.acting.advance import append, named_request, today_of
from workflow.use_cases.acting.once import Memory
from workflow.use_cases.acting.outcome import Done
from workflow.use_cases.imports.request_file import RequestLine

_AT_ONCE = 500


@frozen
class Registered:
    """The request of a line, and whether this line registered it or an earlier one had."""

    outcome: Done
    id: str


LINES: Memory[Registered] = Memory(
    lambda made: [made.outcome, made.id], lambda _connection, kept: Registered(Done(kept[0]), kept[1])
)


@touches(cases=lambda line: [(SubjectKind.ORDER, line.order), *named_request(line.order, line.content.reference)])
def import_request(uow: UnitOfWork, line: RequestLine, actor: Actor) -> Registered:
    """Register the request of one line, unless it is; a `Refusal` leaves nothing behind."""
    case = uow.case(uow.case_of(SubjectKind.ORDER, line.order))
    if (known := _registered(case, line)) is not None:
        return Registered(Done.ALREADY_DONE, known.id)
    made = append(uow, case, _decided(case, line, actor, today_of(case, uow)))
    return Registered(made.outcome, made.subject.id)


def foreseen(
    connection: Connection, case: CaseFacts, lines: Sequence[RequestLine], actor: Actor, today: date
) -> list[Done | Refusal]:
    """What would become of each line if it were imported now; nothing is written."""
    found: list[Done | Refusal] = []
    for first in range(0, len(lines), _AT_ONCE):
        some = lines[first : first + _AT_ONCE]
        ids = [request_id(line.order, line.content.reference) for line in some]
        rows = connection.execute(select(access_requests).where(access_requests.c.id.in_(ids))).mappings()
        known = with_requests(case, rows)
        found += [_foreseen(known, line, actor, today) for line in some]
    return found


def may_register(case: CaseFacts, order: str, actor: Actor, today: date) -> None:
    """Raise RoleNotPermitted unless this actor registers requests at all."""
    permit(case, Subject(SubjectKind.ORDER, order), Trigger.REGISTER_REQUEST, actor, today)


def _foreseen(case: CaseFacts, line: RequestLine, actor: Actor, today: date) -> Done | Refusal:
    if _registered(case, line) is not None:
        return Done.ALREADY_DONE
    try:
        _decided(case, line, actor, today)
    except Refusal as refusal:
        return refusal
    return Done.DONE


def _registered(case: CaseFacts, line: RequestLine) -> AccessRequest | None:
    """The request of this line, when it was registered before as it stands here."""
    key = (line.order, line.content.reference, line.content.received_on)
    return next((each for each in case.requests if (each.order, each.reference, each.received_on) == key), None)


def _decided(case: CaseFacts, line: RequestLine, actor: Actor, today: date) -> list[Event]:
    subject = Subject(SubjectKind.ORDER, line.order)
    return decide(case, Command(subject=subject, trigger=Trigger.REGISTER_REQUEST, content=line.content), actor, today)
