"""What of a case somebody may see: staff all of it, counsel what its parties were told. The rest is not there."""

from datetime import datetime

from sqlalchemy import Connection

from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.reading.seen import seen_by
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.cases import read_case, read_case_as_known
from workflow.store.missing import NotFound
from workflow.use_cases.accounts.representation import parties_told


def visible(connection: Connection, case: CaseFacts, actor: Actor) -> CaseFacts:
    """The case as this actor may see it; NotFound for counsel of nobody in it.

    Who counsel acts for is what is on record now, also where the facts are those of an earlier day.
    """
    return seen_by(case, parties_told(connection, case, actor)) if actor.is_counsel else case


def read_visible(
    connection: Connection, kind: SubjectKind, id: str, actor: Actor, known_at: datetime | None = None
) -> CaseFacts:
    """The case that holds a thing as this actor may see it, today or as it was known at an instant.

    NotFound, in the same words, for what never was and for what is not there for this actor.
    """
    case = read_case(connection, kind, id) if known_at is None else read_case_as_known(connection, kind, id, known_at)
    if not actor.is_counsel:
        return case
    try:
        seen = visible(connection, case, actor)
    except NotFound:
        raise NotFound(kind, id) from None
    if find(seen, Subject(kind, id)) is None:
        raise NotFound(kind, id)
    return seen
