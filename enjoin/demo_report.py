"""What a demo shows: the timeline, the statement with its reasons, what is assumed, what counsel received."""

from datetime import date
from typing import Any

from rich import box
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from enjoin.demo import Demo


def show(demo: Demo, console: Console) -> None:
    """Print a demo for people."""
    console.print()
    console.rule(f"[bold]{demo.file.title}[/]  ·  {demo.result['case']}")
    console.print(_timeline(demo))
    console.print(_statement(demo))
    console.print(_messages(demo))
    console.print(_closing(demo))


def _timeline(demo: Demo) -> Table:
    table = Table(box=box.SIMPLE, title="What happened", title_justify="left", title_style="bold", pad_edge=False)
    table.add_column("legal date", no_wrap=True)
    table.add_column("who", style="cyan", no_wrap=True)
    table.add_column("what")
    for moment in demo.timeline:
        what = Text(moment.what, style="red" if moment.refused else "")
        if moment.refused:
            what.append(f"\n{moment.refused}", style="dim")
        table.add_row(_day(moment.on), moment.actor.replace("_", " "), what)
    return table


def _statement(demo: Demo) -> Panel:
    result, request = demo.statement["result"], demo.statement["request"]
    table = Table(box=None, pad_edge=False)
    for name in ("from", "to", "units", "rate", "amount", "why"):
        table.add_column(name, justify="right" if name in ("units", "rate", "amount") else "left")
    for line in result["lines"]:
        why = line["why"] if isinstance(line["why"], str) else "; ".join(line["why"])
        table.add_row(line["from"], line["to"], str(line["units"]), _digits(line["rate"]), _digits(line["amount"]), why)
    reasons = Text("\n")
    for step in result["explanation"]:
        reasons.append("• ", style="dim").append(_reason(step) + "\n")
    total = Text(f"{request['currency']} {_digits(result['amount'])}", style="bold green")
    assumed = Text("Assumed: " + ", ".join(demo.result["assumed"]), style="yellow")
    title = f"Statement under {demo.statement['regime']}: {result['units']} days late"
    return Panel(Group(table, reasons, total, assumed), title=title, title_align="left", box=box.ROUNDED)


def _reason(step: dict[str, Any]) -> str:
    reference = f" ({step['reference']})" if step.get("reference") else ""
    before, after = step.get("before"), step.get("after")
    change = f": {before} → {after}" if before != after and before is not None else f": {after}" if after else ""
    return f"{step['rule']}{reference}{change}"


def _messages(demo: Demo) -> Table:
    title = f"What counsel received: {len(demo.messages)} messages, {demo.result['webhooks_verified']} verified"
    table = Table(box=box.SIMPLE, title=title, title_justify="left", title_style="bold", pad_edge=False)
    table.add_column("no.", justify="right")
    table.add_column("type")
    table.add_column("about")
    table.add_column("legal date", no_wrap=True)
    table.add_column("signature")
    for message in demo.messages:
        data = message.body["data"]
        mark = "[green]verified[/]" if message.verified else "[red]not verified[/]"
        about = data.get("order") or data.get("decision") or ""
        table.add_row(
            str(data["sequence"]), message.body["type"], about, _day(date.fromisoformat(data["effective_on"])), mark
        )
    return table


def _closing(demo: Demo) -> Text:
    result = demo.result
    text = Text()
    text.append(f"{result['journal_events']} events in the journal, chain ")
    text.append(
        "verified" if result["journal_verified"] else "BROKEN", style="green" if result["journal_verified"] else "red"
    )
    text.append(f". Penalty decision: {result['penalty_decision_state']}. ")
    text.append("A machine proposed it; a person decides.\n", style="bold")
    return text


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _digits(amount: str) -> str:
    """Thousands apart: 5,200,000.00."""
    whole, _, decimals = amount.partition(".")
    return f"{int(whole):,}" + (f".{decimals}" if decimals else "")
