"""Requests that can be computed, from which the bad ones are made."""

from typing import Any

Request = dict[str, Any]

DEADLINE: Request = {"event_on": "2026-01-31", "period": "P1M"}
HOURS: Request = {"event_at": "2026-01-31T10:00", "timezone": "Europe/Paris", "period": "PT24H"}
PENALTY: Request = {
    "accrual_from": "2024-01-01",
    "rate": "100",
    "currency": "EUR",
    "per": "P1D",
    "assessed_to": "2024-01-31",
}
SERVED: Request = {name: value for name, value in PENALTY.items() if name != "accrual_from"} | {
    "served_on": "2023-10-31",
    "compliance_period": "P2M",
}
DUTIES = [{"name": "a"}, {"name": "b"}]
WHOLE = PENALTY | {"scope": "whole"}
EACH = PENALTY | {"scope": "per_obligation"}
MANY = PENALTY | {"liability": "several"}
LUMP: Request = {"currency": "EUR", "per": "lump_sum", "rate": "100", "scope": "per_obligation"}


def without(request: Request, *names: str) -> Request:
    return {name: value for name, value in request.items() if name not in names}
