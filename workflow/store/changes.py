"""What was done and is not in the database yet: by one item of a batch, or by all of them so far."""

from dataclasses import dataclass, field
from typing import NamedTuple

from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.bulk import Row
from workflow.store.first_answers import FirstAnswer
from workflow.store.journal import Entry


class StepTaken(NamedTuple):
    """A step of the ladder that was taken already: by which event, on what."""

    event: str
    subject: Subject


@dataclass(frozen=True, slots=True)
class Stream:
    """The end of a case's chain and the fold up to there; `seq` is 0 and `facts` None before the first event."""

    case: str
    seq: int
    hash: str
    facts: CaseFacts | None


@dataclass(slots=True)
class Changes:
    """Members are filled and merged, never replaced.

    `streams` by case, `made` the cases of things by kind and id, `steps` by key, `sequences` the last one given by
    endpoint, `regimes` by digest, `answers` by id; entries, messages and notices in the order they were made.
    """

    streams: dict[str, Stream] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    made: dict[tuple[SubjectKind, str], str] = field(default_factory=dict)
    steps: dict[str, StepTaken] = field(default_factory=dict)
    messages: list[Row] = field(default_factory=list)
    notices: list[Row] = field(default_factory=list)
    sequences: dict[str, int] = field(default_factory=dict)
    regimes: dict[str, Row] = field(default_factory=dict)
    answers: dict[str, FirstAnswer] = field(default_factory=dict)

    def merge(self, other: "Changes") -> None:
        """Add what was done after this."""
        self.streams |= other.streams
        self.entries += other.entries
        self.made |= other.made
        self.steps |= other.steps
        self.messages += other.messages
        self.notices += other.notices
        self.sequences |= other.sequences
        self.regimes |= other.regimes
        self.answers |= other.answers
