"""How a command ends that came to nothing: one sentence on stderr, and an exit code."""

import sys
from typing import NoReturn

import typer


def stop(sentence: str, code: int) -> NoReturn:
    """Say why, and end the command."""
    sys.stderr.write(f"enjoin: {sentence}\n")
    raise typer.Exit(code)
