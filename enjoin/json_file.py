"""JSON from a file or from standard input, for commands, and what of it they print."""

import sys
from pathlib import Path
from typing import Any

from enjoin.stop import stop

REFUSED = 2


def read_json(file: str) -> Any:
    """The JSON in a file, `-` for standard input; ends the command with a sentence when there is none."""
    from workflow.law.invalid import InvalidRequest
    from workflow.use_cases.acting import strict_json

    try:
        return strict_json.read_json(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes())
    except OSError as error:
        stop(f"{file}: {error.strerror}", REFUSED)
    except strict_json.NotJSON as error:
        stop(f"{file} is not JSON: {error}", REFUSED)
    except InvalidRequest as invalid:
        stop(f"{file}: {invalid}", REFUSED)


def printable(text: str) -> str:
    """A text as a terminal or a file can hold it: half a character, which JSON may have escaped, is escaped again."""
    return text.encode(errors="backslashreplace").decode()
