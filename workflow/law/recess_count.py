"""What a recess does to a period: the event moved out of it, its days not counted, a last day on a fixed day.

A period begins on the day after its event (on that day where it counts as the first). Days added to a period of months
that fall into a recess again are added again.
"""

from datetime import date

from workflow.law.counting_rules import DAY, CountingRules
from workflow.law.duration import Duration, add_months, counted
from workflow.law.explanation import UNVERIFIED, Explanation, entry
from workflow.law.recess import Recess


def months_on(day: date, months: int, rules: CountingRules) -> date:
    """Go so many months on or back in one step, clamped once to the month's end.

    `day_after`: from the day after the event to the eve of its number; to the month's last day where that number does
    not exist (Code judiciaire art. 54: *de quantième à veille de quantième*). Backwards it is the mirror of that.
    """
    signed = -months if rules.backwards else months
    if not rules.day_after:
        return add_months(day, signed)
    begins = day + rules.step
    number = add_months(begins, signed)
    return number if number.day != begins.day and not rules.backwards else number - rules.step


def stands_still(period: Duration, rules: CountingRules) -> Recess | None:
    """Give the recess whose days do not count in this period."""
    found = rules.recess
    return found if found is not None and found.stands_still(_months(period, rules)) else None


def leave(event_on: date, period: Duration, rules: CountingRules, steps: Explanation) -> date:
    """Give the event, moved where it lies inside a recess that stands still."""
    found = stands_still(period, rules)
    span = None if found is None else found.around(event_on)
    if found is None or span is None:
        return event_on
    begins, ends = span
    edge, word = (begins, "first") if rules.backwards else (ends, "last")
    if found.event_inside == "day_after" or rules.include_first:
        moved, to = edge + rules.step, f"the day {'before' if rules.backwards else 'after'} it"
    else:
        moved, to = edge, f"its {word} day"
    _say(f"event in {_named(found)}: moved to {to}", event_on, moved, rules, steps)
    return moved


def without_recess(event: date, last_day: date, period: Duration, rules: CountingRules, steps: Explanation) -> date:
    """Give the last day without the days of recess, where `last_day` is the one that counts them."""
    recess = rules.recess
    assert recess is not None
    if recess.effect != "not_counted":
        return last_day
    if not recess.stands_still(_months(period, rules)):
        _say(f"{_named(recess)} leaves a period of months as it is", last_day, last_day, rules, steps)
        return last_day
    if rules.working:
        day, more = _working(event, period, recess, rules), 0
    else:
        day, more = _calendar(event, period, recess, rules)
    met = recess.days_between(*sorted((event + rules.step, day)))
    if more:
        rule = f"{_named(recess)} is passed over, {counted(more, 'month')} more"
    elif day != last_day:
        rule = f"{counted(met, 'day')} of {_named(recess)} {'does' if met == 1 else 'do'} not count"
    else:
        rule = f"no day of {_named(recess)} lies in the period"
    _say(rule, last_day, day, rules, steps)
    return day


def at_fixed_day(event_on: date, last_day: date, rules: CountingRules, steps: Explanation) -> date:
    """Move a period that begins and ends inside one span of a recess to the recess's fixed day."""
    recess = rules.recess
    assert recess is not None
    if recess.effect != "last_day_to":
        return last_day
    span = recess.around(event_on if rules.include_first else event_on + DAY)
    if span is None or not span[0] <= last_day <= span[1]:
        _say(f"the period does not begin and end in {_named(recess)}", last_day, last_day, rules, steps)
        return last_day
    moved = recess.fixed_day(span)
    _say(f"the period begins and ends in {_named(recess)}: its last day is moved", last_day, moved, rules, steps)
    return moved


def _calendar(event: date, period: Duration, recess: Recess, rules: CountingRules) -> tuple[date, int]:
    """The last day, and how many months a recess that is passed over has added."""
    step, months = rules.step, _months(period, rules)
    counted_from = event if rules.include_first else event + step
    day, more = counted_from - step, 0
    if months:
        back = step if rules.include_first else 0 * step
        day = months_on(event, months, rules) - back
        if recess.months == "passed_over":
            while (met := len(list(recess.between(*sorted((counted_from, day)))))) > more:
                more = met
                day = months_on(event, months + more, rules) - back
        else:
            day = recess.days_on(day, recess.days_between(*sorted((counted_from, day))), step)
    return recess.days_on(day, period.all_days, step), more


def _working(event: date, period: Duration, recess: Recess, rules: CountingRules) -> date:
    """The last of so many working days outside the recess."""
    day = event - rules.step if rules.include_first else event
    for _ in range(period.days):
        day = next_working_day(day + rules.step, recess, rules)
    return day


def next_working_day(day: date, recess: Recess | None, rules: CountingRules) -> date:
    """Give the day itself when it is a working day outside the recess, else the next one in the count's direction."""
    assert rules.calendar is not None
    day = rules.calendar.working_day_from(day, rules.step)
    if recess is None:
        return day
    while (span := recess.around(day)) is not None:
        edge = span[0] if rules.backwards else span[1]
        day = rules.calendar.working_day_from(edge + rules.step, rules.step)
    return day


def _months(period: Duration, rules: CountingRules) -> int:
    return period.all_months + rules.distance_months


def _named(recess: Recess) -> str:
    return f"the recess {recess.name} ({recess.title})"


def _say(rule: str, before: date, after: date, rules: CountingRules, steps: Explanation) -> None:
    assert rules.recess is not None
    mark = rules.mark("recess") or ("" if rules.recess.verified else UNVERIFIED)
    source, cited = rules.recess.source, rules.cited.get("recess")
    reference = source if cited is None or cited.ref == source else f"{cited.ref}; {source}"
    steps.append(entry(f"{rule}{mark}", reference, before.isoformat(), after.isoformat()))
