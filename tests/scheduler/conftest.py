from collections.abc import Iterator

import pytest

from tests.support.receiver import Receiver, receiver


@pytest.fixture
def mailbox() -> Iterator[Receiver]:
    with receiver() as one:
        yield one
