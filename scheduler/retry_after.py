"""Reading `Retry-After`: a number of seconds, or a date as HTTP writes it (RFC 9110, 10.2.3)."""

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

LONGEST_S = 86_400
"""Nobody is left alone for longer than a day on their own word."""


def retry_after(answer: httpx.Response, now: datetime) -> int | None:
    """The seconds a server asks to be left alone, from 0 to a day's; None when it says nothing that can be read."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit() and len(value) < 12:
        return min(int(value), LONGEST_S)
    if len(value) > 60:
        return None
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if until.tzinfo is None:  # `-0000`, or a date without any zone: HTTP knows no other than this
        until = until.replace(tzinfo=UTC)
    return min(max(0, math.ceil((until - now).total_seconds())), LONGEST_S)
