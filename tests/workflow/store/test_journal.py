"""What is stored is what happened: chain, head, facts and rows agree, after a whole case."""

from datetime import date

import pytest
from sqlalchemy import Engine, select

from tests.support.stored_cases import at_desk
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.vocabulary import OrderState
from workflow.store import codec
from workflow.store.canonical import NotCanonical, canonical_text
from workflow.store.journal import event_id, read_case
from workflow.store.tables.current import orders, penalty_decisions
from workflow.store.tables.journal import case_head, event_text, journal
from workflow.store.tables.timers import timers
from workflow.store.verify import verify


def test_a_case_is_the_fold_of_its_journal_and_its_rows_are_too(engine: Engine) -> None:
    with at_desk(engine) as desk:
        decision = desk.served()
        for day in ("2022-11-19", "2022-12-12", "2022-12-18", "2022-12-20", "2023-02-10"):
            desk.on(day)
            assert all(isinstance(answer, list) for answer in desk.sweep())
        with engine.connect() as connection:
            assert verify(connection) == []
            case = connection.scalars(select(journal.c.case).where(journal.c.subject_id == decision.id)).first()
            assert case is not None
            events = read_case(connection, case)
        (head,) = desk.rows(select(case_head).where(case_head.c.case == case))
        assert [recorded.seq for recorded in events] == list(range(1, head.seq + 1))
        assert codec.load(head.facts) == fold(None, [recorded.event for recorded in events])
        assert {row.state for row in desk.rows(select(orders))} == {OrderState.EXPIRED}
        (penalty,) = desk.rows(select(penalty_decisions))
        assert (penalty.amount_minor, penalty.currency, penalty.units) == (520_000_000, "EUR", 52)
        assert (penalty.from_on, penalty.to_on) == (date(2022, 12, 20), date(2023, 2, 9))
        assert [row.subject_kind for row in desk.rows(select(timers))] == ["decision"]


def test_free_text_lies_beside_the_chain_and_comes_back_with_the_event(engine: Engine) -> None:
    with at_desk(engine) as desk:
        desk.served()
        rows = desk.rows(select(event_text).where(event_text.c.field == "reason"))
        assert [row.text for row in rows] == ["ready"]
        (row,) = desk.rows(select(journal).where(journal.c.id == rows[0].event))
        assert "ready" not in row.body
        assert row.body.startswith('{"v":1,"act":')
        with engine.begin() as connection:
            assert {e.id: e.event.text for e in read_case(connection, row.case)}[row.id] == {"reason": "ready"}
            connection.execute(event_text.delete())
            assert {e.id: e.event.text for e in read_case(connection, row.case)}[row.id] == {}
            assert verify(connection) == []


def test_ids_are_pure() -> None:
    assert event_id("authority", 1) == event_id("authority", 1) != event_id("authority", 2)


@pytest.mark.parametrize("value", [1.5, {"a": [1, 2.0]}, [float("nan")], date(2022, 1, 1), {1: "x"}, "\ud800", 2**70])
def test_what_has_no_one_text_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_text({"data": value})


def test_the_text_is_sorted_and_without_spaces() -> None:
    assert canonical_text({"b": 1, "a": {"d": "é", "c": None}}) == '{"v":1,"a":{"c":null,"d":"é"},"b":1}'
