"""`enjoin secrets`: the keys that seal the secrets of webhooks."""

import typer

from enjoin.opened import settings, writing
from enjoin.stop import stop

secrets_app = typer.Typer(no_args_is_help=True, help="The keys that seal the secrets of webhooks.")

REFUSED = 2


@secrets_app.command("new")
def new() -> None:
    """Print a fresh key: put it first, leave the ones before behind it, and run `enjoin secrets rotate`."""
    from workflow.store.sealed import new_key

    typer.echo(new_key())


@secrets_app.command("rotate")
def rotate() -> None:
    """Seal every secret again with the first key; the others may go once every process has the first."""
    from workflow.store.sealed import CannotOpen
    from workflow.use_cases.accounts.keys import CONSOLE
    from workflow.use_cases.webhooks.endpoint_secrets import seal_again

    with writing(settings()) as parts:
        if parts.vault.is_empty:
            stop("ENJOIN_SECRET_KEYS is missing; `enjoin secrets new` prints a key", REFUSED)
        try:
            count = parts.writer.run(seal_again, parts.vault, CONSOLE)
        except CannotOpen as reason:
            stop(f"{reason}; nothing was changed", REFUSED)
    typer.echo(f"the secrets of {count} endpoints were sealed again with the first key")
