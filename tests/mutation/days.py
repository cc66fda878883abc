"""Which comparisons are of two days, as mypy types them: `<`, `<=`, `>`, `>=`, `==` and `!=` between two dates.

mypy gives the types of expressions without their files. A comparison is found again by its span, which two files share
so rarely that the worst that comes of it is a comparison of something else among those of days.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mypy import build
from mypy.find_sources import create_source_list
from mypy.nodes import ComparisonExpr, Expression
from mypy.options import Options
from mypy.types import Instance, Type, UnionType, get_proper_type

_ORDERED = ("<", "<=", ">", ">=", "==", "!=")


def comparisons_of_days(root: Path, paths: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    """The file, line and column at which the left side of each such comparison ends."""
    sources = sorted(paths)
    types = types_of(root, sources)
    of_days: dict[tuple[int, ...], list[int]] = {}
    for expression in types:
        if isinstance(expression, ComparisonExpr) and (found := list(_days(expression, types))):
            of_days[_span(expression)] = found
    for path in sources:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                for n in of_days.get(
                    (node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0), ()
                ):
                    yield str(path.relative_to(root)), sides[n].end_lineno or 0, sides[n].end_col_offset or 0


def types_of(root: Path, sources: Iterable[Path]) -> Mapping[Expression, Type]:
    """The type that mypy gives to each expression of these files."""
    options = Options()
    options.export_types = options.preserve_asts = options.explicit_package_bases = True
    options.incremental = False
    options.python_version = (3, 11)
    options.mypy_path = [str(root)]
    return build.build(create_source_list([str(path) for path in sources], options), options).types


def _days(compared: ComparisonExpr, types: Mapping[Expression, Type]) -> Iterator[int]:
    for n, (said, left, right) in enumerate(
        zip(compared.operators, compared.operands, compared.operands[1:], strict=False)
    ):
        if said in _ORDERED and _is_a_day(types.get(left)) and _is_a_day(types.get(right)):
            yield n


def _span(node: Expression) -> tuple[int, ...]:
    return node.line, node.column, node.end_line or 0, node.end_column or 0


def _is_a_day(kind: Type | None) -> bool:
    proper = get_proper_type(kind)
    kinds = [get_proper_type(each) for each in proper.items] if isinstance(proper, UnionType) else [proper]
    return any(isinstance(each, Instance) and each.type.fullname == "datetime.date" for each in kinds)
