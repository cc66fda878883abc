"""`enjoin regimes`: the rules of authorities, every value with its reference."""

from typing import Annotated, Any

import typer

from enjoin.json_file import REFUSED
from enjoin.stop import stop

regimes_app = typer.Typer(no_args_is_help=True, help="The rules of authorities, with their references.")


@regimes_app.command("list")
def list_regimes() -> None:
    """Every regime and version, with how much of it no lawyer has verified."""
    from workflow.law.regime import regimes

    for each in regimes():
        until = f" to {each.valid_to}" if each.valid_to else ""
        typer.echo(f"{each.pin:22} {each.title}")
        unverified = f"{len(each.unverified)} of {len(each.values)} values unverified"
        typer.echo(f"{'':22} from {each.valid_from}{until}; {unverified}")


@regimes_app.command("show")
def show_regime(name: Annotated[str, typer.Argument(help="fr-cnil, or fr-cnil@1 for one version.")]) -> None:
    """Every value of a regime with its reference."""
    from workflow.law.invalid import InvalidRequest
    from workflow.law.regime import regime
    from workflow.use_cases.views.regime import regime_view

    try:
        view = regime_view(regime(name))
    except InvalidRequest as invalid:
        stop(f"{name}: {invalid.errors[0].problem}", REFUSED)
    typer.echo(f"{view.title}\n{view.authority}\n{view.pin}, sha256 {view.sha256}")
    section = ""
    for path, cited in view.values.items():
        within, _, rule = path.rpartition(".")
        if within != section:
            section = within
            typer.echo(f"\n{section}")
        mark = "" if cited.verified else "; unverified"
        typer.echo(f"  {rule}: {_shown(cited.value)}  ({cited.ref}{mark})")


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    if isinstance(value, dict):
        if "percent" in value:
            return f"{value['percent']} % from {value['from']}"
        per = f" per {value['per']}" if "per" in value else ""
        return f"{value['currency']} {value['amount']}{per}"
    return "yes" if value is True else "no" if value is False else str(value)
