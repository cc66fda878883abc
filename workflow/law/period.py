"""The deadline calculator: from the event that starts a clock to the last day that still counts.

A deadline is a local calendar date; only a period in hours ends at an instant. JSON in, JSON out.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from workflow.law.counting import count_days
from workflow.law.counting_rules import CountingRules
from workflow.law.days import end_of_day
from workflow.law.duration import Duration, read_duration
from workflow.law.explanation import REQUEST, Explanation, entry, not_applied, unverified_mark
from workflow.law.further_rules import name_short
from workflow.law.instants import NotAnInstant, next_full_hour, read_local, zone
from workflow.law.invalid import invalid
from workflow.law.members import Members, shown
from workflow.law.regime import ClockRules, Regime
from workflow.law.rules_request import check_period, name_regime, name_start, read_clock, read_regime, read_rules

_MEMBERS = frozenset(
    {
        "event_on",
        "event_at",
        "timezone",
        "period",
        "regime",
        "clock",
        "calendar",
        "extra_holidays",
        "roll",
        "first_day",
        "day_kind",
        "franc",
        "distance_months",
        "min_working_days",
        "direction",
        "clear_days",
        "short_period",
        "month_count",
        "recess",
    }
)
_OUTSIDE = "the period ends outside years 1 to 9999; shorten it"


def compute_deadline(request: Mapping[str, Any]) -> dict[str, Any]:
    """Compute the last day of a period, or its last instant when the period is in hours.

    The request and the answer are those of the public calculator: `event_on` or `event_at` with `timezone`, `period`,
    and either a `regime` with its `clock` or rules of its own, which win. The answer holds `last_day` (`last_instant`
    for hours), `ends_at` when a time zone is known, and `explanation`. Legal source of the counting: Regulation
    1182/71 art. 3 and its national kin; the articles stand in the regimes.

    InvalidRequest names every member that is wrong; nothing else is raised.

    >>> compute_deadline({"event_on": "2022-10-19", "period": "P2M"})["last_day"]
    '2022-12-19'
    """
    members = Members(request, "", _MEMBERS, [])
    period = members.duration("period")
    if "period" not in members:
        members.fail("period", "is needed: a length like P2M, P15D or PT24H")
    timezone = _timezone(members)
    written_on = _date_of_event(members)
    found = read_regime(members, written_on)
    clock = _clock(members, found)
    if timezone is None and found is not None and "timezone" not in members:
        timezone = found.timezone
    steps: Explanation = []
    rules = read_rules(members, clock)
    event = _event(members, timezone, written_on, period)
    if period is not None:
        _check(members, period, rules)
    members.raise_errors()
    assert period is not None
    if found is not None:
        name_regime(members, found, steps)
        name_start(clock, steps)
    if period.hours:
        assert isinstance(event, datetime)
        return _hours(members, event, period, clock, steps)
    event_on = event.date() if isinstance(event, datetime) else event
    assert event_on is not None
    if rules.short_period or rules.day_after:
        name_short(period, rules, steps)
    try:
        last_day = count_days(event_on, period, rules, steps)
        _name_least(clock, event_on, last_day, rules, steps)
        answer: dict[str, Any] = {"last_day": last_day.isoformat()}
        if timezone is not None:
            answer["ends_at"] = end_of_day(last_day, timezone).isoformat().replace("+00:00", "Z")
    except OverflowError:
        raise invalid("/period", _OUTSIDE) from None
    answer["explanation"] = steps
    return answer


def _timezone(members: Members) -> str | None:
    name = members.text("timezone")
    if name is not None:
        try:
            zone(name)
        except NotAnInstant as wrong:
            members.fail("timezone", f"{wrong}, not {shown(name)}")
            return None
    return name


def _date_of_event(members: Members) -> date | None:
    """Read the day the request gives, so far as a regime's version depends on it."""
    if "event_at" in members:
        value = members.source["event_at"]
        try:
            return date.fromisoformat(value[:10]) if isinstance(value, str) else None
        except ValueError:
            return None
    return members.date("event_on")


