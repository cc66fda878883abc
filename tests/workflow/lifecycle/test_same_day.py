"""Every guard that compares two days, on the day before, the same day and the day after."""

from datetime import date, timedelta

import pytest

from tests.support.refused import refused_by
from tests.workflow.lifecycle.same_day import decisions, hearings, orders
from tests.workflow.lifecycle.same_day.row import Row

ROWS = [*orders.ROWS, *hearings.ROWS, *decisions.ROWS]


@pytest.mark.parametrize("place", [-1, 0, 1], ids=["the day before", "the same day", "the day after"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.guard}, {row.what}")
def test_a_guard_lets_an_act_pass_on_the_days_it_says_and_refuses_it_on_the_others(row: Row, place: int) -> None:
    register = row.made()
    day = str(date.fromisoformat(row.day) + timedelta(days=place))
    if row.passes[1 + place]:
        row.act(register, day)
        return
    with refused_by(row.first.get(place, row.guard)):
        row.act(register, day)


def test_no_row_stands_twice() -> None:
    assert len({(row.guard, row.what) for row in ROWS}) == len(ROWS)
