"""Whether a case ended as its file says, as read back through the API."""

from dataclasses import dataclass
from typing import Any

from enjoin.case_file import Check
from enjoin.replay import Replay, ReplayFailed


@dataclass(frozen=True, slots=True)
class Checked:
    """A check and the value that was found; `found` is a sentence where there was none."""

    check: Check
    found: Any
    agrees: bool

    @property
    def what(self) -> str:
        """What was looked at, `order/1 state`."""
        known = f" as known at {self.check.as_known_at}" if self.check.as_known_at is not None else ""
        return f"{self.check.read} {self.check.path}{known}"

    def to_json(self) -> dict[str, Any]:
        """The check as JSON."""
        return {"what": self.what, "is": self.found, "expected": self.check.is_, "agrees": self.agrees}


def check_all(replay: Replay) -> list[Checked]:
    """Every check of the file, in its order."""
    return [_look(replay, each) for each in replay.file.expect.checks]


def _look(replay: Replay, check: Check) -> Checked:
    try:
        found = at_path(replay.read(check.read, as_known_at=check.as_known_at), check.path)
    except (LookupError, ReplayFailed) as why:
        return Checked(check, str(why), False)
    return Checked(check, found, found == check.is_)


def at_path(value: Any, path: str) -> Any:
    """The value at a dotted path: names of members, and places in lists; LookupError when there is none."""
    for part in path.split("."):
        if isinstance(value, list) and part.lstrip("-").isdigit() and -len(value) <= int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, dict) and part in value:
            value = value[part]
        else:
            raise LookupError(f"there is no {part!r} on the way to {path}")
    return value
