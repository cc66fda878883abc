"""The diagrams say what the tables say, and the pages in docs/machines are those of the machines as they are."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from workflow.lifecycle.door import checks, diagram
from workflow.lifecycle.door.checks import Fault, NotYet
from workflow.lifecycle.door.diagram import main, mermaid, out_of_step, page, pages
from workflow.lifecycle.door.machine import TABLES
from workflow.lifecycle.kernel.rules import Table
from workflow.lifecycle.vocabulary import PenaltyDecisionState, SubjectKind

ARROW = re.compile(r"    (\[\*\]|\w+) --> (\[\*\]|\w+)( : [^:;\n]+)?")
"""What Mermaid reads as an arrow: a label holds neither colon nor semicolon."""

ALL = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.kind.value)


def test_the_pages_are_in_step_with_the_machines() -> None:
    assert out_of_step(diagram.FOLDER, pages(TABLES.values())) == []
    assert main(["--check"]) == 0


@ALL
def test_every_line_of_a_diagram_is_an_arrow_and_every_row_has_one(table: Table) -> None:
    first, *lines = mermaid(table).splitlines()
    assert first == "stateDiagram-v2"
    arrows = [ARROW.fullmatch(line) for line in lines]
    assert all(arrows), lines
    drawn = [(each[1], each[2], each[3][3:].partition("<br/>")[0]) for each in arrows if each and each[3]]
    begin = "absent" if checks.begins(table).value == "absent" else None
    assert drawn == [
        ("[*]" if source.value == begin else source.value, target.value, row.trigger.value)
        for row in table.rows
        for source, target in row.moves()
    ]


def test_an_arrow_says_who_and_on_what_condition_and_what_an_effect_follows() -> None:
    drawn = mermaid(TABLES[SubjectKind.ORDER]).splitlines()
    assert drawn[1] == "    [*] --> pending"
    assert "    pending --> in_force : enter_into_force<br/>(follows record_service)" in drawn
    assert "    in_force --> expired : record_expiry<br/>case officer, scheduler<br/>[period over]" in drawn


@ALL
def test_every_row_of_a_page_has_all_its_cells(table: Table) -> None:
    lines = [line for line in page(table).splitlines() if line.startswith("|")]
    assert len(lines) == len(table.rows) + 2
    assert {line.count("|") for line in lines} == {8}
    for row, line in zip(table.rows, lines[2:], strict=True):
        assert row.label in line
        assert row.ground in line


def test_a_page_says_which_rules_name_other_roles() -> None:
    lines = page(TABLES[SubjectKind.ORDER]).splitlines()
    assert "- `close`: decision maker, under `fr-cnil@1` and `fr-cnil-simplified@1`." in lines
    assert "[who]" not in page(TABLES[SubjectKind.CASE])


def test_a_page_says_where_a_life_ends_and_what_is_not_there_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = SubjectKind.PENALTY_DECISION
    table = TABLES[kind]
    gap = NotYet(kind, PenaltyDecisionState.IN_DELIBERATION, Fault.UNREACHED, "so it was meant")
    monkeypatch.setattr(checks, "FINAL", {})
    monkeypatch.setattr(checks, "NOT_YET", (gap,))
    assert "no row ends it yet" in page(table)
    assert "- *in deliberation*: nothing reaches it; so it was meant." in page(table)
    monkeypatch.setattr(checks, "FINAL", {kind: frozenset({"adopted"})})
    monkeypatch.setattr(checks, "NOT_YET", ())
    assert "A life begins as *proposed* and may end as *adopted*." in page(table)
    assert "Not there yet" not in page(table)
    assert "    adopted --> [*]" in mermaid(table).splitlines()


def test_a_bar_in_a_cell_does_not_break_the_table() -> None:
    table = TABLES[SubjectKind.CASE]
    row = replace(table.rows[0], ground="GDPR | national law")
    assert "GDPR \\| national law |" in page(Table(table.kind, (row,)))


def test_the_check_names_what_is_out_of_step_and_writing_mends_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "machines"
    assert main(["--check"], folder) == 1
    assert main([], folder) == 0
    assert main(["--check"], folder) == 0
    (folder / "order.md").write_text("an older order", encoding="utf-8")
    (folder / "case.md").unlink()
    (folder / "parking.md").write_text("no machine of ours", encoding="utf-8")
    capsys.readouterr()
    assert main(["--check"], folder) == 1
    said = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in said] == [f"docs/machines/{name}.md" for name in ("case", "order", "parking")]
    assert main([], folder) == 0
    assert main(["--check"], folder) == 0
    assert {path.name for path in folder.iterdir()} == {f"{kind.value}.md" for kind in TABLES}


def test_another_argument_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--chek"], tmp_path) == 2
    assert "usage" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
