"""A journal changed by hand in the file, with its guards taken off: `enjoin journal verify` names it and exits 1."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from tests.enjoin.console import enjoin
from tests.support.seeding import SEEDED_EVENTS, attached, decision_of, references, seed
from workflow.lifecycle.facts import case_id
from workflow.store.canonical import chained, first_hash
from workflow.store.database import make_engine
from workflow.store.files import Files
from workflow.use_cases.bundle.verify import check

FIRST, SECOND, THIRD = map(case_id, references(3))


@pytest.fixture(scope="module")
def seeded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tampering") / "enjoin.db"
    shutil.copyfile(sqlite_template, path)
    engine = make_engine(f"sqlite:///{path}")
    seed(engine, 2)
    engine.dispose()
    return path


@pytest.fixture
def file(seeded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(seeded, tmp_path / "enjoin.db"))


@pytest.fixture
def by_hand(file: Path) -> Iterator[Callable[..., int]]:
    """Statements on the file as anybody can run them, after every trigger was dropped; how many rows one changed."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield lambda statement, *values: connection.execute(statement, values).rowcount


def verified(file: Path) -> list[str]:
    """What the command names; it exits 1 exactly when it names something."""
    result = enjoin("journal", "verify", ENJOIN_DATABASE_URL=f"sqlite:///{file}")
    if result.exit_code == 0:
        assert result.stdout == "every chain, every fold, every current row and every attached file agree\n"
        return []
    named = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (
        1,
        f"enjoin: {len(named)} findings: the journal is not as it was written\n",
    )
    return named


