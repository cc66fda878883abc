"""The database itself refuses to change the journal; free text can be erased, and not rewritten."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tests.support.stored_cases import at_desk
from workflow.store.tables.journal import event_text


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET actor = 'somebody'",
        "DELETE FROM journal",
        "UPDATE event_text SET text = 'another'",
        "TRUNCATE journal CASCADE",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 1",
    ],
)
def test_a_change_is_refused(engine: Engine, statement: str) -> None:
    if statement.startswith(("TRUNCATE", "INSERT OR")) and engine.dialect.name == (
        "sqlite" if statement.startswith("TRUNCATE") else "postgresql"
    ):
        return  # no such statement there
    with at_desk(engine) as desk:
        desk.opened()
    with pytest.raises(DBAPIError, match=r"append-only|erased, not changed"), engine.begin() as connection:
        connection.execute(text(statement))


def test_free_text_can_be_erased(engine: Engine) -> None:
    with at_desk(engine) as desk:
        desk.opened()
        assert desk.count(event_text) > 0
        with engine.begin() as connection:
            connection.execute(event_text.delete())
        assert desk.count(event_text) == 0
