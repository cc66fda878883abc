"""`enjoin bundle`: a zip and what was checked in it; whatever stands in the way is one sentence."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.enjoin.console import complaint, enjoin
from tests.support.seeding import references, seed
from workflow.use_cases.bundle.verify import check

(CASE,) = references(1)


@pytest.fixture
def seeded_url(engine: Engine) -> str:
    seed(engine, 1)
    return engine.url.render_as_string(hide_password=False)


def test_a_bundle_is_written_once_and_checked(seeded_url: str, tmp_path: Path) -> None:
    for more in ((), ("--public",), ("--addressee", "1"), ("--addressee", "1", "--public")):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.zip"
        result = enjoin("bundle", CASE, *more, "--out", str(path), ENJOIN_DATABASE_URL=seeded_url)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.splitlines() == [*check(path.read_bytes()), f"written to {path}"]
        again = enjoin("bundle", CASE, "--out", str(path), ENJOIN_DATABASE_URL=seeded_url)
        assert complaint(again, 2) == f"{path} is there already; --out names another"


def test_the_file_has_the_name_of_the_case(seeded_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert enjoin("bundle", CASE, "--public", ENJOIN_DATABASE_URL=seeded_url).exit_code == 0
    assert [each.name for each in tmp_path.glob("*.zip")] == [f"{CASE}-public.zip"]


def test_what_cannot_be_bundled_is_said_in_one_sentence(seeded_url: str, tmp_path: Path) -> None:
    assert complaint(enjoin("bundle", "X-1", ENJOIN_DATABASE_URL=seeded_url), 2) == "there is no case X-1"
    said = complaint(enjoin("bundle", CASE, "--addressee", "7", ENJOIN_DATABASE_URL=seeded_url), 2)
    assert said == "--addressee 7: the number of a party of the case: 1"
    out = str(tmp_path / "none" / "x.zip")
    said = complaint(enjoin("bundle", CASE, "--out", out, ENJOIN_DATABASE_URL=seeded_url), 1)
    assert said == f"{out} cannot be written: No such file or directory"
    missing = f"sqlite:///{tmp_path}/none.db"
    assert "there is no database" in complaint(enjoin("bundle", CASE, ENJOIN_DATABASE_URL=missing), 2)


def test_a_journal_changed_by_hand_is_named_when_it_is_bundled(engine: Engine, seeded_url: str, tmp_path: Path) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("ALTER TABLE journal DISABLE TRIGGER USER")
        else:
            connection.exec_driver_sql("DROP TRIGGER journal_no_update")
        connection.exec_driver_sql("UPDATE journal SET body = replace(body, '2022', '2021') WHERE seq = 3")
    out = tmp_path / "x.zip"
    said = complaint(enjoin("bundle", CASE, "--out", str(out), ENJOIN_DATABASE_URL=seeded_url), 1)
    assert "the journal is not as it was recorded: journal.jsonl, event 3: its hash is another" in said
    assert out.exists()
