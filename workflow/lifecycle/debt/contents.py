"""What is said of a debt: what was paid and refunded, who collects it, what was agreed, how it ends."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workflow.law.money import Money
from workflow.lifecycle.facts import Instalment
from workflow.lifecycle.kernel.text import Text
from workflow.lifecycle.vocabulary import SuspensionEffect, SuspensionScope


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestContent:
    """`arise` on a debt: interest is fixed up to this day, included; by default the day before the act."""

    to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueContent:
    """`fall_due`: the day of the court's decision from which the debt can be claimed."""

    DATED: ClassVar = ("decided_on", "the day of the court's decision")

    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentContent:
    """`record_payment`: money received, with the reference of the bank."""

    DATED: ClassVar = ("paid_on", "the day of payment")

    paid_on: date
    amount: Money
    reference: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundContent:
    """`record_refund`: money paid back, with the reference of the bank."""

    DATED: ClassVar = ("refunded_on", "the day of the refund")

    refunded_on: date
    amount: Money
    reference: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverContent:
    """`hand_over`: when the debt went to who collects it; by default whom the regime names."""

    DATED: ClassVar = ("handed_over_on", "the day it was handed over")

    handed_over_on: date
    collector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferralContent:
    """`defer`: the last day of payment that was granted."""

    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentsContent:
    """`agree_instalments`: the parts in the order of their days; together they are what is outstanding."""

    parts: tuple[Instalment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityContent:
    """`record_security`: the sum that is secured, by default all that is outstanding, and by what."""

    amount: Money | None = None
    security: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionSuspensionContent:
    """`suspend`: the first day on which nothing is collected; of a debt the scope is `collection`, and no day drops."""

    DATED: ClassVar = ("from_", "the first day of the suspension")

    scope: SuspensionScope
    effect: SuspensionEffect
    from_: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionResumptionContent:
    """`resume`: the first day on which the debt is collected again."""

    DATED: ClassVar = ("resumed_on", "the day of resumption")

    resumed_on: date
