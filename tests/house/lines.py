"""How many lines of code a folder has: lines that hold a token, without docstrings, comments and blank lines.

python -m tests.house.lines              workflow/ and what is in it
python -m tests.house.lines FOLDER …     these folders
"""

import ast
import io
import sys
import tokenize
from pathlib import Path

_NO_CODE = frozenset(
    {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENCODING,
        tokenize.ENDMARKER,
    }
)
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def lines_of_code(source: str) -> int:
    """The lines of a module that hold code."""
    held: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _NO_CODE:
            held.update(range(token.start[0], token.end[0] + 1))
    return len(held - _docstrings(ast.parse(source)))


def _docstrings(tree: ast.Module) -> set[int]:
    """The lines of strings that stand alone: docstrings, and what is said of a constant below it."""
    found: set[int] = set()
    for node in ast.walk(tree):
        for each in getattr(node, "body", ()) if isinstance(node, _DOCUMENTED) else ():
            if (
                isinstance(each, ast.Expr)
                and isinstance(each.value, ast.Constant)
                and isinstance(each.value.value, str)
            ):
                found.update(range(each.lineno, (each.end_lineno or each.lineno) + 1))
    return found


def count(folder: Path) -> tuple[int, int]:
    """Files and lines of code below a folder."""
    files = sorted(folder.rglob("*.py"))
    return len(files), sum(lines_of_code(each.read_text("utf-8")) for each in files)


def main(folders: list[str]) -> None:
    """Print a line a folder."""
    for name in folders or ["workflow", "workflow/law", "workflow/lifecycle", "workflow/store", "workflow/use_cases"]:
        files, lines = count(Path(name))
        sys.stdout.write(f"{name:24}{files:5} files {lines:7,} lines of code\n")


if __name__ == "__main__":
    main(sys.argv[1:])
