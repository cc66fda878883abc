"""What a demo shows: the timeline, the statement with its reasons, what is assumed, what counsel received."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from rich import box
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from enjoin.demo import Demo, Ended
from enjoin.receiver import Message
from workflow.law.explain import explain
from workflow.law.money import grouped


def show(demo: Demo, console: Console) -> None:
    """Print a demo for people."""
    console.print()
    console.rule(Text.assemble((demo.file.title, "bold"), f"  ·  {demo.result['case']}"))
    console.print(_timeline(demo))
    if demo.statement is not None:
        console.print(_statement(demo, demo.statement))
    console.print(_messages(demo))
    console.print(_closing(demo))


def show_all(ended: Sequence[Ended], console: Console) -> None:
    """Print how every case ended, a row each, and below it what differs from its file."""
    table = Table(box=box.SIMPLE, title="Every case, as its file says", title_justify="left", title_style="bold")
    table.add_column("case", no_wrap=True)
    table.add_column("what it shows")
    table.add_column("checks", justify="right")
    table.add_column("messages", justify="right")
    table.add_column("journal")
    for each in ended:
        result = each.demo.result if each.demo is not None else None
        table.add_row(
            Text(each.name, style="green" if not each.differs else "red"),
            each.file.title,
            f"{each.agreeing} of {each.checked}",
            f"{result['webhooks_verified']} verified" if result is not None else "",
            "stopped" if result is None else "verified" if result["journal_verified"] else "BROKEN",
        )
    console.print(table)
    for each in ended:
        for sentence in each.differs:
            console.print(Text(f"{each.name}: {sentence}", style="red"))


def _timeline(demo: Demo) -> Table:
    table = Table(box=box.SIMPLE, title="What happened", title_justify="left", title_style="bold", pad_edge=False)
    table.add_column("legal date", no_wrap=True)
    table.add_column("who", style="cyan", no_wrap=True)
    table.add_column("what")
    for moment in demo.timeline:
        what = Text(moment.what)
        if moment.refused:
            what = Text.assemble((moment.what, "red"), f"\n{moment.refused}")
        table.add_row(_day(moment.on), moment.actor.replace("_", " "), what)
    return table


def _statement(demo: Demo, statement: dict[str, Any]) -> Panel:
    """The sum with its reasons, as a body could adopt them."""
    reasons = Text(explain(statement["result"], statement["request"]) + "\n")
    assumed = Text("Assumed: " + ", ".join(demo.result["assumed"]), style="yellow")
    title = f"Why {demo.result['currency']} {grouped(demo.result['amount'])}, under {statement['regime']}"
    return Panel(Group(reasons, assumed), title=title, title_align="left", box=box.ROUNDED)


def _messages(demo: Demo) -> Table:
    title = f"What counsel received: {len(demo.messages)} messages, {demo.result['webhooks_verified']} verified"
    table = Table(box=box.SIMPLE, title=title, title_justify="left", title_style="bold", pad_edge=False)
    table.add_column("no.", justify="right")
    table.add_column("type")
    table.add_column("about")
    table.add_column("legal date", no_wrap=True)
    table.add_column("signature")
    for (kind, day, verified), alike in groupby(demo.messages, _sort_of_message):
        bodies = [each.body["data"] for each in alike]
        first, last = bodies[0]["sequence"], bodies[-1]["sequence"]
        table.add_row(
            f"{first}" if first == last else f"{first}–{last}",
            kind,
            _together(sorted(data.get("order") or data.get("decision") or "" for data in bodies)),
            _day(date.fromisoformat(day)),
            "[green]verified[/]" if verified else "[red]not verified[/]",
        )
    return table


def _sort_of_message(message: Message) -> tuple[str, str, bool]:
    """Messages that follow each other and share these are shown in one row."""
    return message.body["type"], message.body["data"]["effective_on"], message.verified


def _together(references: Sequence[str]) -> str:
    """`D/1, /2, /3` for orders of one decision."""
    first, *rest = references
    shared = first[: first.rfind("/")] if "/" in first else None
    return ", ".join([first, *(each.removeprefix(shared) if shared else each for each in rest)])


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
