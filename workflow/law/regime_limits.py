"""What a regime says about a penalty clause: whether there is one at all, how high its rate, what it cannot lack."""

from collections.abc import Iterator

from workflow.law.duration import read_duration
from workflow.law.explanation import entry, unverified_mark
from workflow.law.members import Members
from workflow.law.money import decimal_text, grouped
from workflow.law.regime import Regime
from workflow.law.regime_schema import Cited
from workflow.law.terms import BREACH, LUMP_SUM, Cap, Terms

_SHORTEST_MONTH = 28


def check_regime(members: Members, terms: Terms, found: Regime) -> None:
    """Refuse what the regime does not allow, with its article; note which of its values were used.

    A limit for a day is compared with a rate for n days n times over, for months by the shortest month; it is not
    compared with a lump sum or a breach.
    """
    clause = found.clause
    accrual = clause.cited["accrual"]
    if clause.accrual == "none":
        instead = clause.cited.get("instead")
        advice = f"; instead: {instead.value}" if instead else ""
        problem = f"{found.pin} has no penalty that accrues ({accrual.ref}){unverified_mark(accrual)}{advice}"
        members.fail("regime", problem)
        return
    if clause.accrual == "one_sum" and terms.unit.text != LUMP_SUM:
        mark = unverified_mark(accrual)
        members.fail("per", f"{found.pin} has one sum for each threat ({accrual.ref}){mark}: per lump_sum")
    if clause.cap_required and terms.unit.text != LUMP_SUM:
        ref = clause.cited["cap_required"].ref
        for at, cap in _caps(terms):
            if cap.amount is None:
                members.fail(f"{at}cap", f"{found.pin} demands an amount above which nothing more falls due ({ref})")
    _check_limit(members, terms, found)
    if terms.complied_on is not None or any(duty.complied_on is not None for duty in terms.obligations):
        _name_unverified(terms, "what ends accrual", clause.cited.get("accrual_stops"))
    if terms.whole and terms.obligations:
        _name_unverified(terms, "what one penalty covers", clause.cited.get("scope"))


def _name_unverified(terms: Terms, what: str, cited: Cited | None) -> None:
    """Note a rule the statement rests on that no lawyer has verified."""
    if cited is not None and not cited.verified:
        terms.explanation.append(entry(f"{what}: {cited.value}{unverified_mark(cited)}", cited.ref))


def _caps(terms: Terms) -> Iterator[tuple[str, Cap]]:
    if terms.obligations and not terms.whole:
        for duty in terms.obligations:
            yield ("", terms.cap) if duty.cap is None else (f"{duty.at.removeprefix('/')}/", duty.cap)
    else:
        yield "", terms.cap


def _check_limit(members: Members, terms: Terms, found: Regime) -> None:
    limit = found.clause.max_rate
    words = found.clause.cited.get("max_rate_words")
    if words is not None:
        terms.explanation.append(
            entry(f"limit of the rate not checked: {words.value}{unverified_mark(words)}", words.ref)
        )
    if limit is None:
        return
    if terms.currency != limit.money.currency:
        members.fail("currency", f"{found.pin} sets its limit in {limit.money.currency} ({limit.ref})")
        return
    if (limit.per == LUMP_SUM) != (terms.unit.text == LUMP_SUM) or terms.unit.text == BREACH:
        terms.explanation.append(entry(f"the limit for {limit.per} is not compared with {terms.unit.text}", limit.ref))
        return
    times = terms.unit.days or terms.unit.months * _SHORTEST_MONTH or 1
    most = limit.money.minor * times
    mark = unverified_mark(found.clause.cited["max_rate"])
    text = f"{terms.currency} {grouped(decimal_text(most, terms.places))} for {_words(terms.unit.text)}"
    for at, rate in _rates(terms):
        if rate > most:
            members.fail(at, f"above the limit of {found.pin}, {text} ({limit.ref}){mark}")
    terms.explanation.append(entry(f"no rate is above the limit of {text}{mark}", limit.ref))


def _words(unit: str) -> str:
    return "one sum" if unit == LUMP_SUM else read_duration(unit).words


def _rates(terms: Terms) -> Iterator[tuple[str, int]]:
    tariff = terms.tariff
    if tariff.rate is not None:
        yield "rate", tariff.rate
    for change in tariff.changes:
        yield change.at.removeprefix("/"), change.rate
    for n, (_, rate) in enumerate(tariff.tiers):
        yield f"tiers/{n}/rate", rate
    for at, own in [(duty.at, duty.rate) for duty in terms.obligations] + [(p.at, p.rate) for p in terms.addressees]:
        if own is not None:
            yield f"{at.removeprefix('/')}/rate", own
