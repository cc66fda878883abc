"""Accounts and keys: shown once, found by digest, ended at once."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select

from tests.api.conftest import JumpingClock
from workflow.lifecycle.vocabulary import Role
from workflow.store.tables.access import keys
from workflow.store.tables.journal import journal
from workflow.store.writer import Writer
from workflow.use_cases.accounts.keys import CONSOLE, NewKey, OtherRoles, actor_of, create_key, find_keys, revoke_key

OFFICER = frozenset({Role.CASE_OFFICER})


@pytest.fixture
def writer(engine: Engine) -> Iterator[Writer]:
    writer = Writer(engine, JumpingClock())
    yield writer
    writer.close()


def test_a_key_says_who_holds_it_and_is_kept_nowhere(writer: Writer) -> None:
    made = writer.run(create_key, NewKey("M. Officer", OFFICER), CONSOLE)
    with writer.engine.connect() as connection:
        actor = actor_of(connection, made.key)
        kept = repr(connection.execute(select(keys)).all()) + repr(connection.execute(select(journal)).all())
    assert actor is not None
    assert (actor.account, actor.roles) == (made.account, OFFICER)
    assert made.key not in kept


def test_an_account_may_have_several_keys_and_loses_one_alone(writer: Writer) -> None:
    one = writer.run(create_key, NewKey("M. Officer", OFFICER), CONSOLE)
    two = writer.run(create_key, NewKey("M. Officer", OFFICER), CONSOLE)
    assert one.account == two.account
    writer.run(revoke_key, one.id, CONSOLE)
    writer.run(revoke_key, one.id, CONSOLE)
    with writer.engine.connect() as connection:
        assert actor_of(connection, one.key) is None
        assert actor_of(connection, two.key) is not None
        assert sorted(key.revoked for key in find_keys(connection)) == [False, True]
        types = connection.scalars(select(journal.c.type).order_by(journal.c.seq)).all()
    assert types == ["account.created", "key.created", "key.created", "key.revoked"]


def test_an_account_keeps_the_roles_it_was_made_with(writer: Writer) -> None:
    writer.run(create_key, NewKey("M. Officer", OFFICER), CONSOLE)
    with pytest.raises(OtherRoles, match="has the roles case_officer"):
        writer.run(create_key, NewKey("M. Officer", frozenset({Role.DECISION_MAKER})), CONSOLE)
    with writer.engine.connect() as connection:
        assert len(find_keys(connection)) == 1


@pytest.mark.parametrize("key", ["", "enjoin_", "ö", "enjoin_\x00", "x" * 10_000])
def test_what_is_no_key_is_nobodys(writer: Writer, key: str) -> None:
    with writer.engine.connect() as connection:
        assert actor_of(connection, key) is None
