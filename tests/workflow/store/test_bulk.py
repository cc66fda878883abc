"""Whether a column holds one of many texts, on both databases, whatever the texts and however many."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, delete, insert, select

from workflow.store.bulk import one_of
from workflow.store.tables.access import accounts

TEXTS = ["plain", "it's", '"quoted"', "ä/ö\\", "%s"]
ROW = {"name": "name", "roles": "", "active": True, "created_at": datetime(2022, 10, 19, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([], []),
        (["absent"], []),
        (["plain", "plain", "absent"], ["plain"]),
        (TEXTS[1:], TEXTS[1:]),
        ([f"absent {n}" for n in range(50_000)] + ["plain"], ["plain"]),
    ],
)
def test_one_of_many_texts(engine: Engine, asked: list[str], found: list[str]) -> None:
    with engine.begin() as connection:
        connection.execute(insert(accounts), [ROW | {"id": each} for each in TEXTS])
        rows = connection.scalars(select(accounts.c.id).where(one_of(accounts.c.id, "asked")), {"asked": asked})
        assert sorted(rows) == sorted(found)
        connection.execute(delete(accounts).where(one_of(accounts.c.id, "asked")), {"asked": asked})
        assert set(connection.scalars(select(accounts.c.id))) == set(TEXTS) - set(found)


def test_they_are_looked_up_in_the_index(engine: Engine) -> None:
    asked = str(select(accounts.c.id).where(one_of(accounts.c.id, "asked")).compile(engine))
    if engine.dialect.name == "postgresql":
        assert "WHERE accounts.id = ANY (%(asked)s::TEXT[])" in asked
        return
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ('["plain"]',)).all()
    assert any("SEARCH accounts USING" in step.detail for step in plan)
