"""The regimes: each authority's rules for one procedure, as versioned data with their legal references.

A regime is a TOML file of this package. What it says is law stated as data; this module adds none of its own.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from types import MappingProxyType
from typing import Any

from workflow.law.invalid import invalid
from workflow.law.regime_schema import CLOCKS, Cited, RateLimit, RegimeFileError, read_values


@dataclass(frozen=True, slots=True)
class ClockRules:
    """How one clock of a regime counts; `cited` holds the reference of each rule that the file states."""

    name: str
    starts: str
    period: str | None
    least: str | None
    extension: str | None
    calendar: str
    first_day: str
    roll: str
    day_kind: str
    franc: bool
    min_working_days: int
    overseas_months: int
    abroad_months: int
    recess: str | None
    cited: Mapping[str, Cited]


@dataclass(frozen=True, slots=True)
class ClauseRules:
    """What a regime allows in a penalty clause.

    `accrual`: `exposure` (days accrue, a decision makes them a debt), `forfeited` (owed by law), `one_sum` (one sum
    for each threat) or `none`. `max_rate_percent` limits a rate that is a share of the average daily turnover.
    `refused_bases` are legal bases on which no clause may stand.
    """

    accrual: str
    units: tuple[str, ...]
    max_rate: RateLimit | None
    max_rate_percent: Fraction | None
    cap_required: bool
    scope: str | None
    may_reduce: bool
    refused_bases: tuple[str, ...]
    cited: Mapping[str, Cited]

    def refusal_of(self, legal_basis: str) -> Cited | None:
        """Give the rule under which no clause may stand on a legal basis, like "GDPR art. 66(1)"; None if one may."""
        return self.cited["refused_bases"] if legal_basis in self.refused_bases else None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps of escalation a regime asks for."""

    remind_days_before: tuple[int, ...]
    finality_grace_days: int


@dataclass(frozen=True, slots=True)
class Regime:
    """One version of the rules of one authority and procedure.

    `values` holds every value with its reference by dotted name; `unverified` names those no lawyer has checked, like
    "fr-cnil: clock.compliance.roll". `sha256` is that of the file's bytes, `text` the file itself.
    """

    id: str
    version: int
    pin: str
    sha256: str
    text: str
    title: str
    authority: str
    valid_from: date
    valid_to: date | None
    timezone: str
    currency: str
    calendar: str
    clocks: Mapping[str, ClockRules]
    clause: ClauseRules
    accrual_stops: str
    ladder: Ladder
    who: Mapping[str, tuple[str, ...]]
    suspensive_appeal: str
    suspensive_order_kinds: tuple[str, ...]
    limitation: str | None
    values: Mapping[str, Cited]
    unverified: tuple[str, ...]


def regime(name: str, on: date | None = None) -> Regime:
    """Find a regime: `fr-cnil` in the version in force on a day, its newest without one; `fr-cnil@1` exactly that one.

    InvalidRequest at /regime for a name that is unknown, with those that are known, and for a day that no version
    covers.
    """
    identity, at, _ = name.partition("@")
    versions = _pinned().get(name, ()) if at else _shelf().get(identity, ())
    if not versions:
        known = ", ".join(each.pin for each in regimes())
        raise invalid("/regime", f"no such regime; known are {known}")
    if on is not None and not at:
        for each in versions:
            if each.valid_from <= on and (each.valid_to is None or on <= each.valid_to):
                return each
        first, last = versions[0].valid_from, versions[-1].valid_to
        until = f" to {last}" if last else ""
        raise invalid(
            "/regime", f"{identity} is in force from {first}{until}, not on {on}; pin a version to take it anyway"
        )
    return versions[-1]


def regimes() -> tuple[Regime, ...]:
    """List every version of every regime, in order of name and version."""
    return tuple(each for versions in _shelf().values() for each in versions)


