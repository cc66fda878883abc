"""Saying in the authority's own stream what happened to an account, a key, an endpoint, a feed."""

from datetime import date

from workflow.lifecycle.kernel.authority import OfAuthority
from workflow.lifecycle.kernel.events import Event, Subject
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.unit_of_work import UnitOfWork


def say(
    uow: UnitOfWork, kind: SubjectKind, id: str, payload: OfAuthority, actor: Actor, on: date | None = None
) -> None:
    """Append one event about this; its legal date is today in UTC, unless another is given."""
    made = Event(subject=Subject(kind, id), payload=payload, actor=actor.account, effective_on=on or uow.now.date())
    uow.append_authority([made])
