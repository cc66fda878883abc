"""What is handed out: to one at a time, a few of each endpoint, one of an endpoint that keeps failing."""

import re
import threading
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert, update

from workflow.store.clock import machine_now
from workflow.store.leasing import FAILING, IN_FLIGHT, Leased, lease, scan
from workflow.store.outbox import PING, message_row
from workflow.store.tables.outbox import EndpointState, circuits, endpoints, messages

NOW = machine_now()
LEASE_S = 60


def an_endpoint(id: str, state: EndpointState = EndpointState.ACTIVE) -> dict[str, Any]:
    return {
        "id": id,
        "case": "case",
        "party": 1,
        "url": f"https://{id}.example",
        "types": None,
        "secret": "s",
        "old_secret": None,
        "old_secret_until": None,
        "state": state,
        "version": 1,
        "last_sequence": 0,
        "created_at": NOW,
        "created_by": "x",
    }


def a_message(endpoint: str, n: int, at: datetime = NOW, type: str = "order.reminded") -> dict[str, Any]:
    id = f"msg_{endpoint}_{n:05}"
    return message_row(id=id, endpoint=endpoint, case="case", type=type, body="{}", now=at, event="e", sequence=n)


def fill(engine: Engine, waiting: dict[str, int], **states: EndpointState) -> None:
    with engine.begin() as connection:
        connection.execute(insert(endpoints), [an_endpoint(id, states.get(id, EndpointState.ACTIVE)) for id in waiting])
        rows = [a_message(id, n) for id, count in waiting.items() for n in range(1, count + 1)]
        connection.execute(insert(messages), rows)


def take(engine: Engine, limit: int = 100, at: datetime = NOW) -> list[Leased]:
    with engine.begin() as connection:
        return lease(connection, at, limit, LEASE_S)


def test_a_message_is_leased_to_one_at_a_time(engine: Engine) -> None:
    fill(engine, {"a": 4, "b": 4})
    taken: list[list[Leased]] = []
    threads = [threading.Thread(target=lambda: taken.append(take(engine, 5))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken.append(take(engine))  # two who look at once may look at the same
    ids = [each.id for batch in taken for each in batch]
    assert len(ids) == len(set(ids)) == 8
    assert take(engine, at=NOW + timedelta(seconds=59)) == []
    again = take(engine, at=NOW + timedelta(seconds=60))
    assert len(again) == 8
    assert {each.attempt for each in again} == {2}
    assert {each.lease for each in again}.isdisjoint(each.lease for batch in taken for each in batch)


def test_of_one_endpoint_eight_are_out_at_most_and_in_their_order(engine: Engine) -> None:
    fill(engine, {"a": 20})
    first = take(engine)
    assert [each.id for each in first] == [f"msg_a_{n:05}" for n in range(1, IN_FLIGHT + 1)]
    assert take(engine) == []
    with engine.begin() as connection:
        ended = update(messages).where(messages.c.id.in_([each.id for each in first[:3]]))
        connection.execute(ended.values(state="delivered", lease=None, lease_until=None))
    assert [each.id for each in take(engine)] == [f"msg_a_{n:05}" for n in range(9, 12)]


def test_a_lease_is_shared_among_the_endpoints(engine: Engine) -> None:
    fill(engine, {f"e{n:02}": 50 for n in range(20)})
    taken = take(engine, 40)
    assert Counter(each.endpoint for each in taken) == dict.fromkeys((f"e{n:02}" for n in range(20)), 2)
    assert Counter(each.endpoint for each in take(engine)).total() == 100


@pytest.mark.parametrize(("failures", "out"), [(FAILING - 1, IN_FLIGHT), (FAILING, 1), (FAILING + 9, 1)])
def test_an_endpoint_that_keeps_failing_gets_one_at_a_time(engine: Engine, failures: int, out: int) -> None:
    fill(engine, {"bad": 20, "good": 20})
    with engine.begin() as connection:
        connection.execute(insert(circuits), [{"endpoint": "bad", "failures": failures}])
    assert Counter(each.endpoint for each in take(engine)) == {"bad": out, "good": IN_FLIGHT}
    assert take(engine) == []


def test_an_earlier_message_that_waits_holds_up_no_later_one(engine: Engine) -> None:
    fill(engine, {"a": 3})
    with engine.begin() as connection:
        later = update(messages).where(messages.c.sequence == 1)
        connection.execute(later.values(next_attempt_at=NOW + timedelta(minutes=5)))
    assert [each.id for each in take(engine)] == ["msg_a_00002", "msg_a_00003"]
    assert [each.id for each in take(engine, at=NOW + timedelta(minutes=5))][:1] == ["msg_a_00001"]


def test_only_a_ping_goes_to_an_endpoint_that_is_not_active(engine: Engine) -> None:
    states = dict(zip("abcd", set(EndpointState) - {EndpointState.ACTIVE}, strict=True))
    fill(engine, dict.fromkeys("abcd", 3), **states)
    pings = [a_message(id, 9, type=PING) for id in "abcd"]
    with engine.begin() as connection:
        connection.execute(insert(messages), pings)
    asked = {id for id, state in states.items() if state in (EndpointState.PENDING, EndpointState.PAUSED)}
    taken = take(engine)
    assert {(each.endpoint, each.type) for each in taken} == {(id, PING) for id in asked}


def test_an_old_secret_is_handed_out_while_it_still_signs(engine: Engine) -> None:
    fill(engine, {"a": 20})
    with engine.begin() as connection:
        connection.execute(update(endpoints).values(old_secret="old", old_secret_until=NOW + timedelta(seconds=30)))
    assert {each.old_secret for each in take(engine, 2)} == {"old"}
    assert {each.old_secret for each in take(engine, 2, NOW + timedelta(seconds=31))} == {None}


def test_the_scan_steps_through_the_index(engine: Engine) -> None:
    fill(engine, {"a": 30, "b": 1})
    asked: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda *each: asked.append((each[2], each[3])))
    with engine.begin() as connection:
        assert [(each.endpoint, len(each.due)) for each in scan(connection, NOW)] == [("a", 8), ("b", 1)]
        if engine.dialect.name == "sqlite":
            statement, values = asked[-1]
            plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all())
            assert {"ix_messages_pending", "ix_messages_leased"} <= set(re.findall(r"ix_\w+", plan))
            assert not re.search(r"SCAN (mine|out|first|other|messages)\b(?! USING)", plan)
