"""Counsel's messages: one for each served event and listener, numbered without a gap."""

import json
from typing import Any

from sqlalchemy import Engine, select

from tests.support.register import OFFICER, SCHEDULER
from tests.support.stored_cases import at_desk, pull, register_endpoint
from workflow.lifecycle.vocabulary import Audience
from workflow.store.tables.journal import journal
from workflow.store.tables.outbox import EndpointState, endpoints, messages

BY_NUMBER = select(messages).order_by(messages.c.endpoint, messages.c.sequence)


def test_each_served_event_is_told_once_in_order_and_no_internal_one(engine: Engine) -> None:
    with at_desk(engine) as desk:
        decision = desk.served(listening=True)
        case = desk.rows(select(journal.c.case).where(journal.c.subject_id == decision.id))[0].case
        others = [{"id": "late", "case": case}, {"id": "other", "case": case, "party": 2}]
        for each in [*others, {"id": "off", "case": case, "state": EndpointState.REMOVED}]:
            desk.writer.run(register_endpoint, each, OFFICER)
        for day in ("2022-11-19", "2022-12-12", "2022-12-18", "2022-12-20", "2023-02-10"):
            desk.on(day).sweep()

        told = {
            id: [row for row in desk.rows(BY_NUMBER) if row.endpoint == id] for id in ("endpoint-SAN-2022-019", "late")
        }
        assert [len(rows) for rows in told.values()] == [16, 12]
        assert len(desk.rows(BY_NUMBER)) == 28
        for rows in told.values():
            assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
            assert [json.loads(row.body)["data"]["sequence"] for row in rows] == [row.sequence for row in rows]
        served = desk.rows(select(journal.c.id, journal.c.seq).where(journal.c.audience == Audience.SERVED))
        order = {row.id: row.seq for row in served}
        numbers = [order[row.event] for row in told["endpoint-SAN-2022-019"]]
        assert numbers == sorted(order.values())
        last = {row.id: row.last_sequence for row in desk.rows(select(endpoints))}
        assert last == {"endpoint-SAN-2022-019": 16, "late": 12, "other": 0, "off": 0}


def test_an_endpoint_of_the_same_batch_hears_what_comes_after_it(engine: Engine) -> None:
    with at_desk(engine) as desk:
        decision = desk.served(listening=True)
        case = desk.rows(select(journal.c.case).where(journal.c.subject_id == decision.id))[0].case
        first, second, third = desk.on("2022-11-19").due()
        for_one = (pull, first, SCHEDULER)
        new = (register_endpoint, {"id": "new", "case": case}, OFFICER)
        items: list[tuple[Any, Any, Any]] = [for_one, new, (pull, second, SCHEDULER), (pull, third, SCHEDULER)]
        for future in desk.writer.submit_many(items):
            future.result()
        assert [row.sequence for row in desk.rows(BY_NUMBER) if row.endpoint == "new"] == [1, 2]
        assert [row.sequence for row in desk.rows(BY_NUMBER) if row.endpoint != "new"] == list(range(1, 8))
