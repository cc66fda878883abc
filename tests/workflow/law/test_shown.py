"""A wrong value is named in an error, briefly."""

import pytest

from workflow.law.members import shown


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        ("x", '"x"'),
        ("x" * 40, f'"{"x" * 40}"'),
        ("x" * 41, f'"{"x" * 40}…"'),
        (7, "the number 7"),
        (10**18 - 1, f"the number {10**18 - 1}"),
        (10**18, "a number that large"),
    ],
)
def test_a_wrong_value_is_named_briefly(value: object, said: str) -> None:
    assert shown(value) == said
