from collections.abc import Iterator

import pytest

from tests.scheduler.receiver import Receiver, receiver


@pytest.fixture
def counsel() -> Iterator[Receiver]:
    with receiver() as one:
        yield one
