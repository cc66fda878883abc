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
        return json.loads(text)
    except OSError as error:
        stop(f"{file}: {error.strerror}", REFUSED)
    except (ValueError, RecursionError) as error:
        stop(f"{file} is not JSON: {error}", REFUSED)
