"""How a route reports an invalid request: validation errors come last, after authentication and existence checks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from pydantic import BaseModel

from workflow.lifecycle.kernel.rules import Actor

Check = Callable[[Request, Actor, Any], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """`model`: what is read, a body or a query; `first` raises what is to be said before the body."""

    model: type[BaseModel] | None = None
    first: Check | None = None


_READINGS: dict[Any, Reading] = {}


def reads(endpoint: Callable[..., Any], model: type[BaseModel], first: Check | None = None) -> None:
    """Say what a route reads: its body or its query, and what is checked before that is found unreadable."""
    _READINGS[endpoint] = Reading(model, first)


def reading_of(request: Request) -> Reading:
    """What the route of a request reads; nothing is known of a route that said nothing."""
    return _READINGS.get(request.scope.get("endpoint"), Reading())
