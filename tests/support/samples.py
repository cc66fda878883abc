"""Any content that a trigger's body would let through: what the door must answer, whatever it says."""

from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

from tests.support.register import CASE, a_draft
from workflow.law.money import Money
from workflow.lifecycle.case.contents import CaseContent
from workflow.lifecycle.decision.contents import DraftContent
from workflow.lifecycle.door.contents import CONTENT
from workflow.lifecycle.vocabulary import SubjectKind, Trigger
from workflow.use_cases.acting.bodies import read_content


def sample(kind: SubjectKind, trigger: Trigger, day: date = date(2022, 11, 1)) -> Any:
    """A content of this trigger with every required member, all dates that day; None where it takes none."""
    content = CONTENT.get((kind, trigger))
    if content is CaseContent:
        return read_content(kind, trigger, CASE)
    if content is DraftContent:
        return read_content(kind, trigger, a_draft())
    return None if content is None else _filled(content, day)


def _filled(type_: Any, day: date) -> Any:
    hints = get_type_hints(type_)
    usual = getattr(type_, "NEEDS", ())
    needed = [each for each in fields(type_) if each.name in usual or _required(each)]
    return type_(**{each.name: _value(hints[each.name], day) for each in needed})


def _required(member: Field[Any]) -> bool:
    return member.default is MISSING and member.default_factory is MISSING


def _value(hint: Any, day: date) -> Any:
    if hint in (date, date | None):
        return day
    if hint is Money:
        return Money(100, "EUR")
    if hint in (int, str, bool):
        return hint(1)
    if get_origin(hint) is tuple:
        return (_value(get_args(hint)[0], day),)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    if is_dataclass(hint):
        return _filled(hint, day)
    return None
