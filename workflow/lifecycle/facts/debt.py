"""A debt: a fine, a penalty, interest."""

from datetime import date

from workflow.law.money import Money
from workflow.lifecycle.facts.frozen import asks, frozen
from workflow.lifecycle.facts.ids import Subject
from workflow.lifecycle.facts.order import Suspension
from workflow.lifecycle.vocabulary import DebtKind, DebtState, SubjectKind


@frozen
class Payment:
    """Money received; the reference of the bank stands beside the journal."""

    n: int
    paid_on: date
    amount: Money


@frozen
class Instalment:
    """A part of the debt with its own last day."""

    due_by: date = asks("The last day to pay this part.", date(2023, 12, 31))
    amount: Money = asks("The sum of this part.", Money(520_000_000, "EUR"))


@frozen
class Debt:
    """What one party owes (`addressee` is None for a joint debt), from which act, by when, and what was paid.

    `amount` is what is owed now, after rulings; what was paid above it must be refunded. `fell_due_on` starts the
    limitation. `from_` and `to` are the days an interest debt is for, `secured` the sum a security covers, None for
    all of it. `acted_on` is the legal date of the last thing agreed, secured, suspended or given up about it.
    """

    id: str
    n: int
    kind: DebtKind
    source_kind: SubjectKind
    source: str
    addressee: int | None
    amount: Money
    state: DebtState
    arose_on: date
    due_by: date | None = None
    collected_by: str | None = None
    payments: tuple[Payment, ...] = ()
    instalments: tuple[Instalment, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    before: DebtState | None = None
    deferred_to: date | None = None
    handed_over_on: date | None = None
    refunds: tuple[Payment, ...] = ()
    steps_done: tuple[str, ...] = ()
    fell_due_on: date | None = None
    from_: date | None = None
    to: date | None = None
    secured: Money | None = None
    acted_on: date | None = None

    @property
    def subject(self) -> Subject:
        """What an event about it is about."""
        return Subject(SubjectKind.DEBT, self.id)

    @property
    def paid(self) -> int:
        """Minor units received and not refunded."""
        return sum(each.amount.minor for each in self.payments) - sum(each.amount.minor for each in self.refunds)

    @property
    def outstanding(self) -> int:
        """Minor units still to pay; below zero what must be refunded."""
        return self.amount.minor - self.paid
