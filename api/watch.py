"""Whether there is news: the last position of the notices, looked up a few times a second for all who wait."""

import time

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from workflow.use_cases.counsel.notice_feed import last_position

EVERY_S = 0.25
MOST_WAITING = 500
"""How many requests wait at once in a process; one more is answered at once."""


class Watch:
    """The last position as it was a moment ago. Other processes write too, so the database is asked."""

    def __init__(self, reader: Engine) -> None:
        self._reader = reader
        self._position = -1
        self._looked_at = -EVERY_S
        self.waiting = 0

    async def position(self) -> int:
        """The last position, at most a quarter of a second old."""
        now = time.monotonic()
        if now - self._looked_at >= EVERY_S:
            self._looked_at = now
            self._position = await run_in_threadpool(self._look)
        return self._position

    def _look(self) -> int:
        with self._reader.connect() as connection:
            return last_position(connection)
