"""No command adopts what its author drafted: every command is known, and the two that act are tried."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from sqlalchemy import Engine

import enjoin as package
from enjoin.cli import app
from tests.enjoin.console import enjoin
from tests.enjoin.test_import import history
from workflow.lifecycle.facts import case_id
from workflow.lifecycle.vocabulary import DecisionState
from workflow.store.database import reader
from workflow.store.journal import read_case

ACT_ON_CASES = {"import", "demo", "serve"}
"""Through the door: lines of an import, a replay through the API, the API itself."""

ACT_ON_NO_CASE = {
    "bundle",
    "compute deadline",
    "compute penalty",
    "compute interest",
    "compute readings",
    "counsel add",
    "counsel end",
    "counsel list",
    "files check",
    "journal checkpoint",
    "journal key",
    "journal verify",
    "key create",
    "key list",
    "key revoke",
    "migrate",
    "receipt check",
    "regimes list",
    "regimes show",
    "secrets new",
    "secrets rotate",
    "webhook listen",
    "webhook test",
}
DOOR = {"advance", "advance_on", "append", "decide", "import_case", "open_case", "open_case_on"}


def commands(group: Any, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def test_every_command_is_known() -> None:
    assert set(commands(typer.main.get_command(app))) == ACT_ON_CASES | ACT_ON_NO_CASE


def test_the_import_alone_comes_to_the_door_without_the_api() -> None:
    folder = Path(package.__file__).parent
    calling = {
        path.stem
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and node.id in DOOR
    }
    assert calling == {"importing"}


def test_an_import_in_which_who_drafted_adopts_writes_nothing(engine: Engine, tmp_path: Path) -> None:
    for drafter in ({"account": "D. Maker", "role": "case_officer"}, None):
        lines = history("ROUND-1")[:4]
        if drafter is not None:
            lines[1] = {**lines[1], "who": drafter}
        file = tmp_path / "lines.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in lines))
        url = engine.url.render_as_string(hide_password=False)
        result = enjoin("import", str(file), "--database", url)
        with reader(engine).connect() as connection:
            events = read_case(connection, case_id("ROUND-1"))
        adopted = [each for each in events if each.event.type == f"decision.{DecisionState.ADOPTED.value}"]
        if drafter is None:
            assert (result.exit_code, len(adopted)) == (0, 1)
        else:
            assert "You drafted, revised or submitted this act" in result.stdout
            assert (result.exit_code, adopted) == (1, [])
