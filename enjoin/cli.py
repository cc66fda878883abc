"""The `enjoin` command: one function a subcommand; heavy imports happen inside them."""

import json
from pathlib import Path
from typing import Annotated

import typer

from enjoin.bundle import bundle
from enjoin.compute import compute_app
from enjoin.counsel import counsel_app
from enjoin.files import files_app
from enjoin.importing import import_file
from enjoin.journal import journal_app
from enjoin.opened import complaints, settings, writing
from enjoin.receipts import receipt_app
from enjoin.regimes import regimes_app
from enjoin.sealing import secrets_app
from enjoin.stop import stop
from enjoin.webhook import webhook_app
from workflow.lifecycle.vocabulary import Role

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
key_app = typer.Typer(no_args_is_help=True, help="Keys of people and of the scheduler.")
app.add_typer(key_app, name="key")
app.add_typer(journal_app, name="journal")
app.add_typer(compute_app, name="compute")
app.add_typer(regimes_app, name="regimes")
app.add_typer(receipt_app, name="receipt")
app.add_typer(counsel_app, name="counsel")
app.add_typer(files_app, name="files")
app.add_typer(secrets_app, name="secrets")
app.add_typer(webhook_app, name="webhook")
app.command()(bundle)
app.command("import")(import_file)

FAILED, REFUSED = 1, 2


@app.callback()
def main() -> None:
    """Run compliance orders: deadlines, penalties, decisions, and signed word to counsel."""


@app.command()
def demo(
    every: Annotated[
        bool, typer.Option("--all", help="Replay every case of the package, and compare each end.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, or with --all a list.")] = False,
    keep: Annotated[Path | None, typer.Option(help="Leave the database in this folder, empty or new.")] = None,
) -> None:
    """Replay CNIL v Clearview AI through the real API: 52 days late, EUR 5,200,000."""
    from rich.console import Console

    from enjoin.demo import KeepRefused, run_all, run_demo
    from enjoin.demo_report import show, show_all
    from enjoin.replay import ReplayFailed

    try:
        if every:
            ended = list(run_all(keep))
        else:
            done = run_demo("cnil-clearview", keep)
    except KeepRefused as refused:
        stop(str(refused), REFUSED)
    except ReplayFailed as failed:
        stop(str(failed), FAILED)
    if every and as_json:
        typer.echo(json.dumps([each.to_json() for each in ended], indent=2, ensure_ascii=False))
    elif every:
        show_all(ended, Console())
    elif as_json:
        typer.echo(json.dumps(done.result, indent=2, ensure_ascii=False))
    else:
        show(done, Console())
    if every and any(each.differs for each in ended):
        stop(f"{sum(bool(each.differs) for each in ended)} of {len(ended)} cases ended otherwise than they say", FAILED)


@app.command()
def serve(
    api_only: Annotated[bool, typer.Option("--api-only", help="Leave the scheduler to other processes.")] = False,
) -> None:
    """Run the API and its scheduler on this machine, with the settings of the environment."""
    from enjoin.serve import serve as run
    from enjoin.wiring import CannotServe

    found = settings()
    with complaints(found.database_url):
        try:
            code = run(found, with_scheduler=not api_only)
        except CannotServe as reason:
            stop(str(reason), FAILED)
    raise typer.Exit(code)


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    from enjoin.database import make_private
    from migrations.run import newest, upgrade
    from workflow.store.database import make_engine

    found = settings()
    with complaints(found.database_url):
        make_private(found.database_url)
        engine = make_engine(found.database_url)
        try:
            upgrade(engine)
        finally:
            engine.dispose()
    typer.echo(f"the database is at {newest()}")


@key_app.command("create")
def create_key(
    name: Annotated[str, typer.Option(help="Who it is for: a person or a service.")],
    role: Annotated[list[str], typer.Option(help=f"A role: {', '.join(Role)}. May be given several times.")],
    represents: Annotated[
        list[str] | None, typer.Option(help="Counsel is on record for this CASE_REFERENCE/PARTY; may be repeated.")
    ] = None,
) -> None:
    """Make a key and print it: this is the only time it is shown."""
    from workflow.use_cases.accounts.keys import CONSOLE, NewKey, OtherRoles
    from workflow.use_cases.accounts.keys import create_key as create
    from workflow.use_cases.accounts.representation import NotOnRecord, find_party
    from workflow.use_cases.counsel.mandates import Mandate, put_on_record

    if not name.strip():
        stop("--name says who the key is for; it is blank", REFUSED)
    known = {each.value: each for each in Role}
    for each in role:
        if each not in known:
            stop(f"--role {each}: no such role; there are {', '.join(known)}", REFUSED)
    wanted = NewKey(name, frozenset(known[each] for each in role))
    if represents and Role.COUNSEL not in wanted.roles:
        stop("--represents is for --role counsel", REFUSED)
    with writing(settings()) as parts:
        try:
            with parts.engine.connect() as connection:
                parties = [find_party(connection, each) for each in represents or ()]
            made = parts.writer.run(create, wanted, CONSOLE)
            for case, number in parties:
                parts.writer.run(put_on_record, Mandate(name, case, number), CONSOLE)
        except NotOnRecord as reason:
            stop(str(reason), REFUSED)
        except OtherRoles as other:
            stop(f"{other}; choose another --name, or give the same roles", REFUSED)
    typer.echo(made.key)


@key_app.command("revoke")
def revoke_key(
    prefix: Annotated[str, typer.Argument(help="The beginning of the key, as `key list` shows it.")],
) -> None:
    """Take a key out of use, at once."""
    from workflow.use_cases.accounts.keys import CONSOLE, find_keys
    from workflow.use_cases.accounts.keys import revoke_key as revoke

    with writing(settings()) as parts:
        with parts.engine.connect() as connection:
            matching = [key for key in find_keys(connection) if key.prefix == prefix and not key.revoked]
        if len(matching) != 1:
            stop(f"{len(matching)} keys in use begin with {prefix!r}; `enjoin key list` shows them", REFUSED)
        parts.writer.run(revoke, matching[0].id, CONSOLE)
    typer.echo(f"revoked {prefix}… of {matching[0].name}")


@key_app.command("list")
def list_keys() -> None:
    """Show whose keys there are: never a key itself."""
    from workflow.use_cases.accounts.keys import find_keys

    with writing(settings()) as parts, parts.engine.connect() as connection:
        for key in find_keys(connection):
            state = "revoked" if key.revoked else "in use"
            made_for = f", for {key.process}" if key.process else ""
            typer.echo(f"{key.prefix}…  {state:8}  {key.name} ({', '.join(key.roles)}){made_for}  {key.account}")


if __name__ == "__main__":  # so that `python -m enjoin.cli` is the command too, and not a silence
    app(prog_name="enjoin")
