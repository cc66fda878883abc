"""JSON from a file or from standard input, for commands."""

import json
import sys
from pathlib import Path
from typing import Any

from enjoin.stop import stop

REFUSED = 2


def read_json(file: str) -> Any:
    """The JSON in a file, `-` for standard input; ends the command with a sentence when there is none."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        return json.loads(text, object_pairs_hook=_members)
    except OSError as error:
        stop(f"{file}: {error.strerror}", REFUSED)
    except (ValueError, RecursionError) as error:
        stop(f"{file} is not JSON: {error}", REFUSED)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; ValueError for a member that stands in it twice, which a reader would have to guess about."""
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the member {twice!r} stands twice in one object")
    return members
