"""When a message is tried again, and when no more."""

import random
from datetime import datetime, timedelta

RETRY_SECONDS = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""How long after attempt 1, 2, 3 … the next one comes: 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 hours."""

ATTEMPTS = len(RETRY_SECONDS) + 1
"""After so many a message is given up, and the case says so."""

JITTER = 0.1
"""A wait is longer by up to this share of it, so that what failed together does not come back together."""

LONGEST_WAIT_S = 86_400
"""A receiver that asks for time (`Retry-After`) is given a day at most."""


def next_attempt(used: int, ended_at: datetime, retry_after_s: int | None = None) -> datetime | None:
    """When the next attempt comes after `used` are used up, the last of which ended then; None when there is none."""
    if used > len(RETRY_SECONDS):
        return None
    wait = RETRY_SECONDS[used - 1] * (1 + JITTER * random.random())  # noqa: S311
    return ended_at + timedelta(seconds=max(wait, min(retry_after_s or 0, LONGEST_WAIT_S)))
