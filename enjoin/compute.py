"""`enjoin compute`: the calculators at the command line. JSON in, JSON out."""

import json
from typing import Annotated, Any

import typer

from enjoin.json_file import REFUSED, printable, read_json

compute_app = typer.Typer(no_args_is_help=True, help="The calculators: JSON in, JSON out; - reads standard input.")

File = Annotated[str, typer.Argument(help="A file with one request or a list of them; - for standard input.")]
Explain = Annotated[bool, typer.Option("--explain", help="Print the reasoning as a person would write it.")]


@compute_app.command("deadline")
def deadline(file: File, explain: Explain = False) -> None:
    """The last day of a period."""
    _compute("deadline", file, explain)


@compute_app.command("penalty")
def penalty(file: File, explain: Explain = False) -> None:
    """A penalty, line by line."""
    _compute("penalty", file, explain)


@compute_app.command("interest")
def interest(file: File, explain: Explain = False) -> None:
    """The interest on a debt that was not paid in time, line by line."""
    _compute("interest", file, explain)


@compute_app.command("readings")
def readings(
    file: File, as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not a table.")] = False
) -> None:
    """Every reading of disputed facts, side by side."""
    request = read_json(file)
    answer, refused = _answer("readings", request)
    if as_json or refused or isinstance(answer, list):
        _print(answer)
    else:
        _table(answer)
    if refused:
        raise typer.Exit(REFUSED)


def _compute(name: str, file: str, explain: bool) -> None:
    request = read_json(file)
    answer, refused = _answer(name, request)
    if explain:
        _explain(request, answer)
    else:
        _print(answer)
    if refused:
        raise typer.Exit(REFUSED)


def _answer(name: str, request: Any) -> tuple[Any, bool]:
    """The answer, and whether any request was refused."""
    from api.problems import problem_of
    from workflow.law.invalid import InvalidRequest
    from workflow.use_cases.calculators.calculate import calculate

    try:
        answer = calculate(name, request, problem_of, alone=True)
    except InvalidRequest as invalid:
        return problem_of(invalid), True
    return answer, isinstance(answer, list) and any("errors" in each for each in answer)


def _explain(request: Any, answer: Any) -> None:
    from workflow.law.explain import explain

    pairs = zip(request, answer, strict=True) if isinstance(answer, list) else [(request, answer)]
    said = (_problem(result) if "errors" in result else explain(result, asked) for asked, result in pairs)
    typer.echo(printable("\n\n".join(said)))


def _problem(problem: dict[str, Any]) -> str:
    return "\n".join(f"{error['path'] or '/'}: {error['problem']}" for error in problem["errors"])


def _table(answer: dict[str, Any]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    disputed = answer["disputed"]
    computed = [name for name in answer["readings"][0] if name != "given"]
    if all(reading.get("gross") == reading.get("amount") for reading in answer["readings"]):
        computed = [name for name in computed if name != "gross"]
    names = (*disputed, *computed)
    rows = [tuple(str((reading | reading["given"]).get(name, "")) for name in names) for reading in answer["readings"]]
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(name, no_wrap=True)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _print(answer: Any) -> None:
    typer.echo(printable(json.dumps(answer, indent=2, ensure_ascii=False)))
