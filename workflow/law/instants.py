"""Points in time: time zones, the meaning of a written local time in its zone, and the next full hour."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

_LOCAL = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_HOUR = timedelta(hours=1)


class NotAnInstant(ValueError):
    """This is no point in time."""


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """Find an IANA time zone; NotAnInstant for a name that is none."""
    # Asked by list, because ZoneInfo looks names up as files: a folder or a name with a null byte raise as they like,
    # and "localtime" would make the answer depend on the machine.
    if name not in _zones():
        raise NotAnInstant("an IANA time zone like Europe/Paris")
    return ZoneInfo(name)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones() - {"localtime"})


def read_local(text: str, timezone: str, needs_instant: bool = True) -> datetime:
    """Read a local date-time, with or without its offset, as an aware time of the zone.

    A local time that the zone skips is refused; one that exists twice needs its offset, unless only the date matters
    (`needs_instant=False`); an offset that is written must be one the zone has then. NotAnInstant says which.
    """
    found = _LOCAL.fullmatch(text)
    if found is None:
        raise NotAnInstant("a local date-time like 2026-03-28T12:20:00")
    local_zone = zone(timezone)
    try:
        early = datetime.fromisoformat(found[1]).replace(tzinfo=local_zone)
        late = early.replace(fold=1)
        offsets = {reading.utcoffset(): reading for reading in (late, early) if _exists(reading)}
    except (ValueError, OverflowError):
        raise NotAnInstant("a date-time that exists, between years 1 and 9999") from None
    if not offsets:
        raise NotAnInstant(f"{found[1]} does not exist in {timezone}: the clocks were put forward over it")
    if found[2]:
        chosen = offsets.get(_offset(found[2]))
        if chosen is None:
            raise NotAnInstant(f"{timezone} has not the offset {found[2]} then; leave it out or correct it")
        return chosen
    if len(offsets) > 1 and needs_instant:
        raise NotAnInstant(f"{found[1]} exists twice in {timezone}: write its offset, like {early.isoformat()}")
    return early


def next_full_hour(instant: datetime) -> datetime:
    """Give the first full hour on the local clock after an instant, even when the instant is itself a full hour."""
    local_zone = instant.tzinfo
    moment = instant
    while True:
        past_hour = timedelta(minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)
        moment = (moment.astimezone(UTC) - past_hour + _HOUR).astimezone(local_zone)
        # Where clocks move by half an hour the next hour may end up on the half: then it is the one after.
        if moment.minute == moment.second == 0:
            return moment


def _exists(reading: datetime) -> bool:
    return reading.astimezone(UTC).astimezone(reading.tzinfo).replace(tzinfo=None) == reading.replace(tzinfo=None)


def _offset(text: str) -> timedelta:
    if text == "Z":
        return timedelta(0)
    length = timedelta(hours=int(text[1:3]), minutes=int(text[4:6]))
    return -length if text[0] == "-" else length
