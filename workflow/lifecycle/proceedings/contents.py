"""What is said of the life of an act after its adoption: publication, appeals, rulings, finality, withdrawal."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workflow.lifecycle.facts import RulingItem
from workflow.lifecycle.kernel.text import Text
from workflow.lifecycle.vocabulary import Retroactivity, SubjectKind, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationContent:
    """`record_publication`: the day the decision was published."""

    DATED: ClassVar = ("published_on", "the day of publication")

    published_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealContent:
    """`record_appeal`: who appealed, when, to which court."""

    DATED: ClassVar = ("lodged_on", "the day the appeal was lodged")

    addressee: int
    lodged_on: date
    court: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingContent:
    """`record_ruling`: what a court made of each item, in which appeal; `final` ends the appeal."""

    DATED: ClassVar = ("ruled_on", "the day of the ruling")

    appeal: int
    ruled_on: date
    court: str
    final: bool
    items: tuple[RulingItem, ...]
    proof: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalityContent:
    """`record_finality`: since when the act is final, with the proof that no appeal is open."""

    DATED: ClassVar = ("final_on", "the day the act became final")

    final_on: date
    proof: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalContent:
    """`withdraw`: whether the decision ends from now on or as if it had never been; a draft needs no effect."""

    effect: Retroactivity | None = None


CONTENT = {
    (kind, trigger): content
    for kind in (SubjectKind.DECISION, SubjectKind.PENALTY_DECISION)
    for trigger, content in (
        (Trigger.RECORD_APPEAL, AppealContent),
        (Trigger.RECORD_RULING, RulingContent),
        (Trigger.RECORD_FINALITY, FinalityContent),
    )
} | {
    (SubjectKind.DECISION, Trigger.RECORD_PUBLICATION): PublicationContent,
    (SubjectKind.DECISION, Trigger.WITHDRAW): WithdrawalContent,
}