def load_regime(raw: bytes, where: str) -> Regime:
    """Read one regime file; RegimeFileError names the first thing in it that is wrong."""
    try:
        content: dict[str, Any] = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise RegimeFileError(f"{where}: {wrong}") from None
    values = read_values(content, where)

    def plain(path: str, default: Any = None) -> Any:
        cited = values.get(path)
        return default if cited is None else cited.value

    identity = content["id"]
    return Regime(
        id=identity,
        version=content["version"],
        pin=f"{identity}@{content['version']}",
        sha256=sha256(raw).hexdigest(),
        text=raw.decode("utf-8"),
        title=content["title"],
        authority=content["authority"],
        valid_from=plain("general.valid_from"),
        valid_to=plain("general.valid_to"),
        timezone=plain("general.timezone"),
        currency=plain("general.currency"),
        calendar=plain("general.calendar"),
        clocks=MappingProxyType(
            {
                name: _clock(name, {"calendar": values["general.calendar"]} | rules)
                for name in CLOCKS
                if (rules := _below(f"clock.{name}", values))
            }
        ),
        clause=_clause(_below("clause", values)),
        accrual_stops=plain("clause.accrual_stops"),
        ladder=Ladder(
            plain("ladder.remind_days_before"),
            plain("ladder.finality_grace_days"),
        ),
        who=MappingProxyType({name: cited.value for name, cited in _below("who", values).items()}),
        suspensive_appeal=plain("suspensive.appeal"),
        suspensive_order_kinds=plain("suspensive.order_kinds", ()),
        limitation=plain("limitation.period"),
        values=MappingProxyType(values),
        unverified=tuple(f"{identity}: {path}" for path, cited in values.items() if not cited.verified),
    )


def _below(section: str, values: Mapping[str, Cited]) -> dict[str, Cited]:
    prefix = f"{section}."
    return {path.removeprefix(prefix): cited for path, cited in values.items() if path.startswith(prefix)}


def _clock(name: str, cited: dict[str, Cited]) -> ClockRules:
    def plain(rule: str, default: Any) -> Any:
        return cited[rule].value if rule in cited else default

    return ClockRules(
        name=name,
        starts=plain("starts", "service"),
        period=plain("period", None),
        least=plain("least", None),
        extension=plain("extension", None),
        calendar=cited["calendar"].value,
        first_day=plain("first_day", "exclude"),
        roll=plain("roll", "none"),
        day_kind=plain("day_kind", "calendar"),
        franc=plain("franc", False),
        min_working_days=plain("min_working_days", 0),
        overseas_months=plain("overseas_months", 0),
        abroad_months=plain("abroad_months", 0),
        recess=plain("recess", None),
        cited=MappingProxyType(cited),
    )


def _clause(cited: dict[str, Cited]) -> ClauseRules:
    def plain(rule: str, default: Any) -> Any:
        return cited[rule].value if rule in cited else default

    limit = cited.get("max_rate")
    return ClauseRules(
        accrual=plain("accrual", "none"),
        units=plain("units", ()),
        max_rate=RateLimit(limit.value.money, limit.value.per, limit.ref) if limit else None,
        max_rate_percent=plain("max_rate_percent", None),
        cap_required=plain("cap_required", False),
        scope=plain("scope", None),
        may_reduce=plain("may_reduce", False),
        refused_bases=plain("refused_bases", ()),
        cited=MappingProxyType(cited),
    )


@lru_cache(maxsize=1)
def _shelf() -> Mapping[str, tuple[Regime, ...]]:
    """Load every file once; a file that cannot be loaded stops everything, since law must not be missing."""
    folder = resources.files("workflow.law").joinpath("regimes")
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    loaded = sorted((load_regime(entry.read_bytes(), entry.name) for entry in files), key=lambda r: (r.id, r.version))
    shelf: dict[str, tuple[Regime, ...]] = {}
    for each in loaded:
        shelf[each.id] = (*shelf.get(each.id, ()), each)
    return MappingProxyType(shelf)


@lru_cache(maxsize=1)
def _pinned() -> Mapping[str, tuple[Regime, ...]]:
    """Each version by its pin."""
    return MappingProxyType({each.pin: (each,) for each in regimes()})
