"""`enjoin bundle`: the journal of a case as a zip that a court checks without Enjoin."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from enjoin.opened import complaints, only_read, settings
from enjoin.stop import stop

FAILED, REFUSED = 1, 2


def bundle(
    reference: Annotated[str, typer.Argument(help="The reference of the case.")],
    public: Annotated[bool, typer.Option("--public", help="Only what was served, and no free text.")] = False,
    addressee: Annotated[int | None, typer.Option(help="Only what concerns the party with this number.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where to write it, a file that is not there yet.")] = None,
) -> None:
    """Write the bundle of a case: journal, receipts, regimes, deliveries, files, and verify.py to check it."""
    from enjoin.clocks import RealClock
    from workflow.law.invalid import InvalidRequest
    from workflow.lifecycle.facts import case_id
    from workflow.store.database import reader
    from workflow.store.files import Files
    from workflow.store.missing import NotFound
    from workflow.use_cases.bundle.build import BundleAudience, BundleFor, make_bundle
    from workflow.use_cases.bundle.verify import Touched, check

    wanted = BundleFor(BundleAudience.PUBLIC if public else BundleAudience.CONFIDENTIAL, addressee)
    found = settings()
    try:
        url = found.database_url
        with complaints(url), only_read(url) as engine, reader(engine).connect() as connection:
            made = make_bundle(connection, case_id(reference), wanted, RealClock().now(), Files(found.folder))
    except NotFound:
        stop(f"there is no case {reference}", REFUSED)
    except InvalidRequest as invalid:
        said = invalid.errors[0].problem
        stop(f"--addressee {addressee}: {said}" if addressee is not None else said, REFUSED)
    path = out or Path(made.name)
    _write(path, made.pieces())
    try:
        typer.echo("\n".join([*check(path.read_bytes()), f"written to {path}"]))
    except Touched as touched:
        named = ": ".join(touched.args)
        stop(f"{path} was written, and the journal is not as it was recorded: {named}", FAILED)


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a new file; one that is there is never replaced."""
    try:
        with path.open("xb") as file:
            file.writelines(pieces)
    except FileExistsError:
        stop(f"{path} is there already; --out names another", REFUSED)
    except OSError as error:
        stop(f"{path} cannot be written: {error.strerror}", FAILED)
