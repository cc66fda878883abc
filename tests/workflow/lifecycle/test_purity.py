"""The law and the lifecycle ask no clock, touch no row, and one module alone writes what state a thing is in."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import workflow
from workflow.store import projections

ROOT = Path(workflow.__path__[0]).parent
PURE = sorted([*(ROOT / "workflow/lifecycle").rglob("*.py"), *(ROOT / "workflow/law").rglob("*.py")])
CLOCKS = {"now", "utcnow", "today", "fromtimestamp", "monotonic", "time_ns", "perf_counter", "localtime"}
EFFECTS = {"open", "print", "input", "exec", "eval"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(source: str) -> Iterator[str]:
    """The names of what is called: `now` for `datetime.now(…)`, and for `now(…)`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node.func.id


def test_the_reader_of_calls_sees_a_clock() -> None:
    assert set(calls("datetime.now(UTC); today(); x.y.utcnow()")) & CLOCKS == {"now", "today", "utcnow"}


@pytest.mark.parametrize("path", PURE, ids=name)
def test_no_clock_is_asked_and_nothing_is_read_or_written(path: Path) -> None:
    found = set(calls(path.read_text(encoding="utf-8")))
    assert not found & (CLOCKS | EFFECTS), name(path)


@pytest.mark.parametrize("path", PURE, ids=name)
def test_nothing_from_outside_is_imported(path: Path) -> None:
    forbidden = {
        "time",
        "os",
        "socket",
        "subprocess",
        "random",
        "secrets",
        "logging",
        "sqlite3",
        "threading",
        "asyncio",
    }
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        modules = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        assert not {module.partition(".")[0] for module in modules} & forbidden, name(path)


def assigns_state(source: str) -> bool:
    """Whether anything is put into a `.state`, as one does with a row."""
    for node in ast.walk(ast.parse(source)):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        if any(isinstance(each, ast.Attribute) and each.attr == "state" for each in targets):
            return True
    return False


def test_ruff_keeps_watching_for_naive_clocks() -> None:
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert "DTZ" in rules["select"]
    assert not [each for each in rules["ignore"] if each.startswith("DTZ")]
    assert not [path for path in PURE if re.search(r"noqa.*DTZ", path.read_text(encoding="utf-8"))]


_CURRENT = {table.name for table in projections.TABLES.values()}
_WRITING = re.compile(r"(insert|upsert|update|delete)")
_SQL = re.compile(rf"\b(insert\s+into|update|delete\s+from)\s+\"?({'|'.join(sorted(_CURRENT))})\b", re.IGNORECASE)


def writes(source: str) -> set[str]:
    """The current tables a source writes to, by a call that is given one it imports, or in SQL."""
    tree = ast.parse(source)
    imported = {
        each.asname or each.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for each in node.names
        if each.name in _CURRENT | {"TABLES"}
    }
    found = {match[1].lower() for match in _SQL.findall(source)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _WRITING.search(ast.unparse(node.func)):
            given = [*node.args, *(each.value for each in node.keywords), node.func]
            names = {each.id for arg in given for each in ast.walk(arg) if isinstance(each, ast.Name)}
            found |= names & imported
    return found


def test_the_reader_of_writes_sees_one() -> None:
    given = "from workflow.store.tables.current import orders\n"
    assert writes(given + "uow.insert(orders, rows)") == {"orders"}
    assert writes(given + "connection.execute(orders.update().values(x=1))") == {"orders"}
    assert assigns_state("row.state = 1")
    assert writes("text('UPDATE orders SET state = 1')") == {"orders"}
    assert writes(given + "select(orders)") == writes("found.update(orders)") == set()


def test_nothing_but_the_projections_writes_current_rows_and_their_states() -> None:
    sources = [*(ROOT / "workflow").rglob("*.py"), *(ROOT / "api").rglob("*.py"), *(ROOT / "enjoin").rglob("*.py")]
    sources = [path for path in sources if name(path) != "workflow/store/projections.py"]
    assert len(sources) > 80
    found = {name(path): writes(path.read_text(encoding="utf-8")) for path in sources}
    assert {path: tables for path, tables in found.items() if tables} == {}
    assert [name(path) for path in sources if assigns_state(path.read_text(encoding="utf-8"))] == []
