"""Every value that a regime file may hold is read by the code: none lies idle."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from mypy.nodes import MemberExpr
from mypy.types import Instance, get_proper_type

from tests.mutation.days import types_of
from workflow.law.regime_schema import SECTIONS
from workflow.lifecycle.vocabulary import Trigger

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
_LOADER = {"workflow/law/regime.py", "workflow/law/regime_schema.py"}
_HELD_BY = {"general": "Regime", "clock": "ClockRules", "clause": "ClauseRules", "ladder": "Ladder"}
"""The class whose members hold the values of a table, once the loader has read them."""


def sources() -> list[Path]:
    """The code beside the loader, which reads a value only to pass it on."""
    found = [path for folder in ("workflow", "api") for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if str(path.relative_to(ROOT)) not in _LOADER)


def members_read(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """The class and the name of each member read of what a regime file became."""
    types = types_of(ROOT, paths)
    for expression in types:
        if isinstance(expression, MemberExpr):
            owner = get_proper_type(types.get(expression.expr))
            if isinstance(owner, Instance) and owner.type.fullname.startswith("workflow.law.regime"):
                yield owner.type.name, expression.name


def names_read(paths: list[Path]) -> Iterator[str]:
    """The dotted name, or the table of an f-string, by which a value is looked up; the key asked of `cited`."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.JoinedStr(values=[ast.Constant(value=str() as start), *_]):
                    yield start
                case ast.Subscript(value=ast.Attribute(attr="cited"), slice=ast.Constant(value=str() as key)):
                    yield f"cited.{key}"
                case ast.Call(
                    func=ast.Attribute(value=ast.Attribute(attr="cited"), attr="get"),
                    args=[ast.Constant(value=str() as key), *_],
                ):
                    yield f"cited.{key}"
                case ast.Constant(value=str() as name):
                    yield name


class Reads:
    """What the code reads of a regime: members of what it became, and values by their names."""

    def __init__(self, paths: list[Path]) -> None:
        self.members = set(members_read(paths))
        self.names = set(names_read(paths))

    def has(self, table: str, value: str) -> bool:
        """Whether a value is read. Those of `who` are looked up by the trigger that is pulled."""
        held = _HELD_BY.get(table.partition(".")[0], "Regime")
        if table == "who":
            return ("Regime", "who") in self.members and value in set(Trigger)
        by_member = {(held, value), ("Regime", f"{table}_{value}")}
        by_name = {f"{table}.{value}", f"{table}."}
        if (held, "cited") in self.members:
            by_name.add(f"cited.{value}")
        return not (by_member.isdisjoint(self.members) and by_name.isdisjoint(self.names))


def test_no_value_of_a_regime_lies_idle() -> None:
    read = Reads(sources())
    said = [(table, value) for table, values in SECTIONS.items() for value in values]
    assert [f"{table}.{value}" for table, value in said if not read.has(table, value)] == []
    assert not any(read.has(table, "moon") for table in SECTIONS if table != "service")
