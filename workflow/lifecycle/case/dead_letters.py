"""What the case says of a message to counsel that was given up, and of one that arrived after all."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.lifecycle.facts import CaseFacts, DeadLetter
from workflow.lifecycle.facts.frozen import copied, replace
from workflow.lifecycle.kernel.events import Event, Payload, Subject, event
from workflow.lifecycle.vocabulary import Audience


@event("webhook.dead_lettered", Audience.INTERNAL)
class MessageGivenUp(Payload):
    """Counsel was not told, and somebody must see to it.

    `last_status` is what the endpoint answered last, None where nothing answered, and 0 where nothing was ever sent.
    """

    message: str
    endpoint: str
    party: int
    sequence: int
    type_: str
    about: Subject
    attempts: int
    last_status: int | None = 0

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with one dead letter more."""
        kind, about = self.about.kind, self.about.id
        letter = copied(DeadLetter, self, type=self.type_, about_kind=kind, about=about, given_up_on=event.effective_on)
        return replace(case, dead_letters=(*_others(case, self.message), letter))


@event("webhook.arrived", Audience.INTERNAL)
class MessageArrived(Payload):
    """A dead letter was sent again, and the receiver took it."""

    message: str
    endpoint: str
    party: int

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with one dead letter less."""
        return replace(case, dead_letters=_others(case, self.message))


def given_up(letter: DeadLetter, case: CaseFacts, actor: str, data: Mapping[str, Any]) -> Event:
    """`webhook.dead_lettered`. `data` says how it was tried: `attempts`, and `last_status` after one at least."""
    about = Subject(letter.about_kind, letter.about)
    said = copied(MessageGivenUp, letter, type_=letter.type, about=about, **data)
    return Event(subject=case.subject, actor=actor, effective_on=letter.given_up_on, payload=said)


def arrived(letter: DeadLetter, case: CaseFacts, actor: str, on: date) -> Event:
    """`webhook.arrived`."""
    return Event(subject=case.subject, actor=actor, effective_on=on, payload=copied(MessageArrived, letter))


def _others(case: CaseFacts, message: str) -> tuple[DeadLetter, ...]:
    return tuple(each for each in case.dead_letters if each.message != message)
