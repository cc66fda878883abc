"""`enjoin counsel`: who is on record for which party."""

from typing import Annotated

import typer

from enjoin.opened import complaints, settings, writing
from enjoin.stop import stop

counsel_app = typer.Typer(no_args_is_help=True, help="Who of counsel is on record for which party.")

REFUSED = 2
Name = Annotated[str, typer.Argument(help="The name of the account, as its key was made for.")]
Party = Annotated[str, typer.Argument(help="CASE_REFERENCE/PARTY, such as SAN-2022-019/1.")]


@counsel_app.command("add")
def add(name: Name, party: Party) -> None:
    """Put an account of counsel on record for a party."""
    _change(name, party, to_be=True)
    typer.echo(f"{name} is on record for {party}")


@counsel_app.command("end")
def end(name: Name, party: Party) -> None:
    """Take an account off the record for a party, and remove the endpoints it registered there."""
    _change(name, party, to_be=False)
    typer.echo(f"{name} is off the record for {party}")


@counsel_app.command("list")
def list_counsel() -> None:
    """Show who is on record for whom."""
    from workflow.store.database import make_engine
    from workflow.use_cases.accounts.representation import on_record

    found = settings()
    with complaints(found.database_url):
        engine = make_engine(found.database_url)
        try:
            with engine.connect() as connection:
                for name, reference, party in on_record(connection):
                    typer.echo(f"{reference}/{party}  {name}")
        finally:
            engine.dispose()


def _change(name: str, party: str, to_be: bool) -> None:
    from workflow.use_cases.accounts.keys import CONSOLE
    from workflow.use_cases.accounts.representation import NotOnRecord, find_party
    from workflow.use_cases.counsel.mandates import Mandate, end_mandate, put_on_record

    with writing(settings()) as parts:
        try:
            with parts.engine.connect() as connection:
                case, number = find_party(connection, party)
            parts.writer.run(put_on_record if to_be else end_mandate, Mandate(name, case, number), CONSOLE)
        except NotOnRecord as reason:
            stop(str(reason), REFUSED)
