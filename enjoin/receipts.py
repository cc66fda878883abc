"""`enjoin receipt`: computations recorded in events, repeated from their receipts alone."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from enjoin.json_file import REFUSED, printable, read_json
from enjoin.stop import stop

receipt_app = typer.Typer(no_args_is_help=True, help="Computations recorded in events, repeated.")


@receipt_app.callback()
def main() -> None:
    """Computations recorded in events, repeated."""


@receipt_app.command("check")
def check(
    file: Annotated[str, typer.Argument(help="A receipt, an event or a journal as JSON; - for standard input.")],
) -> None:
    """Recompute every receipt in a file from itself alone; exit 1 when one does not agree."""
    from workflow.law.receipt import check_receipt

    found = list(_receipts(read_json(file)))
    if not found:
        stop("no receipt in it: a receipt has request, regime, regime_sha256, result and sha256", REFUSED)
    wrong = 0
    for path, receipt in found:
        faults = check_receipt(receipt)
        wrong += bool(faults)
        typer.echo(printable(f"{path or '/'}: {'; '.join(faults) if faults else 'agrees'}"))
    if wrong:
        stop(f"{wrong} of {len(found)} receipts do not agree", 1)


def _receipts(value: Any) -> Iterator[tuple[str, Any]]:
    """Every receipt inside some JSON, with its place."""
    from workflow.law.receipt import is_receipt

    below = [("", value)]
    while below:
        path, each = below.pop()
        if is_receipt(each):
            yield path, each
        elif isinstance(each, dict):
            below += [(f"{path}/{name}", member) for name, member in reversed(each.items())]
        elif isinstance(each, list):
            below += [(f"{path}/{n}", each[n]) for n in reversed(range(len(each)))]
