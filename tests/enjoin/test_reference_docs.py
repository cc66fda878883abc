"""The reference pages: written from the code, in step with it, and linked from the index."""

from pathlib import Path

import pytest

from enjoin.reference_docs import FOLDER, main, pages
from workflow.law.regime import regimes
from workflow.lifecycle.door.decide import triggers_on
from workflow.lifecycle.door.events import EVENTS
from workflow.lifecycle.vocabulary import SubjectKind


def test_the_pages_are_in_step() -> None:
    assert main(["--check"]) == 0
    assert {each.name for each in FOLDER.iterdir()} == set(pages())


def test_a_page_out_of_step_is_named_and_written_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], tmp_path) == 0
    (tmp_path / "settings.md").write_text("# Settings\n", encoding="utf-8")
    assert main(["--check"], tmp_path) == 1
    said = capsys.readouterr().err
    assert said == "docs/reference/settings.md is out of step: python -m enjoin.reference_docs writes it\n"
    assert main([], tmp_path) == main(["--check"], tmp_path) == 0


def test_every_trigger_event_and_regime_stands_there() -> None:
    written = pages()
    for kind in SubjectKind:
        assert all(f"### `{trigger}`\n" in written["triggers.md"] for trigger in triggers_on(kind).values())
    assert all(f"| `{type_}` |" in written["events.md"] for type_ in EVENTS)
    assert all(f"## {each.pin}\n" in written["regimes.md"] for each in regimes())


def test_the_index_names_every_page() -> None:
    index = (FOLDER.parent / "README.md").read_text("utf-8")
    docs = FOLDER.parent
    for page in [*docs.glob("*.md"), *FOLDER.glob("*.md"), *(docs / "machines").glob("*.md")]:
        if page.name != "README.md":
            assert f"({page.relative_to(docs).as_posix()})" in index, page
