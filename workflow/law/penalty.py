"""The penalty calculator: from dated facts to a statement line by line, exact to the minor unit. JSON in, JSON out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.explanation import REQUEST, entry
from workflow.law.money import decimal_text
from workflow.law.parties import Account, accounts
from workflow.law.penalty_request import read_penalty
from workflow.law.reduction import reduce_gross, shared_out
from workflow.law.statement import Line, priced
from workflow.law.terms import Price, Terms


def compute_penalty(request: Mapping[str, Any]) -> dict[str, Any]:
    """Compute a penalty: how many units, at what rates, under which caps, and what is to be paid.

    The request and the answer are those of the public calculator. Late days are calendar dates, both ends inclusive;
    the last timely day is not late, and the day of compliance is not billed unless the request says so. What was
    fixed before still counts for ordinals and caps, so slices sum to the whole. Sums are computed in exact fractions
    and rounded half up, once a line.

    InvalidRequest names every member that is wrong; nothing else is raised.

    >>> compute_penalty({"deadline": "2022-12-19", "assessed_to": "2023-02-09", "rate": "100000",
    ...     "currency": "EUR", "per": "P1D"})["amount"]
    '5200000.00'
    """
    terms = read_penalty(request)
    owed = accounts(terms)
    gross = sum(account.gross for account in owed)
    units = [account.units for account in owed]
    total_units = max(units, default=0) if terms.addressees else sum(units)
    lines = [_line(line, terms) for account in owed for line in account.lines]
    amount = gross
    if terms.reduction is not None:
        amount = reduce_gross(terms.reduction, owed, gross)
        lines.append(_reduction_line(terms, amount - gross))
        terms.explanation.append(
            entry(f"reduced: {terms.reduction.reason}", REQUEST, _text(gross, terms), _text(amount, terms))
        )
    answer: dict[str, Any] = {}
    if terms.deadline is not None:
        answer["deadline"] = terms.deadline
    if terms.computed_first and terms.first is not None:
        answer["accrual_from"] = date.fromordinal(terms.first).isoformat()
    answer |= {"units": total_units, "gross": _text(gross, terms), "amount": _text(amount, terms), "lines": lines}
    by = "by_obligation" if terms.obligations and not terms.whole else "by_addressee"
    if by == "by_obligation" or (terms.addressees and not terms.joint):
        shares = shared_out(amount, [account.gross for account in owed])
        answer[by] = [_party(account, share, terms) for account, share in zip(owed, shares, strict=True)]
    answer["explanation"] = terms.explanation
    return answer


def _party(account: Account, amount: int, terms: Terms) -> dict[str, Any]:
    return {
        "name": account.name,
        "units": account.units,
        "gross": _text(account.gross, terms),
        "amount": _text(amount, terms),
    }


def _line(line: Line, terms: Terms) -> dict[str, Any]:
    return {
        "from": None if line.first is None else date.fromordinal(line.first).isoformat(),
        "to": None if line.last is None else date.fromordinal(line.last).isoformat(),
        "units": line.units,
        **_rate(line.rate, terms),
        "amount": _text(line.amount, terms),
        "why": line.why,
    }


def _rate(rate: Price, terms: Terms) -> dict[str, str]:
    if isinstance(rate, int):
        return {"rate": _text(rate, terms)}
    return {"rate": str(rate / 10**terms.places), "rate_rounded": _text(priced(rate, 1), terms)}


def _reduction_line(terms: Terms, difference: int) -> dict[str, Any]:
    assert terms.reduction is not None
    rate = terms.reduction.rate
    return {
        "from": None,
        "to": None,
        "units": 0,
        "rate": None if rate is None else _text(rate, terms),
        "amount": _text(difference, terms),
        "why": f"reduction: {terms.reduction.reason}",
    }


def _text(minor: int, terms: Terms) -> str:
    return decimal_text(minor, terms.places)
