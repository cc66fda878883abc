"""The register's clock, as the store sees it. Clocks themselves are made by `enjoin/` and by tests."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Says what day it is in law. It may jump; it never answers without a time zone."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""


def machine_now() -> datetime:
    """The real time: for leases, retries and expiry of keys, never for a legal date."""
    return datetime.now(UTC)
