"""A task: something that waits for a person, and who may do it."""

from datetime import date
from enum import StrEnum

from workflow.law.regime import Regime
from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.door.machine import roles_of, rows_of
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.vocabulary import Role, Trigger


class TaskKind(StrEnum):
    """What is to be done."""

    ASSESS = "assess"
    REPLY = "reply"
    ANSWER_REQUEST = "answer_request"
    CONFIRM = "confirm"
    TAKE_UP = "take_up"
    DECLARE_VOID = "declare_void"
    RESUME = "resume"
    SERVE = "serve"
    RECORD_FINALITY = "record_finality"
    PURSUE_REQUESTS = "pursue_requests"
    REACH_COUNSEL = "reach_counsel"


@frozen(kw_only=True)
class Task:
    """Something a person has to do, on what, since when, why, and who may. `trigger` is what they pull, if one thing.

    `urgent` says that a step of the ladder waits for it, or that its day is over.
    """

    kind: TaskKind
    subject: Subject
    trigger: Trigger | None
    since: date | None
    why: str
    who: tuple[str, ...]
    urgent: bool = False


def to_pull(
    case: CaseFacts, today: date, kind: TaskKind, subject: Subject, trigger: Trigger, since: date | None, why: str
) -> Task:
    """The task to pull a trigger on a thing, for who may."""
    who = who_may(case, subject, trigger, today)
    return Task(kind=kind, subject=subject, trigger=trigger, since=since, why=why, who=who)


def who_may(case: CaseFacts, subject: Subject, trigger: Trigger, today: date) -> tuple[str, ...]:
    """Who may pull a trigger on a thing, as the regime has it."""
    standing = find(case, subject)
    rules: Regime | None = standing.regime(today) if standing is not None else None
    return in_order(frozenset(role for _, row in rows_of(subject.kind, trigger) for role in roles_of(row, rules)))


def in_order(roles: frozenset[Role]) -> tuple[str, ...]:
    """Roles in the order in which the vocabulary has them."""
    return tuple(role.value for role in Role if role in roles)
