"""Rules, dates and numbers in the English of a decision: one entry of an explanation is one sentence."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from workflow.law.duration import counted
from workflow.law.explanation import FIRST_LATE_DAY, REQUEST, UNVERIFIED
from workflow.law.members import as_date

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WRITTEN = re.compile(
    r"(?<![\w-])([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2})(:[0-9.]+)?(Z|[+-][0-9]{2}:[0-9]{2})?)?(?![\w-])"
)
_CALENDAR = re.compile(r" \((calendar .+)\)$")
_CLAMPED = ", since a month that lacks the number of the day ends on its last day"

# What a rule says, and how a decision says it. {after} is the day it leads to, {run} the verb of a length of time.
_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rule), said)
    for rule, said in (
        (r"rules of (?P<title>.+)", "the rules of {pin} apply"),
        (r"the clock (?P<clock>\w+) starts at (?P<start>\w+)", "the period {clock} starts with {start}"),
        (
            r"event day not counted; (?:same day number )?(?P<length>.+?) back"
            r"(?: with (?P<more>\d+) more for distance)?(?P<clamped>, or the month's last .*)?",
            "the day of the event is not counted; counted back, {length}{more} {run} to {after}{clamped}",
        ),
        (
            r"event day counted as the first; (?P<length>.+?) back"
            r"(?: with (?P<more>\d+) more for distance)?(?P<clamped>, or the month's last .*)?",
            "the day of the event counts as the first; counted back, {length}{more} {run} to {after}{clamped}",
        ),
        (
            r"months counted from the day (?P<near>after|before) the event; (?P<length>.+?) (?:on|back)"
            r"(?: with (?P<more>\d+) more for distance)?(?P<clamped>, or the month's last .*)?",
            "months are counted from the day {near} the event; {length}{more} {run} to {after}{clamped}",
        ),
        (
            r"event day not counted; (?:same day number )?(?P<length>.+?) on"
            r"(?: with (?P<more>\d+) more for distance)?(?P<clamped>, or the month's last .*)?",
            "the day of the event is not counted; {length}{more} {run} to {after}{clamped}",
        ),
        (
            r"event day counted as the first; (?P<length>.+?)"
            r"(?: with (?P<more>\d+) more for distance)?(?P<clamped>, or the month's last .*)?",
            "the day of the event counts as the first; {length}{more} {run} to {after}{clamped}",
        ),
        (
            r"(?P<length>\S+) (?P<days>days?), working days only(?P<way>| back), from (?P<day>.+)",
            "{length} working {days}, counted{way} from {day}, {run} to {after}",
        ),
        (
            r"event in (?P<recess>the recess .+): moved to (?P<to>.+)",
            "the event lies in {recess}; the period is counted as from {after}, {to}",
        ),
        (
            r"(?P<days_out>\w+ days? of the recess .+ do(?:es)? not count)",
            "{days_out}, and the period runs to {after}",
        ),
        (
            r"(?P<recess>the recess .+) is passed over, (?P<number>.+ months?) more",
            "{recess} is passed over, with {number} more, and the period runs to {after}",
        ),
        (
            r"the period begins and ends in (?P<recess>the recess .+): its last day is moved",
            "the period begins and ends in {recess}, and its last day moves to {after}",
        ),
        (
            r"clear days: .*",
            "the days are clear: neither the day of the event nor the last day is one of them, and the period runs to "
            "{after}",
        ),
        (r"franc: .*", "the period is franc: its last day does not count either, and it runs to {after}"),
        (
            r"last day is a (?P<kind>\w+): next working day",
            "that is a {kind}, and the period runs to the next working day, {after}",
        ),
        (
            r"last day is a (?P<kind>\w+): previous working day",
            "that is a {kind}, and the period runs to the previous working day, {after}",
        ),
        (r"last day is a working day, no roll", "that is a working day, and the period ends on it"),
        (r"no roll", "the last day stands even where it is no working day"),
        (
            r"the period must contain (?P<number>\d+) working days",
            "the period must contain {number} working days and runs to {after}",
        ),
        (r"the period contains (?P<number>\d+) working days", "it contains the {number} working days that it must"),
        (re.escape(FIRST_LATE_DAY), "the first late day is the day after it, {after}"),
        (r"extended", "the last day was moved to {after}"),
        (
            r"the hour of the event does not count: .*",
            "the hour of the event is not counted; the next begins at {after}",
        ),
        (r"(?P<length>.+) of elapsed time, .*", "{length} of elapsed time are counted, whatever the clocks do"),
        (r"(?P<member>\w+) is not applied: (?P<why>.+)", "what is said of {member} is not applied, as {why}"),
        (
            r"not counted: (?P<when>.+), (?P<late>\d+) (?P<which>(?:more )?late) days?",
            "{late} {when} {are} not counted",
        ),
    )
)
_CLOCKS = {
    "compliance": "for compliance",
    "appeal": "for an appeal",
    "observations": "for observations",
    "payment": "for payment",
    "access_request": "for the answer to a request",
}


def sentence(entry: Mapping[str, Any]) -> str:
    """Write one rule as a sentence: what it says, the day it leads to, and its sources in brackets."""
    rule = str(entry["rule"])
    sources = [] if entry["reference"] == REQUEST else [str(entry["reference"])]
    if rule.endswith(UNVERIFIED):
        rule = rule.removesuffix(UNVERIFIED)
        sources.append("a rule not yet verified")
    calendar = _CALENDAR.search(rule)
    if calendar:
        rule = rule[: calendar.start()]
        sources.insert(0, calendar[1])
    said = _said(rule, entry["before"], entry["after"], sources)
    source = f" ({'; '.join(sources)})" if sources else ""
    return f"{in_words(f'{said[:1].upper()}{said[1:]}{source}').rstrip('.')}."


def _said(rule: str, before: Any, after: Any, sources: list[str]) -> str:
    for pattern, words in _SAID:
        found = pattern.fullmatch(rule)
        if found:
            parts = {name: value or "" for name, value in found.groupdict().items()}
            if "title" in parts:
                parts["pin"], _, sources[0] = sources[0].partition(", ")
                sources.insert(0, parts["title"])
            return words.format_map(_spelled(parts) | {"after": after})
    if after is None or before == after:
        return rule
    return f"{rule}: {after}" if before is None else f"{rule}: from {before} to {after}"


def _spelled(parts: dict[str, str]) -> dict[str, str]:
    """The parts of a rule as they stand in a sentence."""
    one = (parts.get("length", "").startswith("one ") and " and " not in parts["length"]) or parts.get("days") == "day"
    parts["run"] = "runs" if one else "run"
    if parts.get("more"):
        parts["more"] = f", with {counted(int(parts['more']), 'month')} more for distance,"
        parts["run"] = "run"
    if parts.get("clamped"):
        parts["clamped"] = _CLAMPED
    if parts.get("number", "").isdecimal():
        parts["number"] = counted(int(parts["number"]), "")
    if "late" in parts:
        late = int(parts["late"])
        parts["late"], parts["are"] = counted(late, f"{parts['which']} day"), "is" if late < 2 else "are"
        parts["when"] = f"{'from' if ' to ' in parts['when'] else 'on'} {parts['when']}"
    if "clock" in parts:
        parts["clock"] = _CLOCKS.get(parts["clock"], parts["clock"])
        parts["start"] = parts["start"].replace("_", " ")
    return parts


def in_words(text: Any) -> str:
    """Write every date and time in a text in words: "20 December 2022", "14:00 on 29 March 2026 (UTC+02:00)"."""
    return _WRITTEN.sub(_day_in_words, str(text))


def _day_in_words(found: re.Match[str]) -> str:
    day = as_date(found[1])
    if day is None:
        return found[0]
    said = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    if not found[2]:
        return said
    seconds = found[3] if found[3] and found[3].strip(":0.") else ""
    offset = found[4] or ""
    zone = " UTC" if offset == "Z" else ""
    return f"{found[2]}{seconds}{zone} on {said}{f' (UTC{offset})' if offset and not zone else ''}"


def listed(names: Sequence[str]) -> str:
    """Join names as a sentence does: "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
