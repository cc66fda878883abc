"""The machines drawn and written out for people to read, from their tables.

    python -m workflow.lifecycle.door.diagram            writes docs/machines/
    python -m workflow.lifecycle.door.diagram --check    exits 1 and names the pages that are out of step

Only `main` touches files.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from workflow.law.regime import regimes
from workflow.lifecycle.door.checks import begins, ends, gaps, states
from workflow.lifecycle.door.machine import TABLES, roles_of
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.rules import Chosen, Row, Same, Table
from workflow.lifecycle.vocabulary import Role, State

FOLDER = Path(__file__).parents[3] / "docs" / "machines"

_ABSENT = "absent"
_WRITE = "python -m workflow.lifecycle.door.diagram"
_HEAD = ("Act", "Trigger", "From", "To", "Who", "Conditions", "Ground")


def words(name: str) -> str:
    """A name of the domain as words."""
    return name.replace("_", " ")


def title(table: Table) -> str:
    """What a machine is the life of."""
    return words(table.kind.value).capitalize()


def mermaid(table: Table) -> str:
    """A machine as a Mermaid diagram: on each arrow the trigger, who pulls it, and its guards in brackets.

    Mermaid draws no dashed arrows between states, so an effect says in words what it follows.
    """
    lines = ["stateDiagram-v2"]
    first = begins(table)
    if first.value != _ABSENT:
        lines.append(f"[*] --> {first.value}")
    lines += [
        f"{_node(source)} --> {target.value} : {_arrow(row)}" for row in table.rows for source, target in row.moves()
    ]
    lines += [f"{state.value} --> [*]" for state in ends(table)]
    return "\n    ".join(lines) + "\n"


def page(table: Table) -> str:
    """The page of a machine, in Markdown."""
    return "\n".join(_page(table))


def pages(tables: Iterable[Table]) -> dict[str, str]:
    """The pages by the names of their files."""
    return {f"{table.kind.value}.md": page(table) for table in tables}


def out_of_step(folder: Path, wanted: dict[str, str]) -> list[str]:
    """The names of the pages in a folder that are missing, differ, or belong to no machine."""
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """Write the pages, or with `--check` compare them with what is there."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write(f"usage: {_WRITE} [--check]\n")
        return 2
    wanted = pages(TABLES.values())
    stale = out_of_step(folder, wanted)
    if arguments:
        for name in stale:
            sys.stderr.write(f"docs/machines/{name} is out of step with its machine: run {_WRITE}\n")
        return 1 if stale else 0
    folder.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8", newline="\n")
        else:
            (folder / name).unlink()
    return 0


def _page(table: Table) -> Iterator[str]:
    yield f"# {title(table)}\n"
    yield f"Made from the rows in `workflow/lifecycle/{table.kind.value}/` by `{_WRITE}`. Do not edit.\n"
    yield f"```mermaid\n{mermaid(table)}```\n"
    yield _line(_HEAD)
    yield _line("---" for _ in _HEAD)
    for row in table.rows:
        yield _line(_cells(row))
    yield "\nEvery act also needs a possible date: not after today, and not before the case was opened.\n"
    yield _span(table)
    if others := list(_others(table)):
        yield "\nThe rules of an authority may name others for an act, in place of those above (`[who]` of a regime):\n"
        yield from others
    if known := gaps(table):
        yield "\n## Not there yet\n"
        for gap in known:
            yield f"- *{words(gap.state.value)}*: {gap.fault.value}; {gap.reason}."
    yield ""


def _others(table: Table) -> Iterator[str]:
    """Which regimes name other roles, act by act."""
    acts = {row.trigger: row for row in table.rows if row.roles}
    for trigger, row in acts.items():
        under: dict[str, list[str]] = {}
        for rules in regimes():
            if roles_of(row, rules) != row.roles:
                under.setdefault(_who(replace(row, roles=roles_of(row, rules))), []).append(f"`{rules.pin}`")
        for who, pins in under.items():
            yield f"- `{trigger.value}`: {who}, under {' and '.join(pins)}."


def _span(table: Table) -> str:
    last = ", ".join(f"*{words(state.value)}*" for state in ends(table))
    begin = next(words(state.value) for state in states(table) if state.value != _ABSENT)
    return f"A life begins as *{begin}*" + (f" and may end as {last}." if last else "; no row ends it yet.")


def _cells(row: Row) -> tuple[str, ...]:
    new = f"(new, on a {words(row.parent_kind.value)})" if row.parent_kind else "(new)"
    return (
        row.label,
        f"`{row.trigger.value}`",
        new if row.makes else _states(row.sources),
        _targets(row),
        _who(row) or f"nobody; follows `{row.effect_of.value if row.effect_of else ''}`",
        ", ".join(words(guard.name) for guard in row.guards) or "none",
        row.ground,
    )


def _states(states: Iterable[State]) -> str:
    return ", ".join(words(state.value) for state in states)


def _targets(row: Row) -> str:
    """Where a row leads, said once: `the same` where it leaves the state as it is."""
    among = row.target.among if isinstance(row.target, Chosen) else (row.target,)
    return " or ".join("the same" if isinstance(each, Same) else words(each.value) for each in among)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _who(row: Row) -> str:
    """The roles of a row in the order of the vocabulary."""
    return ", ".join(words(role.value) for role in Role if role in row.roles)


def _node(state: State) -> str:
    return "[*]" if state.value == _ABSENT else state.value


def _arrow(row: Row) -> str:
    parts = [row.trigger.value, f"(follows {row.effect_of.value})" if row.effect_of else _who(row)]
    if row.guards:
        parts.append(f"[{', '.join(words(guard.name) for guard in row.guards)}]")
    return "<br/>".join(parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
