"""The schemas of the calculators are true: every published request fits, every answer too, and no member is missing."""

from typing import Any

import jsonschema_rs
import pytest

from api import calculator_schemas as schemas
from api.openapi_calculators import CALCULATIONS, without_null
from tests.api.conftest import Desk
from tests.support.golden import golden
from workflow.law import (
    days_request,
    interest_request,
    parties_request,
    penalty_request,
    period,
    tariff_request,
    turnover_request,
)
from workflow.law.interest import compute_interest
from workflow.law.invalid import InvalidRequest
from workflow.law.penalty import compute_penalty
from workflow.law.period import compute_deadline

MEMBERS = [
    (schemas.DeadlineRequest, period._MEMBERS),
    (schemas.PenaltyRequest, penalty_request._MEMBERS),
    (schemas.TurnoverRate, turnover_request._SHARE),
    (schemas.InterestRequest, interest_request._MEMBERS),
    (schemas.Payment, interest_request._PAYMENT),
    (schemas.InterestRate, interest_request._RATE),
    (schemas.InterestStep, interest_request._STEP),
    (schemas.Surcharge, interest_request._SURCHARGE),
    (schemas.Change, tariff_request._CHANGE),
    (schemas.Tier, tariff_request._TIER),
    (schemas.Growth, tariff_request._GROWTH),
    (schemas.Limits, tariff_request._CAP),
    (schemas.Less, tariff_request._REDUCTION),
    (schemas.Days, days_request._SPAN),
    (schemas.FixedDays, days_request._SLICE),
    (schemas.Duty, parties_request._DUTY),
    (schemas.UnmetDays, parties_request._UNMET),
    (schemas.Debtor, parties_request._PARTY),
]


@pytest.mark.parametrize(("model", "known"), MEMBERS, ids=lambda each: getattr(each, "__name__", ""))
def test_a_schema_has_the_members_that_the_law_reads(model: Any, known: frozenset[str]) -> None:
    assert {field.alias or name for name, field in model.model_fields.items()} == known


def _validator(model: Any) -> jsonschema_rs.Draft202012Validator:
    schema = model.model_json_schema()
    parts = {name: without_null(part) for name, part in schema.pop("$defs", {}).items()}
    return jsonschema_rs.Draft202012Validator(without_null(schema) | {"$defs": parts}, validate_formats=True)


@pytest.mark.parametrize(
    ("file", "compute", "asks", "answers"),
    [
        ("deadline-calculations", compute_deadline, schemas.DeadlineRequest, schemas.DeadlineAnswer),
        ("penalty-calculations", compute_penalty, schemas.PenaltyRequest, schemas.PenaltyAnswer),
        ("interest-calculations", compute_interest, schemas.InterestRequest, schemas.InterestAnswer),
    ],
)
def test_what_is_computed_fits_the_schemas(file: str, compute: Any, asks: Any, answers: Any) -> None:
    asked, answered = _validator(asks), _validator(answers)
    computed = 0
    for case in golden(f"{file}.json"):
        try:
            answer = compute(case["request"])
        except InvalidRequest:
            continue
        asked.validate(case["request"])
        answered.validate(answer)
        computed += 1
    assert computed >= 5


@pytest.mark.parametrize("operation", CALCULATIONS)
def test_the_example_of_the_document_is_answered_as_it_says(shared_desk: Desk, operation: str) -> None:
    _, answers, example = CALCULATIONS[operation]
    path = f"/v1/calculations/{operation.removeprefix('compute_')}"
    answer = shared_desk.client.post(path, json=example)
    assert answer.status_code == 200
    _validator(answers).validate(answer.json())
    several = shared_desk.client.post(path, json=[example, {}]).json()
    _validator(answers).validate(several[0])
    assert several[1]["status"] == 422
