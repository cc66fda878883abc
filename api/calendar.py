"""Calendar feeds: deadlines as all-day entries of the authority's dates, for whoever has the address."""

from datetime import UTC, timedelta
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response
from icalendar import Alarm, Calendar, Event

from api.access import anybody
from api.state import state_of
from workflow.lifecycle.reading.deadline_history import Revision
from workflow.lifecycle.reading.deadlines import DeadlineKind
from workflow.use_cases.counsel.calendar import calendar

router = APIRouter(tags=["calendar"])

MEDIA_TYPE = "text/calendar"
ALARM_DAYS = (7, 1)
_SUMMARY = {
    DeadlineKind.COMPLIANCE: "Last day to comply: order {}",
    DeadlineKind.APPEAL: "Last day to appeal: {}",
    DeadlineKind.OBSERVATIONS: "Last day for observations: penalty decision {}",
    DeadlineKind.PAYMENT: "Last day to pay: debt {}",
}
_NOTE = "A reminder without legal effect: what was served counts."


@router.get(
    "/feeds/{token}.ics",
    name="read_calendar",
    dependencies=[Depends(anybody)],
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: {}}}, 304: {"description": "Nothing has changed."}},
)
def read(
    request: Request, token: str, if_none_match: Annotated[str | None, Header(description="The ETag you have.")] = None
) -> Response:
    """The deadlines behind a token: no names, no sums. The token is the key; whoever has the address may read."""
    state = state_of(request)
    with state.reader.connect() as connection:
        content = to_ical(calendar(connection, token, state.now))
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, max-age=900", "X-Robots-Tag": "noindex"}
    if _has(if_none_match, etag):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)


def _has(if_none_match: str | None, etag: str) -> bool:
    """Whether the reader has this: a proxy may have made its tag a weak one, or added others."""
    had = {each.strip().removeprefix("W/") for each in (if_none_match or "").split(",")}
    return not had.isdisjoint({etag, "*"})


def to_ical(entries: list[Revision]) -> bytes:
    """Entries as a calendar. An entry keeps its UID, and its SEQUENCE grows with each revision."""
    made = Calendar()
    made.add("prodid", "-//Enjoin//Deadlines//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Deadlines")
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for entry in entries:
        made.add_component(_event(entry))
    return bytes(made.to_ical())


def _event(entry: Revision) -> Event:
    deadline = entry.deadline
    summary = _SUMMARY[deadline.kind].format(deadline.number)
    made = Event()
    made.add("uid", f"{deadline.key}@enjoin")
    made.add("dtstamp", entry.changed_at.astimezone(UTC))
    made.add("last-modified", entry.changed_at.astimezone(UTC))
    made.add("sequence", entry.sequence)
    made.add("dtstart", deadline.on)
    made.add("dtend", deadline.on + timedelta(days=1))
    made.add("summary", summary)
    made.add("description", _NOTE)
    made.add("status", "CONFIRMED" if deadline.stands else "CANCELLED")
    made.add("transp", "TRANSPARENT")
    for days in ALARM_DAYS if deadline.stands else ():
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", timedelta(days=-days))
        made.add_component(alarm)
    return made
