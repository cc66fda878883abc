"""The calculators in the OpenAPI document: one request and its answer, or a list of each."""

from typing import Any

from pydantic import BaseModel

from api.calculator_schemas import (
    DeadlineAnswer,
    DeadlineRequest,
    InterestAnswer,
    InterestRequest,
    PenaltyAnswer,
    PenaltyRequest,
    ReadingsAnswer,
    ReadingsRequest,
)
from workflow.use_cases.calculators.calculate import MOST_REQUESTS

_COMPONENT = "#/components/schemas/{model}"
_PROBLEM = {"$ref": _COMPONENT.format(model="Problem")}

CALCULATIONS: dict[str, tuple[type[BaseModel], type[BaseModel], dict[str, Any]]] = {
    "compute_deadline": (
        DeadlineRequest,
        DeadlineAnswer,
        {"event_on": "2022-10-19", "period": "P2M", "regime": "fr-cnil", "clock": "compliance"},
    ),
    "compute_penalty": (
        PenaltyRequest,
        PenaltyAnswer,
        {
            "deadline": "2022-12-19",
            "assessed_to": "2023-02-09",
            "currency": "EUR",
            "rate": "100000.00",
            "per": "P1D",
        },
    ),
    "compute_interest": (
        InterestRequest,
        InterestAnswer,
        {
            "principal": "10000.00",
            "currency": "EUR",
            "regime": "nl-ap",
            "interest_from": "2023-01-01",
            "to": "2024-12-31",
        },
    ),
    "compute_readings": (
        ReadingsRequest,
        ReadingsAnswer,
        {
            "served_on": ["2022-10-18", "2022-10-19"],
            "compliance_period": "P2M",
            "assessed_to": "2023-02-09",
            "currency": "EUR",
            "rate": "100000.00",
            "per": "P1D",
        },
    ),
}
"""Each calculator by its operation: its request, its answer, and an example of a request."""


def describe_calculation(schemas: dict[str, Any], operation: dict[str, Any]) -> None:
    """Say what a calculator takes and answers; the schemas it needs are added to `schemas`."""
    asks, answers, example = CALCULATIONS[operation["operationId"]]
    one, answer = _reference(schemas, asks), _reference(schemas, answers)
    many = {"type": "array", "items": one, "maxItems": MOST_REQUESTS}
    body = operation["requestBody"]["content"]["application/json"]
    body["schema"] = {"anyOf": [one, many], "description": body["schema"].get("description", "")}
    body["example"] = example
    each = {"type": "array", "items": {"anyOf": [answer, _PROBLEM]}}
    operation["responses"]["200"]["content"]["application/json"]["schema"] = {"anyOf": [answer, each]}


def _reference(schemas: dict[str, Any], model: type[BaseModel]) -> dict[str, str]:
    schema = model.model_json_schema(ref_template=_COMPONENT)
    for name, part in {**schema.pop("$defs", {}), model.__name__: schema}.items():
        schemas[name] = without_null(part)
    return {"$ref": _COMPONENT.format(model=model.__name__)}


def without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema in which a member that may be left out is never null."""
    needed = schema.get("required", ())
    members = {name: said if name in needed else _not_null(said) for name, said in schema.get("properties", {}).items()}
    return schema | {"properties": members}


def _not_null(member: dict[str, Any]) -> dict[str, Any]:
    branches = [each for each in member.get("anyOf", ()) if each.get("type") != "null"]
    if len(branches) != 1:
        return member
    kept = {name: value for name, value in member.items() if name not in ("anyOf", "default")}
    return kept | dict(branches[0])
