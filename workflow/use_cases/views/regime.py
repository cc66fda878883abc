"""A regime as the API shows it: every value with its reference, and whether a lawyer has verified it."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator

from workflow.law.money import Money, decimal
from workflow.law.regime import Regime
from workflow.law.regime_values import MaxRate, YearlyRate
from workflow.use_cases.views.shared import View, shown


def _plain(value: Any) -> Any:
    """A value as JSON, in the shape its file has it: dates as strings, sums and rates as objects."""
    if isinstance(value, MaxRate):
        return value.money.to_json() | {"per": value.per}
    if isinstance(value, YearlyRate):
        return {"from": value.day.isoformat(), "percent": decimal(value.percent)}
    if isinstance(value, Fraction):
        return decimal(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money):
        return value.to_json()
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value


class CitedView(View):
    """One value of a regime with its legal reference."""

    value: Annotated[Any, BeforeValidator(_plain)]
    ref: str
    verified: bool


class RegimeLine(View):
    """A regime in one line."""

    id: str
    version: int
    title: str
    authority: str
    valid_from: date
    valid_to: date | None
    unverified: int


class RegimePage(View):
    """All regimes, every version."""

    items: list[RegimeLine]


class RegimeView(View):
    """One version of an authority's rules. `values` are by dotted name; `unverified` names those not yet checked."""

    id: str
    version: int
    pin: str
    sha256: str
    title: str
    authority: str
    valid_from: date
    valid_to: date | None
    values: dict[str, CitedView]
    unverified: list[str]


def regime_line(regime: Regime) -> RegimeLine:
    """Show a regime in one line."""
    return shown(RegimeLine, regime, unverified=len(regime.unverified))


def regime_view(regime: Regime) -> RegimeView:
    """Show a regime with all its values."""
    return shown(RegimeView, regime)
