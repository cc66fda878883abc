"""What happened in a case, line by line, for people: from the events of its journal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from workflow.law.duration import read_duration
from workflow.law.money import grouped


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the timeline: the legal date, who acted, what happened. `refused` is the problem's sentence."""

    on: date
    actor: str
    what: str
    refused: str | None = None

    def to_json(self) -> dict[str, str]:
        """The line as JSON."""
        line = {"on": self.on.isoformat(), "actor": self.actor, "what": self.what}
        return line if self.refused is None else line | {"refused": self.refused}


def moments(events: list[dict[str, Any]]) -> list[Moment]:
    """Events as lines of a timeline: what happened alike to several things in one go is one line."""
    grouped: dict[tuple[str, str, str], int] = {}
    for event in events:
        tell = _SENTENCES.get(event["type"])
        sentence = tell(event["data"]) if tell is not None else ""
        key = (event["effective_on"], event["actor"]["name"] or "?", f"{_words(event)}{sentence}")
        grouped[key] = grouped.get(key, 0) + 1
    return [
        Moment(date.fromisoformat(on), actor, what if count == 1 else f"{count} × {what}")
        for (on, actor, what), count in grouped.items()
    ]


def _words(event: dict[str, Any]) -> str:
    subject, _, happened = event["type"].partition(".")
    return f"{subject} {happened}".replace("_", " ")


def _served(data: dict[str, Any]) -> str:
    mark = " (assumed)" if "served_on" in data["assumed"] else ""
    return f" on {data['served_on']}{mark}"


_SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    "decision.served": _served,
    "decision.drafted": lambda data: f": a fine of {_sum(data['fine'])}" if "fine" in data else "",
    "order.entered_into_force": lambda data: f": last day {data['last_day']}",
    "order.reminded": lambda data: f": {_days(data['days_left'])} left",
    "order.period_expired": lambda data: f": last day was {data['last_day']}, no finding",
    "penalty_clause.drafted": lambda data: f": {_sum(data['clause']['rate'])} for each {_unit(data['clause']['per'])}",
    "penalty_decision.proposed": lambda data: (
        f": {data['units']} days, {data['from']} to {data['to']}, {_sum(data['amount'])}"
    ),
}


def _sum(money: dict[str, str]) -> str:
    return f"{money['currency']} {grouped(money['amount'])}"


def _unit(per: str) -> str:
    return read_duration(per).words.removeprefix("one ")


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
