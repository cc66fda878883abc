"""What is forgotten when something is added is an error before any test: here, that the checks at import do say it."""

from dataclasses import fields
from typing import Any

import pytest
from fastapi import APIRouter

from api.v1.orders import OrderFilter, OrderLine
from api.v1.things import add_reads
from workflow.lifecycle.door.machine import _takes_what_its_act_reads
from workflow.lifecycle.facts import Clause, Order
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.order.contents import LiftingContent, OrderContent
from workflow.lifecycle.order.rows import ROWS
from workflow.lifecycle.penalty_clause.contents import ClauseContent
from workflow.lifecycle.vocabulary import SubjectKind, Trigger


class Misspelt(OrderFilter):
    """A filter on a column that is not there."""

    natur: str | None = None


def test_a_filter_on_no_column_is_named() -> None:
    with pytest.raises(TypeError, match="Misspelt filters on natur, no column of orders"):
        add_reads(APIRouter(), SubjectKind.ORDER, Any, OrderLine, Misspelt)


@pytest.mark.parametrize(("fact", "content"), [(Order, OrderContent), (Clause, ClauseContent)])
def test_a_member_of_a_draft_is_a_fact_by_the_same_declaration(fact: Any, content: Any) -> None:
    assert {each.name for each in fields(content)} <= {each.name for each in fields(fact)}
    assert "__annotations__" not in vars(content)


@pytest.mark.parametrize("takes", [None, LiftingContent])
def test_a_row_that_takes_another_content_than_its_act_reads_is_seen(takes: Any) -> None:
    extend = next(row for row in ROWS if row.trigger is Trigger.EXTEND)
    assert _takes_what_its_act_reads(extend)
    assert not _takes_what_its_act_reads(replace(extend, takes=takes))
