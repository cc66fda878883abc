"""`enjoin import`: running cases from elsewhere, with their history."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from enjoin.opened import complaints, only_read, settings
from enjoin.stop import stop

if TYPE_CHECKING:
    from enjoin.import_file import Unreadable
    from workflow.store.writer import Writer
    from workflow.use_cases.imports.import_case import LineResult
    from workflow.use_cases.imports.import_line import ImportLine

FAILED, REFUSED = 1, 2


def import_file(
    file: Annotated[Path, typer.Argument(help="JSON Lines with one act a line, or .csv with one simple case a row.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would become of each line; write nothing.")
    ] = False,
    database: Annotated[str | None, typer.Option(help="In place of ENJOIN_DATABASE_URL.")] = None,
) -> None:
    """Import running cases with their history, each act through the same door as any other. See docs/import.md."""
    from enjoin.import_file import NotAnImport, read_lines

    try:
        lines = read_lines(file)
    except OSError as error:
        stop(f"{file}: {error.strerror}", REFUSED)
    except NotAnImport as reason:
        stop(str(reason), REFUSED)
    if not lines:
        stop(f"{file} is empty", REFUSED)
    url = database or settings().database_url
    with complaints(url):
        counts = _rehearse(lines, url) if dry_run else _import(lines, url)
    said = ", ".join(f"{count} {came}" for came, count in counts.items()) or "nothing"
    wrong = sum(counts.get(came, 0) for came in ("refused", "skipped", "not kept", "unreadable"))
    typer.echo(f"{said}{'; nothing was written' if dry_run else ''}")
    if wrong:
        stop(f"{wrong} of {len(lines)} lines would not be imported" if dry_run else _left(wrong, len(lines)), FAILED)


def _left(wrong: int, count: int) -> str:
    return f"{wrong} of {count} lines were not imported; mend them and run the file again: what was imported is known"


def _rehearse(lines: Sequence["ImportLine | Unreadable"], url: str) -> dict[str, int]:
    """Every case in a transaction of its own that is rolled back."""
    from enjoin.clocks import RealClock
    from workflow.store.writer import Rehearsal

    with only_read(url) as engine:
        return _report(_results(Rehearsal(engine, RealClock()), lines))


def _import(lines: Sequence["ImportLine | Unreadable"], url: str) -> dict[str, int]:
    """Every case in a transaction of its own, with a bar on the terminal that shows how far it is."""
    from rich.console import Console
    from rich.progress import Progress

    from enjoin.clocks import RealClock
    from enjoin.database import opened

    console = Console(stderr=True)
    with (
        opened(url, RealClock()) as parts,
        Progress(console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task("importing", total=len(lines))

        def shown() -> Iterator[tuple[int, str, str, str | None]]:
            for result in _results(parts.writer, lines):
                bar.advance(task)
                yield result

        return _report(shown())


def _results(
    writer: "Writer", lines: Sequence["ImportLine | Unreadable"]
) -> Iterator[tuple[int, str, str, str | None]]:
    """Number, what the line is, what became of it and why, case by case in the order of their first lines."""
    from enjoin.import_file import Unreadable
    from workflow.use_cases.accounts.keys import CONSOLE
    from workflow.use_cases.imports.import_case import CaseImport, NothingKept, import_case

    by_case: dict[str, list[ImportLine]] = {}
    skipped: list[tuple[ImportLine, str]] = []
    stuck: dict[str, int] = {}
    for line in lines:
        if isinstance(line, Unreadable):
            yield line.number, "", "unreadable", line.why
            if line.case is not None:
                stuck.setdefault(line.case, line.number)
        elif line.body.case in stuck:
            skipped.append((line, f"line {stuck[line.body.case]} of the case cannot be read"))
        else:
            by_case.setdefault(line.body.case, []).append(line)
    for reference, held in by_case.items():
        results: list[LineResult]
        try:
            results = writer.run(import_case, CaseImport(reference, held), CONSOLE)
        except NothingKept as refused:
            results = refused.results
        for result in results:
            yield result.line.number, _what(result.line), result.came.value, result.why
    for line, why in skipped:
        yield line.number, _what(line), "skipped", why


def _what(line: "ImportLine") -> str:
    said = line.body
    return f"{said.case}  {said.on}  {said.do} {said.to}"


def _report(results: Iterable[tuple[int, str, str, Any]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for number, what, came, why in results:
        counts[came] = counts.get(came, 0) + 1
        typer.echo(f"line {number}  {what + '  ' if what else ''}{came}{f': {why}' if why else ''}")
    return counts
