"""What opens a case, what makes a draft, and what is said when a decision is published or withdrawn."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workflow.law.money import Money
from workflow.lifecycle.facts import Hearing
from workflow.lifecycle.order.contents import OrderContent
from workflow.lifecycle.penalty_clause.contents import ClauseContent
from workflow.lifecycle.vocabulary import Form, Retroactivity


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftContent:
    """`draft` and `revise`: the whole draft of a decision or formal notice."""

    reference: str
    language: str
    addressees: tuple[int, ...]
    orders: tuple[OrderContent, ...]
    clauses: tuple[ClauseContent, ...]
    fine: Money | None = None
    hearing: Hearing | None = None
    assumed: tuple[str, ...] = ()
    form: Form = Form.CORRECTIVE_DECISION


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationContent:
    """`record_publication`: the day the decision was published."""

    DATED: ClassVar = ("published_on", "the day of publication")

    published_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalContent:
    """`withdraw`: whether the decision ends from now on or as if it had never been; a draft needs no effect."""

    effect: Retroactivity | None = None
