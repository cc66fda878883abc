"""What opens a case, what makes a draft, and what is said when a decision is published or withdrawn."""

from datetime import date
from typing import ClassVar

from workflow.law.money import Money
from workflow.lifecycle.facts import Hearing
from workflow.lifecycle.facts.frozen import asks, frozen
from workflow.lifecycle.kernel.text import Text
from workflow.lifecycle.order.contents import OrderContent
from workflow.lifecycle.penalty_clause.contents import ClauseContent
from workflow.lifecycle.vocabulary import Form, Retroactivity


@frozen(kw_only=True)
class DraftContent:
    """`draft` and `revise`: the whole draft of a decision or formal notice."""

    reference: str = asks("The reference of the decision.", "MED-2022-001")
    language: str = asks("The language of the decision, by two letters.", "fr")
    addressees: tuple[int, ...] = asks("The numbers of the parties it is addressed to.", (1,))
    orders: tuple[OrderContent, ...] = asks("Its orders.", default=())
    clauses: tuple[ClauseContent, ...] = asks("Its penalty clauses.", default=())
    fine: Money | None = asks("The fine it imposes.", Money(2_000_000_000, "EUR"), default=None)
    hearing: Hearing | None = asks("How the party was heard before.", default=None)
    assumed: tuple[str, ...] = asks("The members that are not certain.", ("hearing.window_ended_on",), default=())
    form: Form = asks("What kind of act it is.", Form.CORRECTIVE_DECISION, default=Form.CORRECTIVE_DECISION)


@frozen(kw_only=True)
class PublicationContent:
    """`record_publication`: the day the decision was published."""

    DATED: ClassVar = ("published_on", "the day of publication")

    published_on: date = asks("The day the decision was published.", date(2022, 10, 20))


@frozen(kw_only=True)
class WithdrawalContent:
    """`withdraw`: whether the decision ends from now on or as if it had never been; a draft needs no effect."""

    effect: Retroactivity | None = asks(
        "Whether it ends from now on, or as if it had never been; a draft needs none.",
        Retroactivity.EX_NUNC,
        default=None,
    )
    reasons: Text | None = asks("Why the decision is withdrawn.", "The company was not the controller.", default=None)
