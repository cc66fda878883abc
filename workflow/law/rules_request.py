"""Which rules a period is counted by: those the request states, else those of its regime's clock, else none."""

from collections.abc import Mapping
from datetime import date

from workflow.law.calendar import Calendar, UnknownCalendar, calendar
from workflow.law.counting_rules import CountingRules
from workflow.law.duration import Duration
from workflow.law.explanation import UNVERIFIED, Explanation, entry
from workflow.law.further_rules import WRONG_WAY, gives_further, read_further
from workflow.law.invalid import InvalidRequest, MemberError
from workflow.law.members import Members, as_date, shown
from workflow.law.regime import ClockRules, Regime, regime
from workflow.law.regime_schema import Cited

MOST_DISTANCE = 1_200
MOST_WORKING_DAYS = 1_000
MOST_WORKING_PERIOD = 20_000
_MOST_EXTRA = 1_000
_ROLLS = ("none", "next_working_day", "previous_working_day")
_RULES = frozenset(("roll", "first_day", "day_kind", "franc", "min_working_days", "calendar", "recess"))
_NOTHING: Mapping[str, Cited] = {}


def read_regime(members: Members, on: date | None) -> Regime | None:
    """Find the regime a request names, in the version in force on the day its clock starts."""
    if "regime" not in members:
        return None
    name = members.source["regime"]
    if not isinstance(name, str):
        members.fail("regime", f'a regime like "fr-cnil" or "fr-cnil@1", not {shown(name)}')
        return None
    try:
        return regime(name, on)
    except InvalidRequest as unknown:
        members.errors.extend(MemberError(members.path + error.path, error.problem) for error in unknown.errors)
        return None


def read_clock(members: Members, found: Regime, clock: str, member: str) -> ClockRules | None:
    """Find a clock of a regime; a regime without it is refused at `member`."""
    rules = found.clocks.get(clock)
    if rules is None:
        members.fail(member, f"{found.id} has no clock {shown(clock)}; it has {', '.join(found.clocks)}")
    return rules


def read_rules(members: Members, clock: ClockRules | None) -> CountingRules:
    """Read the counting rules of a request; what it gives itself wins over the clock.

    A roll, working days or a minimum without a calendar are noted as errors.
    """
    cited = clock.cited if clock else _NOTHING
    own = _RULES & members.source.keys()
    roll = members.choice("roll", _ROLLS) or (clock.roll if clock else None)
    first_day = members.choice("first_day", ("exclude", "include")) or (clock.first_day if clock else "exclude")
    day_kind = members.choice("day_kind", ("calendar", "working")) or (clock.day_kind if clock else "calendar")
    franc = members.flag("franc")
    least = members.whole("min_working_days", 0, MOST_WORKING_DAYS)
    rules = CountingRules(
        calendar=read_calendar(members, clock),
        roll=None if roll is None else roll != "none",
        include_first=first_day == "include",
        working=day_kind == "working",
        franc=franc if franc is not None else bool(clock and clock.franc),
        distance_months=members.whole("distance_months", 0, MOST_DISTANCE) or 0,
        min_working_days=least if least is not None else (clock.min_working_days if clock else 0),
        cited={rule: source for rule, source in cited.items() if rule not in own} if own else cited,
    )
    if gives_further(members, clock):
        read_further(members, clock, rules)
    if roll == ("next_working_day" if rules.backwards else "previous_working_day"):
        members.fail("roll", WRONG_WAY[roll])
    return rules


def read_calendar(members: Members, clock: ClockRules | None) -> Calendar | None:
    """Read the calendar a request names, else the clock's, with the extra holidays the request adds."""
    found = calendar(clock.calendar) if clock else None
    if "calendar" in members:
        code = members.source["calendar"]
        try:
            found = calendar(code if isinstance(code, str) else "")
        except UnknownCalendar as unknown:
            members.fail("calendar", f"{unknown}; not {shown(code)}")
            found = calendar("EU")  # any will do: the request is refused, and needs no second error for it
    extra = members.items("extra_holidays", _MOST_EXTRA)
    if extra:
        days = [as_date(value) for value in extra]
        for n, day in enumerate(days):
            if day is None:
                members.fail(f"extra_holidays/{n}", f"a date like 2022-12-20, not {shown(extra[n])}")
        if found is None:
            members.fail("extra_holidays", "extra holidays are added to a calendar: give calendar, or leave them out")
        else:
            found = found.with_extra(day for day in days if day is not None)
    return found


def check_period(members: Members, period: Duration, rules: CountingRules, name: str) -> None:
    """Note what does not go with a period in days, and rules without their calendar.

    Working days are for periods in days alone: stated by the request they are refused beside others, taken from a
    regime they are set aside.
    """
    in_days = not (period.all_months or period.weeks)
    if rules.short_period and in_days and not rules.distance_months and period.days <= rules.short_period:
        rules.working = rules.is_short = True
    if rules.working and not in_days:
        if "day_kind" in members:
            members.fail("day_kind", "working days go with a period in days alone, like P10D")
        rules.working = False
    if rules.working and rules.distance_months:
        members.fail("distance_months", "does not go with working days")
    if rules.working and period.days > MOST_WORKING_PERIOD:
        members.fail(name, f"at most {MOST_WORKING_PERIOD} working days")
    _check_calendar(members, rules)


def _check_calendar(members: Members, rules: CountingRules) -> None:
    if rules.calendar is not None:
        return
    for member, needed in (
        ("roll", rules.roll),
        ("day_kind", rules.working and not rules.short_period),
        ("short_period", rules.short_period > 0),
        ("min_working_days", rules.min_working_days > 0),
    ):
        if needed:
            members.fail(member, 'needs a calendar: give calendar, like "FR"')


def name_regime(members: Members, found: Regime, steps: Explanation) -> None:
    """Note which version of which regime was used."""
    steps.append(entry(f"rules of {found.title}", f"{found.pin}, sha256 {found.sha256[:16]}"))
    name_version(members, found, steps)


def name_version(members: Members, found: Regime, steps: Explanation) -> None:
    """Note since when a version is in force, where that day chose it and no lawyer has verified it."""
    since = found.values["general.valid_from"]
    if "@" not in members.source["regime"] and not since.verified:
        steps.append(entry(f"the rules of {found.pin} are in force since {found.valid_from}{UNVERIFIED}", since.ref))


def name_start(clock: ClockRules | None, steps: Explanation) -> None:
    """Note what starts the clock where no lawyer has verified it; what is verified stands in the regime."""
    cited = None if clock is None else clock.cited.get("starts")
    if clock is not None and cited is not None and not cited.verified:
        steps.append(entry(f"the clock {clock.name} starts at {cited.value}{UNVERIFIED}", cited.ref))
