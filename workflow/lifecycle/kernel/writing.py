"""How an act writes down what happened."""

from dataclasses import MISSING, fields
from typing import Any

from workflow.lifecycle.facts.frozen import copied, frozen, replace
from workflow.lifecycle.kernel.events import Event, Payload, Subject
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.text import facts_of, texts_of


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


@frozen
class Says:
    """The act that writes one event and does nothing else: what its content says, under the same names.

    A member `state` of the event is the state to which the row leads.
    """

    event: type[Payload]

    def __call__(self, at: Situation[Any, Any]) -> list[Event]:
        """The event."""
        moved = {"state": at.target} if "state" in {each.name for each in fields(self.event)} else {}
        said = self.event(**moved) if at.content is None else copied(self.event, at.content, **moved)
        return [written(at, said)]

    def fits(self, content: type[Any] | None) -> bool:
        """Whether the event has a member for each fact of the content but its day, and none that nobody gives."""
        given = frozenset() if content is None else facts_of(content)
        members = {each.name for each in fields(self.event)}
        needed = {each.name for each in fields(self.event) if each.default is MISSING} - {"state"}
        return needed <= given <= members | {*getattr(content, "DATED", ())[:1]}
