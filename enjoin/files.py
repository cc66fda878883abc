"""`enjoin files`: whether every attached file is there as it came, and what lies beside them for nothing."""

from typing import TYPE_CHECKING, Annotated

import typer

from enjoin.opened import complaints, only_read, settings
from enjoin.stop import stop

if TYPE_CHECKING:
    from workflow.store.orphans import Orphan

files_app = typer.Typer(no_args_is_help=True, help="The files attached to filings.")

FAILED = 1


@files_app.callback()
def main() -> None:
    """The files attached to filings."""


@files_app.command("check")
def check_files(
    sweep: Annotated[bool, typer.Option("--sweep", help="Remove orphans that are older than a day.")] = False,
) -> None:
    """Name files that are lost or changed, exit 1 for one, and orphans: files that no event of the journal names."""
    from workflow.store.clock import machine_now
    from workflow.store.database import reader
    from workflow.store.files import Files
    from workflow.store.orphans import is_old, orphans
    from workflow.store.orphans import sweep as remove
    from workflow.store.verify import damaged_files, named_files

    found = settings()
    url, folder, now = found.database_url, found.folder, machine_now()
    with complaints(url), only_read(url) as engine, reader(engine).connect() as connection:
        findings = list(damaged_files(connection, Files(folder)))
        beside = list(orphans(folder, named_files(connection)))
    for finding in findings:
        typer.echo(finding)
    removed = 0
    for each in beside:
        gone = sweep and remove(folder, each, now)
        removed += gone
        typer.echo(f"orphan: {_shown(each)}; {_fate(each, gone, is_old(each.since, now))}")
    typer.echo(f"{len(findings)} files lost or changed, {len(beside)} orphans, {removed} of them removed")
    if findings:
        stop("an attached file is not as it came: restore it from a backup, or have it sent again", FAILED)


def _shown(orphan: "Orphan") -> str:
    return f"{orphan.path}, {orphan.size:,} bytes, of {orphan.since:%Y-%m-%d %H:%M} UTC"


def _fate(orphan: "Orphan", gone: bool, old: bool) -> str:
    if gone:
        return "removed"
    if not orphan.ours:
        return "no upload is called so: left alone"
    return "older than a day: --sweep removes it" if old else "younger than a day: it may be on its way"
