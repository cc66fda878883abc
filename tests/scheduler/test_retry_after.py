from datetime import UTC, datetime

import httpx
import pytest

from scheduler.retry_after import retry_after

NOW = datetime(2026, 11, 23, 12, 0, 0, 500_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("86401", 86_400),
        ("99999999999", 86_400),
        ("Mon, 23 Nov 2026 12:00:31 GMT", 31),
        ("Mon, 23 Nov 2026 12:00:31 -0000", 31),
        ("Monday, 23-Nov-26 12:00:31 GMT", 31),
        ("Mon, 23 Nov 2026 14:00:31 +0200", 31),
        ("Sun, 22 Nov 2026 12:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("1" * 12, None),
        ("Mon, 99 Nov 2026 12:00:31 GMT", None),
        ("Mon, 23 Nov 99999999 12:00:31 GMT", None),
        ("Mon, 23 Nov 2026 12:00:31 +99999999", None),
        ("x" * 61, None),
    ],
)
def test_what_a_server_asks_for(value: str, wait: int | None) -> None:
    answer = httpx.Response(429, headers=[(b"retry-after", value.encode())])
    assert retry_after(answer, NOW) == wait


def test_nothing_said() -> None:
    assert retry_after(httpx.Response(429), NOW) is None
