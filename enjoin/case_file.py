"""A case as a data file: people, the bodies of what they post, and who does what on which day."""

import tomllib
from datetime import date
from importlib import resources
from typing import Any

from pydantic import BaseModel, ConfigDict

from workflow.lifecycle.vocabulary import Role


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Act(_Strict):
    """One thing done on a day of the register's clock.

    `do` is `open`, `draft` or `register_endpoint` (a create), `sweep` (what the scheduler does at its tick), or a
    trigger, pulled on `to`: `decision`, `order/1`, `penalty_clause`, `penalty_decision`. `refused` is the code of the
    problem that must come back.
    """

    on: date
    do: str
    who: str | None = None
    to: str | None = None
    data: dict[str, Any] = {}
    reason: str | None = None
    assumed: tuple[str, ...] = ()
    refused: str | None = None


class Expected(_Strict):
    """How the case ends, as read back through the API."""

    last_day: date
    first_late_day: date
    days_late: int
    amount: str
    currency: str
    penalty_decision_state: str
    messages: int


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
