"""What is forgotten when something is added is an error before any test: here, that the checks at import do say it."""

from typing import Any

import pytest
from fastapi import APIRouter

from api.v1.orders import OrderFilter, OrderLine
from api.v1.things import add_reads
from workflow.lifecycle.door.machine import _takes_what_its_act_reads
from workflow.lifecycle.facts import Order
from workflow.lifecycle.facts.frozen import holds, replace
from workflow.lifecycle.order.contents import ExtensionContent, LiftingContent, OrderContent
from workflow.lifecycle.order.rows import ROWS
from workflow.lifecycle.vocabulary import SubjectKind, Trigger


class Misspelt(OrderFilter):
    """A filter on a column that is not there."""

    natur: str | None = None


def test_a_filter_on_no_column_is_named() -> None:
    with pytest.raises(TypeError, match="Misspelt filters on natur, no column of orders"):
        add_reads(APIRouter(), SubjectKind.ORDER, Any, OrderLine, Misspelt)


def test_a_member_of_a_draft_without_its_fact_is_named() -> None:
    holds(Order, OrderContent)
    with pytest.raises(TypeError, match="Order has no request, undoes_accrued of ExtensionContent"):
        holds(Order, ExtensionContent)


@pytest.mark.parametrize("takes", [None, LiftingContent])
def test_a_row_that_takes_another_content_than_its_act_reads_is_seen(takes: Any) -> None:
    extend = next(row for row in ROWS if row.trigger is Trigger.EXTEND)
    assert _takes_what_its_act_reads(extend)
    assert not _takes_what_its_act_reads(replace(extend, takes=takes))
