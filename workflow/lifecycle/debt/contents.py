"""What is said of a debt: what was paid and refunded, who collects it, what was agreed, how it ends."""

from datetime import date
from typing import ClassVar

from workflow.law.money import Money
from workflow.lifecycle.facts import Instalment
from workflow.lifecycle.facts.frozen import asks, frozen
from workflow.lifecycle.kernel.text import Text
from workflow.lifecycle.vocabulary import SuspensionEffect, SuspensionScope


@frozen(kw_only=True)
class InterestContent:
    """`charge_interest`: interest is fixed up to this day, included; by default the day before the act."""

    to: date | None = asks(
        "The last day that is charged; by default the day before the act.", date(2023, 9, 30), default=None
    )


@frozen(kw_only=True)
class DueContent:
    """`fall_due`: the day of the court's decision from which the debt can be claimed."""

    DATED: ClassVar = ("decided_on", "the day of the court's decision")

    decided_on: date = asks("The day of the decision of the court.", date(2023, 5, 9))


@frozen(kw_only=True)
class PaymentContent:
    """`record_payment`: money received, with the reference of the bank."""

    DATED: ClassVar = ("paid_on", "the day of payment")

    paid_on: date = asks("The day the money arrived.", date(2023, 8, 21))
    amount: Money = asks("The sum that arrived.", Money(520_000_000, "EUR"))
    reference: Text = asks("The reference on the bank statement.", "statement 2023-08, line 14")


@frozen(kw_only=True)
class RefundContent:
    """`record_refund`: money paid back, with the reference of the bank."""

    DATED: ClassVar = ("refunded_on", "the day of the refund")

    refunded_on: date = asks("The day the money went back.", date(2023, 9, 4))
    amount: Money = asks("The sum that went back.", Money(500_000, "EUR"))
    reference: Text = asks("The reference on the bank statement.", "statement 2023-09, line 2")


@frozen(kw_only=True)
class HandOverContent:
    """`hand_over`: when the debt went to who collects it; by default whom the regime names."""

    DATED: ClassVar = ("handed_over_on", "the day it was handed over")

    handed_over_on: date = asks("The day the debt was handed over.", date(2023, 9, 4))
    collector: str | None = asks(
        "Who collects it; by default whom the regime names.", "Direction des créances spéciales du Trésor", default=None
    )


@frozen(kw_only=True)
class DeferralContent:
    """`defer`: the last day of payment that was granted."""

    until: date = asks("The last day to pay.", date(2023, 12, 31))


@frozen(kw_only=True)
class InstalmentsContent:
    """`agree_instalments`: the parts in the order of their days; together they are what is outstanding."""

    parts: tuple[Instalment, ...] = asks("Each part with its last day; together they are what is outstanding.")


@frozen(kw_only=True)
class SecurityContent:
    """`record_security`: the sum that is secured, by default all that is outstanding, and by what."""

    amount: Money | None = asks(
        "The sum that is secured; by default all that is outstanding.", Money(520_000_000, "EUR"), default=None
    )
    security: Text | None = asks("What the security is.", "Guarantee of a bank", default=None)


@frozen(kw_only=True)
class CollectionSuspensionContent:
    """`suspend`: the first day on which nothing is collected; of a debt the scope is `collection`, and no day drops."""

    DATED: ClassVar = ("from_", "the first day of the suspension")

    scope: SuspensionScope = asks("What is suspended: the collection.", SuspensionScope.COLLECTION)
    effect: SuspensionEffect = asks("What it does to days.", SuspensionEffect.COLLECTION_ONLY)
    from_: date = asks("The first day of the suspension.", date(2023, 9, 4))


@frozen(kw_only=True)
class CollectionResumptionContent:
    """`resume`: the first day on which the debt is collected again."""

    DATED: ClassVar = ("resumed_on", "the day of resumption")

    resumed_on: date = asks("The day from which the debt is collected again.", date(2023, 11, 6))
