"""A view takes from a thing what it declares, and from its maker what the thing does not have."""

from datetime import date
from typing import Annotated

import pytest
from pydantic import Field, ValidationError

from workflow.law.money import Money
from workflow.lifecycle.facts import Debt, Payment
from workflow.lifecycle.vocabulary import DebtKind, DebtState, SubjectKind
from workflow.use_cases.views.shared import MoneyView, View, shown

PAYMENT = Payment(1, date(2023, 1, 9), Money(12345, "EUR"))
DEBT = Debt(
    id="d", n=1, kind=DebtKind.FINE, source_kind=SubjectKind.DECISION, source="s", addressee=1,
    amount=Money(20000, "EUR"), state=DebtState.PARTLY_PAID, arose_on=date(2022, 10, 19), payments=(PAYMENT,),
)  # fmt: skip


class Paid(View):
    on: Annotated[date, Field(validation_alias="paid_on")]
    amount: MoneyView


class Owed(View):
    state: DebtState
    outstanding: MoneyView
    secured: MoneyView | None
    payments: list[Paid]


def test_members_are_the_things_own_by_the_types_declared_but_for_those_given() -> None:
    view = shown(Owed, DEBT, outstanding=Money(DEBT.outstanding, "EUR"))

    assert view.model_dump(mode="json") == {
        "state": "partly_paid",
        "outstanding": {"amount": "76.55", "currency": "EUR"},
        "secured": None,
        "payments": [{"on": "2023-01-09", "amount": {"amount": "123.45", "currency": "EUR"}}],
    }


def test_a_member_that_nobody_has_is_an_error_and_so_is_one_of_another_type() -> None:
    with pytest.raises(AttributeError, match="state"):
        shown(Owed, PAYMENT)
    with pytest.raises(ValidationError, match="outstanding"):
        shown(Owed, DEBT)
