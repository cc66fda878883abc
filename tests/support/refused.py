"""Reading a refusal whole: the guard, its sentence, its reference and the way out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from workflow.lifecycle.kernel.refusals import GuardRefused


@dataclass
class Refused:
    """What a guard said."""

    detail: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@contextmanager
def refused_by(guard: str) -> Iterator[Refused]:
    """The block must be refused by this guard, with a sentence, a reference and a way out."""
    said = Refused()
    with pytest.raises(GuardRefused) as caught:
        yield said
    said.detail, said.facts = caught.value.detail, caught.value.facts
    assert said.facts["guard"] == guard, said.detail
    assert said.detail.endswith(".")
    assert said.facts["reference"]
    assert said.facts["satisfied_by"]
