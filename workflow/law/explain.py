"""A result in words: the reasoning of a deadline or a statement as a body could adopt it, sentence by sentence."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from workflow.law.explanation import FIRST_LATE_DAY, REQUEST, UNVERIFIED
from workflow.law.members import as_date
from workflow.law.money import grouped

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


_PERIOD = "event day not counted; "
_SAME_NUMBER = "same day number "


def explain(result: Mapping[str, Any], request: Mapping[str, Any] | None = None) -> str:
    """Write a deadline or a statement as a paragraph.

    With the request it also names the day of service and the currency; without it, sums stand alone.
    """
    sentences = [*_facts(request or {}), *(_sentence(entry) for entry in result["explanation"])]
    if "lines" in result:
        sentences += _statement(result, request or {})
    elif "last_day" in result:
        sentences.append(f"The last day that still counts is {_day(result['last_day'])}.")
        if "ends_at" in result:
            sentences.append(f"It ends at {result['ends_at']}.")
    else:
        sentences.append(f"The period ends at {result['last_instant']}.")
    return " ".join(sentences)


def _facts(request: Mapping[str, Any]) -> Iterator[str]:
    for name, words in (
        ("served_on", "The order was served on"),
        ("event_on", "The event that starts the clock was on"),
        ("event_at", "The event that starts the clock was at"),
        ("deadline", "The last day for compliance was"),
        ("accrual_from", "The penalty runs from"),
        ("complied_on", "The order was complied with on"),
    ):
        if name in request:
            yield f"{words} {_day(request[name])}."


def _sentence(entry: Mapping[str, Any]) -> str:
    """Write one rule as a sentence: what it says, the day it leads to, and its source in brackets."""
    rule = str(entry["rule"])
    sources = [] if entry["reference"] == REQUEST else [str(entry["reference"])]
    if rule.endswith(UNVERIFIED):
        rule = rule.removesuffix(UNVERIFIED)
        sources.append("a rule not yet verified")
    said = _said(rule, entry["before"], entry["after"])
    source = f" ({'; '.join(sources)})" if sources else ""
    return f"{said[:1].upper()}{said[1:]}{source}."


def _said(rule: str, before: Any, after: Any) -> str:
    if rule.startswith(_PERIOD):
        length = rule.removeprefix(_PERIOD).removeprefix(_SAME_NUMBER)
        return f"the day of the event is not counted; {length}, the last day is {_day(after)}"
    if rule.startswith("rules of "):
        return f"the {rule} apply"
    if rule == "no roll":
        return "the last day stands even where it is no working day"
    if rule == FIRST_LATE_DAY:
        return f"the first late day is the day after it, {_day(after)}"
    if after is None or before == after:
        return rule
    return f"{rule}: {_day(after)}" if before is None else f"{rule}: from {_day(before)} to {_day(after)}"


def _statement(result: Mapping[str, Any], request: Mapping[str, Any]) -> Iterator[str]:
    currency = f"{request['currency']} " if "currency" in request else ""
    unit = "day" if request.get("per") == "P1D" else "unit"
    for line in result["lines"]:
        if line["units"]:
            yield _line(line, currency, unit)
    plural = "" if result["units"] == 1 else "s"
    yield f"In all {result['units']} {unit}{plural} {'is' if result['units'] == 1 else 'are'} counted."
    if result["amount"] == result["gross"]:
        yield f"The penalty amounts to {currency}{grouped(result['amount'])}."
    else:
        yield f"The penalty would amount to {currency}{grouped(result['gross'])}."
        yield f"After reduction {currency}{grouped(result['amount'])} remains to be paid."


def _line(line: Mapping[str, Any], currency: str, unit: str) -> str:
    units = f"{line['units']} {unit}{'' if line['units'] == 1 else 's'}"
    when = "" if line["from"] is None else f"From {_day(line['from'])} to {_day(line['to'])}, both included, "
    if line["from"] == line["to"] and line["from"] is not None:
        when = f"On {_day(line['from'])} "
    sum_ = f"{units} at {currency}{grouped(line['rate'])} make {currency}{grouped(line['amount'])}"
    reason = "" if line["why"] == "not met" else f" ({line['why']})"
    return f"{when}{sum_}{reason}."


def _day(value: Any) -> str:
    """Write a date in words, anything else as it is."""
    day: date | None = as_date(value)
    return str(value) if day is None else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
