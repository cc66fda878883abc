"""Who owes what: one account for the clause, or one for each obligation or addressee."""

from dataclasses import dataclass, replace
from datetime import date

from workflow.law.explanation import REQUEST, entry
from workflow.law.grid import DayGrid, Grid, ListedGrid, MonthGrid
from workflow.law.intervals import LAST_DAY, Days, clip, contains, count, subtract, union
from workflow.law.invalid import invalid
from workflow.law.money import LARGEST_SUM, decimal_text, grouped
from workflow.law.statement import Line, state
from workflow.law.terms import BREACH, LUMP_SUM, Cap, Obligation, Tariff, Terms
from workflow.law.wording import listed


@dataclass(slots=True)
class Account:
    """The statement of one debt, and whose it is."""

    name: str
    lines: list[Line]
    units: int
    gross: int


def accounts(terms: Terms) -> list[Account]:
    """Make the account of every debt in the request; InvalidRequest when a sum passes 64 bits."""
    if terms.obligations and not terms.whole:
        made = [_of_obligation(duty, terms) for duty in terms.obligations]
    else:
        days, end = _clause_days(terms)
        if terms.addressees and not terms.joint:
            made = [
                _account(party.name, terms, days, end, _own(terms.tariff, party.rate), terms.cap, party.at)
                for party in terms.addressees
            ]
        else:
            made = [
                _account("", terms, days, end, terms.tariff, terms.cap, "/tiers" if terms.tariff.tiers else "/rate")
            ]
            if terms.joint and terms.addressees:
                names = listed([party.name for party in terms.addressees])
                terms.explanation.append(entry(f"one debt, owed jointly by {names}", REQUEST))
    parties = terms.obligations if terms.obligations and not terms.whole else terms.addressees
    passed = 0
    for n, account in enumerate(made):
        passed += account.gross
        if passed > LARGEST_SUM:
            at = parties[n].at
            raise invalid(at, f"the sum passes {LARGEST_SUM} minor units at {account.name}; lower or cap it")
    _note_stopped(terms)
    return made


def _own(tariff: Tariff, rate: int | None) -> Tariff:
    return tariff if rate is None else replace(tariff, rate=rate)


def _end(terms: Terms, until: int | None) -> int:
    """Give the last day that can count for the whole request."""
    end = LAST_DAY if terms.assessed_to is None else terms.assessed_to
    if terms.complied_on is not None:
        end = min(end, terms.complied_on - (not terms.compliance_day_counts))
    return end if until is None else min(end, until)


def _duty_days(duty: Obligation, terms: Terms, end: int) -> tuple[Days, int | None]:
    """Give the days on which an obligation is unmet, and the last day that can count for it; None when it was met."""
    assert terms.first is not None
    if duty.met:
        return [], None
    if duty.complied_on is not None:
        end = min(end, duty.complied_on - (not terms.compliance_day_counts))
    if duty.unmet is None:
        return clip([(terms.first, end)], terms.first, end), end
    lasts = [LAST_DAY if last is None else last for _, last in duty.unmet]
    end = min(end, max(lasts))
    days = union((first, last) for (first, _), last in zip(duty.unmet, lasts, strict=True))
    return clip(days, terms.first, end), end


def _clause_days(terms: Terms) -> tuple[Days | None, int]:
    """Give the countable days of the clause and the last day that can count; None without dates."""
    end = _end(terms, terms.cap.until)
    if terms.first is None:
        return None, end
    days: Days = [(terms.first, end)] if terms.first <= end else []
    if terms.obligations:
        each = [_duty_days(duty, terms, end) for duty in terms.obligations]
        days = union(run for runs, _ in each for run in runs)
        end = max((last for _, last in each if last is not None), default=terms.first - 1)
    return subtract(days, terms.stopped) if terms.stopped else days, end


def _of_obligation(duty: Obligation, terms: Terms) -> Account:
    cap = terms.cap if duty.cap is None else duty.cap
    end = _end(terms, cap.until)
    days: Days | None = None
    if terms.first is not None:
        days, last = _duty_days(duty, terms, end)
        days = subtract(days, terms.stopped) if terms.stopped else days
        end = terms.first - 1 if last is None else last
    elif duty.met:
        days = []
    tariff = _own(terms.tariff, duty.rate)
    account = _account(duty.name, terms, days, end, tariff, cap, duty.at)
    if duty.count > 1:
        account.units *= duty.count
        account.gross *= duty.count
        for line in account.lines:
            line.units *= duty.count
            line.amount *= duty.count
            line.why = f"{line.why}, {duty.count} times"
    return account


def _account(name: str, terms: Terms, days: Days | None, end: int, tariff: Tariff, cap: Cap, at: str) -> Account:
    why = f"{name}: not met" if name and terms.obligations and not terms.whole else name or "not met"
    if days is None:
        return _without_dates(name, terms, tariff, cap, why, at)
    made = state(_grid(terms, days, end), tariff, cap, terms.fixed, at, why)
    _note_capped(name, terms, cap, made.capped)
    return Account(name, made.lines, made.units, made.gross)


def _note_capped(name: str, terms: Terms, cap: Cap, capped: str | None) -> None:
    """Name the limits at which units stopped; a last day only where days would have followed it."""
    whose = f"{name}: " if name else ""
    if capped is not None:
        units = f"{cap.units} unit{'s' if cap.units != 1 else ''}"
        limit = (
            units if capped == "units" else f"{terms.currency} {grouped(decimal_text(cap.amount or 0, terms.places))}"
        )
        terms.explanation.append(entry(f"{whose}nothing accrues beyond the cap of {limit}", REQUEST))
    if terms.first is not None and cap.until is not None and cap.until < _end(terms, None):
        until = date.fromordinal(cap.until)
        terms.explanation.append(entry(f"{whose}nothing accrues after {until}, the last day under the cap", REQUEST))


def _without_dates(name: str, terms: Terms, tariff: Tariff, cap: Cap, why: str, at: str) -> Account:
    """Make the account of a lump sum of which no date is known, only that the duty was not met."""
    if terms.whole and all(duty.met for duty in terms.obligations):
        return Account(name, [], 0, 0)
    made = state(ListedGrid([1]), tariff, cap, [], at, why)
    for line in made.lines:
        line.first = line.last = None
    return Account(name, made.lines, made.units, made.gross)


def _grid(terms: Terms, days: Days, end: int) -> Grid:
    unit = terms.unit
    if unit.text == LUMP_SUM:
        return ListedGrid([days[0][0]] if days else [])
    if unit.text == BREACH:
        return ListedGrid([day for day in terms.breaches if contains(days, day)])
    if unit.days:
        return DayGrid(days, unit.days, terms.started)
    assert terms.first is not None
    return MonthGrid(days, terms.first, end, unit.months, terms.started)


def _note_stopped(terms: Terms) -> None:
    if terms.first is None:
        return
    end = _end(terms, terms.cap.until)
    named: Days = []
    for span in terms.spans:
        days = clip([(span.first, span.last)], terms.first, end)
        if not days:
            continue
        dates = " to ".join(str(date.fromordinal(day)) for day in sorted({span.first, span.last}))
        late = count(subtract(days, named))
        more = "more " if late < count(days) else ""
        rule = f"not counted: {dates}, {late} {more}late day{'s' if late != 1 else ''}"
        terms.explanation.append(entry(rule, span.reason))
        named = union([*named, *days])
