"""Every way to tamper with a journal by hand is named, with its case and its event."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, Engine, text

from tests.support.stored_cases import at_desk
from workflow.lifecycle.facts import case_id
from workflow.store.faults import Flaw
from workflow.store.verify import verify

CASE = case_id("SAN-2022-019")
GUARDS = {
    "sqlite": ("journal_no_update", "journal_no_delete", "event_text_no_update"),
    "postgresql": ("journal_no_change ON journal", "event_text_no_update ON event_text"),
}


def unguarded(connection: Connection) -> None:
    """Do what somebody with the rights of the owner can do."""
    for guard in GUARDS[connection.dialect.name]:
        connection.exec_driver_sql(f"DROP TRIGGER {guard}")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    else:
        connection.exec_driver_sql("ALTER TABLE event_text DROP CONSTRAINT fk_event_text_event_journal")


def sql(*statements: str) -> Callable[[Connection], None]:
    def run(connection: Connection) -> None:
        for statement in statements:
            connection.execute(text(statement), {"case": CASE} if ":case" in statement else {})

    return run


WHOLE = 'WHERE "case" = :case'
THIRD = f"{WHOLE} AND seq = 3"
REASON = f"WHERE field = 'reason' AND event IN (SELECT id FROM journal {WHOLE})"
TAMPERINGS = {
    "text": (sql(f"UPDATE journal SET body = replace(body, 'officer', 'another') {THIRD}"), 3, Flaw.CHANGED_ROW),
    "hash": (sql(f"UPDATE journal SET hash = 'beef' {THIRD}"), 3, Flaw.CHANGED_ROW),
    "not json": (sql(f"UPDATE journal SET body = 'x' {THIRD}"), 3, Flaw.UNREADABLE),
    "column": (sql(f"UPDATE journal SET actor = 'somebody' {THIRD}"), 3, Flaw.CHANGED_COLUMN),
    "legal date": (sql(f"UPDATE journal SET effective_on = '2022-10-12' {THIRD}"), 3, Flaw.CHANGED_COLUMN),
    "instant": (sql(f"UPDATE journal SET recorded_at = '2022-10-13 12:00:01.000000' {THIRD}"), 3, Flaw.CHANGED_COLUMN),
    "audience": (sql(f"UPDATE journal SET audience = 'served' {THIRD}"), 3, Flaw.CHANGED_COLUMN),
    "another case": (sql(f"UPDATE journal SET \"case\" = 'none' {THIRD}"), 4, Flaw.GAP),
    "gap": (sql(f"DELETE FROM journal {THIRD}"), 4, Flaw.GAP),
    "tail": (sql(f"DELETE FROM journal {WHOLE} AND seq > 9"), None, Flaw.CUT_TAIL),
    "whole tail": (sql(f"DELETE FROM journal {WHOLE}"), None, Flaw.CUT_TAIL),
    "head": (sql(f"DELETE FROM case_head {WHOLE}"), None, Flaw.NO_HEAD),
    "case": (sql(f"DELETE FROM journal {WHOLE}", f"DELETE FROM case_head {WHOLE}"), None, Flaw.MISSING_CASE),
    "facts": (sql(f"UPDATE case_head SET facts = replace(facts, 'P2M', 'P3M') {WHOLE}"), None, Flaw.OTHER_FACTS),
    "order": (sql(f"UPDATE orders SET last_day = '2023-12-19' {WHOLE} AND n = 2"), None, Flaw.OTHER_ROWS),
    "row": (sql(f"DELETE FROM penalty_clauses {WHOLE}"), None, Flaw.OTHER_ROWS),
    "free text": (sql(f"UPDATE event_text SET text = 'another' {REASON}"), 7, Flaw.CHANGED_TEXT),
    "stray text": (sql(f"UPDATE event_text SET event = 'none' {REASON}"), None, Flaw.STRAY_TEXT),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_is_named(engine: Engine, tampering: str) -> None:
    tamper, seq, flaw = TAMPERINGS[tampering]
    with at_desk(engine) as desk:
        desk.served()
        desk.opened("SAN-2022-020")
    with engine.begin() as connection:
        unguarded(connection)
        tamper(connection)
        findings = verify(connection)
        named = {(finding.case, finding.seq, finding.flaw) for finding in findings}
        assert (CASE if flaw is not Flaw.STRAY_TEXT else "?", seq, flaw) in named
        assert case_id("SAN-2022-020") not in {finding.case for finding in findings}
        assert str(findings[0])
        connection.rollback()
    with engine.begin() as connection:
        assert verify(connection) == []


def test_a_case_nobody_registered_and_a_lost_authority_are_named(engine: Engine) -> None:
    with at_desk(engine) as desk:
        desk.opened()
    with engine.begin() as connection:
        unguarded(connection)
        sql("DELETE FROM journal WHERE \"case\" = 'authority'")(connection)
        assert {(finding.case, finding.flaw) for finding in verify(connection)} == {
            ("authority", Flaw.CUT_TAIL),
            (CASE, Flaw.UNREGISTERED_CASE),
        }
        sql("DELETE FROM case_head WHERE \"case\" = 'authority'")(connection)
        assert ("authority", Flaw.NO_HEAD) in {(finding.case, finding.flaw) for finding in verify(connection)}
        connection.rollback()


def test_a_step_on_two_events_and_a_foreign_word_are_named(engine: Engine) -> None:
    with at_desk(engine) as desk:
        desk.served()
    with engine.begin() as connection:
        unguarded(connection)
        if connection.dialect.name == "sqlite":
            sql(f"UPDATE journal SET type = 'order.forgotten' {THIRD}")(connection)
            sql(f"UPDATE orders SET state = 'forgotten' {WHOLE}")(connection)
            assert {finding.flaw for finding in verify(connection)} == {Flaw.CHANGED_COLUMN, Flaw.OTHER_ROWS}
        else:
            connection.exec_driver_sql("ALTER TABLE journal DROP CONSTRAINT uq_journal_step")
            sql(f"UPDATE journal SET step = 'a' {WHOLE} AND seq IN (2, 3)")(connection)
            named = {(finding.seq, finding.flaw) for finding in verify(connection)}
            assert {(2, Flaw.REPEATED_STEP), (3, Flaw.REPEATED_STEP)} <= named
        connection.rollback()


def test_a_timer_whose_trigger_is_unknown_is_named_and_mended_by_the_next_act(engine: Engine) -> None:
    with at_desk(engine) as desk:
        desk.served()
        with engine.begin() as connection:
            sql("UPDATE timers SET trigger = 'forget' WHERE subject_kind = 'decision'")(connection)
            (fault,) = verify(connection)
        assert (fault.case, fault.seq, fault.flaw) == (CASE, None, Flaw.UNKNOWN_WORD)
        assert "no trigger 'forget'" in fault.detail
        assert all(isinstance(answer, list) for answer in desk.on("2022-11-19").sweep())
        with engine.connect() as connection:
            assert verify(connection) == []
