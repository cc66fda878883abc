"""The `enjoin` command: one function a subcommand; heavy imports happen inside them."""

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def main() -> None:
    """Run compliance orders: deadlines, penalties, decisions, and signed word to counsel."""
