"""What each trigger is given as `data`, parsed: one frozen class a trigger that takes any.

Keyed by the kind of thing a trigger is posted on. A member marked `Text` is free text: it stands beside the journal
and never in its chain. From these classes come the bodies the API reads, and what a row says it needs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from workflow.law.regime import Regime
from workflow.lifecycle.door.four_eyes import ConfirmationContent
from workflow.lifecycle.door.kinds import KINDS
from workflow.lifecycle.door.machine import SECOND
from workflow.lifecycle.facts import PendingAct
from workflow.lifecycle.kernel.codec import structure
from workflow.lifecycle.kernel.rules import Row
from workflow.lifecycle.kernel.text import with_blanks
from workflow.lifecycle.vocabulary import SubjectKind, Trigger

CONTENT: Mapping[tuple[SubjectKind, Trigger], type[Any]] = {
    **{(kind, trigger): ConfirmationContent for kind in KINDS for trigger in SECOND},
    **{
        (row.parent_kind or kind.kind, row.trigger): row.takes
        for kind in KINDS.values()
        for row in kind.rows
        if row.takes is not None
    },
}


def content_of(act: PendingAct) -> Any:
    """The content an act was proposed with; its free text stands beside the journal, with the proposal."""
    type_ = CONTENT.get((act.subject_kind, act.trigger))
    return None if type_ is None else structure(type_, with_blanks(type_, act.content))


def needs(kind: SubjectKind, trigger: Trigger, rules: Regime | None = None, row: Row | None = None) -> tuple[str, ...]:
    """The members of `data` that must be given to a trigger posted on this kind of thing, and by the guards of a row.

    A content whose members depend on each other names in `NEEDS` those that are usually given, and in `NEEDED_WHERE`
    those that are needed under a regime that has one of these values.
    """
    content = CONTENT.get((kind, trigger))
    if content is None:
        return ()
    asked = [name for guard in row.guards for name in guard.needs] if row is not None else []
    return (*_needed(content), *(name for name, paths in _where(content) if _has_one(rules, paths)), *asked)


def _needed(content: type[Any]) -> tuple[str, ...]:
    if (usually := getattr(content, "NEEDS", None)) is not None:
        return tuple(usually)
    return tuple(
        each.name.rstrip("_") for each in fields(content) if each.default is MISSING and each.default_factory is MISSING
    )


def _where(content: type[Any]) -> Iterable[tuple[str, tuple[str, ...]]]:
    found: Mapping[str, tuple[str, ...]] = getattr(content, "NEEDED_WHERE", {})
    return found.items()


def _has_one(rules: Regime | None, paths: tuple[str, ...]) -> bool:
    return rules is not None and any(path in rules.values and rules.values[path].value for path in paths)
