"""Counting a period in days from the day of an event to its last day, step by step, forwards or backwards.

The order of steps is fixed: out of a recess; years, months and distance in one addition, clamped once to the month's
end; weeks and days; the first day; the days of a recess; franc or clear days; the fixed day of a recess; the roll; the
minimum of working days. Each step that a rule causes is explained.
"""

from datetime import date

from workflow.law.calendar_words import calendar_words, why_no_working_day
from workflow.law.counting_rules import CountingRules
from workflow.law.duration import Duration
from workflow.law.explanation import Explanation
from workflow.law.recess import Recess
from workflow.law.recess_count import (
    at_fixed_day,
    leave,
    months_on,
    next_working_day,
    stands_still,
    without_recess,
)


def count_days(event_on: date, period: Duration, rules: CountingRules, steps: Explanation) -> date:
    """Find the last day of a period in days, weeks, months and years, and note each step.

    A period in working days, and a roll or a minimum, must have a calendar. OverflowError outside years 1 to 9999.
    """
    event = event_on if rules.recess is None else leave(event_on, period, rules, steps)
    day = _working_days(event, period, rules, steps) if rules.working else _calendar_days(event, period, rules, steps)
    if rules.recess is not None:
        day = without_recess(event, day, period, rules, steps)
    if rules.franc or rules.clear_days:
        day = _clear(day, period, rules, steps)
    if rules.recess is not None:
        day = at_fixed_day(event, day, rules, steps)
    if rules.roll:
        day = _rolled(day, period, rules, steps)
    elif rules.roll is not None:
        steps.append(rules.explained("no roll", "roll", day, day))
    if rules.min_working_days:
        day = _minimum(event, day, stands_still(period, rules), rules, steps)
    return day


def _calendar_days(event: date, period: Duration, rules: CountingRules, steps: Explanation) -> date:
    months = period.all_months + rules.distance_months
    step = rules.step
    day = event
    clamped = distance = ""
    if months:
        day = months_on(event, months, rules)
        differs = day.day != event.day
        if rules.day_after:
            differs = (day + step).day != (event + step).day
        if differs:
            clamped = ", or the month's last where that number does not exist"
    day += step * period.all_days
    if rules.distance_months:
        distance = f" with {rules.distance_months} more for distance"
    way, name = "back" if rules.backwards else "on", "first_day"
    if rules.include_first:
        day -= step
        back = " back" if rules.backwards else ""
        rule = f"event day counted as the first; {period.words}{back}{distance}{clamped}"
    elif months and rules.day_after:
        name, from_ = "month_count", "before" if rules.backwards else "after"
        rule = f"months counted from the day {from_} the event; {period.words} {way}{distance}{clamped}"
    else:
        unit = "same day number " if months else ""
        rule = f"event day not counted; {unit}{period.words} {way}{distance}{clamped}"
    steps.append(rules.explained(rule, name, event, day))
    return day


def _working_days(event: date, period: Duration, rules: CountingRules, steps: Explanation) -> date:
    day = next_working_day(event if rules.include_first else event + rules.step, None, rules)
    for _ in range(period.days - 1):
        day = next_working_day(day + rules.step, None, rules)
    near = "before" if rules.backwards else "after"
    first = "the event's day" if rules.include_first else f"the day {near} the event"
    back = " back" if rules.backwards else ""
    calendar = calendar_words(rules, event, day, moved=True)
    rule = f"{period.words}, working days only{back}, from {first} ({calendar})"
    steps.append(rules.explained(rule, "day_kind", event, day))
    return day


def _clear(day: date, period: Duration, rules: CountingRules, steps: Explanation) -> date:
    recess = stands_still(period, rules)
    after = day + rules.step if recess is None else recess.days_on(day, 1, rules.step)
    if rules.clear_days:
        rule = "clear days: neither the day of the event nor the last day is one of the period's"
        steps.append(rules.explained(rule, "clear_days", day, after))
    else:
        rule = "franc: the last day does not count either"
        steps.append(rules.explained(rule, "franc", day, after))
    return after


def _rolled(day: date, period: Duration, rules: CountingRules, steps: Explanation) -> date:
    """Roll to a working day; a day on which the period stands still is none.

    Italy: Cass. 2258/1985 has another end for a last day on a holiday than for a working 31 July. Spain: LOPJ art. 183.
    """
    after = next_working_day(day, None if rules.recess is None else stands_still(period, rules), rules)
    if after == day:
        what = "last day is a working day, no roll"
    else:
        what = f"last day is a {why_no_working_day(day)}: {'previous' if rules.backwards else 'next'} working day"
    calendar = calendar_words(rules, day, after, moved=after != day)
    steps.append(rules.explained(f"{what} ({calendar})", "roll", day, after))
    return after


def _minimum(event: date, day: date, recess: Recess | None, rules: CountingRules, steps: Explanation) -> date:
    """Push the last day until the period has so many working days; days on which it stands still are none of them."""
    before, step = day, rules.step
    found, counted = 0, event
    while found < rules.min_working_days and counted != day and (day > counted) is not rules.backwards:
        counted += step
        found += _counts(counted, recess, rules)
    while found < rules.min_working_days:
        day += step
        found += _counts(day, recess, rules)
    # The pushing ends on a working day: rolling again after it would change nothing.
    if day != before:
        words = calendar_words(rules, event, day, moved=True)
        rule = f"the period must contain {rules.min_working_days} working days ({words})"
    else:
        rule = f"the period contains {rules.min_working_days} working days"
    steps.append(rules.explained(rule, "min_working_days", before, day))
    return day


def _counts(day: date, recess: Recess | None, rules: CountingRules) -> bool:
    assert rules.calendar is not None
    return rules.calendar.is_working(day) and (recess is None or recess.around(day) is None)
