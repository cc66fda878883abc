"""An act that one person proposed and another must confirm."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.vocabulary import SubjectKind, Trigger


@frozen
class PendingAct:
    """A row pulled that needs a second person: it changed nothing yet. `content` is its `data` as JSON."""

    n: int
    subject_kind: SubjectKind
    subject: str
    trigger: Trigger
    proposed_by: str
    proposed_on: date
    content: Mapping[str, Any]
    effective_on: date | None = None
    assumed: tuple[str, ...] = ()
