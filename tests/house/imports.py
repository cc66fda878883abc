"""Where imports between the things of the lifecycle go, counted by pairs of files.

    python -m tests.house.imports      how many stay in the folder of their thing, and where the others go

What is common to all things is left out: vocabulary, facts and kernel below them, the door and reading above.
"""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

LIFECYCLE = Path(__file__).parents[2] / "workflow" / "lifecycle"
THINGS = (
    "order",
    "penalty_clause",
    "penalty_decision",
    "proceedings",
    "decision",
    "debt",
    "filing",
    "access_request",
    "case",
)


def edges() -> set[tuple[str, str]]:
    """Each pair of modules of things of which the first imports the second, as `order.clock`."""
    return {
        (module, other)
        for thing in THINGS
        for path in sorted((LIFECYCLE / thing).glob("*.py"))
        if path.stem != "__init__"
        for module in [f"{thing}.{path.stem}"]
        for other in _imported(path)
    }


def inside(found: set[tuple[str, str]]) -> int:
    """How many of these stay in the folder of their thing."""
    return sum(one.partition(".")[0] == other.partition(".")[0] for one, other in found)


def _imported(path: Path) -> Iterator[str]:
    """The modules of things that a file imports, itself left out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            for name in (node.module, *(f"{node.module}.{each.name}" for each in node.names)):
                yield from _of_a_thing(name)


def _of_a_thing(name: str) -> Iterator[str]:
    place = name.removeprefix("workflow.lifecycle.").split(".")
    is_module = len(place) == 2 and (LIFECYCLE / place[0] / f"{place[1]}.py").exists()
    if name.startswith("workflow.lifecycle.") and is_module and place[0] in THINGS:
        yield ".".join(place)


def main() -> None:
    """Print the count, and the pairs of things that import each other's files most."""
    found = edges()
    stay = inside(found)
    sys.stdout.write(f"{stay} of {len(found)} imports between files of things stay ({stay / len(found):.0%})\n")
    pairs = Counter((one.partition(".")[0], other.partition(".")[0]) for one, other in found)
    for (one, other), n in pairs.most_common():
        if one != other:
            sys.stdout.write(f"{n:4}  {one} -> {other}\n")


if __name__ == "__main__":
    main()
