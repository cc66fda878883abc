"""How an act writes down what happened."""

from typing import Any

from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, Payload, Subject
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.text import texts_of


def written(
    at: Situation[Any, Any],
    said: Payload,
    *,
    subject: Subject | None = None,
    parent: Subject | None = None,
) -> Event:
    """The event an act is about: of its subject unless another is given, with its reason and other free text.

    It carries the step the act took, what it assumed, and, for an act that a second person confirmed, who proposed it
    (`proposed_by`) and its number (`act`).
    """
    act, proposed_by = (at.confirms.n, at.confirms.proposed_by) if at.confirms is not None else (None, None)
    payload = said
    if at.command.assumed or act is not None:
        payload = replace(said, assumed=at.command.assumed or said.assumed, act=act, proposed_by=proposed_by)
    texts = texts_of(at.command.content)
    if at.command.reason:
        texts["reason"] = at.command.reason
    return Event(
        subject=subject or at.command.subject,
        payload=payload,
        actor=at.actor.account,
        effective_on=at.effective_on,
        parent=parent,
        text=texts,
        step=at.step.key if at.step else None,
        late_by=at.late_by,
    )


def followed(at: Situation[Any, Any], said: Payload, subject: Subject) -> Event:
    """An event that follows from the act on another thing: no text, no step; the act's own event has them."""
    return Event(subject=subject, payload=said, actor=at.actor.account, effective_on=at.effective_on)
