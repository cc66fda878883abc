"""Reading the members of a JSON request: each with its type, all errors together, nothing guessed.

A reader notes what is wrong under the member's JSON pointer and gives None; whoever reads goes on, so that one answer
names all that is wrong. A member that is null is of the wrong type: what is not known is left out.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from workflow.law.duration import Duration, NotADuration, read_duration
from workflow.law.invalid import InvalidRequest, MemberError, nearest
from workflow.law.money import NotMoney, decimals, minor_units, percent

_LONG_TEXT = 2_000
_SHOWN = 40
_FRACTION = re.compile(r"([0-9]{1,18})/([0-9]{1,18})")


class Members:
    """The members of one JSON object and what is wrong with them."""

    __slots__ = ("_is_object", "errors", "path", "source")

    def __init__(self, source: Any, path: str, known: frozenset[str], errors: list[MemberError]) -> None:
        self.path = path
        self.errors = errors
        self.source: Mapping[str, Any] = {}
        self._is_object = type(source) is dict or isinstance(source, Mapping)
        if not self._is_object:
            errors.append(MemberError(path, f"an object, not {shown(source)}"))
            return
        self.source = source
        if not known.issuperset(source):
            for name in source:
                if name not in known:
                    self._refuse_unknown(name, known)

    def __contains__(self, name: str) -> bool:
        return name in self.source

    def at(self, name: str) -> str:
        """Give the JSON pointer of a member."""
        return f"{self.path}/{name}"

    def fail(self, name: str, problem: str) -> None:
        """Note what is wrong with a member; of what is no object nothing more is said."""
        if self._is_object:
            self.errors.append(MemberError(self.at(name), problem))

    def date(self, name: str) -> date | None:
        """Read a date like 2022-12-20; years 0001 to 9999."""
        if name not in self.source:
            return None
        value = self.source[name]
        day = as_date(value)
        if day is None:
            self.fail(name, f"a date like 2022-12-20, not {shown(value)}")
        return day

    def text(self, name: str) -> str | None:
        """Read a text that is not blank."""
        if name not in self.source:
            return None
        value = self.source[name]
        if not isinstance(value, str) or not value.strip() or len(value) > _LONG_TEXT:
            self.fail(name, f"a text of 1 to {_LONG_TEXT} characters, not {shown(value)}")
            return None
        return value

    def choice(self, name: str, allowed: Sequence[str]) -> str | None:
        """Read one of a few words."""
        if name not in self.source:
            return None
        value = self.source[name]
        if not isinstance(value, str) or value not in allowed:
            self.fail(name, f"one of {', '.join(allowed)}, not {shown(value)}")
            return None
        return value

    def flag(self, name: str) -> bool | None:
        """Read true or false."""
        if name not in self.source:
            return None
        value = self.source[name]
        if not isinstance(value, bool):
            self.fail(name, f"true or false, not {shown(value)}")
            return None
        return value

    def whole(self, name: str, least: int, most: int) -> int | None:
        """Read a whole number within limits; 2.0 and true are none."""
        if name not in self.source:
            return None
        value = self.source[name]
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.fail(name, f"a whole number from {least} to {most}, not {shown(value)}")
            return None
        return value

    def minor(self, name: str, currency: str | None) -> int | None:
        """Read a decimal string as minor units; only its form is checked while the currency is not known."""
        if name not in self.source:
            return None
        value = self.source[name]
        try:
            # Without a currency the most decimals any has: what is wrong in every currency is named at once.
            return minor_units(value, currency or "KWD")
        except NotMoney as wrong:
            self.fail(name, str(wrong))
            return None

    def currency(self) -> str | None:
        """Read the code of a currency whose decimals are known; it must be there."""
        if "currency" not in self.source:
            self.fail("currency", "is needed, like EUR")
            return None
        value = self.source["currency"]
        try:
            decimals(value)
        except NotMoney as wrong:
            self.fail("currency", f"{wrong}; not {shown(value)}")
            return None
        return str(value)

    def percent(self, name: str) -> Fraction | None:
        """Read a number of per cent, or of points."""
        if name not in self.source:
            return None
        value = self.source[name]
        try:
            return percent(value)
        except NotMoney as wrong:
            self.fail(name, f"{wrong}, not {shown(value)}")
            return None

    def fraction(self, name: str, meaning: str) -> Fraction | None:
        """Read a fraction like "1/2", its lower number above zero; `meaning` says what it is of."""
        if name not in self.source:
            return None
        value = self.source[name]
        parts = _FRACTION.fullmatch(value) if isinstance(value, str) else None
        if parts is None or int(parts[2]) == 0:
            self.fail(name, f'{meaning}, like "1/2", not {shown(value)}')
            return None
        return Fraction(int(parts[1]), int(parts[2]))

    def duration(self, name: str) -> Duration | None:
        """Read an ISO 8601 length like P2M."""
        if name not in self.source:
            return None
        value = self.source[name]
        try:
            return read_duration(value if isinstance(value, str) else "")
        except NotADuration as wrong:
            self.fail(name, f"{wrong}; not {shown(value)}")
            return None

    def items(self, name: str, most: int) -> Sequence[Any] | None:
        """Read a list of at most so many entries."""
        if name not in self.source:
            return None
        value = self.source[name]
        if not isinstance(value, list | tuple):
            self.fail(name, f"a list, not {shown(value)}")
            return None
        if len(value) > most:
            self.fail(name, f"at most {most} entries, not {len(value)}; split the request")
            return None
        return value

    def objects(self, name: str, most: int, known: frozenset[str]) -> "list[Members] | None":
        """Read a list of objects with these members."""
        entries = self.items(name, most)
        if entries is None:
            return None
        return [Members(entry, f"{self.path}/{name}/{n}", known, self.errors) for n, entry in enumerate(entries)]

    def object(self, name: str, known: frozenset[str]) -> "Members | None":
        """Read an object with these members."""
        if name not in self.source:
            return None
        return Members(self.source[name], self.at(name), known, self.errors)

    def raise_errors(self) -> None:
        """Raise InvalidRequest with all errors noted so far, if there are any."""
        if self.errors:
            raise InvalidRequest(*dict.fromkeys(self.errors))

    def _refuse_unknown(self, name: Any, known: frozenset[str]) -> None:
        word = name if isinstance(name, str) else str(name)
        near = nearest(word, known)
        advice = f"did you mean {near}?" if near else f"known are {', '.join(sorted(known))}"
        self.fail(word.replace("~", "~0").replace("/", "~1"), f"unknown member; {advice}")


def as_date(value: Any) -> date | None:
    """Read a calendar date like 2022-12-20; None for anything else, week dates and basic format among it."""
    if not isinstance(value, str) or len(value) != 10 or value[4] != "-" or value[7] != "-":
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def shown(value: Any) -> str:
    """Name a wrong value in an error, briefly."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= _SHOWN else f'"{value[:_SHOWN]}…"'
    if isinstance(value, int | float):
        # Writing a whole number of thousands of digits is itself an error in Python.
        return "a number that large" if abs(value) >= 10**18 else f"the number {value}"
    if isinstance(value, list | tuple):
        return "a list"
    return "an object" if isinstance(value, Mapping) else f"a {type(value).__name__}"
