"""Where a file can be changed by one small step, and how: comparisons, arithmetic, booleans, numbers, returns.

The steps are those of cosmic-ray, and one of ours: a `return` of something becomes one of None. Left out are steps that
change nothing or never run: `is` for `==`, whatever stands in an annotation, and the operators of sets.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import parso
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.plugins import get_operator

_ORDER = ("Eq", "NotEq", "Lt", "LtE", "Gt", "GtE")
_SUMS = ("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod")
SAME_DAY = ("_Lt_LtE", "_LtE_Lt", "_Gt_GtE", "_GtE_Gt", "_Eq_NotEq", "_NotEq_Eq")
"""The steps that move a comparison of two days by the same day."""
_STEPS = (
    *(f"ReplaceComparisonOperator_{one}_{other}" for one in _ORDER for other in _ORDER if one != other),
    *(f"ReplaceComparisonOperator_{pair}" for pair in ("Is_IsNot", "IsNot_Is")),
    *(f"ReplaceBinaryOperator_{one}_{other}" for one in _SUMS for other in _SUMS if one != other),
    "AddNot",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceUnaryOperator_Delete_Not",
    "NumberReplacer",
)

Span = tuple[tuple[int, int], tuple[int, int]]


class ReturnNothing(Operator):  # type: ignore[misc]
    """`return x` becomes `return None`."""

    def mutation_positions(self, node: Any) -> Iterator[Span]:
        if node.type == "return_stmt" and node.children[1].get_code().strip() != "None":
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        node.children[1] = parso.parse(" None").children[0]
        return node

    @classmethod
    def examples(cls) -> Sequence[Example]:
        return (Example("return x", "return None"),)


def operator(name: str) -> Any:
    return ReturnNothing() if name == ReturnNothing.__name__ else get_operator(f"core/{name}")()


@dataclass(frozen=True, order=True)
class Mutant:
    """One step at one place: the occurrence-th of its operator in the file."""

    path: str
    line: int
    column: int
    step: str
    occurrence: int

    def code(self, root: Path) -> str:
        """The whole file with the step made."""
        made: str = mutate_code((root / self.path).read_text(), operator(self.step), self.occurrence)
        return made

    def after(self, places: set[tuple[str, int, int]]) -> bool:
        """Whether the operator follows one of these places, with nothing but blanks and brackets between."""
        return any((self.path, self.line, self.column - gap) in places for gap in (1, 2, 3))

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.step.removeprefix('Replace').removeprefix('Comparison')}"


def mutants(root: Path, path: Path, returning: str | None = None) -> Iterator[Mutant]:
    """Every mutant of one file; with `returning`, of its functions whose annotation of what they return says this."""
    source = path.read_text()
    tree = ast.parse(source)
    left_out = list(_annotations(tree))
    wanted = None if returning is None else list(_functions(tree, returning))
    nodes = list(ast_nodes(get_ast(source)))
    for step in (*_STEPS, ReturnNothing.__name__):
        made = operator(step)
        found = (span for node in nodes for span in made.mutation_positions(node))
        for occurrence, (start, _) in enumerate(found):
            if not _within(start, left_out) and (wanted is None or _within(start, wanted)):
                yield Mutant(str(path.relative_to(root)), start[0], start[1], step, occurrence)


def _within(place: tuple[int, int], spans: Iterable[Span]) -> bool:
    return any(start <= place < end for start, end in spans)


def _annotations(tree: ast.AST) -> Iterator[Span]:
    for node in ast.walk(tree):
        match node:
            case ast.arg(annotation=ast.expr() as said) | ast.AnnAssign(annotation=said):
                yield _span(said)
            case ast.FunctionDef(returns=ast.expr() as said):
                yield _span(said)


def _functions(tree: ast.AST, returning: str) -> Iterator[Span]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.returns is not None and ast.unparse(node.returns) == returning:
            yield _span(node)


def _span(node: ast.expr | ast.stmt) -> Span:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)
