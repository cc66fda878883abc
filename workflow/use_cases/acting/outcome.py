"""What a write answers: what was done to which thing, and how the case stands after it."""

from enum import StrEnum

from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.kernel.events import Subject


class Done(StrEnum):
    """Whether this call did it, or an earlier one had."""

    DONE = "done"
    ALREADY_DONE = "already_done"


@frozen
class Outcome:
    """`subject` is the thing pulled, or the child a creating trigger made; `events` are the ids of the act's events."""

    outcome: Done
    subject: Subject
    version: int
    events: tuple[str, ...]
    case: CaseFacts
