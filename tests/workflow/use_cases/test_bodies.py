"""The members of requests as use cases read them: strictly, and with every trigger's needs among them."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.register import CASE, a_draft
from tests.support.samples import sample
from workflow.law.invalid import InvalidRequest
from workflow.lifecycle.decision.contents import DraftContent
from workflow.lifecycle.door.contents import needs
from workflow.lifecycle.door.machine import TABLES
from workflow.lifecycle.kernel.codec import unstructure
from workflow.lifecycle.kernel.rules import Row
from workflow.lifecycle.order.contents import ComplianceContent
from workflow.lifecycle.vocabulary import SubjectKind, Trigger
from workflow.use_cases.acting.bodies import PartyBody, read_content
from workflow.use_cases.acting.body_errors import shape_of
from workflow.use_cases.acting.body_types import read_body
from workflow.use_cases.acting.derived_bodies import body_of
from workflow.use_cases.acting.draft_body import DraftBody

GIVEN: dict[Trigger, dict[str, Any]] = {
    Trigger.OPEN: CASE,
    Trigger.DRAFT: a_draft(),
    Trigger.REVISE: a_draft(),
}
SERVICE = {"addressee": 1, "served_on": "2022-10-19", "channel": "bailiff"}
ROWS = [(row.parent_kind or table.kind, row) for table in TABLES.values() for row in table.rows if not row.effect_of]


@pytest.mark.parametrize(("kind", "row"), ROWS, ids=lambda value: getattr(value, "trigger", value))
def test_what_a_row_says_it_needs_is_what_its_trigger_reads(kind: SubjectKind, row: Row) -> None:
    content = sample(kind, row.trigger)
    data = GIVEN.get(row.trigger) or ({} if content is None else unstructure(content))
    assert set(needs(kind, row.trigger)) <= set(data)
    read_content(kind, row.trigger, data)
    with pytest.raises(InvalidRequest):
        read_content(kind, row.trigger, {**data, "x_of_nobody": 1})


@pytest.mark.parametrize("name", ["addressee", "channel"])
def test_a_missing_member_is_named_where_it_should_stand(name: str) -> None:
    data = {key: value for key, value in SERVICE.items() if key != name}
    with pytest.raises(InvalidRequest) as refused:
        read_content(SubjectKind.DECISION, Trigger.RECORD_SERVICE, data, "/data")
    assert refused.value.errors == ((f"/data/{name}", "required; it is missing"),)


def test_a_trigger_that_takes_no_data_names_each_member_given() -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_content(SubjectKind.PENALTY_DECISION, Trigger.TAKE_UP, {"a": 1, "b": 2}, "/data")
    assert [error.path for error in refused.value.errors] == ["/data/a", "/data/b"]


@given(day=st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_a_date_is_read_as_it_is_written(day: date) -> None:
    assert read_body(body_of(ComplianceContent), {"complied_on": day.isoformat()}).complied_on == day


@given(value=st.integers() | st.floats() | st.booleans() | st.none() | st.text(max_size=12) | st.lists(st.integers()))
def test_nothing_but_a_written_date_is_a_date(value: Any) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_body(body_of(ComplianceContent), {"complied_on": value})
    assert [error.path for error in refused.value.errors] == ["/complied_on"]


@given(name=st.text(max_size=300))
def test_a_name_is_one_line_that_every_database_can_keep(name: str) -> None:
    kept = 0 < len(name) <= 200 and name.strip() and not any(ord(each) < 32 or ord(each) == 127 for each in name)
    if kept:
        assert read_body(PartyBody, {"name": name}).name == name
    else:
        with pytest.raises(InvalidRequest):
            read_body(PartyBody, {"name": name})


def test_a_draft_is_read_with_its_defaults() -> None:
    content = read_body(DraftBody, {**a_draft(), "assumed": []}).content()
    assert isinstance(content, DraftContent)
    assert [order.after for order in content.orders] == [(), (1,), ()]
    assert content.clauses[0].rate.minor == 10_000_000


def test_a_cap_without_any_limit_is_refused() -> None:
    draft = a_draft()
    draft["clauses"][0]["cap"] = {}
    with pytest.raises(InvalidRequest) as refused:
        read_content(SubjectKind.CASE, Trigger.DRAFT, draft)
    assert [error.path for error in refused.value.errors] == ["/clauses/0/cap"]


def test_a_misspelt_member_may_have_meant_one_of_a_body_inside() -> None:
    assert {"adopted_on"}.isdisjoint(shape_of(DraftBody).names())
    assert {"reference", "covers", "grounds_notified_on", "text", "units"} <= shape_of(DraftBody).names()
