"""A result in words: the reasoning of a deadline or a statement as a body could adopt it, sentence by sentence."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from workflow.law.duration import NotADuration, counted, read_duration
from workflow.law.interest_words import interest_in_words
from workflow.law.money import grouped
from workflow.law.statement import FIXED_BEFORE, LEFT_UNDER_CAP
from workflow.law.terms import BREACH, LUMP_SUM
from workflow.law.wording import in_words, listed, sentence

_REDUCTION = "reduction: "
_NOT_MET = "not met"

_FACTS = (
    ("served_on", "The order was served on"),
    ("event_on", "The event that starts the clock was on"),
    ("event_at", "The event that starts the clock was at"),
    ("deadline", "The last day for compliance was"),
    ("accrual_from", "The penalty runs from"),
    ("complied_on", "The order was complied with on"),
)


class _Words(NamedTuple):
    """What the sums of a statement are in, and what its units are called."""

    currency: str
    unit: str
    units: str

    def sum(self, amount: str) -> str:
        """A sum with its currency, where that is known."""
        return f"{self.currency} {grouped(amount)}".lstrip()

    def counted(self, number: int) -> str:
        """So many units."""
        return counted(number, self.unit, self.units)


def explain(result: Mapping[str, Any], request: Mapping[str, Any] | None = None) -> str:
    """Write a deadline, a statement or interest as a paragraph.

    With the request it also names the day of service, the currency and the unit; without it, sums stand alone.
    """
    asked = request or {}
    said = [f"{words} {in_words(asked[name])}." for name, words in _FACTS if name in asked]
    if "total" in result:
        return " ".join([*said, *map(sentence, result["explanation"]), *interest_in_words(result, asked)])
    is_statement = "lines" in result
    steps = result["explanation"]
    if is_statement and _reductions(result):
        steps = steps[:-1]  # the reduction is said after the sum it reduces
    said += map(sentence, steps)
    if is_statement:
        said += _statement(result, _words(asked))
    elif "last_day" in result:
        said.append(f"The last day that still counts is {in_words(result['last_day'])}.")
        if "ends_at" in result:
            said.append(f"It ends at {in_words(result['ends_at'])}.")
    else:
        said.append(f"The period ends at {in_words(result['last_instant'])}.")
    return " ".join(said)


def _words(request: Mapping[str, Any]) -> _Words:
    per = request.get("per")
    names = {LUMP_SUM: ("sum", "sums"), BREACH: ("breach", "breaches")}.get(str(per))
    if names is None:
        try:
            length = read_duration(str(per)).words
            one = length.removeprefix("one ")
            names = (one, f"{one}s") if " " not in one else (f"unit of {length}", f"units of {length}")
        except NotADuration:
            names = ("unit", "units")
    return _Words(str(request.get("currency", "")), *names)


def _statement(result: Mapping[str, Any], words: _Words) -> Iterator[str]:
    lines = [line for line in result["lines"] if line["units"]]
    yield from (_line(line, words) for line in lines)
    if not result["units"]:
        yield f"No {words.unit} is counted."
    elif sum(line["why"] != FIXED_BEFORE for line in lines) > 1:
        yield f"In all {words.counted(result['units'])} {'is' if result['units'] == 1 else 'are'} counted."
    gross, amount = words.sum(result["gross"]), words.sum(result["amount"])
    reasons = _reductions(result)
    if not reasons:
        yield f"The penalty amounts to {amount}."
    else:
        change = f"It is reduced to {amount}" if amount != gross else "The reduction leaves it as it is"
        yield f"The penalty would amount to {gross}."
        yield f"{change}, for this reason: {reasons[0].rstrip('.')}."
    yield from _shares(result, words)


def _reductions(result: Mapping[str, Any]) -> list[str]:
    """Why the sum is reduced: the line of a reduction is the one without units."""
    return [line["why"].removeprefix(_REDUCTION) for line in result["lines"] if not line["units"]]


def _shares(result: Mapping[str, Any], words: _Words) -> Iterator[str]:
    """Who owes what, or what is owed for which obligation; of one alone the sum was just said."""
    owe = [f"{each['name']} owes {words.sum(each['amount'])}" for each in result.get("by_addressee", ())]
    if owe:
        yield f"{listed(owe)}."
    parts = [each for each in result.get("by_obligation", ()) if each["units"]]
    if len(parts) > 1:
        verbs = ("is for", *("for" for _ in parts[1:]))
        due = [f"{words.sum(each['amount'])} {verb} {each['name']}" for verb, each in zip(verbs, parts, strict=True)]
        yield f"Of this, {listed(due)}."


def _line(line: Mapping[str, Any], words: _Words) -> str:
    units = words.counted(line["units"])
    were = "was" if line["units"] == 1 else "were"
    rate, amount = words.sum(line.get("rate_rounded", line["rate"])), words.sum(line["amount"])
    rate = f"about {rate}" if "rate_rounded" in line else rate
    why = str(line["why"])
    if why == FIXED_BEFORE:
        said = f"{units} {were} fixed before and {'is' if line['units'] == 1 else 'are'} not counted again"
    elif LEFT_UNDER_CAP in why:
        said = f"{units} {'is' if line['units'] == 1 else 'are'} counted with the {amount} left under the cap"
    elif line["units"] == 1 and rate == amount:
        said = f"{units} {'of' if words.unit == 'sum' else 'at'} {rate} is counted"
    else:
        said = f"{units} at {rate} {'makes' if line['units'] == 1 else 'make'} {amount}"
    reason = why.replace(LEFT_UNDER_CAP, "").rstrip(": ")
    about = "" if reason in (_NOT_MET, FIXED_BEFORE) else f" ({reason})"
    text = f"{_when(line)}{said}{about}."
    return f"{text[:1].upper()}{text[1:]}"


def _when(line: Mapping[str, Any]) -> str:
    if line["from"] is None:
        return ""
    if line["from"] == line["to"]:
        return f"On {in_words(line['from'])}, "
    return f"From {in_words(line['from'])} to {in_words(line['to'])}, both included, "
