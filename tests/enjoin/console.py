"""The command line inside the test's own process, for everything that needs no process of its own."""

import os

from typer.testing import CliRunner, Result

from enjoin.cli import app


def enjoin(*words: str, **settings: str) -> Result:
    """Run a command with these settings and no others; a defect in it is raised, not swallowed."""
    inherited: dict[str, str | None] = dict.fromkeys(name for name in os.environ if name.startswith("ENJOIN_"))
    return CliRunner().invoke(app, words, env=inherited | settings, catch_exceptions=False)


def complaint(result: Result, code: int) -> str:
    """The one sentence a refused command says, and nothing else anywhere."""
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (code, "", 1), result.output
    assert result.stderr.startswith("enjoin: ")
    return result.stderr.removeprefix("enjoin: ").rstrip()
