"""Who pulls a trigger on a thing of a case: counsel for the parties it is on record for, on what it sees."""

from sqlalchemy import Connection

from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.reading.seen import seen_by
from workflow.lifecycle.vocabulary import Role
from workflow.store.missing import NotFound
from workflow.use_cases.accounts.representation import represented


def acting(connection: Connection, case: CaseFacts, subject: Subject, actor: Actor) -> Actor:
    """The actor as the door knows them, by what is on record now; NotFound for what is not there for counsel.

    Without this nobody acts for any party: the door lets counsel do nothing.
    """
    if Role.COUNSEL not in actor.roles:
        return actor
    theirs = frozenset(party for id, party in represented(connection, actor.account) if id == case.id)
    if actor.is_counsel and (not theirs or find(seen_by(case, theirs), subject) is None):
        raise NotFound(subject.kind, subject.id)
    return replace(actor, acts_for=theirs)
