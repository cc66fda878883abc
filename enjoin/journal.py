"""`enjoin journal`: prove every chain, sign where they end, and prove later that they still pass there."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from enjoin.json_file import read_json
from enjoin.opened import complaints, only_read, refuse_missing_file, settings, writing
from enjoin.stop import stop

if TYPE_CHECKING:
    from sqlalchemy import Connection

journal_app = typer.Typer(no_args_is_help=True, help="The journal: every change, chained.")

FAILED, REFUSED = 1, 2
KEY = Path("enjoin-journal.key")
_ALGORITHM = "Ed25519"


@journal_app.command("verify")
def verify_journal(
    checkpoint: Annotated[
        Path | None, typer.Option(help="Prove too that every chain still passes through this signed checkpoint.")
    ] = None,
    public_key: Annotated[
        Path | None, typer.Option(help="The key the checkpoint must be signed with, kept apart from the database.")
    ] = None,
) -> None:
    """Check every chain, fold, current row and attached file; names what is wrong and exits 1."""
    from workflow.store.database import reader
    from workflow.store.verify import verify

    if public_key is not None and checkpoint is None:
        stop("--public-key says who signed a checkpoint; --checkpoint names it", REFUSED)
    content = _signed(checkpoint, public_key) if checkpoint is not None else None
    found = settings()
    url = found.database_url
    with complaints(url), only_read(url) as engine, reader(engine).connect() as connection:
        findings = list(map(str, verify(connection, found.folder)))
        if content is not None:
            findings += _against(connection, content)
    for finding in findings:
        typer.echo(finding)
    if findings:
        stop(f"{len(findings)} findings: the journal is not as it was written", FAILED)
    typer.echo("every chain, every fold, every current row and every attached file agree")
    if content is not None:
        typer.echo(f"each of {len(content['streams'])} chains passes through the checkpoint of {content['made_at']}")


@journal_app.command("key")
def make_key(
    out: Annotated[Path, typer.Option(help="The private half; the public half is put beside it, with .pub.")] = KEY,
) -> None:
    """Make a pair of keys for checkpoints. Keep a copy of the public half where the database is not."""
    from enjoin.signatures import make_pair

    public = out.with_name(out.name + ".pub")
    try:
        made = make_pair(out, public)
    except FileExistsError as there:
        stop(f"{there.filename or there} is there already; --out names another", REFUSED)
    except OSError as error:
        stop(f"{out} cannot be written: {error.strerror}", FAILED)
    typer.echo(f"{made}: {out} signs, {public} proves")


@journal_app.command("checkpoint")
def make_checkpoint(
    key: Annotated[Path, typer.Option(help="The private key, as `enjoin journal key` made it.")] = KEY,
    out: Annotated[Path | None, typer.Option(help="Where to write it, a file that is not there yet.")] = None,
) -> None:
    """Sign where every chain ends now. Keep it where nobody who can write the database can reach it."""
    from enjoin.signatures import NotAKey, key_id, raw, read_private
    from workflow.use_cases.accounts.checkpoints import Signer, sign_checkpoint
    from workflow.use_cases.accounts.keys import CONSOLE

    try:
        private = read_private(key)
    except NotAKey as reason:
        stop(str(reason), REFUSED)
    except OSError as error:
        stop(f"{key}: {error.strerror}; `enjoin journal key` makes one", REFUSED)
    public = raw(private.public_key())
    found = settings()
    with complaints(found.database_url):
        refuse_missing_file(found.database_url)
        with writing(found) as parts:
            path = out or Path(f"checkpoint-{parts.writer.clock.now():%Y%m%dT%H%M%SZ}.json")
            with _new_file(path) as file:
                signed = parts.writer.run(sign_checkpoint, Signer(key_id(public), private.sign), CONSOLE)
                document = {
                    "checkpoint": signed.content,
                    "algorithm": _ALGORITHM,
                    "public_key": b64encode(public).decode(),
                    "signature": b64encode(signed.signature).decode(),
                }
                file.write(json.dumps(document, indent=1).encode() + b"\n")
    typer.echo(f"{len(signed.content['streams'])} chains signed by {key_id(public)}: {path}")


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A new file to write; one that is there is never replaced, and none is left when nothing came of it."""
    try:
        file = path.open("xb")
    except FileExistsError:
        stop(f"{path} is there already; --out names another", REFUSED)
    except OSError as error:
        stop(f"{path} cannot be written: {error.strerror}", FAILED)
    try:
        with file:
            yield file
    except BaseException:
        path.unlink()
        raise


def _signed(file: Path, public_key: Path | None) -> dict[str, Any]:
    """The content of a checkpoint whose signature holds; ends the command when it does not."""
    from enjoin.signatures import NotAKey, holds, key_id, read_public
    from workflow.store.checkpoints import KIND, checkpoint_text

    document = read_json(str(file))
    try:
        content = document["checkpoint"]
        public, signature = b64decode(document["public_key"]), b64decode(document["signature"])
        text = checkpoint_text(content).encode()
        if content["kind"] != KIND or any(set(each) != {"case", "seq", "hash"} for each in content["streams"]):
            raise ValueError(file)
    except (KeyError, TypeError, ValueError):
        stop(f"{file} is no signed checkpoint, as `enjoin journal checkpoint` writes it", REFUSED)
    if public_key is not None:
        try:
            wanted = read_public(public_key)
        except NotAKey as reason:
            stop(str(reason), REFUSED)
        except OSError as error:
            stop(f"{public_key}: {error.strerror}", REFUSED)
        if wanted != public:
            stop(f"{file} is signed by {key_id(public)}, not by {key_id(wanted)} of {public_key}", FAILED)
    if not holds(public, signature, text):
        stop(f"{file} was changed after {key_id(public)} signed it: the signature does not hold", FAILED)
    if public_key is None:
        typer.echo(f"signed by {key_id(public)}, the key in the file itself; --public-key names the one it must be")
    return dict(content)


def _against(connection: "Connection", content: dict[str, Any]) -> list[str]:
    from workflow.store.checkpoints import prove

    return [f"checkpoint: {finding}" for finding in prove(connection, content)]
