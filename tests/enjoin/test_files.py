"""`enjoin files check`: lost and changed files exit 1, orphans are named, and go only with --sweep and a day old."""

import os
import shutil
from pathlib import Path

import pytest

from tests.enjoin.console import complaint, enjoin
from tests.support.seeding import attached, seed
from workflow.store.database import make_engine
from workflow.store.files import Files

AGREE = "0 files lost or changed, 0 orphans, 0 of them removed"


@pytest.fixture
def attached_url(sqlite_template: Path, tmp_path: Path) -> str:
    attached_url = f"sqlite:///{shutil.copyfile(sqlite_template, tmp_path / 'enjoin.db')}"
    engine = make_engine(attached_url)
    seed(engine, 1)
    attached(engine, Files(tmp_path / "enjoin-files"))
    engine.dispose()
    return attached_url


def test_orphans_are_named_and_swept_when_they_are_old(attached_url: str, tmp_path: Path) -> None:
    assert enjoin("files", "check", ENJOIN_DATABASE_URL=attached_url).stdout.splitlines() == [AGREE]
    young, old, strange = (tmp_path / "enjoin-files" / name for name in ("incoming-a", "incoming-b", "notes.txt"))
    for each in (young, old, strange):
        each.write_bytes(b"x" * 1234)
    for each in (old, strange):
        os.utime(each, (0, 0))
    dry = enjoin("files", "check", ENJOIN_DATABASE_URL=attached_url)
    assert dry.exit_code == 0
    assert dry.stdout.splitlines()[1:] == [
        f"orphan: {old}, 1,234 bytes, of 1970-01-01 00:00 UTC; older than a day: --sweep removes it",
        f"orphan: {strange}, 1,234 bytes, of 1970-01-01 00:00 UTC; no upload is called so: left alone",
        "0 files lost or changed, 3 orphans, 0 of them removed",
    ]
    assert dry.stdout.splitlines()[0].endswith("; younger than a day: it may be on its way")
    swept = enjoin("files", "check", "--sweep", ENJOIN_DATABASE_URL=attached_url)
    assert swept.stdout.splitlines()[-1] == "0 files lost or changed, 3 orphans, 1 of them removed"
    assert [each.exists() for each in (young, old, strange)] == [True, False, True]


def test_lost_and_changed_files_are_named(attached_url: str, tmp_path: Path) -> None:
    first, second = sorted(each for each in (tmp_path / "enjoin-files").rglob("*") if each.is_file())
    first.unlink()
    second.write_bytes(b"other")
    found = enjoin("files", "check", "--sweep", ENJOIN_DATABASE_URL=attached_url)
    assert (found.exit_code, found.stdout.splitlines()[-1]) == (
        1,
        "2 files lost or changed, 0 orphans, 0 of them removed",
    )
    assert f"the file {first.name}: it is not there" in found.stdout
    assert f"the file {second.name}: it has 5 bytes, not " in found.stdout
    assert "restore it from a backup" in found.stderr


def test_without_a_database_nothing_is_an_orphan(tmp_path: Path) -> None:
    (tmp_path / "enjoin-files").mkdir()
    attached_url = f"sqlite:///{tmp_path / 'none.db'}"
    assert "there is no database" in complaint(enjoin("files", "check", "--sweep", ENJOIN_DATABASE_URL=attached_url), 2)
