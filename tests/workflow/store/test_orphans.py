"""Orphans: what no event names is found, and removed only when nothing of it can still be on its way."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.workflow.store.test_files import HASH, names, taken
from workflow.store.files import Files
from workflow.store.orphans import Orphan, orphans, sweep

NOW = datetime(2023, 2, 10, 12, tzinfo=UTC)


def aged(path: Path, days: float) -> None:
    at = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (at, at))


def test_what_no_event_names_is_found_with_its_age(tmp_path: Path) -> None:
    files = Files(tmp_path)
    taken(files)
    incoming = files.incoming()
    incoming._stream.close()  # as the end of the process does
    (tmp_path / "README").write_text("put here by a person")
    assert {(each.path.name[:9], each.ours) for each in orphans(tmp_path, {HASH})} == {
        ("incoming-", True),
        ("README", False),
    }
    assert {each.path.name for each in orphans(tmp_path, set())} >= {HASH, "README"}
    assert list(orphans(tmp_path / "none", set())) == []


def test_only_what_is_older_than_a_day_and_ours_is_removed(tmp_path: Path) -> None:
    files = Files(tmp_path)
    taken(files)
    (tmp_path / "README").write_text("put here by a person")
    for days, left in ((0.9, [f"{HASH[:2]}/{HASH}", "README"]), (1.1, ["README"])):
        for path in [each.path for each in orphans(tmp_path, set())]:
            aged(path, days)
        removed = [sweep(tmp_path, each, NOW) for each in orphans(tmp_path, set())]
        assert (names(tmp_path), any(removed)) == (left, days > 1)


def test_a_file_that_is_sent_again_while_it_is_swept_stays(tmp_path: Path) -> None:
    files = Files(tmp_path)
    taken(files)
    aged(tmp_path / HASH[:2] / HASH, 2)
    (seen,) = orphans(tmp_path, set())
    taken(files)
    assert sweep(tmp_path, seen, NOW) is False
    assert files.flaw(HASH, 10_007) is None
    gone = Orphan(tmp_path / "incoming-gone", 1, NOW - timedelta(days=2), ours=True)
    assert sweep(tmp_path, gone, NOW) is False
