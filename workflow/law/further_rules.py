"""Rules that few periods have: backwards, clear days, short periods, months from the day after, a recess."""

from workflow.law.counting_rules import CountingRules
from workflow.law.duration import Duration, counted
from workflow.law.explanation import REQUEST, Explanation, entry, not_applied
from workflow.law.members import Members, shown
from workflow.law.recess import Recess, UnknownRecess, recess
from workflow.law.regime import ClockRules

MOST_SHORT_PERIOD = 1_000
NO_RECESS = "none"
WRONG_WAY = {
    "next_working_day": "a count backwards moves to the working day before: give previous_working_day, or none",
    "previous_working_day": "goes with direction before: give direction, or next_working_day",
}
"""Why a roll does not go with the direction of the count."""

_FURTHER = frozenset(("direction", "clear_days", "short_period", "month_count", "recess"))


def gives_further(members: Members, clock: ClockRules | None) -> bool:
    """Tell whether a request or its clock gives any of these rules."""
    return not _FURTHER.isdisjoint(members.source) or (clock is not None and clock.recess is not None)


def read_further(members: Members, clock: ClockRules | None, rules: CountingRules) -> None:
    """Read these rules into the others; what contradicts them is noted as an error."""
    rules.backwards = members.choice("direction", ("after", "before")) == "before"
    clear_days = members.flag("clear_days")
    rules.clear_days = bool(clear_days)
    rules.day_after = members.choice("month_count", ("event_day", "day_after")) == "day_after"
    rules.short_period = members.whole("short_period", 1, MOST_SHORT_PERIOD) or 0
    rules.recess = _recess(members, clock, rules.backwards)
    _refuse_both(members, "clear_days", "franc", "both say whether the last day counts")
    _refuse_both(members, "short_period", "day_kind", "both say which days count")
    if clear_days or rules.day_after:
        if members.source.get("first_day") == "include":
            name = "clear_days" if clear_days else "month_count"
            _refuse_both(members, name, "first_day", "differ on whether the day of the event counts")
        rules.include_first = False
        rules.cited = {rule: source for rule, source in rules.cited.items() if rule != "first_day"}
    if clear_days is not None:  # the general name of franc, so that it wins over the clock's
        rules.franc = False


def _refuse_both(members: Members, one: str, other: str, why: str) -> None:
    if one in members and other in members:
        for each in (one, other):
            members.fail(each, f"{one} and {other} {why}; leave one out")


def _recess(members: Members, clock: ClockRules | None, backwards: bool) -> Recess | None:
    name = members.text("recess") or (clock.recess if clock else None)
    if name is None or name == NO_RECESS:
        return None
    try:
        found = recess(name)
    except UnknownRecess as unknown:
        members.fail("recess", f"{unknown}, or {NO_RECESS}; not {shown(name)}")
        return None
    if backwards and found.effect == "last_day_to":
        members.fail("recess", f"{name} moves a last day on, and no day before an event: give {NO_RECESS}")
    return found


def name_short(period: Duration, rules: CountingRules, steps: Explanation) -> None:
    """Note which days a short period counts, and rules that cannot matter for this period."""
    if rules.short_period:
        most = counted(rules.short_period, "day")
        if rules.is_short:
            steps.append(entry(f"a period of at most {most} counts working days only", REQUEST))
        elif period.all_months or period.weeks or rules.distance_months:
            steps.append(not_applied("short_period", "the period is not in days alone"))
        else:
            steps.append(not_applied("short_period", f"the period is longer than {most}"))
    if rules.day_after and not period.all_months + rules.distance_months:
        steps.append(not_applied("month_count", "the period has no months"))