def _clock(members: Members, found: Regime | None) -> ClockRules | None:
    name = members.text("clock")
    if "regime" not in members:
        if "clock" in members:
            members.fail("clock", "a clock belongs to a regime: give regime, or leave the clock out")
        return None
    if "clock" not in members:
        names = f": one of {', '.join(found.clocks)}" if found else ""
        members.fail("clock", f"is needed beside regime{names}")
        return None
    return read_clock(members, found, name, "clock") if found is not None and name is not None else None


def _event(members: Members, timezone: str | None, on: date | None, period: Duration | None) -> date | datetime | None:
    hours = bool(period and period.hours)
    if "event_at" not in members:
        if "event_on" not in members:
            members.fail("event_on", "is needed: the day that starts the clock (or event_at with timezone)")
        elif hours:
            members.fail("event_on", "a period in hours runs from an instant: give event_at with timezone instead")
        return on
    if "event_on" in members:
        members.fail("event_on", "event_on and event_at both say when the clock starts; leave one out")
    value = members.source["event_at"]
    if not isinstance(value, str):
        members.fail("event_at", f"a local date-time like 2026-03-28T12:20:00, not {shown(value)}")
    elif timezone is not None:
        try:
            return read_local(value, timezone, needs_instant=hours)
        except NotAnInstant as wrong:
            members.fail("event_at", str(wrong))
    elif "timezone" not in members:
        members.fail("timezone", "is needed beside event_at, like Europe/Paris")
    return None


def _check(members: Members, period: Duration, rules: CountingRules) -> None:
    """Note rules that do not go with the period."""
    if period.hours:
        for member, given in (
            ("franc", rules.franc),
            ("first_day", rules.include_first),
            ("day_kind", rules.working),
            ("distance_months", rules.distance_months),
            ("min_working_days", rules.min_working_days),
            ("direction", rules.backwards),
            ("clear_days", rules.clear_days),
            ("short_period", rules.short_period),
            ("month_count", rules.day_after),
            ("recess", rules.recess),
        ):
            if given and member in members:
                members.fail(member, "does not go with a period in hours: leave it out")
        return
    check_period(members, period, rules, "period")


def _name_least(
    clock: ClockRules | None, event_on: date, last_day: date, rules: CountingRules, steps: Explanation
) -> None:
    """Note a period that is shorter than the regime asks for: urgency may allow it, which nobody here can tell."""
    if clock is None or clock.least is None:
        return
    least, cited = read_duration(clock.least), clock.cited["least"]
    at_least = count_days(event_on, least, rules, [])
    if (last_day > at_least) if rules.backwards else (last_day < at_least):
        rule = f"the period is shorter than {least.words}, the least that its clock has{unverified_mark(cited)}"
        steps.append(entry(rule, cited.ref))


def _hours(
    members: Members, event: datetime, period: Duration, clock: ClockRules | None, steps: Explanation
) -> dict[str, Any]:
    try:
        begins = next_full_hour(event)
        ends = (begins.astimezone(zone("UTC")) + timedelta(hours=period.hours)).astimezone(event.tzinfo)
    except OverflowError:
        raise invalid("/period", _OUTSIDE) from None
    steps.append(_step("the hour of the event does not count: the next full hour", event, begins))
    steps.append(_step(f"{period.words} of elapsed time, whatever the clocks do", begins, ends))
    why = "a period in hours never rolls"
    steps.extend(not_applied(member, why) for member in ("roll", "calendar", "extra_holidays") if member in members)
    if clock is not None:
        steps.append(not_applied(f"the clock {clock.name}", "its rules are for periods in days"))
    return {"last_instant": ends.isoformat(), "explanation": steps}


def _step(rule: str, before: datetime, after: datetime) -> dict[str, str]:
    return {"rule": rule, "reference": REQUEST, "before": before.isoformat(), "after": after.isoformat()}