def test_an_attached_file_that_is_lost_is_named_wherever_the_files_lie(file: Path, tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{file}")
    attached(engine, Files(tmp_path / "enjoin-files"))
    engine.dispose()
    assert verified(file) == []
    (tmp_path / "enjoin-files").rename(tmp_path / "elsewhere")
    lost = verified(file)
    assert [each.rpartition(": ")[2] for each in lost] == ["it is not there"] * 2
    assert lost[0].startswith(f"case {FIRST}, event {SEEDED_EVENTS + 2}: damaged_file: the file ")
    setting = {"ENJOIN_DATABASE_URL": f"sqlite:///{file}", "ENJOIN_FILES": str(tmp_path / "elsewhere")}
    assert enjoin("journal", "verify", **setting).exit_code == 0
    out = tmp_path / "case.zip"
    assert enjoin("bundle", references(2)[0], "--out", str(out), **setting).exit_code == 0
    assert "attachments: 2 are those that the events name" in list(check(out.read_bytes()))
    without = enjoin(
        "bundle", references(2)[0], "--out", str(tmp_path / "x.zip"), ENJOIN_DATABASE_URL=f"sqlite:///{file}"
    )
    assert without.exit_code == 1
    assert f"event {SEEDED_EVENTS + 2} names: it is missing" in without.stderr


def test_a_journal_nobody_touched_verifies(file: Path) -> None:
    assert verified(file) == []


@pytest.mark.parametrize(
    ("column", "to"),
    [
        ("body", "replace(body, '2022', '2021')"),
        ("hash", "substr(hash, 2) || '0'"),
        ("actor", "'somebody'"),
        ("effective_on", "'2021-01-01'"),
        ("recorded_at", "'2021-01-01 00:00:00.000000'"),
    ],
)
def test_every_row_that_is_changed_is_named(file: Path, by_hand: Callable[..., int], column: str, to: str) -> None:
    streams = {FIRST: SEEDED_EVENTS, "authority": 6}
    for case, seq in [(case, seq) for case, last in streams.items() for seq in range(1, last + 1)]:
        by_hand("BEGIN")
        by_hand("CREATE TEMP TABLE IF NOT EXISTS kept AS SELECT * FROM journal")
        assert by_hand(f'UPDATE journal SET {column} = {to} WHERE "case" = ? AND seq = ?', case, seq) == 1
        by_hand("COMMIT")
        named = verified(file)
        assert any(line.startswith(f"case {case}, event {seq}: ") for line in named), (case, seq, named)
        assert not any(SECOND in line for line in named)
        restore = f"SELECT {column} FROM kept WHERE kept.id = journal.id"
        by_hand(f'UPDATE journal SET {column} = ({restore}) WHERE "case" = ? AND seq = ?', case, seq)
    assert verified(file) == []


@pytest.mark.parametrize("kept", [0, 1, SEEDED_EVENTS - 1])
def test_a_tail_that_is_cut_off_is_named(file: Path, by_hand: Callable[..., int], kept: int) -> None:
    assert by_hand('DELETE FROM journal WHERE "case" = ? AND seq > ?', FIRST, kept) == SEEDED_EVENTS - kept
    last = f"the last event is {kept}" if kept else "the journal has none"
    assert f"case {FIRST}: cut_tail: the head is at event {SEEDED_EVENTS}, {last}" in verified(file)


def test_a_gap_is_named(file: Path, by_hand: Callable[..., int]) -> None:
    by_hand('DELETE FROM journal WHERE "case" = ? AND seq = 5', FIRST)
    assert f"case {FIRST}, event 6: gap: event 5 should stand here" in verified(file)


def test_a_case_that_is_removed_with_its_head_and_every_row_is_named(file: Path, by_hand: Callable[..., int]) -> None:
    by_hand('DELETE FROM event_text WHERE event IN (SELECT id FROM journal WHERE "case" = ?)', FIRST)
    by_hand("DELETE FROM cases WHERE id = ?", FIRST)
    for table in ("journal", "case_head", "messages", "endpoints", "timers", "decisions", "orders", "penalty_clauses"):
        assert by_hand(f'DELETE FROM {table} WHERE "case" = ?', FIRST) > 0
    registered = "event 1 of the authority registered it, and nothing of it is left"
    assert verified(file) == [f"case {FIRST}: missing_case: {registered}"]


def test_a_case_that_is_removed_with_its_registration_too_is_named(file: Path, by_hand: Callable[..., int]) -> None:
    for table in ("journal", "case_head"):
        by_hand(f'DELETE FROM {table} WHERE "case" = ?', FIRST)
    by_hand("DELETE FROM journal WHERE subject_id = ? AND type = 'case.registered'", FIRST)
    assert any(line.startswith("case authority, event 2: gap: ") for line in verified(file))


def test_free_text_that_is_changed_is_named(file: Path, by_hand: Callable[..., int]) -> None:
    assert by_hand("UPDATE event_text SET text = 'another'") > 0
    assert any(": changed_text: " in line for line in verified(file))


def test_a_current_row_that_is_changed_is_named(file: Path, by_hand: Callable[..., int]) -> None:
    assert by_hand("UPDATE orders SET state = 'complied' WHERE \"case\" = ? AND n = 2", FIRST) == 1
    assert [line for line in verified(file) if line.startswith(f"case {FIRST}: other_rows: orders ")]


def unguard(connection: Connection) -> None:
    """Let the journal be changed."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ALTER TABLE journal DISABLE TRIGGER USER")
    else:
        for name in ("journal_no_update", "journal_no_delete"):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")


def test_a_change_by_hand_is_named_on_postgresql_and_sqlite(engine: Engine) -> None:
    seed(engine, 2)
    with engine.begin() as connection:
        unguard(connection)
        connection.exec_driver_sql(f"UPDATE journal SET actor = 'x' WHERE \"case\" = '{FIRST}' AND seq = 3")
        last = f"\"case\" = '{SECOND}' AND seq = {SEEDED_EVENTS}"
        connection.exec_driver_sql(f"DELETE FROM journal WHERE {last}")
    url = engine.url.render_as_string(hide_password=False)
    result = enjoin("journal", "verify", ENJOIN_DATABASE_URL=url)
    assert result.exit_code == 1
    assert f"case {FIRST}, event 3: changed_column: " in result.stdout
    cut = f"the head is at event {SEEDED_EVENTS}, the last event is {SEEDED_EVENTS - 1}"
    assert f"case {SECOND}: cut_tail: {cut}" in result.stdout


def write_anew(connection: Connection, case: str, at: int, word: str) -> None:
    """Write the chain of a case anew with another type of event at this number: every column and hash fits."""
    rows = text('SELECT seq, type, body FROM journal WHERE "case" = :case ORDER BY seq')
    written = text('UPDATE journal SET type = :type, body = :body, hash = :hash WHERE "case" = :case AND seq = :seq')
    hash = first_hash(case)
    for seq, type, body in connection.execute(rows, {"case": case}).all():
        now = word if seq == at else type
        said = body.replace(f'"type":"{type}"', f'"type":"{now}"')
        hash = chained(hash, said)
        connection.execute(written, {"case": case, "seq": seq, "type": now, "body": said, "hash": hash})
    connection.execute(text('UPDATE case_head SET hash = :hash WHERE "case" = :case'), {"case": case, "hash": hash})


def test_a_word_that_is_unknown_is_named_on_postgresql_and_sqlite(engine: Engine) -> None:
    seed(engine, 3)
    decision = decision_of(references(2)[1]).id
    with engine.begin() as connection:
        unguard(connection)
        write_anew(connection, FIRST, 5, "order.forgotten")
        forgotten = text("UPDATE timers SET trigger = 'forget' WHERE subject_id = :id")
        assert connection.execute(forgotten, {"id": decision}).rowcount == 1
        # The other cases are looked at all the same.
        connection.execute(text("UPDATE orders SET state = 'complied' WHERE \"case\" = :case"), {"case": THIRD})
    result = enjoin("journal", "verify", ENJOIN_DATABASE_URL=engine.url.render_as_string(hide_password=False))
    assert (result.exit_code, result.stderr) == (1, "enjoin: 3 findings: the journal is not as it was written\n")
    named = set(result.stdout.splitlines())
    assert len(named) == 3
    assert {
        f"case {FIRST}, event 5: unknown_word: this release knows no type of event 'order.forgotten', so the case was "
        "not folded; verify it with the release that wrote it",
        f"case {SECOND}: unknown_word: this release knows no trigger 'forget', as the timer of {decision} has; "
        "the next act on the case derives its timers afresh",
    } <= named
    assert any(line.startswith(f"case {THIRD}: other_rows: orders ") for line in named)
