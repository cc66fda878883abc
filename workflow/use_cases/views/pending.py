"""The acts that wait for a second person, with all that this person needs to decide: who, why, with what, for whom."""

from datetime import date
from typing import Any

from pydantic import Field
from sqlalchemy import Connection

from workflow.lifecycle.door.four_eyes import may_confirm
from workflow.lifecycle.door.machine import rows_of
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.text import with_texts
from workflow.lifecycle.vocabulary import Role, Trigger
from workflow.store.cases import words_of_acts
from workflow.use_cases.accounts.keys import account_names
from workflow.use_cases.views.shared import AccountRef, View, shown

REASON = "reason"


class PendingView(View):
    """An act that one person proposed; it changes nothing until another confirms it.

    `waits_for` are the roles that may confirm or decline it. `reason` is that of the act, null where none was given or
    where it was erased.
    """

    act: int = Field(validation_alias="n")
    trigger: Trigger
    label: str
    proposed_by: AccountRef
    proposed_on: date
    reason: str | None
    data: dict[str, Any]
    waits_for: list[Role]


def pending_views(connection: Connection, case: CaseFacts, subject: Subject) -> list[PendingView]:
    """Show the acts that wait on a thing, in the order they were proposed."""
    acts = case.pending_on(subject.kind, subject.id)
    if not acts:
        return []
    words = words_of_acts(connection, case.id, subject.id)
    names = account_names(connection, [act.proposed_by for act in acts])
    return [
        shown(
            PendingView,
            act,
            label=rows_of(subject.kind, act.trigger)[0][1].label,
            proposed_by=AccountRef(id=act.proposed_by, name=names.get(act.proposed_by)),
            reason=words.get(act.n, {}).get(REASON),
            data=with_texts(act.content, words.get(act.n, {})),
            waits_for=sorted(may_confirm(subject.kind, act)),
        )
        for act in acts
    ]


def waiting_for(case: CaseFacts, subject: Subject, trigger: str) -> list[Role]:
    """For whom an act with this trigger waits on a thing; nobody where none does."""
    acts = [act for act in case.pending_on(subject.kind, subject.id) if act.trigger.value == trigger]
    return sorted({role for act in acts for role in may_confirm(subject.kind, act)})
