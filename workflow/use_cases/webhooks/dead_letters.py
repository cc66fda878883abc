"""The case says what became of a message: that it was given up, or that it arrived after all.

The attempts of many cases are taken down together and lock none of them. What must be said of a case is said here,
under its lock. A process that dies in between leaves it unsaid, and the next lease finds it.
"""

from typing import Any

from sqlalchemy import func, select, text, update

from workflow.lifecycle.case.dead_letters import arrived, given_up
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.facts import DeadLetter
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.tables.journal import journal
from workflow.store.tables.outbox import UNSAID, DeliveryOutcome, MessageState, attempts, endpoints, messages
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.acting.advance import today_of

_UNSAID = (
    select(messages, endpoints.c.party, journal.c.subject_kind, journal.c.subject_id)
    .join(endpoints, endpoints.c.id == messages.c.endpoint)
    .join(journal, journal.c.id == messages.c.event)
    .where(text(f"({UNSAID.replace('state', 'messages.state')})"))
    .order_by(messages.c.endpoint, messages.c.sequence)
    .limit(200)
)


@touches(cases=lambda case: [(SubjectKind.CASE, case)])
def say_what_became(uow: UnitOfWork, case: str, actor: Actor) -> int:
    """Write down in a case what it does not say yet of its messages; returns how many events that took."""
    facts = uow.case(case)
    today = today_of(facts, uow)
    events: list[Event] = []
    dead, alive = [], []
    for row in uow.connection.execute(_UNSAID.where(messages.c.case == case)):
        letter = DeadLetter(
            message=row.id,
            endpoint=row.endpoint,
            party=row.party,
            sequence=row.sequence,
            type=row.type,
            about_kind=row.subject_kind,
            about=row.subject_id,
            given_up_on=today,
        )
        if row.state is MessageState.FAILED:
            events.append(given_up(letter, facts, actor.account, _tried(uow, row)))
            dead.append(row.id)
        else:
            events.append(arrived(letter, facts, actor.account, today))
            alive.append(row.id)
    if not events:
        return 0
    uow.append(case, fold(facts, events), events)
    for ids, known in ((dead, True), (alive, False)):
        if ids:
            uow.execute(update(messages).where(messages.c.id.in_(ids)).values(dead=known))
    return len(events)


def _tried(uow: UnitOfWork, message: Any) -> dict[str, Any]:
    """How often it was tried, and how the last attempt that was begun ended."""
    tried = select(attempts).where(attempts.c.message == message.id, attempts.c.outcome != DeliveryOutcome.UNSENT)
    last = uow.connection.execute(tried.order_by(attempts.c.n.desc()).limit(1)).one_or_none()
    count = uow.connection.scalar(select(func.count()).select_from(tried.subquery()))
    if last is None:
        return {"attempts": count}
    return {"attempts": count, "last_status": last.status}
