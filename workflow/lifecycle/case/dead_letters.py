"""What the case says of a message to counsel that was given up, and of one that arrived after all."""

from datetime import date
from typing import Any

from workflow.lifecycle.facts import CaseFacts, DeadLetter
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, EventType, Untyped
from workflow.lifecycle.vocabulary import SubjectKind


def given_up(letter: DeadLetter, case: CaseFacts, actor: str, data: dict[str, Any]) -> Event:
    """`webhook.dead_lettered`: counsel was not told, and somebody must see to it. `data` says how it was tried."""
    about = {"about": {"kind": letter.about_kind.value, "id": letter.about}}
    told = {"endpoint": letter.endpoint, "party": letter.party, "sequence": letter.sequence, "type": letter.type}
    return Event(
        subject=case.subject,
        actor=actor,
        effective_on=letter.given_up_on,
        payload=Untyped(
            of=EventType.WEBHOOK_DEAD_LETTERED, members={"message": letter.message, **told, **about, **data}
        ),
    )


def arrived(letter: DeadLetter, case: CaseFacts, actor: str, on: date) -> Event:
    """`webhook.arrived`: a dead letter was sent again, and the receiver took it."""
    return Event(
        subject=case.subject,
        actor=actor,
        effective_on=on,
        payload=Untyped(
            of=EventType.WEBHOOK_ARRIVED,
            members={"message": letter.message, "endpoint": letter.endpoint, "party": letter.party},
        ),
    )


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case with one dead letter more, or one less."""
    data = event.data
    others = tuple(each for each in case.dead_letters if each.message != data["message"])
    if event.type is EventType.WEBHOOK_ARRIVED:
        return replace(case, dead_letters=others)
    letter = DeadLetter(
        message=data["message"],
        endpoint=data["endpoint"],
        party=data["party"],
        sequence=data["sequence"],
        type=data["type"],
        about_kind=SubjectKind(data["about"]["kind"]),
        about=data["about"]["id"],
        given_up_on=event.effective_on,
    )
    return replace(case, dead_letters=(*others, letter))


FOLDS = dict.fromkeys((EventType.WEBHOOK_DEAD_LETTERED, EventType.WEBHOOK_ARRIVED), evolve)
