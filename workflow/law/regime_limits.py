"""What a regime says about a penalty clause: whether there is one at all, how high its rate, what it cannot lack."""

from collections.abc import Iterator

from workflow.law.duration import DAYS_IN_WEEK, read_duration
from workflow.law.explanation import entry, unverified_mark
from workflow.law.members import Members
from workflow.law.money import decimal, decimal_text, grouped
from workflow.law.regime import Regime
from workflow.law.regime_schema import Cited
from workflow.law.rules_request import name_version
from workflow.law.terms import BREACH, LUMP_SUM, Cap, Price, Terms

_SHORTEST_MONTH = 28
_SUMS = {LUMP_SUM: "one sum", BREACH: "a breach"}
_ENDS = {"complied_on": "with the day of compliance", "evidenced_on": "with the day of its evidence"}
_COVERS = {
    "whole": "one penalty covers all obligations together",
    "per_obligation": "the regime has one penalty for each obligation",
    "per_addressee_and_obligation": "the regime has one penalty for each obligation of each addressee",
}


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
    if "served_on" not in members:  # else it was named with the rules of the period
        name_version(members, found, terms.explanation)
    _check_limit(members, terms, found)
    _name_unit(terms, found)
    if terms.complied_on is not None or any(duty.complied_on is not None for duty in terms.obligations):
        stops = clause.cited["accrual_stops"]
        if not stops.verified:
            terms.explanation.append(entry(f"accrual ends {_ENDS[stops.value]}{unverified_mark(stops)}", stops.ref))
    _name_scope(terms, clause.cited.get("scope"))


def _name_unit(terms: Terms, found: Regime) -> None:
    """Note a unit that the regime does not know; how high its rate may be was compared all the same."""
    unit, known = terms.unit, found.clause.units
    kind = unit.text if unit.text in (LUMP_SUM, BREACH) else "months" if unit.months else "days"
    if kind == "days" and unit.days % DAYS_IN_WEEK == 0:
        kind = "weeks"
    cited = found.clause.cited.get("units")
    if cited is not None and kind not in known:
        rule = f"the penalties of {found.pin} are for {', '.join(known)}; the request has one for {_words(unit.text)}"
        terms.explanation.append(entry(f"{rule}{unverified_mark(cited)}".replace("lump_sum", "one sum"), cited.ref))


def _name_scope(terms: Terms, cited: Cited | None) -> None:
    """Note what one penalty covers where no lawyer has verified it, or where the request has it otherwise."""
    if cited is None or not terms.obligations:
        return
    rule = _COVERS[cited.value]
    if terms.whole != (cited.value == "whole"):
        taken = "all obligations together" if terms.whole else "each obligation"
        rule = f"{rule}; here there is one for {taken}"
    elif cited.verified:
        return
    terms.explanation.append(entry(f"{rule}{unverified_mark(cited)}", cited.ref))


def _caps(terms: Terms) -> Iterator[tuple[str, Cap]]:
    if terms.obligations and not terms.whole:
        for duty in terms.obligations:
            yield ("", terms.cap) if duty.cap is None else (f"{duty.at.removeprefix('/')}/", duty.cap)
    else:
        yield "", terms.cap


def _check_limit(members: Members, terms: Terms, found: Regime) -> None:
    limit = found.clause.max_rate
    words = found.clause.cited.get("max_rate_words")
    if _is_within(members, terms, found):
        words = None
    if words is not None:
        terms.explanation.append(
            entry(f"the limit of the rate is not checked: {words.value}{unverified_mark(words)}", words.ref)
        )
    if limit is None:
        return
    if terms.currency != limit.money.currency:
        members.fail("currency", f"{found.pin} sets its limit in {limit.money.currency} ({limit.ref})")
        return
    if (limit.per == LUMP_SUM) != (terms.unit.text == LUMP_SUM) or terms.unit.text == BREACH:
        rule = f"the limit for {_words(limit.per)} is not compared with a rate for {_words(terms.unit.text)}"
        terms.explanation.append(entry(rule, limit.ref))
        return
    times = terms.unit.days or terms.unit.months * _SHORTEST_MONTH or 1
    most = limit.money.minor * times
    mark = unverified_mark(found.clause.cited["max_rate"])
    text = f"{terms.currency} {grouped(decimal_text(most, terms.places))} for {_words(terms.unit.text)}"
    for at, rate in _rates(terms):
        if rate > most:
            members.fail(at, f"above the limit of {found.pin}, {text} ({limit.ref}){mark}")
    terms.explanation.append(entry(f"no rate is above the limit of {text}{mark}", limit.ref))


def _is_within(members: Members, terms: Terms, found: Regime) -> bool:
    """Compare a share of turnover with the regime's own; tell whether there was anything to compare."""
    share, most = terms.tariff.share, found.clause.max_rate_percent
    if share is None or most is None:
        return False
    cited = found.clause.cited["max_rate_percent"]
    mark = unverified_mark(cited)
    text = f"{decimal(most)} % of the average daily turnover"
    if share.percent > most:
        members.fail("rate/percent", f"above the limit of {found.pin}, {text} ({cited.ref}){mark}")
    terms.explanation.append(entry(f"the rate is not above the limit of {text}{mark}", cited.ref))
    return True


def _words(unit: str) -> str:
    return _SUMS[unit] if unit in _SUMS else read_duration(unit).words


def _rates(terms: Terms) -> Iterator[tuple[str, Price]]:
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
