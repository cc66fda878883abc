"""A case as a data file: people, the bodies of what they post, who does what on which day, and how it must end."""

import tomllib
from datetime import date
from importlib import resources
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from workflow.lifecycle.vocabulary import Role


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Act(_Strict):
    """One thing done on a day of the register's clock.

    `do` is `open`, `draft` or `register_endpoint` (a create), `sweep` (what the scheduler does at its tick), or a
    trigger, pulled on `to`: `decision`, `order/1`, `penalty_clause`, `penalty_decision/2`, `filing`, `debt/1`,
    `access_request/1/R7` (see lifecycle/reading/paths.py). `confirm` names the second person, who confirms it at once.
    `refused` is the code of the problem that must come back. In `data`, `account:NAME` is the account of a person.
    """

    on: date
    do: str
    who: str | None = None
    to: str | None = None
    data: dict[str, Any] = {}
    reason: str | None = None
    effective_on: date | None = None
    assumed: tuple[str, ...] = ()
    confirm: str | None = None
    refused: str | None = None


class Check(_Strict):
    """What a thing must be in the end, as the API shows it: `path` is dotted, `orders.0.state`; `is` the value there,
    null when it is left out.

    With `as_known_at` the thing is read as it was known at that instant.
    """

    read: str
    path: str
    is_: Any = Field(default=None, alias="is")
    as_known_at: str | None = None


class Figures(_Strict):
    """What the case is known for: the first order's clock and the sum of the latest penalty decision."""

    last_day: date
    first_late_day: date
    days_late: int
    amount: str
    currency: str
    penalty_decision_state: str


class Expected(_Strict):
    """How the case ends, as read back through the API; `messages` are those that counsel verified."""

    messages: int
    figures: Figures | None = None
    checks: tuple[Check, ...] = ()


class CaseFile(_Strict):
    """A case to replay. `case` and `decision` are bodies of the API, posted as they stand."""

    title: str
    timezone: str
    source: str
    people: dict[str, tuple[Role, ...]]
    case: dict[str, Any]
    decision: dict[str, Any]
    acts: tuple[Act, ...]
    expect: Expected


def load(name: str) -> CaseFile:
    """A case file of the package by name, `cnil-clearview`."""
    text = (resources.files("enjoin") / "cases" / f"{name}.toml").read_text(encoding="utf-8")
    return CaseFile.model_validate(tomllib.loads(text))


def names() -> list[str]:
    """The case files of the package, by name."""
    folder = resources.files("enjoin") / "cases"
    return sorted(each.name.removesuffix(".toml") for each in folder.iterdir() if each.name.endswith(".toml"))
