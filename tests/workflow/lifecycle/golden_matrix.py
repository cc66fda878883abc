"""The golden matrices: one text file a machine, first state × trigger → target, then who may pull each trigger.

`python -m tests.workflow.lifecycle.golden_matrix KIND` prints what the table says now, to be read against the design
before it is kept.
"""

import sys
from pathlib import Path

from workflow.lifecycle.door.checks import states
from workflow.lifecycle.door.machine import TABLES
from workflow.lifecycle.kernel.rules import Table
from workflow.lifecycle.vocabulary import Role, SubjectKind

FOLDER = Path(__file__).parent / "matrices"


def read(kind: SubjectKind) -> str:
    """The golden matrix of a machine."""
    return (FOLDER / f"{kind.value}.txt").read_text(encoding="utf-8")


def render(table: Table) -> str:
    """What a table says, in the form of a golden matrix. Several targets of one cell are told apart by guards."""
    triggers = list(dict.fromkeys(row.trigger.value for row in table.rows))
    lines = [["", *triggers]]
    for state in states(table):
        cells = []
        for trigger in triggers:
            found = [row for row in table.rows if state in row.sources and row.trigger.value == trigger]
            targets = [target.value for row in found for target in row.targets(state)]
            cells.append("|".join(dict.fromkeys(targets)) or "-")
        lines.append([state.value, *cells])
    who = [[trigger, _who(table, trigger)] for trigger in triggers]
    return f"{_columns(lines)}\n{_columns(who)}"


def _who(table: Table, trigger: str) -> str:
    said: list[str] = []
    for row in table.rows:
        if row.trigger.value != trigger:
            continue
        words = f"follows {row.effect_of.value}" if row.effect_of else _names(row.roles)
        if row.confirmed_by:
            words += f", confirmed by {_names(row.confirmed_by)}"
        if words not in said:
            said.append(words)
    return "; ".join(said)


def _names(roles: frozenset[Role]) -> str:
    return " or ".join(role.value for role in Role if role in roles)


def _columns(lines: list[list[str]]) -> str:
    widths = [max(len(line[n]) for line in lines) for n in range(len(lines[0]))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


if __name__ == "__main__":
    sys.stdout.write(render(TABLES[SubjectKind(sys.argv[1])]))
