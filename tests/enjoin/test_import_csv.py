"""Cases from a spreadsheet: a row a case, and what is wrong by its line and column."""

import csv
import io
import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.enjoin.console import complaint, enjoin
from tests.enjoin.test_import import facts_of, history


def a_row(**cells: str) -> dict[str, str]:
    return {
        "reference": "CSV-1",
        "regime": "fr-cnil",
        "opened_on": "2022-06-02",
        "party": "Respondent SA",
        "country": "FR",
        "decision_reference": "D-1",
        "grounds_notified_on": "2022-07-14",
        "window_ended_on": "2022-08-14",
        "adopted_on": "2022-10-17",
        "served_on": "2022-10-19",
        "order_kind": "delete_data",
        "period": "P2M",
        "rate": "100000.00",
        "currency": "EUR",
        "assess_after": "P52D",
        "officer": "A. Officer",
        "decided_by": "D. Maker",
        "registrar": "R. Registrar",
        "complied_on": "",
        "confirmed_by": "H. Head",
        **cells,
    }


def csv_file(folder: Path, *rows: dict[str, str], delimiter: str = ",") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "cases.csv"
    path.write_text("\ufeff" + text.getvalue(), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_simple_cases_come_from_a_spreadsheet(sqlite_engine: Engine, tmp_path: Path, delimiter: str) -> None:
    url = str(sqlite_engine.url)
    rows = [a_row(), a_row(reference="CSV-2", complied_on="2022-12-01"), a_row(reference="CSV-3", served_on="")]
    path = csv_file(tmp_path, *rows, delimiter=delimiter)
    result = enjoin("import", path, "--database", url)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == "16 done"
    states = {
        each: facts_of(sqlite_engine, each).decisions[0].orders[0].state.value for each in ("CSV-1", "CSV-2", "CSV-3")
    }
    assert states == {"CSV-1": "in_force", "CSV-2": "complied", "CSV-3": "pending"}
    assert enjoin("import", path, "--database", url).stdout.splitlines()[-1] == "16 already imported"


def test_a_row_that_lacks_something_is_told(sqlite_engine: Engine, tmp_path: Path) -> None:
    url = str(sqlite_engine.url)
    result = enjoin("import", csv_file(tmp_path, a_row(officer=""), a_row(reference="CSV-2")), "--database", url)
    assert result.stdout.splitlines()[0] == "line 2  unreadable: column officer: required; the cell is empty"
    assert result.stdout.splitlines()[-1] == "1 unreadable, 5 done"


WRONG_CELLS = [
    ({"adopted_on": "17.10.2022"}, "unreadable: column adopted_on (/on): a date like 2022-12-20, not '17.10.2022'"),
    ({"registrar": ""}, "unreadable: column registrar (/who/account): required; it is missing"),
    ({"period": "2 months"}, "refused: column period (/data/orders/0/period): "),
    ({"country": "France"}, "refused: column country (/data/parties/0/country): "),
    ({"assess_after": ""}, "refused: column assess_after (/data/clauses/0/assess_after): required; it is missing"),
]


@pytest.mark.parametrize(("cells", "why"), WRONG_CELLS, ids=lambda value: str(value)[:30])
def test_a_wrong_cell_is_named_by_its_column(
    sqlite_engine: Engine, tmp_path: Path, cells: dict[str, str], why: str
) -> None:
    path = csv_file(tmp_path, a_row(party="Two\nlines", reference="CSV-0"), a_row(**cells))
    result = enjoin("import", path, "--dry-run", "--database", str(sqlite_engine.url))
    assert any(line.startswith("line 4  ") and f"  {why}" in line for line in result.stdout.splitlines()), result.output


NO_IMPORTS = {
    "a.md": "# Enjoin\n\nEnjoin runs orders.\n",
    "a.json": json.dumps(history(), indent=2),
    "b.json": json.dumps(history()),
    "events.jsonl": '{"type": "case.opened", "case": "OLD-1"}\n{"type": "case.closed", "case": "OLD-1"}\n',
}


@pytest.mark.parametrize("name", NO_IMPORTS)
def test_what_is_no_import_says_so_once(url: str, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(NO_IMPORTS[name])
    said = complaint(enjoin("import", str(path), "--database", url), 2)
    assert said.startswith(f"{path} is no import: no line is a JSON object with case, on, who and do (line 1: ")
    assert said.endswith("a table of simple cases ends in .csv; docs/import.md describes both")


@pytest.mark.parametrize("text", ["", "\n", 'reference,"re', "reference,regime\nA,B\n", "# Enjoin\n"])
def test_what_is_no_table_of_cases_says_so_once(url: str, tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    assert complaint(enjoin("import", str(path), "--database", url), 2).startswith(f"{path}: ")


def test_a_file_that_is_none_is_refused(sqlite_engine: Engine, tmp_path: Path) -> None:
    url = str(sqlite_engine.url)
    row = a_row(colour="red")
    said = complaint(enjoin("import", csv_file(tmp_path, row), "--database", url), 2)
    assert said.startswith(f"{tmp_path}/cases.csv: 'colour': no such column; there are reference, regime, ")
    row = {name: cell for name, cell in a_row().items() if name != "officer"}
    said = complaint(enjoin("import", csv_file(tmp_path, row), "--database", url), 2)
    assert said == f"{tmp_path}/cases.csv: 'officer': this column is missing"
    assert "No such file" in complaint(enjoin("import", str(tmp_path / "none"), "--database", url), 2)
    (tmp_path / "empty.jsonl").write_text("\n")
    assert complaint(enjoin("import", str(tmp_path / "empty.jsonl"), "--database", url), 2).endswith("is empty")
    (tmp_path / "latin.csv").write_bytes(b"\xe9")
    assert complaint(enjoin("import", str(tmp_path / "latin.csv"), "--database", url), 2).endswith("is not UTF-8")
