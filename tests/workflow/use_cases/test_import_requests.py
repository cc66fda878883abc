"""Two processes register the same access requests at the same time: each request is there once."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, update

from tests.support.register import OFFICER
from tests.support.stored_cases import Desk, at_desk
from workflow.lifecycle.access_request.contents import RequestContent
from workflow.lifecycle.facts import case_id, child_id
from workflow.lifecycle.kernel.refusals import GuardRefused
from workflow.store.faults import Flaw
from workflow.store.tables.current import access_requests
from workflow.store.verify import verify
from workflow.store.writer import Writer
from workflow.use_cases.acting.outcome import Done
from workflow.use_cases.imports.import_requests import import_request
from workflow.use_cases.imports.request_file import RequestLine

MANY = 120


@pytest.fixture
def writing(engine: Engine) -> Iterator[Desk]:
    with at_desk(engine) as made:
        yield made
        with engine.connect() as connection:
            assert verify(connection) == []


def first_order(writing: Desk) -> str:
    writing.served()
    return child_id(case_id("SAN-2022-019"), "order", "1.1")


def lines(order: str, on: date = date(2022, 10, 1)) -> list[RequestLine]:
    return [RequestLine(n + 2, order, RequestContent(reference=f"R-{n}", received_on=on)) for n in range(MANY)]


def test_two_files_at_once_register_each_request_once(writing: Desk) -> None:
    order = first_order(writing)
    beside = Writer(writing.engine, writing.clock, largest=7)
    writing.writer.largest = 5
    try:
        sent = [
            writer.submit(import_request, line, OFFICER)
            for pair in zip(lines(order), reversed(lines(order)), strict=True)
            for writer, line in zip((writing.writer, beside), pair, strict=True)
        ]
        outcomes = Counter(future.result().outcome for future in sent)
    finally:
        beside.close()
    assert outcomes == {Done.DONE: MANY, Done.ALREADY_DONE: MANY}
    assert writing.count(access_requests) == MANY
    assert sorted(row.n for row in writing.rows(access_requests.select())) == list(range(1, MANY + 1))


def test_a_request_changed_behind_the_journal_is_named(engine: Engine) -> None:
    with at_desk(engine) as writing:
        first, *_ = lines(first_order(writing))
        made = writing.writer.run(import_request, first, OFFICER).id
        with engine.begin() as connection:
            connection.execute(update(access_requests).values(statutory_by=date(2030, 1, 1)))
        with engine.connect() as connection:
            (found,) = verify(connection)
    assert found.flaw is Flaw.OTHER_ROWS
    assert made in found.detail


def test_another_day_of_receipt_is_another_request_and_refused(writing: Desk) -> None:
    order = first_order(writing)
    first, *_ = lines(order)
    writing.writer.run(import_request, first, OFFICER)
    other, *_ = lines(order, date(2022, 10, 2))
    with pytest.raises(GuardRefused) as refused:
        writing.writer.run(import_request, other, OFFICER)
    assert refused.value.facts["guard"] == "reference_is_new"
