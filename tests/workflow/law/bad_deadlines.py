"""Deadline requests that are refused: title, request, path of an error."""

from typing import Any

from tests.workflow.law.requests_by_hand import DEADLINE, HOURS, Request, without

BACK: Request = DEADLINE | {"direction": "before", "calendar": "FR"}

DEADLINES: list[tuple[str, Any, str]] = [
    ("no object", [], ""),
    ("no event", without(DEADLINE, "event_on"), "/event_on"),
    ("no period", without(DEADLINE, "period"), "/period"),
    ("two events", DEADLINE | HOURS | {"period": "P1M"}, "/event_on"),
    ("an instant without zone", without(HOURS, "timezone"), "/timezone"),
    ("hours of a day", DEADLINE | {"period": "PT24H"}, "/event_on"),
    ("year 0", DEADLINE | {"event_on": "0000-01-31"}, "/event_on"),
    ("year 10000", DEADLINE | {"event_on": "10000-01-31"}, "/event_on"),
    ("a week date", DEADLINE | {"event_on": "2026-W05-6"}, "/event_on"),
    ("30 February", DEADLINE | {"event_on": "2026-02-30"}, "/event_on"),
    ("null", DEADLINE | {"event_on": None}, "/event_on"),
    ("beyond year 9999", DEADLINE | {"period": "P9999Y"}, "/period"),
    ("days beyond year 9999", DEADLINE | {"period": "P999999W"}, "/period"),
    ("the last day of all has no end", {"event_on": "9999-12-30", "period": "P1D", "timezone": "UTC"}, "/period"),
    ("a mixed order", DEADLINE | {"period": "P1D1M"}, "/period"),
    ("hours beside days", DEADLINE | {"period": "P1DT2H"}, "/period"),
    ("a component of nothing", DEADLINE | {"period": "P1M0D"}, "/period"),
    ("an empty period", DEADLINE | {"period": "P"}, "/period"),
    ("a negative period", DEADLINE | {"period": "-P1M"}, "/period"),
    ("digits of another script", DEADLINE | {"period": "P٢M"}, "/period"),
    ("an endless number", DEADLINE | {"period": "P" + "9" * 5000 + "D"}, "/period"),
    ("a period that is a number", DEADLINE | {"period": 2}, "/period"),
    ("a clock without regime", DEADLINE | {"clock": "appeal"}, "/clock"),
    ("a regime without clock", DEADLINE | {"regime": "fr-cnil"}, "/clock"),
    ("an unknown clock", DEADLINE | {"regime": "fr-cnil", "clock": "lunch"}, "/clock"),
    ("an unknown regime", DEADLINE | {"regime": "fr", "clock": "appeal"}, "/regime"),
    ("an unknown version", DEADLINE | {"regime": "fr-cnil@9", "clock": "appeal"}, "/regime"),
    ("a regime of the wrong type", DEADLINE | {"regime": 1, "clock": "appeal"}, "/regime"),
    ("an unknown roll", DEADLINE | {"roll": "previous"}, "/roll"),
    ("working days without calendar", DEADLINE | {"period": "P5D", "day_kind": "working"}, "/day_kind"),
    ("working months", DEADLINE | {"day_kind": "working", "calendar": "FR"}, "/day_kind"),
    (
        "working days and distance",
        DEADLINE | {"period": "P5D", "day_kind": "working", "calendar": "FR", "distance_months": 1},
        "/distance_months",
    ),
    ("endless working days", DEADLINE | {"period": "P99999D", "day_kind": "working", "calendar": "FR"}, "/period"),
    ("a minimum without calendar", DEADLINE | {"min_working_days": 2}, "/min_working_days"),
    ("a minimum below nothing", DEADLINE | {"min_working_days": -1, "calendar": "FR"}, "/min_working_days"),
    ("a minimum that is true", DEADLINE | {"min_working_days": True, "calendar": "FR"}, "/min_working_days"),
    ("a distance that is huge", DEADLINE | {"distance_months": 10**400}, "/distance_months"),
    ("franc that is a word", DEADLINE | {"franc": "yes"}, "/franc"),
    ("extra holidays of no calendar", DEADLINE | {"extra_holidays": ["2026-02-28"]}, "/extra_holidays"),
    ("an extra holiday that is none", DEADLINE | {"calendar": "FR", "extra_holidays": [1]}, "/extra_holidays/0"),
    ("extra holidays that are no list", DEADLINE | {"calendar": "FR", "extra_holidays": {}}, "/extra_holidays"),
    ("a calendar of the wrong type", DEADLINE | {"calendar": 33}, "/calendar"),
    ("a territory that adds nothing", DEADLINE | {"calendar": "FR-GES"}, "/calendar"),
    ("a calendar in lower case", DEADLINE | {"calendar": "fr"}, "/calendar"),
    ("an unknown zone of an instant", HOURS | {"timezone": "Europe/Lutetia"}, "/timezone"),
    ("an unknown zone", DEADLINE | {"timezone": "Europe/Lutetia"}, "/timezone"),
    ("a zone that is a folder", DEADLINE | {"timezone": "Europe"}, "/timezone"),
    ("a zone that is the machine's", DEADLINE | {"timezone": "localtime"}, "/timezone"),
    ("a blank zone", DEADLINE | {"timezone": " "}, "/timezone"),
    ("an instant of the wrong type", HOURS | {"event_at": 5}, "/event_at"),
    ("an instant without time", HOURS | {"event_at": "2026-01-31"}, "/event_at"),
    ("hour 25", HOURS | {"event_at": "2026-01-31T25:00"}, "/event_at"),
    ("a day that does not exist", HOURS | {"event_at": "2026-02-30T10:00"}, "/event_at"),
    ("an offset the zone has not", HOURS | {"event_at": "2026-01-31T10:00+05:00"}, "/event_at"),
    ("an hour that exists twice", HOURS | {"event_at": "2026-10-25T02:30"}, "/event_at"),
    ("an instant before year 1", HOURS | {"event_at": "0001-01-01T00:00", "timezone": "Asia/Tokyo"}, "/event_at"),
    ("hours beyond year 9999", HOURS | {"event_at": "9999-12-31T20:00"}, "/period"),
    *(
        (f"{name} beside hours", HOURS | {name: value, "calendar": "FR"}, f"/{name}")
        for name, value in (
            ("franc", True),
            ("first_day", "include"),
            ("day_kind", "working"),
            ("distance_months", 1),
            ("min_working_days", 1),
            ("direction", "before"),
            ("clear_days", True),
            ("short_period", 5),
            ("month_count", "day_after"),
            ("recess", "IT"),
        )
    ),
    *(
        (f"{name} that is {value!r}", DEADLINE | {"calendar": "FR", name: value}, f"/{name}")
        for name, values in (
            ("direction", ("backwards", "", 1, None)),
            ("clear_days", ("yes", 1, None)),
            ("short_period", (0, 1001, "5", True, None)),
            ("month_count", ("day", "event", None)),
            ("recess", ("MARS", "it", "", 8, None)),
        )
        for value in values
    ),
    *(
        (f"a misspelt {name}", DEADLINE | {f"{name[:-1]}": "x"}, f"/{name[:-1]}")
        for name in ("direction", "clear_days", "short_period", "month_count", "recess")
    ),
    ("a count back that rolls on", BACK | {"roll": "next_working_day"}, "/roll"),
    ("a count back by a clock that rolls on", BACK | {"regime": "nl-ap", "clock": "appeal"}, "/roll"),
    ("a count on that rolls back", DEADLINE | {"calendar": "FR", "roll": "previous_working_day"}, "/roll"),
    ("a roll back without calendar", without(BACK, "calendar") | {"roll": "previous_working_day"}, "/roll"),
    ("a count back to a fixed day of a recess", BACK | {"recess": "BE"}, "/recess"),
    ("a count back before year 1", BACK | {"period": "P9999Y"}, "/period"),
    ("days before year 1", BACK | {"event_on": "0001-01-05", "period": "P5D"}, "/period"),
    ("a roll back before year 1", BACK | {"event_on": "0001-01-08", "roll": "previous_working_day"}, "/period"),
    ("a recess beyond year 9999", DEADLINE | {"event_on": "9999-08-02", "period": "P200D", "recess": "IT"}, "/period"),
    ("a short period without calendar", DEADLINE | {"short_period": 5}, "/short_period"),
    *(
        (f"{one} beside {other}", DEADLINE | {"calendar": "FR", one: value, other: said}, f"/{name}")
        for one, value, other, said in (
            ("clear_days", True, "franc", True),
            ("clear_days", False, "franc", True),
            ("clear_days", True, "first_day", "include"),
            ("month_count", "day_after", "first_day", "include"),
            ("short_period", 5, "day_kind", "calendar"),
        )
        for name in (one, other)
    ),
    ("a misspelt member", DEADLINE | {"perlod": "P1M"}, "/perlod"),
    ("a member with a slash", DEADLINE | {"a/b~c": 1}, "/a~1b~0c"),
]
