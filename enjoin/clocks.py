"""The register's clocks: the real one, and one that jumps for the demo. Nothing else in Enjoin makes a clock."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


class RealClock:
    """The register's clock of a running authority."""

    def now(self) -> datetime:
        """The instant, in UTC."""
        return datetime.now(UTC)


class JumpingClock:
    """A register's clock that stands at nine in the morning of a day, in the authority's zone, until it jumps on."""

    def __init__(self, day: date, timezone: str) -> None:
        self._zone = ZoneInfo(timezone)
        self._instant = self._morning(day)

    def now(self) -> datetime:
        """The instant it stands at, in UTC."""
        return self._instant

    def jump(self, day: date) -> None:
        """Jump to a later day, or stay; ValueError for an earlier one."""
        if self._morning(day) < self._instant:
            raise ValueError(f"the register's clock never goes back: it stands at {self._instant:%Y-%m-%d}")
        self._instant = self._morning(day)

    def _morning(self, day: date) -> datetime:
        return datetime.combine(day, time(9), self._zone).astimezone(UTC)
