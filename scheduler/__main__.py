"""`python -m scheduler`: run on a clock, or once. Exits 0, 1 (the API is away) or 2 (the settings, or the key)."""

import argparse
import json
import logging
import os
import sys
from collections.abc import Sequence

from scheduler.client import CallFailed, KeyRefused, connect
from scheduler.run import API_FAILED, KEY_REFUSED, OK, once, run
from scheduler.settings import SettingsRefused, read_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code. The log and all complaints go to stderr, only a report to stdout."""
    parser = argparse.ArgumentParser(prog="python -m scheduler", description="Sweeps what is due, delivers webhooks.")
    parser.add_argument("--once", action="store_true", help="one sweep and one delivery round; prints a report as JSON")
    parser.add_argument(
        "--with-parent",
        nargs="?",
        type=int,
        const=os.getppid(),
        metavar="PID",
        help="end when the parent process does; its PID, if given, also counts when it died before this was read",
    )
    options = parser.parse_args(arguments)
    _log_to_stderr()
    try:
        settings = read_settings()
    except SettingsRefused as error:
        return _complain(error, KEY_REFUSED)

    with connect(settings.api_url, settings.api_key.get_secret_value()) as client:
        if not options.once:
            return run(settings, client, options.with_parent)
        try:
            report = once(settings, client)
        except KeyRefused as error:
            return _complain(error, KEY_REFUSED)
        except CallFailed as error:
            return _complain(error, API_FAILED)
    sys.stdout.write(json.dumps(report) + "\n")
    return OK


def _complain(error: Exception, code: int) -> int:
    sys.stderr.write(f"{error}\n")
    return code


def _log_to_stderr() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # a line for each request otherwise
    # It warns at each tick that finds the last one still at work, which is how a slow receiver looks.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


if __name__ == "__main__":
    sys.exit(main())
