"""Counting a period in days from the day of an event to its last day, step by step.

The order of steps is fixed: years, months and distance in one addition, clamped once to the month's end; weeks and
days; the first day; franc; the roll; the minimum of working days. Each step that a rule causes is explained.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from workflow.law.calendar import Calendar
from workflow.law.duration import Duration, add_months
from workflow.law.explanation import REQUEST, Explanation, unverified_mark
from workflow.law.regime_schema import Cited

_DAY = timedelta(days=1)


@dataclass(slots=True)
class CountingRules:
    """How a period is counted; `cited` has the source of each rule that came from a regime."""

    cited: Mapping[str, Cited]
    calendar: Calendar | None = None
    roll: bool | None = None
    include_first: bool = False
    working: bool = False
    franc: bool = False
    distance_months: int = 0
    min_working_days: int = 0

    def reference(self, rule: str) -> str:
        """Give the legal reference of a rule."""
        cited = self.cited.get(rule)
        return REQUEST if cited is None else cited.ref

    def mark(self, rule: str) -> str:
        """Give the mark of a rule that is not verified."""
        return unverified_mark(self.cited.get(rule))


def count_days(event_on: date, period: Duration, rules: CountingRules, steps: Explanation) -> date:
    """Find the last day of a period in days, weeks, months and years, and note each step.

    A period in working days, and a roll or a minimum, must have a calendar. OverflowError beyond year 9999.
    """
    day = (
        _working_days(event_on, period, rules, steps)
        if rules.working
        else _calendar_days(event_on, period, rules, steps)
    )
    if rules.franc:
        before, day = day, day + _DAY
        steps.append(
            _step(f"franc: the last day does not count either{rules.mark('franc')}", rules, "franc", before, day)
        )
    if rules.roll:
        assert rules.calendar is not None
        before, day = day, rules.calendar.working_day_from(day)
        calendar = _named(rules, before, day)
        what = "last day is a working day, no roll" if before == day else f"{_why(before)}: next working day"
        steps.append(_step(f"{what} ({calendar}){rules.mark('roll')}", rules, "roll", before, day))
    elif rules.roll is not None:
        steps.append(_step(f"no roll{rules.mark('roll')}", rules, "roll", day, day))
    if rules.min_working_days:
        day = _minimum(event_on, day, rules, steps)
    return day


def _calendar_days(event_on: date, period: Duration, rules: CountingRules, steps: Explanation) -> date:
    months = period.all_months + rules.distance_months
    day = event_on
    clamped = ""
    if months:
        day = add_months(event_on, months)
        clamped = "" if day.day == event_on.day else ", or the month's last where that number does not exist"
    day += timedelta(days=period.all_days)
    distance = f" with {rules.distance_months} more for distance" if rules.distance_months else ""
    unit = "same day number " if months else ""
    rule = f"event day not counted; {unit}{period.words} on{distance}{clamped}"
    reference = rules.reference("first_day")
    if rules.include_first:
        day -= _DAY
        rule = f"event day counted as the first; {period.words}{distance}{clamped}{rules.mark('first_day')}"
    else:
        rule += rules.mark("first_day")
    steps.append({"rule": rule, "reference": reference, "before": event_on.isoformat(), "after": day.isoformat()})
    return day


def _working_days(event_on: date, period: Duration, rules: CountingRules, steps: Explanation) -> date:
    assert rules.calendar is not None
    day = event_on if rules.include_first else event_on + _DAY
    day = rules.calendar.working_day_from(day)
    for _ in range(period.days - 1):
        day = rules.calendar.working_day_from(day + _DAY)
    first = "the event's day" if rules.include_first else "the day after the event"
    rule = f"{period.words}, working days only, from {first} ({_named(rules, event_on, day)}){rules.mark('day_kind')}"
    steps.append(_step(rule, rules, "day_kind", event_on, day))
    return day


def _minimum(event_on: date, day: date, rules: CountingRules, steps: Explanation) -> date:
    assert rules.calendar is not None
    before = day
    found, counted = 0, event_on
    while found < rules.min_working_days and counted < day:
        counted += _DAY
        found += rules.calendar.is_working(counted)
    while found < rules.min_working_days:
        day += _DAY
        found += rules.calendar.is_working(day)
    # The pushing ends on a working day: rolling again after it would change nothing.
    if day != before:
        rule = f"the period must contain {rules.min_working_days} working days ({_named(rules, before, day)})"
    else:
        rule = f"the period contains {rules.min_working_days} working days"
    steps.append(_step(f"{rule}{rules.mark('min_working_days')}", rules, "min_working_days", before, day))
    return day


def _why(day: date) -> str:
    return f"last day is a {('Saturday', 'Sunday')[day.weekday() - 5] if day.weekday() >= 5 else 'holiday'}"


def _named(rules: CountingRules, first: date, last: date) -> str:
    """Name the calendar used, with the edition of its list, its extra days, and years it has no list for."""
    calendar = rules.calendar
    assert calendar is not None
    parts = [f"calendar {calendar.code}, {calendar.source}"]
    if calendar.extra:
        parts.append(f"extra holidays {', '.join(day.isoformat() for day in sorted(calendar.extra))}")
    years = range(first.year, last.year + 1)
    without = [str(year) for year in years if not calendar.covers(year)]
    doubtful = [str(year) for year in years if year in calendar.doubtful]
    if rules.mark("calendar"):
        parts.append("not verified")
    if doubtful:
        parts.append(f"list of {', '.join(doubtful)} not verified")
    if without:
        parts.append(f"no list for {', '.join(without)}: Saturdays and Sundays only")
    return "; ".join(parts)


def _step(rule: str, rules: CountingRules, name: str, before: date, after: date) -> dict[str, str]:
    return {
        "rule": rule,
        "reference": rules.reference(name),
        "before": before.isoformat(),
        "after": after.isoformat(),
    }
