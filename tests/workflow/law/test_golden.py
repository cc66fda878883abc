"""All of `golden/` passes through the three functions."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.golden import golden
from workflow.law.interest import compute_interest
from workflow.law.invalid import InvalidRequest
from workflow.law.penalty import compute_penalty
from workflow.law.period import compute_deadline

CASES = [(compute_deadline, case) for case in golden("deadline-calculations.json")] + [
    (compute_penalty, case) for case in golden("penalty-calculations.json")
]
CASES += [(compute_interest, case) for case in golden("interest-calculations.json")]


@pytest.mark.parametrize(("compute", "case"), [pytest.param(*each, id=each[1]["id"]) for each in CASES])
def test_a_golden_case(compute: Callable[[dict[str, Any]], dict[str, Any]], case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(InvalidRequest) as refused:
            compute(case["request"])
        assert any(error.path.startswith(tuple(case["refused"])) for error in refused.value.errors)
        assert all(error.problem for error in refused.value.errors)
        return
    answer = compute(case["request"])
    assert {name: answer[name] for name in case["expect"]} == case["expect"]
    assert all(set(entry) == {"rule", "reference", "before", "after"} for entry in answer["explanation"])
